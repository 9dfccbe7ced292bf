"""The store's key, and what SQLite says of the world in the desk's own errors."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import apsw

from agent_app.domain.errors import StoreError, StoreFull, StoreLocked

PASSPHRASE_ROUNDS = 256_000


@dataclass(frozen=True, slots=True)
class Key:
    """What opens the file: 32 random bytes from the keyring, or a person's passphrase."""

    raw: bytes = b""
    passphrase: str = ""

    def __repr__(self) -> str:
        return "Key(…)"


def unlock(connection: apsw.Connection, key: Key) -> None:
    """Give a connection its key; whether it is right shows at the first read."""
    if key.raw:
        connection.execute(f"pragma key = 'raw:{key.raw.hex()}'")
        return
    connection.execute(f"pragma kdf_iter = {PASSPHRASE_ROUNDS}")
    quoted = key.passphrase.replace("'", "''")
    connection.execute(f"pragma key = '{quoted}'")


@contextmanager
def translated() -> Iterator[None]:
    """Turn what SQLite says of the world into the desk's own errors; bugs pass through."""
    try:
        yield
    except (apsw.NotADBError, apsw.CorruptError) as error:
        raise StoreLocked("the file does not open with this key, or is damaged") from error
    except (apsw.FullError, apsw.ReadOnlyError, apsw.CantOpenError, apsw.IOError) as error:
        raise StoreFull(f"the file cannot be written ({type(error).__name__})") from error
    except (apsw.BusyError, apsw.LockedError) as error:
        raise StoreError("the file is in use by another program") from error
    except apsw.InterruptError as error:
        raise StoreError("the work was ended early") from error
