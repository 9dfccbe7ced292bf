"""Ends what is kept: once the window is at rest, followups that are done and old leave the store in small
steps, and are not read again by themselves.

What went lies below a place in the server's list, the bottom: no refresh looks for anything there. A
person may ask for older followups at any time; those stay for a day.
"""

import asyncio
import logging
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from agent_app.api.client import PAGE_ROWS
from agent_app.domain.retention import is_over
from agent_app.store.followups import Followups
from agent_app.store.retention import Cursor, Limit
from agent_app.store.store import KEPT_FROM, Store
from agent_app.sync.edits import is_within
from agent_app.sync.yielding import merge_search_index

log = logging.getLogger(__name__)

BEGIN_S, EACH_S = 120.0, 6 * 3600.0
"""How long after the start it begins, and how often (seconds)."""
STEP_ROWS, PAUSE_S = 10, 0.05
ASKED_FOR = timedelta(days=1)
"""What was read after somebody asked for old followups stays so long."""
BOTTOM, KEEP_DAYS, REACH = "bottom", "keep_days", "reach"
ASKED_AT = "old_asked_at"


class Retention:
    """*keep_days* gives the limit (0: none), *now* UTC, *held* what a person looks at."""

    def __init__(
        self,
        store: Store,
        keep_days: Callable[[], int],
        now: Callable[[], datetime],
        held: Callable[[], Collection[str]] = tuple,
    ) -> None:
        self._store, self._keep_days, self._now, self._held = store, keep_days, now, held

    async def run(self) -> None:
        """Let things go for ever; ends by being cancelled."""
        self.note_limit()
        await asyncio.sleep(BEGIN_S)
        while True:
            await self.make(PAUSE_S)
            await asyncio.sleep(EACH_S)

    def note_limit(self) -> Limit | None:
        """Work out what may go now; None where all stays. Another limit than the last time begins
        with another bottom."""
        days = self._keep_days()
        if self._store.state(KEEP_DAYS) != days:
            bottom = int(self._store.state(BOTTOM) or 0)
            reach = max(int(self._store.state(REACH) or 1), bottom + 1)
            self._store.set_place(**{KEEP_DAYS: days, BOTTOM: 0, KEPT_FROM: None, REACH: reach})
        if not days:
            return None
        before = self._now() - timedelta(days=days)
        self._store.set_place(**{KEPT_FROM: round(before.timestamp() * 1000)})
        return Limit(before, self._asked_at() or self._now() + ASKED_FOR)

    def note_asked(self, first: date | None = None) -> None:
        """A person asks for followups from a day on (None: for all)."""
        before = self._store.kept_from
        if before is None or (first is not None and first > before.date()):
            return
        if self._asked_at() is None:
            self._store.set_place(**{ASKED_AT: round(self._now().timestamp() * 1000)})

    def _asked_at(self) -> datetime | None:
        """Return when somebody asked for old followups, if that was within a day."""
        asked_ms = self._store.state(ASKED_AT)
        if not isinstance(asked_ms, int):
            return None
        asked_at = datetime.fromtimestamp(asked_ms / 1000, UTC)
        return asked_at if is_within(self._now() - asked_at, ASKED_FOR) else None

    async def make(self, pause_s: float = 0.0) -> int:
        """Return one pass; returns how many followups went."""
        limit = self.note_limit()
        if limit is None:
            return 0
        gone, highest = 0, 0
        cursor: Cursor | None = Cursor()
        retention = self._store.retention
        while cursor is not None:
            went, top, cursor = retention.step(limit, cursor, STEP_ROWS, self._held())
            gone, highest = gone + went, max(highest, top)
            await merge_search_index(self._store.followups, STEP_ROWS)
            await asyncio.sleep(pause_s)
        self._raise_bottom(highest)
        while retention.step_debts(STEP_ROWS):  # noqa: ASYNC110  (it works, and waits for nothing)
            await asyncio.sleep(pause_s)
        self._forget_days(limit)
        if gone:
            log.info("%d followups went: they are done, and older than is kept", gone)
        return gone

    def _raise_bottom(self, highest: int) -> None:
        """The bottom is where most of a page went. One that went from among younger ones leaves a hole
        there, which costs a read of its page after the next start."""
        while highest > int(self._store.state(BOTTOM) or 0):
            if 2 * self._store.places.filled(highest - PAGE_ROWS + 1, highest) < PAGE_ROWS:
                self._store.set_place(**{BOTTOM: highest})
                return
            highest -= PAGE_ROWS

    def _forget_days(self, limit: Limit) -> None:
        """Days whose followups went were not read, then."""
        read = dict(self._store.state("days_read") or {})
        first, since = limit.before.date().isoformat(), limit.read_before.timestamp() * 1000
        kept = {day: at for day, at in read.items() if day >= first or at >= since}
        if kept != read:
            self._store.set_place(days_read=kept)


def is_unwanted(values: Mapping[str, Any], before: datetime | None, followups: Followups) -> bool:
    """Return whether a row that came with a page is one that would only have to go again."""
    return (
        before is not None
        and is_over(values, before)
        and followups.fetched_at(str(values["id"])) is None
    )
