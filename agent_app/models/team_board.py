"""Who does what just now, and what each came to: the team as its supervisor sees it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo

from PySide6.QtCore import QObject, QTimer, Signal

from agent_app.domain.agent_figures import AgentFigures, FiguresPerAgent
from agent_app.domain.fields import DIALLED_TYPES, Status
from agent_app.domain.periods import Period
from agent_app.domain.team import Activity, Presence, Role
from agent_app.domain.views import Filter
from agent_app.models.team_status import TeamStatus
from agent_app.runtime.tasks import Tasks
from agent_app.store.store import Store

TICK_MS = 5_000
SETTLE_MS = 1_000
PEOPLE_MS = 200
"""What people do within this time is shown together (milliseconds): of two hundred somebody always does."""
AT_ONCE = 2_000
"""So many events are counted before the window has its turn."""
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One agent: what they do since when (None: they are not there), whose debt it is ("": nobody's that is
    known here), whether they have wrapped up for too long, how many saves wait, and their figures."""

    id: str
    name: str
    activity: Activity | None
    since: datetime | None
    debtor: str
    is_late: bool
    waiting: int
    figures: AgentFigures


class TeamBoard(QObject):
    """Follows the team while somebody looks (`show` to `hide`). *now* gives UTC, *limit_minutes* after how long
    a wrap-up is too long (0: never), *period* the days of the figures."""

    changed = Signal()

    def __init__(
        self,
        team: TeamStatus,
        store: Store,
        tasks: Tasks,
        now: Callable[[], datetime],
        zone: tzinfo,
        limit_minutes: Callable[[], int],
        period: Callable[[], Period],
    ) -> None:
        super().__init__()
        self._team, self._store, self._tasks = team, store, tasks
        self._now, self._zone = now, zone
        self._limit_minutes, self._period = limit_minutes, period
        self._figures: dict[str, AgentFigures] = {}
        self._names: dict[str, str] = {}
        self._work: asyncio.Task[None] | None = None
        self._shown = False
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._count)
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._on_tick)
        self._people = QTimer(self, singleShot=True, interval=PEOPLE_MS)
        self._people.timeout.connect(self.changed)
        self.due_soon = 0
        """How many calls are due within the next hour, as it was counted at the last tick."""
        team.people_changed.connect(self._on_people)
        team.event_heard.connect(self._on_event)
        team.changed.connect(self._on_people)

    def close(self) -> None:
        """Stop for good."""
        self.hide()
        for signal, slot in (
            (self._team.people_changed, self._on_people),
            (self._team.event_heard, self._on_event),
            (self._team.changed, self._on_people),
        ):
            signal.disconnect(slot)

    @property
    def is_there(self) -> bool:
        """Whether this desk is a supervisor's in a team: others hear nothing of what agents do."""
        me = self._team.me
        return self._team.is_set and me is not None and me.role is Role.SUPERVISOR

    @property
    def is_live(self) -> bool:
        """Whether what is shown is how it is now."""
        return self._team.state.is_live

    def show(self) -> None:
        """Somebody looks."""
        self._shown = True
        self.due_soon = self._count_due()
        self._tick.start()
        self._count()

    def hide(self) -> None:
        """Nobody looks any more."""
        self._shown = False
        for timer in (self._tick, self._settle, self._people):
            timer.stop()
        if self._work is not None:
            self._work.cancel()
            self._work = None

    def count_anew(self) -> None:
        """The figures are of another period."""
        if self._shown:
            self._count()

    # -- what is shown

    def rows(self) -> list[BoardRow]:
        """Return all agents who are there or did something in the period, by name."""
        there = {one.member.id: one for one in self._team.people() if one.member.role is Role.AGENT}
        self._names |= {one.member.id: one.member.shown for one in there.values()}
        found = [
            self._row(agent, there.get(agent)) for agent in there.keys() | self._figures.keys()
        ]
        return sorted(found, key=lambda row: row.name.casefold())

    def _count_due(self) -> int:
        now = self._now()
        wanted = Filter(
            statuses=frozenset({Status.SCHEDULED}),
            types=frozenset(DIALLED_TYPES),
            scheduled_until=now + HOUR,
        )
        listing = self._store.listing
        return listing.count(wanted) - listing.count(replace(wanted, scheduled_until=now))

    def waiting(self) -> int:
        """Return how many saves of the team have not reached the server."""
        return sum(one.waiting for one in self._team.people())

    def _row(self, agent: str, there: Presence | None) -> BoardRow:
        limit = timedelta(minutes=self._limit_minutes())
        is_late = (
            there is not None
            and bool(limit)
            and there.activity is Activity.WRAPPING_UP
            and self._now() - there.since > limit
        )
        debt = self._store.debts.get(there.debt_id) if there is not None and there.debt_id else None
        return BoardRow(
            agent,
            self._names.get(agent, agent),
            there.activity if there is not None else None,
            there.since if there is not None else None,
            debt.debtor if debt is not None else "",
            is_late,
            there.waiting if there is not None else 0,
            self._figures.get(agent, AgentFigures()),
        )

    # -- how it follows

    def _on_people(self) -> None:
        if self._shown and not self._people.isActive():
            self._people.start()

    def _on_tick(self) -> None:
        self.due_soon = self._count_due()
        self.changed.emit()

    def _on_event(self, _event: object) -> None:
        if self._shown and not self._settle.isActive():
            self._settle.start()

    def _count(self) -> None:
        if self._work is not None:
            self._work.cancel()
        self._work = self._tasks.start(self._add_up())

    async def _add_up(self) -> None:
        period, events = self._period(), self._team.events()
        figures = FiguresPerAgent(period.start(self._zone), period.end(self._zone))
        for place in range(0, len(events), AT_ONCE):
            figures.add(events[place : place + AT_ONCE])
            await asyncio.sleep(0)
        self._figures = figures.all()
        self.changed.emit()
