"""What each agent of a team came to in a stretch of time, counted from the team's events."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median_low

from agent_app.domain.fields import Status
from agent_app.domain.own_save import OUTCOMES
from agent_app.domain.reviews import REACHED
from agent_app.domain.statistics import Rate
from agent_app.domain.team import Event

LONGEST_WRAP_UP_MS = 4 * 3_600_000
"""A form that lay open for longer was left, not worked in."""


@dataclass(frozen=True, slots=True)
class AgentFigures:
    """Contacts with an outcome, those of them where somebody answered, deals, and the lengths of the wrap-ups
    (milliseconds)."""

    contacts: int = 0
    reached: int = 0
    deals: int = 0
    wrap_ups_ms: tuple[int, ...] = ()

    @property
    def reached_rate(self) -> Rate:
        """How many of the contacts were reached."""
        return Rate(self.reached, self.contacts)

    @property
    def wrap_up_ms(self) -> int | None:
        """The median wrap-up, or None where none was measured."""
        return median_low(self.wrap_ups_ms) if self.wrap_ups_ms else None


class FiguresPerAgent:
    """Adds up the events of a stretch: a followup that an agent saved several times counts once, as it was
    saved last."""

    def __init__(self, start: datetime, end: datetime) -> None:
        """From *start* to before *end*."""
        self._start, self._end = start, end
        self._last: dict[tuple[str, str], Event] = {}
        self._wrap_ups: dict[str, list[int]] = {}

    def add(self, events: Iterable[Event]) -> None:
        """Count more events, in whatever order."""
        for event in events:
            if not self._start <= event.at < self._end:
                continue
            place = (event.agent, event.followup_id)
            before = self._last.get(place)
            if before is None or before.at <= event.at:
                self._last[place] = event
            if event.wrap_up_ms is not None and 0 <= event.wrap_up_ms <= LONGEST_WRAP_UP_MS:
                self._wrap_ups.setdefault(event.agent, []).append(event.wrap_up_ms)

    def outcomes(self, agent: str) -> dict[str, str]:
        """Return an agent's outcomes by followup."""
        return {
            followup: event.status
            for (who, followup), event in self._last.items()
            if who == agent and event.status in OUTCOMES
        }

    def all(self) -> dict[str, AgentFigures]:
        """Return the figures by agent."""
        statuses: dict[str, list[str]] = {}
        for (agent, _), event in self._last.items():
            found = statuses.setdefault(agent, [])
            if event.status in OUTCOMES:
                found.append(event.status)
        return {
            agent: AgentFigures(
                contacts=len(found),
                reached=sum(status in REACHED for status in found),
                deals=found.count(Status.DEAL_FOUND),
                wrap_ups_ms=tuple(self._wrap_ups.get(agent, ())),
            )
            for agent, found in statuses.items()
        }
