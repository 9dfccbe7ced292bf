"""Looks at a store's file from outside, for the checkup and while the desk is at rest: nothing is
written, and nothing is copied.

Only what SQLite's own check says of the file is damage. A disk that does not let us look (a quota,
no room, a read error) is not.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

import apsw

from agent_app.domain.errors import StoreDamaged, StoreError, StoreLocked
from agent_app.store.beside import key_is_right
from agent_app.store.codec import from_ms
from agent_app.store.database import Key, open_to_read, opens
from agent_app.store.piecewise import Place, read_some

_UNREAD = re.compile(r"error code=(\d+)")


@dataclass(frozen=True, slots=True)
class Examined:
    """What is in a file: whether every page is as it was written, and how many rows wait."""

    sound: bool
    size_bytes: int
    followups: int = 0
    waiting: int = 0
    drafts: int = 0


@dataclass(frozen=True, slots=True)
class Overview:
    """What is in a file: how many rows wait, and the day of the oldest followup (UTC)."""

    followups: int
    waiting: int
    drafts: int
    oldest: datetime | None


class Check:
    """Reads a file, every seal of a page that is in use included. *key* is the right one."""

    def __init__(self, path: Path, key: Key) -> None:
        self._path, self._key = path, key
        self._lock = Lock()
        self._connection: apsw.Connection | None = None
        self._ended = False

    def is_sound(self) -> bool:
        """Read all of it. For a thread of its own: it may take long. Raises StoreError where the file
        cannot be looked at just now, or the check was ended."""
        with self._reading() as connection:
            try:
                return _says_sound(connection)
            except (apsw.NotADBError, apsw.CorruptError):
                return False

    def go_on(self, place: Place, seconds: float) -> Place | None:
        """Read on from *place*, for a moment; returns how far that came, None where a page is
        damaged. Raises as `is_sound` does."""
        with self._reading() as connection:
            try:
                return read_some(connection, place, seconds)
            except (apsw.NotADBError, apsw.CorruptError):
                return None

    @contextmanager
    def _reading(self) -> Iterator[apsw.Connection]:
        with _looking():
            connection = open_to_read(self._path, self._key)
            try:
                with self._lock:
                    self._connection = connection
                    if self._ended:
                        raise StoreError("the check was ended")
                yield connection
            finally:
                with self._lock:
                    self._connection = None
                connection.close()

    def end(self) -> None:
        """End it early, from any thread: it stops within a few pages."""
        with self._lock:
            self._ended = True
            if self._connection is not None:
                self._connection.interrupt()


def is_sound(path: Path, key: Key) -> bool:
    """See `Check.is_sound`."""
    return Check(path, key).is_sound()


def examine(path: Path, key: Key) -> Examined:
    """Read the whole file. Raises StoreLocked where *key* does not open it, StoreError where it
    cannot be looked at just now. For a thread of its own: it may take long."""
    size = sum(
        file.stat().st_size for file in (path, path.with_name(path.name + "-wal")) if file.exists()
    )
    counts: list[int] = []
    with _looking():
        connection = open_to_read(path, key)
        try:
            counts = [_count(connection, table) for table in ("followup", "outbox", "draft")]
        except (apsw.NotADBError, apsw.CorruptError) as error:
            if not (key_is_right(path, key) or opens(path, key)):
                raise StoreLocked("the key does not open this file, or it is damaged") from error
            return Examined(False, size)
        finally:
            connection.close()
    return Examined(is_sound(path, key), size, *counts)


def overview(path: Path, key: Key) -> Overview:
    """Count what is in a file, also beside an open window. Raises StoreLocked where *key* does not open it,
    StoreError where it cannot be looked at just now."""
    with _looking():
        connection = open_to_read(path, key)
        try:
            followups, waiting, drafts = (
                _count(connection, table) for table in ("followup", "outbox", "draft")
            )
            ((day,),) = connection.execute("select min(day) from followup").fetchall()
        except (apsw.NotADBError, apsw.CorruptError) as error:
            raise StoreLocked("the key does not open this file, or it is damaged") from error
        finally:
            connection.close()
    oldest = from_ms(day if isinstance(day, int) else None)
    return Overview(followups, waiting, drafts, oldest)


def sqlite_version() -> str:
    """Return the version of SQLite that is inside."""
    return apsw.sqlite_lib_version()


def _says_sound(connection: apsw.Connection) -> bool:
    """Return what SQLite's check says. Raises StoreError where it could not read a page for a reason that
    is no damage, which it says among its findings."""
    for (found,) in connection.execute("pragma integrity_check(20)"):
        if found == "ok":
            return True
        codes = [int(code) & 0xFF for code in _UNREAD.findall(str(found))]
        if any(code not in (apsw.SQLITE_CORRUPT, apsw.SQLITE_NOTADB) for code in codes):
            raise StoreError("the file cannot be read just now")
    return False


def _count(connection: apsw.Connection, table: str) -> int:
    found = connection.execute(f"select count(*) from {table}").fetchall()[0][0]
    return found if isinstance(found, int) else 0


@contextmanager
def _looking() -> Iterator[None]:
    """Whatever else SQLite says is about the moment, not about the file."""
    try:
        yield
    except (apsw.NotADBError, apsw.CorruptError) as error:
        raise StoreDamaged("the file is damaged") from error
    except apsw.Error as error:
        raise StoreError(f"the file cannot be looked at ({type(error).__name__})") from error
