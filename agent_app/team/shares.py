"""The company's hour, known to all: what any reply said is left, and every write that left.

The writes of the last hour lie in a stream of their own, so their number is known exactly, and near the
limit each new one is written only onto the last one that its desk has seen: two desks never take the
same place.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from agent_app.domain.team import Beaten, Member, NoTeam
from agent_app.team import subjects
from agent_app.team.bus import Bus, Message
from agent_app.team.listeners import Listeners
from agent_app.team.messages import ShareSaid, WriteSaid
from agent_app.team.subjects import BUDGET, HOUR_S, WRITES

CAREFUL = 40
"""Places left in the hour from which on every write asks for its place."""
MARGIN_S = 3.0
"""A write is counted for this much longer than an hour: the API counts by a clock of its own."""
TRIES = 8
CATCH_UP_S = 1.0
LEAST_PAUSE_S = 0.25
"""Between two words of what is left (seconds)."""


@dataclass(frozen=True, slots=True)
class ShareHeard:
    """What is left of a client's hour; `age_s` is how long ago that was asked (seconds)."""

    kind: str
    limit: int
    remaining: int
    resets_in_s: float
    age_s: float


class Shares:
    """The hour of one OAuth client. *clock* gives seconds, monotonic."""

    def __init__(self, me: Member, client_id: str, clock: Callable[[], float]) -> None:
        self.heard: Listeners[ShareHeard] = Listeners()
        self._me, self._client_id, self._clock = me, client_id, clock
        self._bus: Bus | None = None
        self._writes: deque[float] = deque()
        self._last_write = 0
        self._asked: dict[str, float] = {}
        self._said: dict[str, float] = {}
        self._news = asyncio.Event()

    async def join(self, bus: Bus) -> None:
        """Hear what is left, and which writes left in the last hour."""
        self._writes.clear()
        self._last_write = 0
        self._asked.clear()
        await bus.follow(WRITES, subjects.write(self._client_id), self._hear_write, every=True)
        for kind in ("read", "write"):
            await bus.follow(BUDGET, subjects.budget(self._client_id, kind), self._hear_share)
        self._bus = bus

    def lost(self) -> None:
        """The connection is gone."""
        self._bus = None

    # -- what is left

    async def tell(
        self, kind: str, limit: int, remaining: int, resets_in_s: float, age_s: float
    ) -> None:
        """A reply's headers said this; its question left *age_s* seconds ago. Does not wait."""
        bus, now = self._bus, self._clock()
        if bus is None or limit <= 0 or now - self._said.get(kind, -1.0) < LEAST_PAUSE_S:
            return
        self._said[kind] = now
        asked = bus.now() - age_s
        self._asked[kind] = max(asked, self._asked.get(kind, 0.0))
        said = ShareSaid(
            limit=limit,
            remaining=max(0, remaining),
            resets_in=min(max(0.0, resets_in_s), 86_400.0),
            asked=asked,
            by=self._me.id,
        )
        await bus.say(subjects.budget(self._client_id, kind), said.write())

    def _hear_share(self, message: Message) -> None:
        said = ShareSaid.read(message.data)
        kind = message.subject.rpartition(".")[2]
        if said is None or said.asked <= self._asked.get(kind, 0.0):
            return  # older than what is known
        self._asked[kind] = said.asked
        age = max(0.0, message.stamped - said.asked)
        self.heard.tell(ShareHeard(kind, said.limit, said.remaining, said.resets_in, age))

    # -- a place for a write

    @property
    def written(self) -> int:
        """How many writes of the company left in the last hour."""
        self._let_go()
        return len(self._writes)

    async def place(self, limit: int) -> float:
        """Take a place in the hour for a write that leaves now; returns 0, or after how many seconds
        there will be one (*limit* 0: it is not known). Where the team cannot be asked, it is 0: the API has the last word."""
        for _ in range(TRIES):
            bus = self._bus
            if bus is None:
                return 0.0
            self._let_go()
            if 0 < limit <= len(self._writes):
                return max(
                    0.05, self._writes[len(self._writes) - limit] + HOUR_S + MARGIN_S - bus.now()
                )
            subject, data = subjects.write(self._client_id), WriteSaid(by=self._me.id).write()
            if limit <= 0 or limit - len(self._writes) > CAREFUL:
                await bus.say(subject, data)
                return 0.0
            try:
                await bus.put(subject, data, expect=self._last_write)
            except Beaten:
                await self._catch_up(bus)
            except NoTeam:
                return 0.0
            else:
                return 0.0
        return 0.5

    async def _catch_up(self, bus: Bus) -> None:
        """The last write is one that we have not heard yet, or is older than an hour."""
        last = await bus.last(WRITES, subjects.write(self._client_id))
        if last is None:
            self._last_write = 0
            return
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CATCH_UP_S):
                while self._last_write < last.sequence:
                    self._news.clear()
                    await self._news.wait()

    def _hear_write(self, message: Message) -> None:
        if message.sequence <= self._last_write:
            return
        self._last_write = message.sequence
        self._writes.append(message.stamped)
        self._news.set()

    def _let_go(self) -> None:
        now = self._bus.now() if self._bus is not None else 0.0
        while self._writes and self._writes[0] + HOUR_S + MARGIN_S <= now:
            self._writes.popleft()
