"""Reads the days that a supervisor looks at."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from agent_app.store.store import Store
from agent_app.sync.budget import Purpose
from agent_app.sync.pages import Pages
from agent_app.sync.state import ObservableState

SETTLED_AFTER = timedelta(days=2)
"""After this, an outcome is hardly changed any more."""
PERIOD_FRESH = timedelta(minutes=10)
LOOK_AROUND = timedelta(days=1)
"""The zone of the date filters is not documented: ask a day wider on both sides."""
MAX_PAGES = 2_000


class Periods:
    """*now* gives UTC."""

    def __init__(
        self, pages: Pages, store: Store, state: ObservableState, now: Callable[[], datetime]
    ) -> None:
        self._pages, self._store, self._state, self._now = pages, store, state, now
        self._given_up = False

    async def load(self, first: date, last: date) -> None:
        """Read the followups of these days (UTC) that are not here or may have changed since.

        A day that was read two days after its end is settled; a younger one is read again after
        ten minutes. What was read is kept, also where it is given up. Raises ExternalError.
        """
        self._given_up = False
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        wanted = [day for day in days if not self._is_settled(day)]
        if not wanted:
            return
        first, last = wanted[0], wanted[-1]
        number, pages, done = 1, 1, 0
        while number <= min(pages, MAX_PAGES):
            if self._given_up:
                return
            page = await self._pages.take_some(
                Purpose.PERSON, number, first_day=first - LOOK_AROUND, last_day=last + LOOK_AROUND
            )
            done += len(page.rows)
            pages = page.pages
            total = max(page.total, done)
            self._state.set(period_progress=(done, total))
            if not page.rows:
                break
            number += 1
        now = round(self._now().timestamp() * 1000)
        read = dict(self._store.state("days_read") or {})
        self._store.set_state("days_read", read | {day.isoformat(): now for day in wanted})

    def give_up(self) -> None:
        """Stop after the page that is under way."""
        self._given_up = True

    def _is_settled(self, day: date) -> bool:
        if day > self._now().date() + LOOK_AROUND:
            return True  # nothing can have been done then
        days_read = self._store.state("days_read") or {}
        first = self._store.kept_from
        is_kept = first is None or day > first.date()
        is_all = self._store.state("loaded") and int(self._store.state("reach") or 1) <= 1
        is_whole = is_kept and is_all
        whole = self._store.state("loaded_at") if is_whole else 0
        read_ms = max(int(days_read.get(day.isoformat(), 0)), int(whole or 0))
        read = datetime.fromtimestamp(read_ms / 1000, UTC)
        over = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1)
        return read > over + SETTLED_AFTER or self._now() - read < PERIOD_FRESH
