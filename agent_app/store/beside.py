"""What lies beside a store's file, so that its damage can be told from a wrong key and be mended.

SQLite says the same for a wrong key and for a damaged first page. So the salt of the passphrase, a
proof of the key and the place of each table are kept a second time, in a small file that tells
nothing of the data. The proof is no quicker to guess at than the store itself.
"""

import contextlib
import hashlib
import hmac
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from agent_app.domain.errors import StoreFull
from agent_app.store import cipher
from agent_app.store.cipher import Key

SALT_BYTES = 16
"""The cipher keeps its salt in the file's first bytes."""

Layout = list[list[str | int | None]]
"""Type, name, table, first page and SQL of each part of the store."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What is kept a second time."""

    salt: str
    proof: str
    layout: Layout


def note_key(path: Path, key: Key, layout: Layout) -> None:
    """Keep beside *path*, which *key* has just opened, what a rescue would need."""
    try:
        with path.open("rb") as file:
            salt = file.read(SALT_BYTES)
    except OSError:
        return
    known = read(path)
    if len(salt) < SALT_BYTES or (
        known is not None and known.salt == salt.hex() and known.layout == layout
    ):
        return
    proof = _proof(bare_key(key, salt))
    # No room for it is no reason not to work: the next start tries again.
    with contextlib.suppress(StoreFull):
        write_whole(_file(path), json.dumps(asdict(Beside(salt.hex(), proof, layout))))


def read(path: Path) -> Beside | None:
    """Return what is kept beside *path*, or None where it cannot be read."""
    try:
        return Beside(**json.loads(_file(path).read_text()))
    except (OSError, ValueError, TypeError):
        return None


def key_is_right(path: Path, key: Key) -> bool:
    """Return whether *key* is known to be the store's; False where that cannot be told."""
    known = read(path)
    if known is None:
        return False
    bare = bare_key(key, bytes.fromhex(known.salt))
    return hmac.compare_digest(known.proof.encode(), _proof(bare).encode())


def bare_key(key: Key, salt: bytes) -> Key:
    """Return the key itself, which the cipher makes of a passphrase and the salt."""
    if key.raw:
        return key
    rounds = cipher.PASSPHRASE_ROUNDS
    made = hashlib.pbkdf2_hmac("sha256", key.passphrase.encode(), salt, rounds, 32)
    return Key(raw=made)


def _proof(bare: Key) -> str:
    return hmac.new(bare.raw, b"followup desk store", hashlib.sha256).hexdigest()[:32]


def _file(path: Path) -> Path:
    return path.with_name(path.name + ".key-check")


def write_whole(file: Path, text: str) -> None:
    """Write a small private file so that after a power cut it is the old one or the new one.

    Raises StoreFull where the disk refuses.
    """
    new = file.with_name(file.name + ".new")
    try:
        handle = os.open(new, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        new.replace(file)
        sync_folder(file.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
        raise StoreFull(f"a file beside the store cannot be written: {error.strerror}") from error


def sync_folder(folder: Path) -> None:
    """Make the names of the files in *folder* outlive a power cut, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
