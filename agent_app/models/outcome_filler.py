"""Puts an outcome into the open form: what follows from it, and where to go then."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from PySide6.QtCore import QLocale

from agent_app.domain.fields import DIALLED_TYPES, Value
from agent_app.domain.followup import Followup
from agent_app.domain.outcomes import Outcome, OutcomeInputs, fill
from agent_app.domain.when import ParseContext, understand
from agent_app.models.calling_guard import CallingGuard
from agent_app.models.edit_session import EditSession
from agent_app.store.store import Store
from agent_app.text.moments import Unreadable, day_comes_first, in_zone

DEFAULT_RETRY = "tomorrow 9"
LOOK_AHEAD_DAYS = 14
CHECK_AT = time(9)
"""The hour at which a promise is looked after, on the day after its own."""


class OutcomeFiller:
    """*retry* gives the team's rule for a next call, as one would type it, and whether weekends
    count."""

    def __init__(
        self,
        session: EditSession,
        store: Store,
        guard: CallingGuard,
        now: Callable[[], datetime],
        zone: tzinfo,
        retry: Callable[[], tuple[str, bool]],
    ) -> None:
        self._session, self._store, self._guard = session, store, guard
        self._now, self._zone, self._retry = now, zone, retry

    def choose(
        self,
        outcome: Outcome,
        also: Mapping[str, Value] | None = None,
        next_call: datetime | None = None,
    ) -> str:
        """Fill *outcome* in as unsaved changes; returns the field to go to, or "". With it are put in
        the values *also*, and the *next_call* in the place of the outcome's own."""
        shown = self._session.shown
        if shown is None:
            return ""
        known = OutcomeInputs(
            now=self._now(),
            retry=self.next_call(shown),
            last_call=self._last_call(shown),
            debtor_phone=self._debtor_phone(shown),
        )
        filled = fill(outcome, shown, known)
        changes = {**filled.changes, **(also or {})}
        self._session.put(changes, next_call or filled.next_call)
        return filled.focus

    def next_call(self, followup: Followup) -> datetime:
        """Return when to call again by the team's rule (UTC): at the next open minute where the calling
        hours, a holiday or a weekend are in the way. Where two weeks have none, as the rule says."""
        rule, _weekends = self._retry()
        at = self._read(rule) or self._read(DEFAULT_RETRY)
        assert at is not None
        return self._when_open(followup, at)

    def check_after(self, followup: Followup, day: date) -> datetime:
        """Return when to look whether what was promised by a *day* was paid (UTC): the day after, at
        CHECK_AT, or at the next open minute."""
        wall = datetime.combine(day + timedelta(days=1), CHECK_AT)
        return self._when_open(followup, in_zone(wall, self._zone))

    def _when_open(self, followup: Followup, at: datetime) -> datetime:
        _rule, weekends = self._retry()
        for days in range(LOOK_AHEAD_DAYS):
            same_clock, midnight = self._days_later(at, days), self._midnight(at, days)
            if not weekends and same_clock.astimezone(self._zone).weekday() > 4:
                continue
            ends = self._midnight(at, days + 1)
            for start in (same_clock, midnight) if days else (same_clock,):
                if found := self._guard.next_open(followup, start, ends):
                    return found
        return at

    def is_rule(self, text: str) -> bool:
        """Return whether *text* can be a rule for a next call."""
        return self._read(text) is not None

    def _read(self, rule: str) -> datetime | None:
        here = ParseContext(self._now(), self._zone, day_comes_first(QLocale()))
        found = understand(rule, here)
        if found is None:
            return None
        try:
            return found if found.tzinfo is not None else in_zone(found, self._zone)
        except Unreadable:  # an hour that summer time leaves out
            return in_zone(found + timedelta(hours=1), self._zone)

    def _days_later(self, at: datetime, days: int) -> datetime:
        """Return the same hour so many days later; where the clocks leave that hour out, the one after."""
        wall = at.astimezone(self._zone).replace(tzinfo=None) + timedelta(days=days)
        try:
            return in_zone(wall, self._zone)
        except Unreadable:
            return in_zone(wall + timedelta(hours=1), self._zone)

    def _midnight(self, at: datetime, days: int) -> datetime:
        """Return when the day begins that is so many days after *at*'s."""
        day = at.astimezone(self._zone).date() + timedelta(days=days)
        return datetime.combine(day, time(), self._zone).astimezone(UTC)

    def _last_call(self, followup: Followup) -> Followup | None:
        """Return the debt's last call that has a number or a direction."""
        return next(
            (
                one
                for one in self._store.followups.of_debt(followup.debt_id)
                if one.id != followup.id
                and one.type in DIALLED_TYPES
                and one.call_date is not None
                and (one.phone_number_used or one.direction)
            ),
            None,
        )

    def _debtor_phone(self, followup: Followup) -> str:
        debt = self._store.debts.get(followup.debt_id) if followup.debt_id else None
        return (debt.phone if debt else "") or ""
