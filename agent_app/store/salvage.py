"""Reads what is readable of a damaged file. The file itself is only read."""

import itertools
import logging
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw

from agent_app.domain.errors import StoreDamaged, StoreFull
from agent_app.store import beside
from agent_app.store.database import Key, open_to_read, unlock

log = logging.getLogger(__name__)

MAX_MISSES = 20_000
"""Between two damaged pages so many keys are tried one by one."""
MAX_BYTES = 500_000_000
"""SQLite holds a little more than this in one value."""
_NUMBERED = {"outbox": "number", "own_save": "number", "followup": "key"}
_FRAME, _LOG_HEADER = 24, 32

Row = dict[str, Any]


class Salvage:
    """A damaged file that is being read. *look* is called now and then, and may raise to end it."""

    def __init__(self, connection: apsw.Connection, look: Callable[[], None]) -> None:
        self._connection = connection
        self._look = look
        self.lost_some: set[str] = set()
        """The tables of which not every row could be read."""

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of a table from both ends until a damaged page; where the keys are numbers, those
        between two damaged pages as well."""
        names = [row[1] for row in self._try(f"pragma table_info({table})")]
        if not names:
            return  # a layout of before this table
        key = _NUMBERED.get(table, names[0])
        seen: list[Any] = [None, None]
        for end, order in enumerate(("asc", "desc")):
            other = seen[0]
            for row in self._try(f"select * from {table} order by {key} {order}", table):
                values = dict(zip(names, row, strict=True))
                if end and values[key] == other:
                    return
                seen[end] = values[key]
                yield values
            if table not in self.lost_some:
                return
        if table in _NUMBERED:
            first = (seen[0] or 0) + 1
            last = min(seen[1] or first + MAX_MISSES, first + MAX_MISSES)
            for number in range(first, last):
                for row in self._try(f"select * from {table} where {key} = {number}", table):
                    yield dict(zip(names, row, strict=True))

    def _try(self, sql: str, table: str = "") -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query until it meets damage."""
        try:
            for count, row in enumerate(self._connection.execute(sql)):
                if count % 100 == 0:
                    self._look()
                yield row
        except (apsw.CorruptError, apsw.NotADBError, apsw.SQLError):
            self.lost_some.add(table)


@contextmanager
def salvaging(path: Path, key: Key, look: Callable[[], None]) -> Iterator[Salvage]:
    """Open the damaged file to read, or a copy of it that is given a new head.

    Raises StoreFull where there is no room for that copy, StoreDamaged where nothing helps.
    """
    copy = path.with_name(path.name + ".reading")
    remove(copy)
    connection = _open(path, key)
    try:
        if connection is None:
            connection = _open_with_new_head(path, key, copy, look)
        yield Salvage(connection, look)
    finally:
        if connection is not None:
            connection.close()
        remove(copy)


def remove(path: Path) -> None:
    """Remove a store's file that is no longer wanted, with its log."""
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _open(path: Path, key: Key) -> apsw.Connection | None:
    connection = open_to_read(path, key)
    try:
        connection.execute("pragma writable_schema = on")
        connection.execute("select * from sqlite_schema").fetchall()
    except (apsw.CorruptError, apsw.NotADBError):
        connection.close()
        return None
    except BaseException:
        connection.close()
        raise
    return connection


def _open_with_new_head(
    path: Path, key: Key, copy: Path, look: Callable[[], None]
) -> apsw.Connection:
    """Return the first page and a few more say where each table begins. A new file is made that says the
    same in its first page and behind its last, and is given all other pages of the damaged one."""
    known = beside.read(path)
    if known is None:
        raise StoreDamaged("nothing is left that says where the tables begin")
    bare = beside.bare_key(key, bytes.fromhex(known.salt))
    try:
        size = _make_head(path, bare, copy, known.layout)
        _put_pages(path, copy, size, look)
    except (OSError, apsw.FullError, apsw.IOError) as error:
        raise StoreFull("there is no room to read the damaged file") from error
    connection = _open(copy, bare)
    if connection is None:
        raise StoreDamaged("the damaged file cannot be given a new head")
    return connection


def _make_head(path: Path, bare: Key, copy: Path, layout: beside.Layout) -> int:
    """Make the new file, longer than the damaged one; returns the size of its pages."""
    made = apsw.Connection(str(copy))
    try:
        unlock(made, bare)
        made.execute("pragma journal_mode = off").fetchall()
        made.execute("pragma synchronous = off")
        size = int(made.pragma("page_size"))
        log_file = path.with_name(path.name + "-wal")
        length = path.stat().st_size
        length += log_file.stat().st_size if log_file.exists() else 0
        made.execute("create table filler (x)")
        while (missing := length - int(made.pragma("page_count")) * size) > 0:
            made.execute("insert into filler values (zeroblob(?))", [min(missing, MAX_BYTES)])
        made.execute("pragma writable_schema = on")
        made.execute("begin")
        for part in layout:
            made.execute("insert into sqlite_schema values (?, ?, ?, ?, ?)", part)
        made.execute("delete from sqlite_schema where name = 'filler'")
        made.execute("commit")
        return size
    finally:
        made.close()


def _put_pages(path: Path, copy: Path, size: int, look: Callable[[], None]) -> None:
    with path.open("rb") as old, copy.open("r+b") as new:
        old.seek(size)
        new.seek(size)
        while pages := old.read(256 * size):
            look()
            new.write(pages[: len(pages) // size * size])
        log_file = path.with_name(path.name + "-wal")
        if log_file.exists():
            for number, page in _pages_of_log(log_file.read_bytes(), size).items():
                if number > 1:
                    new.seek((number - 1) * size)
                    new.write(page)


def _pages_of_log(text: bytes, size: int) -> dict[int, bytes]:
    """Return the newest page of each number that a commit has put into the log."""
    committed: dict[int, bytes] = {}
    pending: dict[int, bytes] = {}
    salts = text[16:24]
    for at in itertools.count(_LOG_HEADER, _FRAME + size):
        if at + _FRAME + size > len(text) or text[at + 8 : at + 16] != salts:
            return committed
        number, commits = struct.unpack_from(">II", text, at)
        pending[number] = text[at + _FRAME : at + _FRAME + size]
        if commits:
            committed |= pending
            pending = {}
    return committed
