"""What supervisors write for all: every version, and who wrote it."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from agent_app.domain.team import Beaten, Member, NoTeam, Shared, SharedKind, TeamLink
from agent_app.team import subjects
from agent_app.team.bus import Bus, Message
from agent_app.team.listeners import Listeners
from agent_app.team.messages import SharedSaid
from agent_app.team.subjects import SHARED

ECHO_S = 10.0
"""How long a version that was written may take to come back (seconds)."""


class SharedThings:
    """Templates, calling rules, scorecard, goals: the newest version of each, and who wrote it."""

    def __init__(self, me: Member, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.changed: Listeners[Shared] = Listeners()
        self._me, self._now = me, now
        self._bus: Bus | None = None
        self._versions: dict[SharedKind, dict[int, Shared]] = {}
        self._heard = asyncio.Event()
        """Is set, and made anew, when a version comes."""

    async def join(self, bus: Bus) -> None:
        """Hear all versions that are kept: what another server had is forgotten."""
        self._bus, self._versions = bus, {}
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

    async def publish(self, kind: SharedKind, text: str, after: int | None = None) -> None:
        """Write a new version, on top of version *after* (0: there is none; None: of the newest known), and
        return when it is the team's. Raises NoTeam, and Beaten where somebody else wrote first."""
        if self._bus is None:
            raise NoTeam(TeamLink.LOST, "not connected")
        newest = self._number(kind)
        if after is not None and after != newest:
            raise Beaten
        version = newest + 1
        said = SharedSaid(kind=kind, version=version, text=text)
        await self._bus.put(subjects.shared(kind, self._me.id), said.write())
        try:
            async with asyncio.timeout(ECHO_S):
                while version > self._number(kind):
                    await self._heard.wait()
        except TimeoutError:
            raise NoTeam(TeamLink.LOST, "what was written did not come back") from None
        theirs = self._versions[kind].get(version)
        if theirs is not None and (theirs.by, theirs.text) != (self._me.id, text):
            raise Beaten

    def _number(self, kind: SharedKind) -> int:
        """Return the newest version's number, 0 where there is none."""
        return max(self._versions.get(kind, {}), default=0)

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
        self._heard.set()
        self._heard = asyncio.Event()
        if said.version > newest:
            self.changed.tell(shared)
