"""A team's server in made-up time: what `team/bus.py` asks of one, without sockets."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase

from agent_app.domain.team import Beaten, NoTeam, TeamLink
from agent_app.team.bus import Heard, Message
from agent_app.team.credentials import Credentials
from agent_app.team.subjects import Lifetimes, Stream, streams
from agent_app.team.team import TeamSettings

LATENCY_S = 0.02
"""Between a desk and the server (seconds)."""


@dataclass
class Kept:
    """A stream's messages by subject, the oldest first."""

    stream: Stream
    by_subject: dict[str, list[Message]] = field(default_factory=lambda: defaultdict(list))
    sequence: int = 0
    followers: list[tuple[str, "MadeUpBus", Heard]] = field(default_factory=list)

    def living(self, subject: str, now: float) -> list[Message]:
        """What is still kept of a subject."""
        found = self.by_subject.get(subject, [])
        age = self.stream.age
        return [one for one in found if not age or now - one.stamped < age]


class Hub:
    """The server."""

    def __init__(self, loop: asyncio.AbstractEventLoop, lives: Lifetimes) -> None:
        self.loop = loop
        self.kept = {one.name: Kept(one) for one in streams(lives)}
        self.heard = 0

    def stream_of(self, subject: str) -> Kept:
        """The stream that a subject belongs to."""
        return next(
            one for one in self.kept.values() if subject.startswith(one.stream.subjects[:-1])
        )

    def opener(self) -> "Callable[[TeamSettings, Credentials], object]":
        """What a `Team` opens its connections with."""

        async def opened(_settings: TeamSettings, _credentials: Credentials) -> MadeUpBus:
            await asyncio.sleep(LATENCY_S)
            return MadeUpBus(self)

        return opened

    def take(self, subject: str, data: bytes, expect: int | None, *, is_deleted: bool) -> int:
        """Keep a message, and have all hear it. Raises Beaten."""
        kept, now = self.stream_of(subject), self.loop.time()
        living = kept.living(subject, now)
        if expect is not None and expect != (living[-1].sequence if living else 0):
            raise Beaten
        kept.sequence += 1
        message = Message(subject, data, kept.sequence, now, is_deleted)
        each = kept.stream.each
        kept.by_subject[subject] = [*living, message][-each if each > 0 else 0 :]
        for pattern, bus, heard in kept.followers:
            if not bus.is_closed and fnmatchcase(subject, pattern):
                self.heard += 1
                self.loop.call_later(LATENCY_S, bus.hear, heard, message)
        return kept.sequence


class MadeUpBus:
    """One desk's connection."""

    server = "made up"

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self.is_closed = False
        self._end = asyncio.Event()

    def now(self) -> float:
        """The server's clock."""
        return self._hub.loop.time()

    def hear(self, heard: Heard, message: Message) -> None:
        """A message has come."""
        if not self.is_closed:
            heard(message)

    async def put(
        self, subject: str, data: bytes, *, expect: int | None = None, is_deleted: bool = False
    ) -> int:
        await asyncio.sleep(LATENCY_S)
        sequence = self._hub.take(subject, data, expect, is_deleted=is_deleted)
        await asyncio.sleep(LATENCY_S)
        return sequence

    async def say(self, subject: str, data: bytes) -> None:
        self._hub.loop.call_later(LATENCY_S, self._say, subject, data)

    async def flush(self) -> None:
        await asyncio.sleep(LATENCY_S * 2)

    def _say(self, subject: str, data: bytes) -> None:
        self._hub.take(subject, data, None, is_deleted=False)

    async def last(self, stream: str, subject: str) -> Message | None:
        await asyncio.sleep(2 * LATENCY_S)
        living = self._hub.kept[stream].living(subject, self.now())
        return living[-1] if living else None

    async def extent(self, stream: str) -> tuple[float, int]:
        await asyncio.sleep(2 * LATENCY_S)
        return 1.0, self._hub.kept[stream].sequence

    async def follow(
        self,
        stream: str,
        subject: str,
        heard: Heard,
        *,
        after: int = 0,
        every: bool = False,
        is_full: Callable[[], bool] = lambda: False,
    ) -> None:
        await asyncio.sleep(2 * LATENCY_S)
        kept, now = self._hub.kept[stream], self.now()
        found: list[Message] = []
        for name in list(kept.by_subject):
            if fnmatchcase(name, subject):
                living = kept.living(name, now)
                found += living if every or after else living[-1:]
        found = sorted((one for one in found if one.sequence > after), key=lambda m: m.sequence)
        kept.followers.append((subject, self, heard))
        for place, message in enumerate(found):
            heard(replace(message, left=len(found) - place - 1))

    async def ended(self) -> NoTeam:
        await self._end.wait()
        return NoTeam(TeamLink.LOST, "ended")

    async def close(self) -> None:
        self.is_closed = True
        for kept in self._hub.kept.values():
            kept.followers = [one for one in kept.followers if one[1] is not self]

    async def make_streams(self, lives: Lifetimes, replicas: int, *, may_make: bool) -> None:
        return None
