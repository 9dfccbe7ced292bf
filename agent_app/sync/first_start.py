"""Fills a desk that has nothing yet: the whole list where it is short, else an agent's day first.

A company's list may have a thousand pages, which all its agents' desks together may read in an hour.
An agent needs what is due, overdue, of today, and what waits: some dozen pages, asked for by status
and day. A first screen of it makes the desk usable; the rest is read beside it (`Backfill`), and what is
older later (`WholeList.reach_back`).
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from agent_app.api.wire import Page
from agent_app.domain.errors import Refused, Rejected
from agent_app.domain.fields import Status
from agent_app.store.store import Store
from agent_app.sync.budget import Purpose
from agent_app.sync.debtors import Debtors
from agent_app.sync.pages import Pages, pages_of
from agent_app.sync.periods import LOOK_AROUND
from agent_app.sync.state import ObservableState
from agent_app.sync.whole_list import MAX_PAGES, Load, WholeList

log = logging.getLogger(__name__)

SHORT_PAGES = 20
"""A list of up to this many pages is read whole."""
FALLBACK_PAGES = 36
"""So many of the newest pages are read where the server does not narrow the list by status."""
DUE_PARTS = 4
"""So many parts come first on all desks of a company that start together."""
FIRST_NAMES = 3
"""Debtors of the first screen that are asked for by name at once."""
DUE_SOON = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an agent's day: a status, or any (""), within some days (None: no bound)."""

    status: str
    first_day: date | None = None
    last_day: date | None = None


def parts_of(today: date) -> tuple[Part, ...]:
    """Return the parts of a day, the most urgent first. Days are a day wider than they are meant: in whose
    zone the server counts them is not documented."""
    near, far, day = today - LOOK_AROUND, today + LOOK_AROUND, timedelta(days=1)
    return (
        Part(Status.SCHEDULED, near, far),  # due now
        Part(Status.SCHEDULED, None, near - day),  # overdue
        Part(Status.IN_PROGRESS),
        Part(Status.ON_HOLD),
        Part("", near, far),  # what was done today, too
        Part(Status.SCHEDULED, far + day, None),  # planned for later
        Part(Status.SENT),
    )


class FirstStart:
    """*now* gives UTC."""

    def __init__(
        self,
        pages: Pages,
        list_: WholeList,
        debtors: Debtors,
        store: Store,
        state: ObservableState,
        now: Callable[[], datetime],
    ) -> None:
        self._pages, self._list, self._debtors = pages, list_, debtors
        self._store, self._state, self._now = store, state, now
        self._given_up = False
        self._total = self._done = 0

    def give_up(self) -> None:
        """Stop after the page that is under way; `run` goes on from there."""
        self._given_up = True
        self._list.give_up()

    async def run(self) -> bool:
        """Read the whole list, or a first screen of what is due (`read_day` reads the rest); says
        whether that came to its end. Begun again after a failure, it goes on where it stopped.
        Raises ExternalError."""
        self._given_up = False
        first = int(self._store.state("load_page") or 1)
        ended = await self._list.load(first if first <= SHORT_PAGES else 1, SHORT_PAGES)
        if ended is Load.GIVEN_UP:
            return False
        self._store.set_place(loaded_at=round(self._now().timestamp() * 1000))
        if ended is Load.TOO_LONG:
            await self._begin_day()
        self._store.set_state("loaded", True)
        return True

    async def _begin_day(self) -> None:
        """The newest page is here; nothing that is older is expected, but for the day's."""
        today, part, number = self._today(), 0, 1
        try:
            page = await self._take(parts_of(today)[0], 1, Purpose.FIRST)
            part, number = (0, 2) if pages_of(page, 1) > 1 else (1, 1)
            await self._name_first(page.rows)
        except (Rejected, Refused, _NotNarrowed):
            log.warning("the first screen is not narrowed to what is due")
        total = int(self._store.state("total"))
        self._store.set_place(
            reach=max(total - self._pages.rows_of_newest + 1, 1),
            day_read=[today.isoformat(), part, number],
        )

    # -- the day

    def _today(self) -> date:
        """Return the day where the agent is."""
        return self._now().astimezone().date()

    @property
    def is_day_here(self) -> bool:
        """Whether all of an agent's day is here."""
        return not self._store.state("day_read")

    async def read_day(self) -> bool:
        """Read what is left of an agent's day; says whether that came to its end. Raises
        ExternalError."""
        self._given_up = False
        today = self._today()
        day, part, number = self._store.state("day_read")
        if day != today.isoformat():
            part, number = 0, 1
        self._total = self._done = 0
        try:
            for index, wanted in enumerate(parts_of(today)):
                begins = number if index == part else 1
                if index >= part and not await self._read_part(index, wanted, begins):
                    return False
        except (Rejected, Refused, _NotNarrowed) as error:
            log.warning("the server does not narrow the list: %s", type(error).__name__)
            await self._list.reach_back(Purpose.DAY, FALLBACK_PAGES)
        finally:
            self._state.set(progress=None)
        self._store.set_place(day_read=None)
        return True

    async def _read_part(self, index: int, part: Part, number: int) -> bool:
        """Read a part from page *number* on; False where a person has seen enough.

        Followups leave a part while it is read, and those behind them move up by as many: to a page
        that was read already, which is read once more.
        """
        purpose = Purpose.DUE if index < DUE_PARTS else Purpose.DAY
        total = 0
        while not self._given_up:
            page = await self._take(part, number, purpose)
            self._store.set_place(day_read=[self._today().isoformat(), index, number])
            self._say_progress(page, number)
            if page.total < total and number > 1:
                await self._take(part, number - 1, purpose)
            total = page.total
            if not page.rows or number >= min(pages_of(page, number), MAX_PAGES):
                return True
            number += 1
        return False

    async def _take(self, part: Part, number: int, purpose: Purpose) -> Page:
        page = await self._pages.take_some(
            purpose,
            number,
            status=part.status,
            first_day=part.first_day,
            last_day=part.last_day,
        )
        if part.status and any(row.get("status", part.status) != part.status for row in page.rows):
            raise _NotNarrowed
        return page

    def _say_progress(self, page: Page, number: int) -> None:
        if number == 1:
            self._total += max(page.total, len(page.rows))
        self._done += len(page.rows)
        self._state.set(progress=(min(self._done, self._total), self._total))

    async def _name_first(self, rows: Sequence[dict[str, Any]]) -> None:
        """The debtors of what is on top of "To call now" are named at once."""
        soon = self._now() + DUE_SOON
        due = [row for row in rows if row.get("scheduled_at") and row["scheduled_at"] <= soon]
        due.sort(key=lambda row: row["scheduled_at"], reverse=True)
        wanted = dict.fromkeys(str(row.get("debt_id") or "") for row in due)
        await self._debtors.name_these(Purpose.FIRST, [one for one in wanted if one][:FIRST_NAMES])


class _NotNarrowed(Exception):
    """The server's answer has rows that were not asked for."""
