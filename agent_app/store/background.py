"""A second connection to the store's file, on a thread of its own: what the window need not wait for.

It folds the log into the file, and writes what comes by the page. SQLite lets go of the interpreter
while it works, so that the window goes on; *writing* is the lock that its own transactions take, too, as
the file has one writer at a time.
"""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, wait
from threading import Event, RLock
from typing import Any, TypeVar

import apsw

from agent_app.store.cipher import Key, translated, unlock

log = logging.getLogger(__name__)

FOLD_PAGES = 1_000
"""A log of this many pages is folded into the file (SQLite's own default)."""
CACHE_KIB, READER_CACHE_KIB = 2_000, 500
ENDING_S = 0.01
LOOK_S = 0.1
"""How often who waits for the window's own work looks whether the file is being closed (seconds)."""

Result = TypeVar("Result")
Rows = list[tuple[Any, ...]]


class Background:
    """Work is done in the order in which it came."""

    def __init__(self, name: str, flags: int, key: Key, writing: RLock) -> None:
        self._name, self._flags, self._key, self._writing = name, flags, key, writing
        self._thread: ThreadPoolExecutor | None = None
        self._busy: Future[None] | None = None
        self._closing = Event()
        self._connection: apsw.Connection | None = None

    def write(self, work: Callable[[apsw.Connection], Result]) -> Future[Result]:
        """Have *work* done in a transaction, which a power cut may undo and a crash may not. Its
        errors, in the desk's own words, are the future's."""
        return self._executor.submit(self._write, work)

    def grown(self, pages: int, wait_s: float) -> None:
        """There are so many *pages* in the log: fold them, if they are enough, after *wait_s*."""
        if pages >= FOLD_PAGES and (self._busy is None or self._busy.done()):
            self._busy = self._executor.submit(self._fold, wait_s)

    @property
    def _executor(self) -> ThreadPoolExecutor:
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, "store")
        return self._thread

    def _write(self, work: Callable[[apsw.Connection], Result]) -> Result:
        while not self._writing.acquire(timeout=LOOK_S):
            if self._closing.is_set():
                raise CancelledError
        try:
            if self._closing.is_set():
                raise CancelledError
            return self._in_transaction(work)
        finally:
            self._writing.release()

    def _in_transaction(self, work: Callable[[apsw.Connection], Result]) -> Result:
        with translated():
            connection = self._open()
            connection.execute("begin immediate")
            try:
                result = work(connection)
                connection.execute("commit")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("rollback")
                raise
        return result

    def _fold(self, wait_s: float) -> None:
        """A failure is no news: the log stays as it is, and the window's own connection meets a full
        disk or a damaged page by itself."""
        if self._closing.wait(wait_s):
            return  # closing the file folds the log
        try:
            self._open().execute("pragma wal_checkpoint(passive)").fetchall()
        except apsw.Error as error:
            log.info("the log was not folded: %s", type(error).__name__)

    def _open(self) -> apsw.Connection:
        if self._connection is None:
            connection = apsw.Connection(self._name, flags=self._flags)
            connection.set_busy_timeout(2_000)
            unlock(connection, self._key)
            connection.execute("pragma synchronous = normal")
            connection.execute(f"pragma cache_size = -{CACHE_KIB}")
            connection.set_wal_hook(self._on_commit)
            self._connection = connection
        return self._connection

    def _on_commit(self, _connection: apsw.Connection, _database: str, pages: int) -> int:
        self.grown(pages, 0.0)
        return apsw.SQLITE_OK

    def close(self) -> None:
        """Wait for what is under way; what was not begun is left. Nothing is held afterwards."""
        self._closing.set()
        if self._thread is not None:
            self._thread.shutdown(wait=True, cancel_futures=True)
        if self._connection is not None:
            self._connection.close()


class Reader:
    """A connection that reads on a thread of its own what takes long, one question after the other."""

    def __init__(self, name: str, flags: int, key: Key) -> None:
        self._name, self._flags, self._key = name, flags, key
        self._thread: ThreadPoolExecutor | None = None
        self._last: Future[Rows] | None = None
        self._connection: apsw.Connection | None = None
        self._closing = Event()

    def read(self, sql: str, values: Sequence[Any]) -> Future[Rows]:
        """Return all rows of a query; the future raises StoreError where it was ended early."""
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, "counting")
        self._last = self._thread.submit(self._read, sql, values)
        return self._last

    def _read(self, sql: str, values: Sequence[Any]) -> Rows:
        if self._closing.is_set():
            raise CancelledError
        with translated():
            if self._connection is None:
                connection = apsw.Connection(self._name, flags=self._flags)
                connection.set_busy_timeout(2_000)
                unlock(connection, self._key)
                connection.execute(f"pragma cache_size = -{READER_CACHE_KIB}")
                self._connection = connection
            return list(self._connection.execute(sql, values))

    def interrupt(self) -> None:
        """End the question that is being answered: nobody wants the answer any more."""
        if self._connection is not None:
            self._connection.interrupt()

    def close(self) -> None:
        """End what is being read."""
        self._closing.set()
        if self._thread is not None:
            self._thread.shutdown(wait=False, cancel_futures=True)
            while self._last is not None and not self._last.done():
                self.interrupt()  # one that comes before the query begins ends nothing
                wait([self._last], ENDING_S)
            self._thread.shutdown(wait=True)
        if self._connection is not None:
            self._connection.close()
