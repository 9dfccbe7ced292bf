"""Secrets in the operating system's keyring, and what to do where there is none.

Only keyrings that the system guards count (Secret Service, KWallet, Windows, macOS): a back end
that writes a plain file is treated as none.

Windows' credential store takes 2,560 bytes at most, which keyring writes as UTF-16. A longer secret
(a token can be) is kept in parts, on every system alike: new parts first, then the entry that names
them, then the old parts go, so that a crash in between leaves the old secret or the new one.
"""

import asyncio
import hashlib
import logging
import secrets
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any

from PySide6.QtCore import QLockFile

from agent_app.runtime.tasks import result_of
from agent_app.system.paths import meeting_place

log = logging.getLogger(__name__)

SERVICE = "followup-desk"
_GUARDED = (
    "keyring.backends.SecretService",
    "keyring.backends.kwallet",
    "keyring.backends.Windows",
    "keyring.backends.macOS",
    "keyring.backends.libsecret",
)
MAX_LETTERS = 1_200
"""What fits into one entry everywhere: 2,400 bytes of UTF-16, if each letter takes two."""
_IN_PARTS = "in parts:"
SETTLE_S = 2.0
"""How long the end waits for what the keyring was told (seconds)."""

PATIENCE_S = 30.0
"""How long a locked keyring may wait for its owner (seconds)."""

ALONE_S = 60.0
"""How long another process may take to renew its token before it is not waited for (seconds)."""
_LOOK_AGAIN_S = 0.05


class KeyringUnavailable(Exception):
    """There is no guarded keyring, or it is locked."""


class Keyring:
    """The system's keyring. All calls block, for as long as it asks its owner to unlock it."""

    def __init__(self) -> None:
        self._backend: Any = None
        self._line = ThreadPoolExecutor(1, "keyring")

    def in_turn(self, call: "Callable[..., str | None]", *values: str) -> "Future[str | None]":
        """Make a call in a thread, after all that were asked for before: whoever gives up waiting
        for one does not change which of them has the last word."""
        return self._line.submit(call, *values)

    async def settled(self) -> None:
        """Return when all that was asked for is done; a keyring that hangs is not waited for."""
        try:
            async with asyncio.timeout(SETTLE_S):
                await asyncio.wrap_future(self._line.submit(lambda: None))
        except TimeoutError:
            log.warning("the keyring did not answer in %.0f s", SETTLE_S)

    def _open(self) -> Any:
        if self._backend is None:
            import keyring  # 62 ms: imported when first needed
            from keyring.backends.chainer import ChainerBackend

            found = keyring.get_keyring()
            members = found.backends if isinstance(found, ChainerBackend) else [found]
            guarded = [one for one in members if type(one).__module__.startswith(_GUARDED)]
            if not guarded:
                raise KeyringUnavailable("no guarded keyring")
            self._backend = guarded[0]
        return self._backend

    def get(self, name: str) -> str | None:
        """Return the secret, or None if there is none. Raises KeyringUnavailable."""
        kept = self._get(name)
        if kept is None or not kept.startswith(_IN_PARTS):
            return kept
        parts = [self._get(part) for part in _part_names(name, kept)]
        if any(part is None for part in parts):
            return None  # a secret that is there in part is none
        return "".join(part or "" for part in parts)

    def set(self, name: str, secret: str) -> None:
        """Keep a secret. Raises KeyringUnavailable."""
        before = self._get(name)
        if len(secret.encode("utf-16-le")) <= 2 * MAX_LETTERS and not secret.startswith(_IN_PARTS):
            self._set(name, secret)
        else:
            step = MAX_LETTERS // 2  # a letter outside of the first plane takes four bytes
            pieces = [secret[at : at + step] for at in range(0, len(secret), step)]
            head = f"{_IN_PARTS}{secrets.token_hex(4)}:{len(pieces)}"
            for part, piece in zip(_part_names(name, head), pieces, strict=True):
                self._set(part, piece)
            self._set(name, head)
        for part in _part_names(name, before or ""):
            self._delete(part)

    def delete(self, name: str) -> None:
        """Forget a secret; one that is not there is no error. Raises KeyringUnavailable."""
        kept = self._get(name)
        self._delete(name)
        for part in _part_names(name, kept or ""):
            self._delete(part)

    @property
    def kind(self) -> str:
        """What the keyring is called. Raises KeyringUnavailable."""
        return str(type(self._open()).__module__.removeprefix("keyring.backends."))

    def _get(self, name: str) -> str | None:
        backend = self._open()
        try:
            secret: str | None = backend.get_password(SERVICE, name)
        except Exception as error:
            raise KeyringUnavailable(type(error).__name__) from None
        return secret

    def _set(self, name: str, secret: str) -> None:
        backend = self._open()
        try:
            backend.set_password(SERVICE, name, secret)
        except Exception as error:
            raise KeyringUnavailable(type(error).__name__) from None

    def _delete(self, name: str) -> None:
        backend = self._open()
        try:
            if backend.get_password(SERVICE, name) is not None:
                backend.delete_password(SERVICE, name)
        except Exception as error:
            raise KeyringUnavailable(type(error).__name__) from None


