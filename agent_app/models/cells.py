"""What the cells of the list say."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import IntEnum
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QLocale, QObject

from agent_app.domain.calling_order import Hours
from agent_app.domain.fields import OPEN_STATUSES, Status, Type
from agent_app.domain.list_row import ListRow
from agent_app.domain.local_hours import LocalHours
from agent_app.domain.views import Column
from agent_app.text import labels as words
from agent_app.text.debts import debt_status_label
from agent_app.text.moments import brief_moment_text, clock_text, late_words, relative
from agent_app.text.numbers import money, phone
from agent_app.text.reasons import Here, reason_words

translate = QCoreApplication.translate
ROOM = 24
"""Beside a cell's text (the window's units)."""


class Late(IntEnum):
    """How late something is that should have been done."""

    NOT = 0
    MINUTES = 1
    HOURS = 2
    DAYS = 3


@dataclass(frozen=True, slots=True)
class Usual:
    """The widest text that a column usually has, and what is painted beside it."""

    text: str
    beside: int = 0


class Cells(QObject):
    """Texts of rows, at the instant that *now* gives (UTC). *hours_at* tells the hours of a place."""

    def __init__(
        self,
        now: Callable[[], datetime],
        zone: tzinfo,
        hours_at: Callable[[str, datetime, tzinfo], LocalHours],
    ) -> None:
        super().__init__()
        self._now, self._zone, self._hours_at = now, zone, hours_at
        self._locale = QLocale()

    @property
    def here(self) -> Here:
        """The person's own instant, clock and language."""
        return Here(self._now(), self._zone, self._locale)

    def title(self, column: Column) -> str:
        """Return a column's title."""
        match column:
            case Column.DEBTOR:
                return self.tr("Debtor")
            case Column.AMOUNT:
                return self.tr("Amount")
            case Column.REASON:
                return self.tr("Why now")
            case Column.SCHEDULED:
                return self.tr("Scheduled")
            case Column.EXECUTED:
                return self.tr("Called")
            case Column.TRIES:
                return self.tr("Tries")
            case Column.LAST:
                return self.tr("Last outcome")
            case Column.LOCAL:
                return self.tr("Local time")
            case Column.TYPE:
                return self.tr("Type")
            case Column.STATUS:
                return self.tr("Status")
            case Column.PHONE:
                return self.tr("Phone")
            case Column.CREDITOR:
                return self.tr("Creditor")
            case Column.SUMMARY:
                return self.tr("Summary")

    def text(self, row: ListRow, column: Column) -> str:
        """Return what a cell says."""
        match column:
            case Column.DEBTOR:
                return row.debtor or row.debt_id
            case Column.AMOUNT:
                return money(row.amount, row.currency, row.amount_text, self._locale)
            case Column.REASON:
                return reason_words(row, self._hours(row), self.here)
            case Column.SCHEDULED:
                return self._when(row.scheduled_at, late=self.lateness(row))
            case Column.EXECUTED:
                return self._when(row.call_date)
            case Column.TRIES:
                return self._locale.toString(row.tries) if row.tries else ""
            case Column.LAST:
                return self._last(row)
            case Column.LOCAL:
                return self._local(row)
            case Column.TYPE:
                return words.value_label("type", row.type)
            case Column.STATUS:
                return words.value_label("status", row.status)
            case Column.PHONE:
                return phone(row.phone)
            case Column.CREDITOR:
                return row.creditor
            case Column.SUMMARY:
                return " ".join(row.summary.split())

    def said(self, row: ListRow, column: Column, text: str) -> str:
        """Return a cell's *text* with what is painted in it beside it."""
        if column is Column.DEBTOR and row.debt_status:
            status = debt_status_label(row.debt_status)
            return self.tr("{debtor}, debt: {status}").format(debtor=text, status=status)
        return text

    def lateness(self, row: ListRow) -> Late:
        """Return how late a followup is that waits to be done."""
        if row.status not in OPEN_STATUSES - {Status.SENT} or row.scheduled_at is None:
            return Late.NOT
        late = self._now() - row.scheduled_at
        if late < timedelta(minutes=1):
            return Late.NOT
        if late < timedelta(hours=1):
            return Late.MINUTES
        return Late.HOURS if late < timedelta(days=1) else Late.DAYS

    def is_asleep(self, row: ListRow) -> bool:
        """Return whether nobody may be called there now."""
        return self._hours(row).hours is Hours.CLOSED

    def is_away(self, place: str) -> bool:
        """Return whether clocks at a place show another time than ours."""
        now = self._now()
        ours = now.astimezone(self._zone).utcoffset()
        zones = self._hours_at(place, now, self._zone).zones
        return any(now.astimezone(ZoneInfo(name)).utcoffset() != ours for name in zones)

    def usual(self) -> dict[Column, Usual]:
        """Return how wide each column should be at first."""
        far = self._now().replace(month=12, day=28, hour=23) + timedelta(days=-300)
        moment = self._when(far)
        label = words.value_label
        statuses = [label("status", one) for one in Status]
        return {
            Column.DEBTOR: Usual("Maximilien Rousse"),
            Column.AMOUNT: Usual(money(12_345.5, "EUR", "", self._locale)),
            Column.REASON: Usual(
                translate("Reasons", "promised for {moment}").format(moment="00:00 000")
            ),
            Column.SCHEDULED: Usual(moment),
            Column.EXECUTED: Usual(moment),
            Column.TRIES: Usual(self.title(Column.TRIES)),
            Column.LAST: Usual(
                f"{label('status', Status.NO_ANSWER)} · {relative(far, self._now(), self._zone)}"
            ),
            Column.LOCAL: Usual(clock_text(far, self._locale)),
            Column.TYPE: Usual(max((label("type", one) for one in Type), key=len), 24),
            Column.STATUS: Usual(max(statuses, key=len), 40),
            Column.PHONE: Usual("+33 6 39 98 00 00"),
            Column.CREDITOR: Usual("Crédit Artisan"),
            Column.SUMMARY: Usual("Rappeler demain"),
        }

    def _hours(self, row: ListRow) -> LocalHours:
        return self._hours_at(row.place, self._now(), self._zone)

    def _local(self, row: ListRow) -> str:
        """Return the clocks at the debtor's place, each time once."""
        now = self._now()
        clocks = {
            clock_text(now.astimezone(ZoneInfo(z)), self._locale): 0 for z in self._hours(row).zones
        }
        return "" if not 1 <= len(clocks) <= 2 else " / ".join(clocks)

    def _last(self, row: ListRow) -> str:
        if row.last_call is None:
            return ""
        outcome = words.value_label("status", row.last_outcome)
        return f"{outcome} · {relative(row.last_call, self._now(), self._zone)}"

    def _when(self, moment: datetime | None, *, late: Late = Late.NOT) -> str:
        if moment is None:
            return ""
        now = self._now()
        exact = brief_moment_text(moment, now, self._zone, self._locale)
        said = late_words(moment, now) if late else relative(moment, now, self._zone)
        return f"{said} · {exact}"
