"""Room: store. A damaged file: noticed, set aside unchanged, and what is readable brought over.

SQLite says the same for a wrong key and for a damaged file. A fingerprint of the key beside the
file tells them apart: only where the key is known to be right is a file ever called damaged.
"""

import hashlib
import hmac
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import apsw

from agent_app.domain.errors import StoreError, StoreLocked
from agent_app.store.database import Key, unlock
from agent_app.store.migrations import STEPS, add_functions
from agent_app.store.store import Store

log = logging.getLogger(__name__)

MOST_KEYS = 5_000_000
"""No table of the desk has integer keys beyond this; a number that does is damage."""
MOST_MISSES = 20_000
"""A run of this many keys without a row ends the search for rows behind a damaged page."""

_TABLES: dict[str, str] = {
    "outbox": "number",
    "followup": "key",
}
_NOT_KEPT = frozenset({"loaded", "load_page", "pages", "total", "days_read"})
"""The list is read from the server again, so its progress starts anew."""


@dataclass(frozen=True, slots=True)
class Rescued:
    """Where the damaged file lies now, and how many rows of each table were brought over."""

    aside: Path
    rows: dict[str, int]


def note_key(path: Path, key: Key) -> None:
    """Note beside the file which key opens it, without telling anything of the key."""
    file = _fingerprint_file(path)
    if not file.exists():
        file.touch(0o600)
        file.write_text(_fingerprint(path, key))


def key_is_right(path: Path, key: Key) -> bool:
    """Whether *key* is known to be the file's; False where that cannot be told."""
    try:
        noted = _fingerprint_file(path).read_text().strip()
    except OSError:
        return False
    return hmac.compare_digest(noted.encode(), _fingerprint(path, key).encode())


def is_sound(path: Path, key: Key) -> bool:
    """Read the whole file, every page's seal included. For a thread of its own: it may take long.

    Raises StoreError where it cannot be looked at just now.
    """
    try:
        connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    except apsw.CantOpenError as error:
        raise StoreError("the file cannot be opened") from error
    try:
        unlock(connection, key)
        found = connection.execute("pragma integrity_check(1)").fetchall()
        if found != [("ok",)]:
            return False
        _read_every_page(connection, path, key)
        return True
    except (apsw.NotADBError, apsw.CorruptError, apsw.IOError):
        return False
    except apsw.BusyError as error:
        raise StoreError("the file is in use") from error
    finally:
        connection.close()


def _read_every_page(connection: apsw.Connection, path: Path, key: Key) -> None:
    """The check passes over pages that are free; a copy, which is thrown away, passes over none."""
    import tempfile  # neither a check nor a rescue is part of a start

    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        copy = apsw.Connection(str(Path(folder) / "copy"))
        try:
            unlock(copy, key)
            with copy.backup("main", connection, "main") as every:
                while not every.done:
                    every.step(256)
        finally:
            copy.close()


def mark_damaged(path: Path) -> None:
    """Note beside an open file that its damage was met: the next opening rescues it."""
    _mark(path).touch(0o600)


def is_marked_damaged(path: Path) -> bool:
    """Whether damage was met in the file when it was last open."""
    return _mark(path).exists()


def _mark(path: Path) -> Path:
    return path.with_name(path.name + ".damage-met")


def rescue(path: Path, key: Key) -> tuple[Store, Rescued]:
    """Set the damaged file aside, begin a new one, and bring over what can be read.

    The new file has the same key. Raises StoreError where the folder refuses.
    """
    import tempfile

    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    aside = path.with_name(f"{path.name}.damaged-{stamp}")
    try:
        for ending in ("", "-wal", "-shm"):
            file = path.with_name(path.name + ending)
            if file.exists():
                file.rename(aside.with_name(aside.name + ending))
    except OSError as error:
        raise StoreError(f"the damaged file cannot be set aside: {error.strerror}") from error
    _mark(path).unlink(missing_ok=True)
    store = Store(path, key)
    note_key(path, key)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        rows = _bring_over(aside, key, store, Path(folder))
    log.warning("a damaged store was set aside; rows brought over: %s", rows)
    return store, Rescued(aside, rows)


def open_or_rescue(file: Path | None, key: Key | None) -> tuple[Store, Rescued | None]:
    """Open the store; one that is known to be damaged is set aside and its rows brought over.

    Raises StoreError where the key is not known to be right: then the file is left alone.
    """
    if file is None or key is None:
        return Store(None, None), None
    if is_marked_damaged(file):
        return rescue(file, key)
    try:
        store = Store(file, key)
    except StoreLocked:
        if not key_is_right(file, key):
            raise
        return rescue(file, key)
    note_key(file, key)
    return store, None


# -- reading what is left


