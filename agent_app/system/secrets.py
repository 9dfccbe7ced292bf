"""Room: system. Secrets in the operating system's keyring, and what to do where there is none.

Only keyrings that the system guards count (Secret Service, KWallet, Windows, macOS): a back end
that writes a plain file is treated as none.
"""

import asyncio
import logging
from typing import Any

log = logging.getLogger(__name__)

SERVICE = "followup-desk"
_GUARDED = (
    "keyring.backends.SecretService",
    "keyring.backends.kwallet",
    "keyring.backends.Windows",
    "keyring.backends.macOS",
    "keyring.backends.libsecret",
)
PATIENCE_S = 30.0
"""How long a locked keyring may wait for its owner (seconds)."""


class KeyringUnavailable(Exception):
    """There is no guarded keyring, or it is locked."""


class Keyring:
    """The system's keyring. All calls block, for as long as it asks its owner to unlock it."""

    def __init__(self) -> None:
        self._backend: Any = None

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
        """The secret, or None if there is none. Raises KeyringUnavailable."""
        backend = self._open()
        try:
            secret: str | None = backend.get_password(SERVICE, name)
        except Exception as error:
            raise KeyringUnavailable(type(error).__name__) from None
        return secret

    def set(self, name: str, secret: str) -> None:
        """Keep a secret. Raises KeyringUnavailable."""
        backend = self._open()
        try:
            backend.set_password(SERVICE, name, secret)
        except Exception as error:
            raise KeyringUnavailable(type(error).__name__) from None

    def delete(self, name: str) -> None:
        """Forget a secret; one that is not there is no error. Raises KeyringUnavailable."""
        backend = self._open()
        try:
            if backend.get_password(SERVICE, name) is not None:
                backend.delete_password(SERVICE, name)
        except Exception as error:
            raise KeyringUnavailable(type(error).__name__) from None


class TokenVault:
    """Keeps one refresh token: in the keyring, else in memory until the program ends."""

    def __init__(self, keyring: Keyring, name: str) -> None:
        self._keyring = keyring
        self._name = name
        self._memory: str | None = None
        self.in_keyring = True

    async def load(self) -> str | None:
        """The refresh token, or None."""
        if self._memory is not None:
            return self._memory
        try:
            secret: str | None = await self._patiently(self._keyring.get, self._name)
            return secret
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

    async def _patiently(self, call: Any, *values: str) -> Any:
        try:
            async with asyncio.timeout(PATIENCE_S):
                return await asyncio.to_thread(call, *values)
        except TimeoutError:
            raise KeyringUnavailable("the keyring did not answer") from None
