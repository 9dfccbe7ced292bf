"""What supervisors write for all: every version, and who wrote it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from agent_app.domain.team import Member, NoTeam, Shared, SharedKind, TeamLink
from agent_app.team import subjects
from agent_app.team.bus import Bus, Message
from agent_app.team.listeners import Listeners
from agent_app.team.messages import SharedSaid
from agent_app.team.subjects import SHARED


class SharedThings:
    """Templates, calling rules, scorecard, goals: the newest version of each, and who wrote it."""

    def __init__(self, me: Member, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.changed: Listeners[Shared] = Listeners()
        self._me, self._now = me, now
        self._bus: Bus | None = None
        self._versions: dict[SharedKind, dict[int, Shared]] = {}

    async def join(self, bus: Bus) -> None:
        """Hear all versions that are kept."""
        self._bus = bus
        await bus.follow(SHARED, "shared.*.*", self._hear, every=True)

    def lost(self) -> None:
        """The connection is gone; what was read stays."""
        self._bus = None

    def of(self, kind: SharedKind) -> Shared | None:
        """Return the newest version, or None where there is none."""
        versions = self._versions.get(kind)
        return versions[max(versions)] if versions else None

    def history(self, kind: SharedKind) -> list[Shared]:
        """Return the versions that are kept, the newest first."""
        versions = self._versions.get(kind, {})
        return [versions[number] for number in sorted(versions, reverse=True)]

    async def publish(self, kind: SharedKind, text: str) -> None:
        """Write a new version, on top of the newest known. Raises NoTeam."""
        if self._bus is None:
            raise NoTeam(TeamLink.LOST, "not connected")
        newest = self.of(kind)
        version = newest.version + 1 if newest is not None else 1
        said = SharedSaid(kind=kind, version=version, text=text)
        await self._bus.put(subjects.shared(kind, self._me.id), said.write())

    def _hear(self, message: Message) -> None:
        said, bus = SharedSaid.read(message.data), self._bus
        _, kind, author = message.subject.split(".")
        if said is None or said.kind != kind or bus is None:
            return
        versions = self._versions.setdefault(said.kind, {})
        if said.version in versions:
            return  # of two that were written at once the first one counts; an old one that came again
        age = max(0.0, bus.now() - message.stamped)
        shared = Shared(
            said.kind, said.version, said.text, author, self._now() - timedelta(seconds=age)
        )
        newest = max(versions, default=0)
        versions[said.version] = shared
        if said.version > newest:
            self.changed.tell(shared)