def _bring_over(aside: Path, key: Key, store: Store, folder: Path) -> dict[str, int]:
    import shutil

    copy = folder / "copy"
    for ending in ("", "-wal"):
        file = aside.with_name(aside.name + ending)
        if file.exists():
            shutil.copyfile(file, copy.with_name(copy.name + ending))
    connection = _open(copy, key) or _open_with_new_head(copy, key, folder)
    if connection is None:
        return {}
    try:
        return {
            table: store.bring_back(table, rows)
            for table, rows in (
                ("state", list(_by_text(connection, "state"))),
                ("debt", list(_by_text(connection, "debt"))),
                ("followup", list(_by_number(connection, "followup"))),
                ("draft", list(_by_text(connection, "draft"))),
                ("review", list(_by_text(connection, "review"))),
                ("outbox", list(_by_number(connection, "outbox"))),
            )
        }
    finally:
        connection.close()


def _open(copy: Path, key: Key) -> apsw.Connection | None:
    connection = apsw.Connection(str(copy))
    try:
        unlock(connection, key)
        connection.execute("pragma writable_schema = on")
        connection.execute("select count(*) from sqlite_schema").fetchall()
    except apsw.Error:
        connection.close()
        return None
    return connection


def _open_with_new_head(copy: Path, key: Key, folder: Path) -> apsw.Connection | None:
    """The first page holds the layout. One of a new file with the same raw key stands in for it:
    tables made by the same steps lie at the same pages."""
    if not key.raw:
        return None  # a passphrase's key depends on the lost page itself
    for ending in ("-wal", "-shm"):
        copy.with_name(copy.name + ending).unlink(missing_ok=True)
    for steps in range(len(STEPS), 0, -1):
        model = folder / f"model-{steps}"
        made = apsw.Connection(str(model))
        unlock(made, key)
        add_functions(made)
        for number, step in enumerate(STEPS[:steps], start=1):
            with made:
                made.execute(step)
                made.pragma("user_version", number)
        size = int(made.pragma("page_size"))
        pages = copy.stat().st_size // size
        made.execute("create table filler (x)")
        made.execute("insert into filler values (zeroblob(?))", [pages * size])
        made.execute("drop table filler")  # its pages stay in the file's length
        made.close()
        with model.open("rb") as head, copy.open("r+b") as file:
            file.write(head.read(size))
            file.truncate(max(model.stat().st_size, copy.stat().st_size))
        connection = _open(copy, key)
        if connection is not None:
            return connection
    return None


def _columns(connection: apsw.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"pragma table_info({table})")]


def _by_number(connection: apsw.Connection, table: str) -> Iterator[dict[str, Any]]:
    """Rows of a table with an integer key; those behind a damaged page are passed over."""
    try:
        columns = _columns(connection, table)
    except apsw.Error:
        return
    key, after, misses = _TABLES[table], 0, 0
    while after < MOST_KEYS and misses < MOST_MISSES:
        try:
            for row in connection.execute(
                f"select * from {table} where {key} > ? order by {key}", [after]
            ):
                values = dict(zip(columns, row, strict=True))
                after, misses = int(values[key]), 0
                yield values
            return
        except apsw.Error:
            # The next row lies on a damaged page: try one key after the other.
            while misses < MOST_MISSES:
                after, misses = after + 1, misses + 1
                try:
                    found = connection.execute(
                        f"select * from {table} where {key} = ?", [after]
                    ).fetchone()
                except apsw.Error:
                    continue
                if found is not None:
                    misses = 0
                    yield dict(zip(columns, found, strict=True))
                    break


def _by_text(connection: apsw.Connection, table: str) -> Iterator[dict[str, Any]]:
    """Rows of a table with a text key, from both ends until a damaged page."""
    try:
        columns = _columns(connection, table)
    except apsw.Error:
        return
    if not columns:
        return  # a layout of before this table
    seen: set[Any] = set()
    for direction in ("asc", "desc"):
        try:
            for row in connection.execute(
                f"select * from {table} order by {columns[0]} {direction}"
            ):
                if row[0] in seen:
                    break
                seen.add(row[0])
                if table != "state" or row[0] not in _NOT_KEPT:
                    yield dict(zip(columns, row, strict=True))
            else:
                return
        except apsw.Error:
            continue


# -- the key's fingerprint


def _fingerprint_file(path: Path) -> Path:
    return path.with_name(path.name + ".key-check")


def _fingerprint(path: Path, key: Key) -> str:
    about = f"followup desk store {path.name}".encode()
    if key.raw:
        return hmac.new(key.raw, about, hashlib.sha256).hexdigest()[:32]
    # Slow on purpose: a fingerprint must be no quicker to guess at than the file itself.
    return hashlib.scrypt(
        key.passphrase.encode(), salt=about, n=2**15, r=8, p=1, maxmem=2**26
    ).hex()[:32]
