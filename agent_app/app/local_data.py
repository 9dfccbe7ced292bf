"""What an account has on this computer, as a whole: how much it is, and its end.

The key goes first: without it no copy of the file, in a backup or in a disk's worn-out cells, can be read
any more. A passphrase's file is opened with a salt that lies in it, and that is overwritten.
"""

import logging
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from agent_app.system.secrets import Keyring, KeyringUnavailable

log = logging.getLogger(__name__)

HEAD_BYTES = 4_096
"""The file's first page: without its salt no passphrase makes the key."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What is gone; `left` are files that the system did not let go, `has_key` says that the keyring did
    not forget the key."""

    files: int
    left: tuple[str, ...] = ()
    has_key: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether nothing can be read any more."""
        return not self.left and not self.has_key


def files_of(name: str, folder: Path) -> list[Path]:
    """Return the files of an account (by its name): its store with its log, what lies beside it, and damaged ones
    set aside."""
    return sorted(folder.glob(f"{name}.store*"))


def size_of(name: str, folder: Path) -> int:
    """Return how much there is of it (bytes)."""
    return sum(one.stat().st_size for one in files_of(name, folder))


def erase(name: str, folder: Path, keyring: Keyring) -> Erased:
    """Remove an account's local data and sign-in for good; its store must be closed. Blocks."""
    has_key = False
    for secret in (f"store-key/{name}", f"refresh/{name}"):
        try:
            keyring.delete(secret)
        except KeyringUnavailable:
            # Where there is no keyring it holds no key either, but a locked one may.
            has_key = has_key or _is_locked(keyring)
    left: list[str] = []
    files = files_of(name, folder)
    for file in files:
        try:
            _spoil(file)
            file.unlink()
        except OSError as error:
            log.warning("a file of the local data stays: %s", error.strerror)
            left.append(file.name)
    return Erased(len(files) - len(left), tuple(left), has_key)


def _is_locked(keyring: Keyring) -> bool:
    try:
        return bool(keyring.kind)
    except KeyringUnavailable:
        return False


def _spoil(file: Path) -> None:
    """Overwrite the file's head, and wait until the disk has it."""
    size = min(file.stat().st_size, HEAD_BYTES)
    with file.open("r+b") as opened:
        opened.write(secrets.token_bytes(size))
        opened.flush()
        os.fsync(opened.fileno())
