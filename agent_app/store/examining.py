"""Room: store. Looks at a store's file from outside, for the checkup: nothing is written."""

from dataclasses import dataclass
from pathlib import Path

import apsw

from agent_app.domain.errors import StoreError, StoreLocked
from agent_app.store.database import Key, unlock
from agent_app.store.rescue import is_sound


@dataclass(frozen=True, slots=True)
class Examined:
    """What is in a file: whether every page is as it was written, and how many rows wait."""

    sound: bool
    size_bytes: int
    followups: int = 0
    waiting: int = 0
    drafts: int = 0


def examine(path: Path, key: Key) -> Examined:
    """Read the whole file. Raises StoreLocked where *key* does not open it, StoreError where it
    cannot be looked at just now. For a thread of its own: it may take long."""
    size = sum(
        file.stat().st_size for file in (path, path.with_name(path.name + "-wal")) if file.exists()
    )
    try:
        connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    except apsw.CantOpenError as error:
        raise StoreError("the file cannot be opened") from error
    try:
        connection.set_busy_timeout(2_000)
        unlock(connection, key)
        counts = [_count(connection, table) for table in ("followup", "outbox", "draft")]
    except (apsw.NotADBError, apsw.CorruptError, apsw.IOError) as error:
        raise StoreLocked("the key does not open this file, or it is damaged") from error
    except apsw.BusyError as error:
        raise StoreError("the file is in use") from error
    finally:
        connection.close()
    return Examined(is_sound(path, key), size, *counts)


def sqlite_version() -> str:
    """The version of SQLite that is inside."""
    return apsw.sqlite_lib_version()


def _count(connection: apsw.Connection, table: str) -> int:
    found = connection.execute(f"select count(*) from {table}").fetchall()[0][0]
    return found if isinstance(found, int) else 0
