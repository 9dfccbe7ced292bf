"""One recording on its way: what a player wants next is fetched, and kept in memory.

The player reads on a thread of its own and waits in `Spool.read`; `Recording.run` fetches on the
loop, from wherever the player is. A link that dies, also in the middle, is renewed by reading the
followup once. Nothing is written to disk.
"""

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable

from agent_app.api.media import MAX_BYTES, open_stream
from agent_app.domain import mistakes
from agent_app.domain.errors import ExternalError, LinkDead, NotUnderstood, Unreachable
from agent_app.domain.network import Network

log = logging.getLogger(__name__)

AHEAD_BYTES = 4 * 1024 * 1024
"""How far a fetch runs ahead of the player before it pauses."""
TRIES = 3
PAUSE_S = 1.0
SMALL_SKIP = 64 * 1024
"""A jump ahead by less than this is read through: asking anew would take longer."""


class Spool:
    """The bytes that are here, shared by the loop and the player's thread."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._data = bytearray()
        self._have: list[tuple[int, int]] = []
        self._wanted = 0
        self._closed = False
        self._failed = False
        self.total: int | None = None

    # -- the player's side

    def read(self, start: int, most: int) -> bytes:
        """Bytes from *start* on, at least one, waiting for them; b"" at the end or when closed."""
        with self._changed:
            self._wanted = start
            self._changed.notify_all()
            while not self._closed and not self._failed and not self._is_end(start):
                end = self._end_of(start)
                if end > start:
                    return bytes(self._data[start : min(end, start + most)])
                self._changed.wait()
            end = self._end_of(start)
            return bytes(self._data[start : min(end, start + most)]) if not self._closed else b""

    def close(self) -> None:
        """The player reads no more: let it go."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    # -- the loop's side

    @property
    def is_closed(self) -> bool:
        """Whether nobody reads any more."""
        return self._closed

    @property
    def have_bytes(self) -> int:
        """How much is here."""
        with self._changed:
            return sum(last - first for first, last in self._have)

    def put(self, start: int, chunk: bytes) -> None:
        """Keep bytes that arrived."""
        with self._changed:
            end = start + len(chunk)
            if end > len(self._data):
                self._data.extend(bytes(end - len(self._data)))
            self._data[start:end] = chunk
            self._have = _joined([*self._have, (start, end)])
            self._changed.notify_all()

    def set_total(self, total: int) -> None:
        """The whole length is known."""
        with self._changed:
            self.total = total
            self._changed.notify_all()

    def fail(self) -> None:
        """No more will come."""
        with self._changed:
            self._failed = True
            self._changed.notify_all()

    def missing(self) -> int | None:
        """Return the first byte that is wanted and not here; None where enough is at hand for now."""
        with self._changed:
            start = self._wanted
            end = self._end_of(start)
            if self.total is not None and end >= self.total:
                return self._first_gap()
            return end if end - start < AHEAD_BYTES else None

    def _first_gap(self) -> int | None:
        """Once the end is here: what lies before it, for jumps back."""
        end = self._end_of(0)
        return end if self.total is not None and end < self.total else None

    def _is_end(self, start: int) -> bool:
        return self.total is not None and start >= self.total

    def _end_of(self, start: int) -> int:
        return next((last for first, last in self._have if first <= start < last), start)


class Recording:
    """Fetches one followup's recording. *link* gives the signed link as it is known, *renew* reads
    the followup anew and gives the new one ("": there is none). *this_computer*: it may lie there."""

    def __init__(
        self,
        link: Callable[[], str],
        renew: Callable[[], Awaitable[str]],
        network: Network | None = None,
        *,
        this_computer: bool = False,
    ) -> None:
        self.spool = Spool()
        self.error: ExternalError | None = None
        self._told: Callable[[], None] = lambda: None
        self._link, self._renew = link, renew
        self._network, self._this_computer = network, this_computer
        self._wake = asyncio.Event()

    def listen(self, told: Callable[[], None]) -> None:
        """Have *told* called when more is here, or when it ends."""
        self._told = told

    def close(self) -> None:
        """Nobody listens any more."""
        self.spool.close()
        self._wake.set()

    def wake(self) -> None:
        """The player may want something else by now."""
        self._wake.set()

    async def run(self) -> None:
        """Fetch until all is here or nobody listens; `error` says why it ended before that."""
        link, failures, renewed = self._link(), 0, False
        try:
            while not self.spool.is_closed:
                start = self.spool.missing()
                if start is None:
                    if self._is_whole():
                        if not self.spool.total:
                            raise NotUnderstood("the recording is empty")
                        return
                    await self._rest()
                    continue
                try:
                    if not link:
                        raise LinkDead("no link")
                    before = self.spool.have_bytes
                    await self._fetch(link, start)
                    if self.spool.have_bytes > before:
                        failures, renewed = 0, False
                except LinkDead:
                    if renewed:
                        raise
                    link, renewed = await self._renew(), True
                    if not link:
                        raise
                except Unreachable:
                    failures += 1
                    if failures >= TRIES:
                        raise
                    await asyncio.sleep(PAUSE_S * failures)
        except ExternalError as error:
            log.info("a recording was not read to its end: %s", type(error).__name__)
            self.error = error
        except Exception as error:  # whoever listens must be told, whatever it was
            log.error("reading a recording failed: %s", mistakes.trail(error))
            self.error = NotUnderstood("the recording cannot be read")
        finally:
            if not self._is_whole():
                self.spool.fail()
            self._told()

    def _is_whole(self) -> bool:
        return self.spool.total is not None and self.spool.have_bytes >= self.spool.total

    async def _fetch(self, link: str, start: int) -> None:
        """Read on from *start* until the player wants something else."""
        at = start
        async with open_stream(
            link, start, self._network, this_computer=self._this_computer
        ) as stream:
            at = stream.start
            if stream.total is not None:
                if stream.total > MAX_BYTES:
                    raise NotUnderstood("the recording is too large")
                self.spool.set_total(stream.total)
            async for chunk in stream.chunks:
                self.spool.put(at, chunk)
                at += len(chunk)
                self._told()
                wanted = self.spool.missing()
                if self.spool.is_closed:
                    return
                if wanted is None and not self._is_whole():
                    await self._rest()
                    wanted = self.spool.missing()
                jumped = wanted is not None and not at <= wanted <= at + SMALL_SKIP
                if jumped and stream.start == start:  # a host without ranges is read through
                    return
        total = self.spool.total
        if total is None:
            self.spool.set_total(at)
        elif at < total:
            raise Unreachable("the recording broke off")

    async def _rest(self) -> None:
        """Enough is at hand: look again when the player has moved on."""
        self._wake.clear()
        try:
            async with asyncio.timeout(0.2):
                await self._wake.wait()
        except TimeoutError:
            return


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found