def _part_names(name: str, head: str) -> list[str]:
    """Return the entries that a head names; none for a secret that is whole."""
    if not head.startswith(_IN_PARTS):
        return []
    batch, _, count = head.removeprefix(_IN_PARTS).partition(":")
    return [f"{name}/{batch}/{n}" for n in range(int(count))] if count.isdecimal() else []


class TokenVault:
    """Keeps one refresh token: in the keyring, else in memory until the program ends."""

    def __init__(self, keyring: Keyring, name: str) -> None:
        self._keyring = keyring
        self._name = name
        self._memory: str | None = None
        self.in_keyring = True

    async def load(self) -> str | None:
        """Return the refresh token, or None."""
        if self._memory is not None:
            return self._memory
        try:
            return await self._patiently(self._keyring.get, self._name)
        except KeyringUnavailable:
            self.in_keyring = False
            return None

    async def store(self, secret: str) -> None:
        """Keep the refresh token."""
        try:
            await self._patiently(self._keyring.set, self._name, secret)
            self._memory, self.in_keyring = None, True
        except KeyringUnavailable:
            log.info("no keyring: the sign-in lasts for this session only")
            self._memory, self.in_keyring = secret, False

    async def forget(self) -> None:
        """Forget the refresh token."""
        self._memory = None
        try:
            await self._patiently(self._keyring.delete, self._name)
        except KeyringUnavailable:
            self.in_keyring = False

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        """Inside it no other process of this person renews the token. One that has died holds
        nothing up, one that hangs does so for ALONE_S at most; where no lock can be had at all
        (a home that cannot be written to) there is none."""
        lock = await self._lock()
        try:
            yield
        finally:
            if lock is not None:
                lock.unlock()

    async def _lock(self) -> QLockFile | None:
        name = hashlib.sha256(f"{SERVICE}/{self._name}".encode()).hexdigest()[:16]
        try:
            lock = QLockFile(str(meeting_place() / f"{name}.lock"))
        except OSError as error:
            log.warning("no lock for the renewal: %s", type(error).__name__)
            return None
        lock.setStaleLockTime(int(ALONE_S * 1000))
        try:
            async with asyncio.timeout(ALONE_S):
                while not lock.tryLock(0):
                    if lock.error() is not QLockFile.LockError.LockFailedError:
                        log.warning("no lock for the renewal: %s", lock.error().name)
                        return None
                    await asyncio.sleep(_LOOK_AGAIN_S)
        except TimeoutError:
            log.warning("another process holds the renewal up: not waited for any longer")
            return None
        return lock

    async def _patiently(self, call: "Callable[..., str | None]", *values: str) -> str | None:
        work = asyncio.wrap_future(self._keyring.in_turn(call, *values))
        try:
            async with asyncio.timeout(PATIENCE_S):
                # It is done also if nobody waits any more: a token would be lost, or left behind.
                return await result_of(work)
        except TimeoutError:
            raise KeyringUnavailable("the keyring did not answer") from None
