"""A thing that one alone does: whoever holds its lease, while they renew it."""

from agent_app.domain.team import Beaten
from agent_app.team import subjects
from agent_app.team.bus import Bus, Message
from agent_app.team.messages import LeaseSaid
from agent_app.team.subjects import LEASES


class Lease:
    """The lease of *what*, for the holder called *holder*; `facts` are what the holder tells of it."""

    def __init__(self, what: str, *, holder: str, life_s: float) -> None:
        self._what, self._holder, self._life_s = what, holder, life_s
        self._bus: Bus | None = None
        self._kept: LeaseSaid | None = None
        self._stamped, self._sequence = 0.0, 0

    async def join(self, bus: Bus) -> None:
        """Hear who holds it."""
        self._kept, self._sequence = None, 0
        await bus.follow(LEASES, subjects.lease(self._what), self._hear)
        self._bus = bus

    def lost(self) -> None:
        """The connection is gone."""
        self._bus, self._kept = None, None

    @property
    def holder(self) -> str:
        """Who holds it, or ""."""
        kept, bus = self._kept, self._bus
        if kept is None or bus is None or bus.now() - self._stamped >= self._life_s:
            return ""
        return kept.holder

    @property
    def facts(self) -> dict[str, float | int | bool | str]:
        """What the holder tells; {} where nobody holds it."""
        return dict(self._kept.facts) if self._kept is not None and self.holder else {}

    async def take(self, facts: dict[str, float | int | bool | str]) -> bool:
        """Take it, or renew it, unless somebody else holds it; says whether it is ours."""
        bus = self._bus
        if bus is None or self.holder not in ("", self._holder):
            return False
        said = LeaseSaid(holder=self._holder, at=bus.now(), facts=facts)
        try:
            sequence = await bus.put(
                subjects.lease(self._what), said.write(), expect=self._sequence
            )
        except Beaten:
            last = await bus.last(LEASES, subjects.lease(self._what))
            if last is None:
                self._sequence = 0
            else:
                self._hear(last)
            return False
        self._sequence = max(sequence, self._sequence)
        return True

    async def give_back(self) -> None:
        """Let the next one have it at once."""
        if self._bus is not None and self.holder == self._holder:
            try:
                await self._bus.put(
                    subjects.lease(self._what), b"", expect=self._sequence, is_deleted=True
                )
            except Beaten:
                pass

    def _hear(self, message: Message) -> None:
        if message.sequence < self._sequence:
            return
        self._sequence, self._stamped = message.sequence, message.stamped
        said = None if message.is_deleted else LeaseSaid.read(message.data)
        if said is not None and message.stamped - said.at > self._life_s:
            said = None  # an old one that came again
        self._kept = said
