"""Reads a store's file a little at a time, from beginning to end over hours or days, so that a damaged
page is found before somebody needs it.

Each page carries a seal that is checked when it is read: rows are read to their last byte, and indexes
from end to end. Free pages hold nothing and are not read.
"""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass

import apsw

PIECE_ROWS = 500
"""Rows of a table that are read in one go: a few milliseconds."""
_PARTIAL = re.compile(r"\swhere\s(.+)$", re.IGNORECASE | re.DOTALL)

Place = tuple[str, int | str | None]
"""How far a round has come: the name of a part, and the last key of it that was read (None: none)."""
BEGINNING: Place = ("", None)


@dataclass(frozen=True, slots=True)
class _Part:
    """A table or an index, with the SQL that made it ("" for those that SQLite makes by itself)."""

    name: str
    type: str
    table: str
    sql: str


def read_some(connection: apsw.Connection, place: Place, seconds: float) -> Place:
    """Read on from *place* for about so many *seconds*; returns how far that came, BEGINNING after
    the end. Raises what SQLite raises: CorruptError or NotADBError for a damaged page."""
    end = time.monotonic() + seconds
    name, key = place
    for part in _parts(connection):
        if part.name < name:
            continue
        for last in _pieces(connection, part, key if part.name == name else None):
            if time.monotonic() >= end:
                return (part.name, last) if last is not None else (part.name + "\0", None)
    return BEGINNING


def _parts(connection: apsw.Connection) -> list[_Part]:
    rows = connection.execute(
        "select name, type, tbl_name, coalesce(sql, '') from sqlite_schema"
        " where type in ('table', 'index') and rootpage > 0 order by name"
    )
    return [_Part(*row) for row in rows]


def _pieces(
    connection: apsw.Connection, part: _Part, key: int | str | None
) -> Iterator[int | str | None]:
    """Read a part on from *key*; gives the last key after each piece, None at the end."""
    if part.type == "index":
        condition = _PARTIAL.search(part.sql)
        # Not count(*), which SQLite answers from the smallest index, whatever it is told.
        where = f" where {condition[1]}" if condition else ""
        connection.execute(
            f'select sum(1) from "{part.table}" indexed by "{part.name}"{where}'
        ).fetchall()
        yield None
        return
    columns = connection.execute(f'pragma table_info("{part.name}")').fetchall()
    keys = [str(column[1]) for column in columns if column[5]]
    if "without rowid" not in part.sql.lower():
        keys = ["rowid"]
    # The last byte of each value: SQLite reads all before it to get there.
    ends = ", ".join(f'max(substr("{column[1]}", -1))' for column in columns)
    if len(keys) != 1:
        connection.execute(f'select {ends} from "{part.name}"').fetchall()
        yield None
        return
    (by,) = keys
    while True:
        after = f'where "{by}" > ?' if key is not None else ""
        (row,) = connection.execute(
            f'select max(k), {ends} from (select "{by}" as k, * from "{part.name}" {after}'
            f' order by "{by}" limit {PIECE_ROWS})',
            [key] if key is not None else [],
        ).fetchall()
        key = row[0] if isinstance(row[0], int | str) else None
        yield key
        if key is None:
            return
