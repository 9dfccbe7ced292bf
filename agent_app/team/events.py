"""Events: who did what with which followup, and no word of a debtor."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from agent_app.domain.team import Event, Member
from agent_app.team import subjects
from agent_app.team.bus import Bus, Message
from agent_app.team.listeners import Listeners
from agent_app.team.messages import EventSaid
from agent_app.team.subjects import EVENTS

MOST_EVENTS = 200_000
"""Events that a desk keeps in memory: those of a hundred agents in eighty hours."""


class Events:
    """Who did what. A supervisor hears those of all, an agent their own."""

    def __init__(
        self,
        me: Member,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        *,
        are_told: bool = True,
    ) -> None:
        self.heard: Listeners[Event] = Listeners()
        self._me, self._now, self._are_told = me, now, are_told
        self._bus: Bus | None = None
        self._unsaid: list[tuple[EventSaid, datetime]] = []
        self._sequence = 0
        self._all: dict[str, Event] = {}

    async def join(self, bus: Bus, *, everybodys: bool) -> None:
        """Hear them, and say what could not be said before."""
        whose = "event.*" if everybodys else subjects.event(self._me.id)
        self._bus = bus
        await bus.follow(EVENTS, whose, self._hear, after=self._sequence, every=True)
        unsaid, self._unsaid = self._unsaid, []
        for said, at in unsaid:
            await self._say(said, at)

    def lost(self) -> None:
        """The connection is gone; what happens now is said later."""
        self._bus = None

    def all(self) -> list[Event]:
        """Those that were heard, in the order of their coming."""
        return list(self._all.values())

    async def tell(self, event: Event) -> None:
        """Say what the person did, unless figures are switched off; does not wait."""
        if not self._are_told:
            return
        said = EventSaid(
            id=event.id or uuid.uuid4().hex,
            followup=event.followup_id,
            debt=event.debt_id,
            status=event.status,
            talk_ms=event.talk_ms,
            wrap_up_ms=event.wrap_up_ms,
        )
        await self._say(said, event.at)

    async def _say(self, said: EventSaid, at: datetime) -> None:
        if self._bus is None:
            self._unsaid.append((said, at))
            return
        ago = max(0.0, (self._now() - at).total_seconds())
        data = said.model_copy(update={"ago_s": ago}).write()
        await self._bus.say(subjects.event(self._me.id), data)

    def _hear(self, message: Message) -> None:
        self._sequence = max(self._sequence, message.sequence)
        said, bus = EventSaid.read(message.data), self._bus
        if said is None or bus is None or said.id in self._all:
            return
        age = max(0.0, bus.now() - message.stamped) + said.ago_s
        event = Event(
            said.id,
            message.subject.rpartition(".")[2],
            said.followup,
            said.debt,
            said.status,
            self._now() - timedelta(seconds=age),
            said.talk_ms,
            said.wrap_up_ms,
        )
        self._all[said.id] = event
        if len(self._all) > MOST_EVENTS:
            del self._all[next(iter(self._all))]
        self.heard.tell(event)
