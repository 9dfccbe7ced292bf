"""The encrypted file itself: opening it, transactions, and its errors.

SQLite3MultipleCiphers (ChaCha20-Poly1305) encrypts every page. `synchronous=FULL` with WAL makes
a commit durable before it is reported; a transaction of over 8 ms is logged, as it runs on the
window's thread. What need not be waited for, such as folding the log into the file and writing whole
pages of the list, is done on a thread of its own (`Background`).
"""

import itertools
import logging
import os
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar

import apsw

from agent_app.domain.errors import StoreFull
from agent_app.store.background import Background, Reader
from agent_app.store.cipher import Key, translated, unlock
from agent_app.store.migrations import migrate

__all__ = [
    "Database",
    "Key",
    "open_to_read",
    "opens",
    "row_refused",
    "translated",
    "unlock",
]

log = logging.getLogger(__name__)

row_refused = (apsw.ConstraintError, apsw.MismatchError, apsw.RangeError, apsw.TooBigError)
"""What a statement raises for values that do not fit; the transaction may go on."""

Result = TypeVar("Result")
SLOW_TRANSACTION_MS = 8.0
AFTER_SAVE_S = 0.1
"""After a save the window has the file for itself this long (seconds), to show what became of it."""


class Database:
    """One connection, used on one thread. `path` None keeps everything in memory."""

    def __init__(self, path: Path | None, key: Key | None, open_as: str = "") -> None:
        """Open or create the file. *open_as* is an SQLite URI for it (a test's own disk).

        Raises StoreLocked if *key* does not open it or it is damaged, StoreNewer if a later
        version wrote it, StoreFull if the folder cannot be written.
        """
        self.path = path
        self._depth = 0
        self._durable, self._synchronous = True, "full"
        self._level = ""  # what SQLite was told last
        self._background: Background | None = None
        self._reader: Reader | None = None
        self._writing = RLock()
        self._after_commit: dict[Callable[[], None], Callable[[], None]] = {}
        if path is not None:
            _make_private(path)
        with translated():
            flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
            if open_as:
                flags |= apsw.SQLITE_OPEN_URI
            name = open_as or (str(path) if path else ":memory:")
            background = None
            if path is not None and key is not None:
                background = Background(name, flags, key, self._writing)
                self._reader = Reader(name, flags, key)
            self._connection = apsw.Connection(name, flags=flags)
            try:
                self._set_up(key if path else None)
                migrate(self._connection)
            except BaseException:
                self._connection.close()
                raise
            if background is not None:
                self._background = background
                self._connection.set_wal_hook(self._on_commit)

    def _set_up(self, key: Key | None) -> None:
        run = self._connection.execute
        self._connection.set_busy_timeout(2_000)
        if key is not None:
            unlock(self._connection, key)
        run("select count(*) from sqlite_schema").fetchall()  # fails here if the key is wrong
        run("pragma journal_mode = wal").fetchall()
        run("pragma foreign_keys = on")
        run("pragma temp_store = memory")
        run("pragma cache_size = -2000")  # KiB; eight times as much made nothing faster

    def _on_commit(self, _connection: apsw.Connection, _database: str, pages: int) -> int:
        """SQLite's hook: so many pages are in the log after a commit."""
        if self._background is not None:
            self._background.grown(pages, AFTER_SAVE_S if self._durable else 0.0)
        return apsw.SQLITE_OK

    def close(self) -> None:
        """Close the file; the log is folded into it."""
        if self._reader is not None:
            self._reader.close()
        if self._background is not None:
            self._background.close()
        self._connection.close()

    def read(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        with translated():
            return list(self._connection.execute(sql, values))

    def read_slowly(
        self, sql: str, values: Sequence[Any], most: int
    ) -> Generator[list[tuple[Any, ...]], None, None]:
        """Yield the rows of a query, at most *most* at a time. Nothing is written in the background until
        they are read: our own writes would fail on top of what came in under an open query."""
        with translated(), self._writing:
            cursor = self._connection.execute(sql, values)
            try:
                while rows := list(itertools.islice(cursor, most)):
                    yield rows
            finally:
                cursor.close(True)

    def read_behind(self, sql: str, values: Sequence[Any] = ()) -> Future[list[tuple[Any, ...]]]:
        """As `read`, beside the window's thread where the store is a file."""
        if self._reader is not None:
            return self._reader.read(sql, values)
        done: Future[list[tuple[Any, ...]]] = Future()
        done.set_result(self.read(sql, values))
        return done

    def end_reading_behind(self) -> None:
        """Nobody waits for what is being read beside the window's thread."""
        if self._reader is not None:
            self._reader.interrupt()

    def read_one(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """Return the first row of a query, or None."""
        with translated():
            row: tuple[Any, ...] | None = self._connection.execute(sql, values).fetchone()
            return row

    def write(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Run one statement inside a transaction."""
        if not self._depth:
            raise RuntimeError("a write outside a transaction")
        self._connection.execute(sql, values)

    def write_behind(self, work: Callable[[apsw.Connection], Result]) -> "Future[Result] | None":
        """Have *work* done in a transaction of its own beside the window's thread, on another
        connection; it is not durable. None where the store is in memory, which has no other."""
        return self._background.write(work) if self._background is not None else None

    def last_key(self) -> int:
        """Return the integer key of the row inserted last."""
        return self._connection.last_insert_rowid()

    def after_commit(
        self, call: Callable[[], None], undone: Callable[[], None] = lambda: None
    ) -> None:
        """Have *call* made once when the transaction under way has been committed, or *undone* when
        it was rolled back."""
        self._after_commit.setdefault(call, undone)

    @contextmanager
    def transaction(self, *, durable: bool = True) -> Iterator[None]:
        """All or nothing. Transactions may be nested; the outermost commits.

        One that is not *durable* may be undone by a power cut, never by a crash: for what the server
        can say again. Whatever is durable afterwards makes it durable as well (WAL is one log).
        """
        if self._depth:
            if durable and not self._durable:
                raise RuntimeError("a durable transaction inside one that is not")
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
            return
        started = time.perf_counter()
        self._depth, self._durable = 1, durable
        try:
            with translated(), self._writing:
                self._set_level(self._synchronous if durable else "normal")
                self._connection.execute("begin immediate")
                try:
                    yield
                    self._connection.execute("commit")
                except BaseException:
                    if self._connection.in_transaction:
                        self._connection.execute("rollback")
                    raise
        except BaseException:
            for undone in self._take_calls().values():
                undone()
            raise
        finally:
            self._depth, self._durable = 0, True
        took = (time.perf_counter() - started) * 1000
        if took > SLOW_TRANSACTION_MS:
            log.info("a transaction took %.1f ms", took)
        for call in self._take_calls():
            call()

    def _take_calls(self) -> dict[Callable[[], None], Callable[[], None]]:
        calls, self._after_commit = self._after_commit, {}
        return calls

    def _set_level(self, level: str) -> None:
        if level != self._level:
            self._connection.execute(f"pragma synchronous = {level}")
            self._level = level


def open_to_read(path: Path, key: Key) -> apsw.Connection:
    """Return a connection that leaves the file and its log as they are. Raises what SQLite raises."""
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    # The last one to close a file would remove its log by name: by then the log of a new file.
    connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
    connection.set_busy_timeout(2_000)
    unlock(connection, key)
    return connection


def opens(path: Path, key: Key) -> bool:
    """Return whether *key* opens the file; False where that cannot be told. Raises StoreError."""
    with translated():
        connection = open_to_read(path, key)
        try:
            connection.execute("select count(*) from sqlite_schema").fetchall()
        except (apsw.NotADBError, apsw.CorruptError):
            return False
        finally:
            connection.close()
    return True


def _make_private(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.parent.chmod(0o700)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreFull(f"the data folder cannot be written: {error.strerror}") from error
