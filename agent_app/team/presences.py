"""Who is there and does what. Each desk says it of itself, again and again."""

import asyncio
import contextlib
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from agent_app.domain.team import Activity, Member, Presence, Role
from agent_app.team import subjects
from agent_app.team.bus import Bus, Message
from agent_app.team.listeners import Listeners
from agent_app.team.messages import PresenceSaid
from agent_app.team.subjects import PRESENCE, Lifetimes


@dataclass(frozen=True, slots=True)
class _Kept:
    said: PresenceSaid
    stamped: float


class Presences:
    """All that are there. *now* gives UTC by this computer's clock."""

    def __init__(
        self,
        me: Member,
        lives: Lifetimes,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.changed: Listeners[None] = Listeners()
        self._me, self._lives, self._now, self._clock = me, lives, now, clock
        self._session, self._number = uuid.uuid4().hex, 0
        self._kept: dict[str, _Kept] = {}
        self._missing: set[str] = set()
        self._activity, self._debt_id, self._waiting = Activity.READY, "", 0
        self._since = clock()
        self._bus: Bus | None = None
        self._bell = asyncio.Event()

    # -- what the window asks; nothing here waits

    def be(self, activity: Activity, debt_id: str = "") -> None:
        """Say from now on that this is what the person does."""
        if (activity, debt_id) == (self._activity, self._debt_id):
            return
        if activity is not self._activity:
            self._since = self._clock()
        self._activity, self._debt_id = activity, debt_id
        self._bell.set()

    def say_waiting(self, waiting: int) -> None:
        """So many saves have not reached the server yet."""
        if waiting != self._waiting:
            self._waiting = waiting
            self._bell.set()

    def all(self) -> list[Presence]:
        """Return who is there, in the order of their names; relays are not people."""
        found = [
            self._presence(kept) for kept in self._living() if kept.said.role is not Role.RELAY
        ]
        return sorted(found, key=lambda one: one.member.shown.casefold())

    def of(self, member_id: str) -> Presence | None:
        """Return what a member does, if they are there."""
        return next((one for one in self.all() if one.member.id == member_id), None)

    @property
    def is_anyone_missing(self) -> bool:
        """Whether somebody was there and went without a word: what they do is not seen here."""
        return bool(self._missing)

    # -- with the team's server

    async def join(self, bus: Bus) -> None:
        """Say that we are there, and hear who is. When this returns our own word has come back, and
        with it the server's time."""
        self._kept.clear()
        self._bus = bus
        await bus.follow(PRESENCE, "$KV.presence.*", self._hear)
        await self._say(bus)

    async def look(self, bus: Bus) -> None:
        """Hear who is there, without being there."""
        self._bus = bus
        await bus.follow(PRESENCE, "$KV.presence.*", self._hear)

    def lost(self) -> None:
        """The connection is gone: nobody is seen."""
        self._bus = None
        self._kept.clear()
        self.changed.tell(None)

    async def run(self) -> None:
        """Say it again and again; ends by being cancelled. Raises NoTeam."""
        while True:
            bus = self._bus
            assert bus is not None
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._pause()):
                    await self._bell.wait()
            self._bell.clear()  # before it is said: what is news meanwhile is said next
            self._let_die()
            await self._say(bus)

    async def leave(self) -> None:
        """Say that we go, for an orderly end."""
        if self._bus is not None:
            await self._bus.put(subjects.presence(self._me.id), b"", is_deleted=True)

    async def _say(self, bus: Bus) -> None:
        self._number += 1
        said = PresenceSaid(
            id=self._me.id,
            shown=self._me.name,
            role=self._me.role,
            activity=self._activity,
            for_s=max(0.0, self._clock() - self._since),
            debt=self._debt_id,
            waiting=self._waiting,
            session=self._session,
            number=self._number,
        )
        await bus.put(subjects.presence(self._me.id), said.write())

    # -- what is heard

    def _hear(self, message: Message) -> None:
        member = message.subject.rpartition(".")[2]
        before = self._kept.get(member)
        if message.is_deleted:
            self._kept.pop(member, None)
            self._missing.discard(member)
            if before is not None:
                self.changed.tell(None)
            return
        said = PresenceSaid.read(message.data)
        if said is None or said.id != member:
            return
        is_again = before is not None and said.session == before.said.session
        if before is not None and is_again and said.number <= before.said.number:
            return
        self._missing.discard(member)
        self._kept[member] = _Kept(said, message.stamped)
        if before is None or _shown(before.said) != _shown(said):
            self.changed.tell(None)

    def _living(self) -> list[_Kept]:
        return [kept for kept in self._kept.values() if self._lives_still(kept)]

    def _lives_still(self, kept: _Kept) -> bool:
        now = self._bus.now() if self._bus is not None else 0.0
        return now - kept.stamped < self._lives.presence

    def _let_die(self) -> None:
        over = [member for member, kept in self._kept.items() if not self._lives_still(kept)]
        for member in over:
            if self._kept.pop(member).said.role is not Role.RELAY:
                self._missing.add(member)
        if over:
            self.changed.tell(None)

    def _pause(self) -> float:
        """Until our word is due again, or somebody's is over (seconds)."""
        now = self._bus.now() if self._bus is not None else 0.0
        ends = [kept.stamped + self._lives.presence - now for kept in self._kept.values()]
        return max(0.01, min([self._lives.presence_renew, *ends]))

    def _presence(self, kept: _Kept) -> Presence:
        said = kept.said
        now = self._bus.now() if self._bus is not None else 0.0
        age = max(0.0, now - kept.stamped) + said.for_s
        return Presence(
            Member(said.id, said.shown, said.role),
            said.activity,
            self._now() - timedelta(seconds=age),
            said.debt,
            said.waiting,
        )


def _shown(said: PresenceSaid) -> tuple[object, ...]:
    return (said.id, said.shown, said.role, said.activity, said.debt, said.waiting)
