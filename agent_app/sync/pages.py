"""Reads pages of the server's list into the store, and notes what they tell of its length."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from agent_app.api.client import PAGE_ROWS
from agent_app.api.wire import Page
from agent_app.store.bulk import MERGED_AT_ONCE, Batch
from agent_app.store.store import Store
from agent_app.sync.budget import Purpose
from agent_app.sync.budgeted_client import BudgetedClient
from agent_app.sync.retention import BOTTOM, is_unwanted
from agent_app.sync.state import ObservableState
from agent_app.sync.yielding import merge_search_index

Row = dict[str, Any]
Noted = Callable[[int, Page, Mapping[str, int]], None]
"""Hears of each page of the whole list: its number, the page, and its rows' places by id."""


class Pages:
    """*now* gives UTC. Every method that reads raises ExternalError."""

    def __init__(
        self, api: BudgetedClient, store: Store, state: ObservableState, now: Callable[[], datetime]
    ) -> None:
        self._api, self._store, self._state, self._now = api, store, state, now
        self.noted: Noted = lambda _number, _page, _places: None
        self._unreadable: dict[int, int] = {}
        self.read_at: datetime | None = None
        """When a page of the whole list was read last."""
        self.newest_at: datetime | None = None
        """When the newest page was."""
        self.rows_of_newest = 0
        """How many rows the newest page had, those included that could not be read."""
        self._newest_total = -1

    @property
    def has_grown(self) -> bool:
        """Whether a page that was read since the newest one told of another length."""
        return bool(self._store.state("total") != self._newest_total)

    def count_as_read(self) -> None:
        """Colleagues have told what the newest page holds."""
        self.read_at = self.newest_at = self._now()
        total = self._store.state("total")
        self._newest_total = total if isinstance(total, int) else -1

    def believe_anew(self) -> None:
        """Every page is about to be read: what could not be read is counted again."""
        self._unreadable.clear()

    async def take(self, purpose: Purpose, number: int) -> Page:
        """Read page *number* of the whole list, newest first, into the store."""
        read = await self.read(purpose, number)
        await self.keep(read)
        return read.page

    async def read(self, purpose: Purpose, number: int) -> "Read":
        """Read a page of the whole list, and nothing else yet: while `keep` writes it, the next one
        may be read."""
        asked, at = self._store.followups.answers.ask(), self._now()
        page = await self._api.list_followups(purpose, number)
        self._state.answered(self._now())
        first = page.total - (number - 1) * PAGE_ROWS
        places: dict[str, int] = {}
        if page.total:
            for position, row in page.where():
                places.setdefault(str(row["id"]), first - position)
        # What is done and old is kept where somebody asked for it.
        rows = page.rows if purpose is Purpose.OLDER else self._wanted(page.rows, places)
        batch = Batch(rows, at, places, asked)
        await self._sort(batch)
        return Read(number, page, batch)

    async def keep(self, read: "Read") -> None:
        """Put a page that was read into the store, and note what it tells of the list."""
        number, page = read.number, read.page
        await self._write(read.batch)
        self.noted(number, page, read.batch.places)
        self._store.set_place(pages=page.pages, total=page.total)
        self._unreadable = {n: rows for n, rows in self._unreadable.items() if n <= page.pages}
        self._unreadable[number] = page.unreadable
        self._state.set(unreadable=sum(self._unreadable.values()))
        self.read_at = self._now()
        if number == 1:
            self.newest_at, self._newest_total = self.read_at, page.total
            self.rows_of_newest = len(page.rows) + page.unreadable

    async def take_some(
        self,
        purpose: Purpose,
        number: int,
        *,
        status: str = "",
        first_day: date | None = None,
        last_day: date | None = None,
    ) -> Page:
        """Read page *number* of the followups with a status, or of some days (both included)."""
        asked, at = self._store.followups.answers.ask(), self._now()
        page = await self._api.list_followups(
            purpose, number, status=status, first_day=first_day, last_day=last_day
        )
        self._state.answered(self._now())
        batch = Batch(page.rows, at, {}, asked)
        await self._sort(batch)
        await self._write(batch)
        return page

    def _wanted(self, rows: Sequence[Row], places: dict[str, int]) -> Sequence[Row]:
        """Return the rows that are to be kept; where most are not, the bottom has been met."""
        before = self._store.kept_from
        out = [row for row in rows if is_unwanted(row, before, self._store.followups)]
        if not out:
            return rows
        unwanted = {str(row["id"]) for row in out}
        top = max((places.pop(one) for one in unwanted if one in places), default=0)
        if 2 * len(out) >= len(rows) and top > int(self._store.state(BOTTOM) or 0):
            self._store.set_place(**{BOTTOM: top})
        return [row for row in rows if str(row["id"]) not in unwanted]

    async def _sort(self, batch: Batch) -> None:
        if not self._store.on_disk:
            batch.merged = list(batch.rows)  # there is no background
            return
        for _ in self._store.bulk.sort(batch):
            await asyncio.sleep(0)

    async def _write(self, batch: Batch) -> None:
        writing = [asyncio.wrap_future(one) for one in self._store.bulk.write(batch)]
        left = [one for some in await asyncio.gather(*writing) for one in some]
        for _ in self._store.bulk.finish(batch, left):
            await merge_search_index(self._store.followups, MERGED_AT_ONCE)


@dataclass(frozen=True, slots=True)
class Read:
    """A page of the whole list that was read, and its rows on their way into the store."""

    number: int
    page: Page
    batch: Batch


def pages_of(page: Page, number: int) -> int:
    """Return how many pages a list has that *page*, its *number*-th, belongs to; where the reply does not
    say it, one more as long as pages are full."""
    return page.pages or (number + 1 if len(page.rows) >= PAGE_ROWS else number)
