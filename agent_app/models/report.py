"""What came of a period's work, counted a day at a time so that the window breathes."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, tzinfo

from PySide6.QtCore import QObject, QTimer, Signal

from agent_app.domain.fields import DIALLED_TYPES, NOT_MADE, Status
from agent_app.domain.money import Money, band_bounds
from agent_app.domain.periods import Period, Span, hour_spans, period_of
from agent_app.domain.promise import Standing
from agent_app.domain.reviews import REACHED, LookFor
from agent_app.domain.statistics import TALK_STEPS_S, Overdue, Tally
from agent_app.domain.views import Filter
from agent_app.models.commands import Commands
from agent_app.runtime.tasks import Tasks
from agent_app.store.changes import Change
from agent_app.store.store import Store

SETTLE_MS = 1_500
"""Changes of the store within this time are counted together (milliseconds)."""


class ReportModel(QObject):
    """The supervisors' figures. *now* gives UTC.

    Counting begins with `show` and follows the store until `hide`.
    """

    changed = Signal()
    """Other figures, or they are being counted."""

    def __init__(
        self,
        store: Store,
        commands: Commands,
        now: Callable[[], datetime],
        zone: tzinfo,
        tasks: Tasks,
    ) -> None:
        super().__init__()
        self._store, self._commands = store, commands
        self._now, self._zone, self._tasks = now, zone, tasks
        self._work: asyncio.Task[None] | None = None
        self._shown = self._was_shown = False
        self.span = Span.THIS_WEEK
        self.period = period_of(self.span, self.today)
        self.tally, self.before = Tally(), Tally()
        self.overdue, self.money = Overdue(), Money()
        self.found: dict[LookFor, int] = {}
        self.promised: Counter[Standing] = Counter()
        self.promised_before: Counter[Standing] = Counter()
        self.counting = False
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.count)
        self._unlisten = store.changes.listen(self._on_change)

    @property
    def today(self) -> date:
        """The day in the person's zone."""
        return self._now().astimezone(self._zone).date()

    def close(self) -> None:
        """Stop for good."""
        self.hide()
        self._unlisten()

    def show(self, span: Span, period: Period | None = None) -> None:
        """Count a period, and bring in what is missing of it."""
        self._shown = self._was_shown = True
        self.span = span
        self.period = period or period_of(span, self.today)
        self._commands.load_period(Period(self.period.before().first, self.period.last))
        self.count()

    def resume(self) -> None:
        """Somebody looks again: count what has changed meanwhile."""
        if self._was_shown and not self._shown:
            self._shown = True
            self.count()

    def hide(self) -> None:
        """Nobody looks any more."""
        self._shown = False
        self._settle.stop()
        self._cancel()

    def count(self) -> None:
        """Count anew."""
        if not self._shown:
            return
        self._cancel()
        self.counting = True
        self.changed.emit()
        self._work = self._tasks.start(self._count())

    def _cancel(self) -> None:
        if self._work is not None:
            self._work.cancel()
            self._work = None

    async def _count(self) -> None:
        period, until = self.period, self.compared_until
        tally = await self._tally(period)
        before = await self._tally(period.before(), until)
        money = await self._count_money(period)
        now = self._now()
        overdue = self._store.report.overdue(now)
        await asyncio.sleep(0)
        found = {}
        for rule in LookFor:
            found[rule] = self._store.listing.count(self.look_for(rule))
            await asyncio.sleep(0)
        self.promised = await self._count_promises(period)
        self.promised_before = await self._count_promises(period.before(), until)
        self.tally, self.before, self.overdue, self.found = tally, before, overdue, found
        self.money = money
        self.counting = False
        self.changed.emit()

    @property
    def compared_until(self) -> datetime | None:
        """Until when (UTC) the last day of the period before counts: to the time that it is now, where the
        period's last day is today; None: all of it."""
        if self.period.last != self.today:
            return None
        clock = self._now().astimezone(self._zone).time()
        last = self.period.before().last
        return datetime.combine(last, clock, tzinfo=self._zone).astimezone(UTC)

    async def _tally(self, period: Period, until: datetime | None = None) -> Tally:
        tally = Tally()
        for day in period.days:
            tally.add(self._store.report.day(day, self._zone, until))
            start, end = self._span(Period(day, day), until)
            tally.talk_ms += self._store.report.talk_ms(start, end)
            await asyncio.sleep(0)
        return tally

    def _span(self, period: Period, until: datetime | None) -> tuple[datetime, datetime]:
        end = period.end(self._zone)
        return period.start(self._zone), end if until is None else min(end, until)

    async def _count_money(self, period: Period) -> Money:
        money = Money()
        for day in period.days:
            start, end = self._span(Period(day, day), None)
            money.add(self._store.report.deals(start, end))
            for promise in self._store.report.promises(start, end):
                money.promise(promise.currency, promise.amount)
            await asyncio.sleep(0)
        return money

    async def _count_promises(
        self, period: Period, until: datetime | None = None
    ) -> Counter[Standing]:
        found: Counter[Standing] = Counter()
        for standing in Standing:
            wanted = replace(self.promises(standing, period), spans=(self._span(period, until),))
            found[standing] = self._store.listing.count(wanted)
            await asyncio.sleep(0)
        return found

    def _on_change(self, change: Change) -> None:
        if self._shown and change.followups and not self._settle.isActive():
            self._settle.start()

    # -- the followups behind a number

    def _executed(self, period: Period | None = None) -> Filter:
        whole = period or self.period
        return Filter(spans=((whole.start(self._zone), whole.end(self._zone)),))

    def contacts(self, *, status: str = "", kind: str = "", day: date | None = None) -> Filter:
        """Contacts of the period, of a status, a type, a day."""
        period = Period(day, day) if day is not None else None
        return replace(self._executed(period), status=status, type=kind)

    def attempts(
        self, statuses: frozenset[str] | None = None, *, paid: bool | None = None
    ) -> Filter:
        """Return the attempts of the period, with one of these statuses."""
        base = replace(self._executed(), types=frozenset(DIALLED_TYPES), inbound=False, paid=paid)
        if statuses is not None:
            return replace(base, statuses=statuses)
        return replace(base, not_statuses=frozenset(NOT_MADE))

    def deals(
        self,
        *,
        paid: bool | None = None,
        creditor: str | None = None,
        currency: str | None = None,
        band: int | None = None,
    ) -> Filter:
        """Return the attempts with a deal, on debts of a creditor, in a currency, in a band of `BANDS`."""
        found = self.attempts(frozenset({Status.DEAL_FOUND}), paid=paid)
        first, until = band_bounds(band) if band is not None else (None, None)
        return replace(
            found, creditor=creditor, currency=currency, amount_from=first, amount_until=until
        )

    def cell(self, weekday: int, hour: int) -> Filter:
        """Return the attempts in an hour of a weekday."""
        spans = tuple(hour_spans(self.period, weekday, hour, self._zone))
        return replace(self.attempts(), spans=spans)

    def talked(self, column: int) -> Filter:
        """Return the answered attempts of a column of the talk-time distribution."""
        first = max(1, TALK_STEPS_S[column] * 1000)
        last = TALK_STEPS_S[column + 1] * 1000 if column + 1 < len(TALK_STEPS_S) else None
        return replace(
            self.attempts(frozenset(REACHED)), talked_from_ms=first, talked_until_ms=last
        )

    def failures(self, reason: str | None = None) -> Filter:
        """Failed contacts, for a reason."""
        return replace(self._executed(), status="failed", reason=reason)

    def retries(self, status: str = "") -> Filter:
        """Retries, and what came of them."""
        return replace(self._executed(), retry=True, status=status)

    def emails(self, *, opened: bool | None = None, clicked: bool | None = None) -> Filter:
        """E-mails that were sent."""
        return replace(
            self._executed(),
            type="email",
            not_statuses=frozenset(NOT_MADE),
            opened=opened,
            clicked=clicked,
        )

    def paid(self) -> Filter:
        """Contacts that triggered a payment."""
        return replace(self._executed(), paid=True)

    def promises(self, standing: Standing | None = None, period: Period | None = None) -> Filter:
        """Contacts of a period with a promise to pay, of which this became."""
        base = self._executed(period)
        return replace(base, has_promise=True, promise=standing, today=self.today)

    def late(self) -> Filter:
        """Scheduled followups whose time has gone."""
        return Filter(status="scheduled", scheduled_until=self._now())

    def look_for(self, rule: LookFor) -> Filter:
        """Return the followups that a rule to look for finds, of all times."""
        return Filter(look_for=rule, now=self._now())
