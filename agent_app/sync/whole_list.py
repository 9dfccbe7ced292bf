"""Reads the server's whole list: at the first start where it is short, else the older part of it,
when a person asks for it or at night.

The list is whole from its top down to a place, the reach; what lies below it is read page after page.
"""

import asyncio
from datetime import datetime
from enum import Enum, auto

from agent_app.api.client import PAGE_ROWS
from agent_app.domain.sync_state import Older
from agent_app.store.places import page_of
from agent_app.store.store import Store
from agent_app.sync.budget import Purpose
from agent_app.sync.pages import Pages, Read, pages_of
from agent_app.sync.state import ObservableState
from agent_app.sync.whole import Whole

MAX_PAGES = 2_000


class Load(Enum):
    """How reading the whole list ended."""

    DONE = auto()
    GIVEN_UP = auto()
    TOO_LONG = auto()


class WholeList:
    """Every method that reads raises ExternalError."""

    def __init__(self, pages: Pages, whole: Whole, store: Store, state: ObservableState) -> None:
        self._pages, self._whole, self._store, self._state = pages, whole, store, state
        self._given_up = False
        self._older_given_up = False

    def give_up(self) -> None:
        """Stop after the page that is under way; a later refresh goes on from there."""
        self._given_up = True

    async def load(self, first: int = 1, most: int = MAX_PAGES) -> Load:
        """Read every page from *first* on; afterwards what came or moved meanwhile. A list that has
        more than *most* pages is left after its first one.

        Rows move between pages while others add some. One that is seen twice is one; where fewer
        were seen than there are, the newest page is read again, and the last. A list that never
        ends is left as soon as it brings nothing new. At most two requests more than pages.
        """
        self._given_up = False
        try:
            return await self._load(first, most)
        finally:
            self._store.followups.tidy_all()
            self._state.set(progress=None)

    async def _load(self, first: int, most: int) -> Load:
        """Each page is written while the next one is on its way."""
        number, total = first, 0
        seen: set[str] = set()
        coming = self._begin(number)
        try:
            while True:
                read = await coming
                page = read.page
                fresh = {str(row["id"]) for row in page.rows} - seen
                seen |= fresh
                total, pages = page.total, min(pages_of(page, number), MAX_PAGES)
                is_long = number == 1 and total > 0 and page.pages > most
                is_end = not page.rows or (not fresh and number > first) or number >= pages
                if not (is_long or is_end or self._given_up):
                    coming = self._begin(number + 1)
                await self._pages.keep(read)
                if is_long:
                    return Load.TOO_LONG
                self._store.set_place(load_page=number)
                done = (number - 1) * PAGE_ROWS + len(page.rows)
                self._state.set(progress=(min(done, max(total, done)), max(total, done)))
                if is_end:
                    break
                if self._given_up:
                    return Load.GIVEN_UP
                number += 1
        finally:
            coming.cancel()
            await asyncio.gather(coming, return_exceptions=True)
        if first > 1:
            await self._pages.take(Purpose.PERSON, 1)
        elif len(seen) < total:
            for again in {1, pages}:
                await self._pages.take(Purpose.PERSON, again)
        self._store.set_place(load_page=1, reach=1)
        return Load.DONE

    def _begin(self, number: int) -> "asyncio.Task[Read]":
        purpose = Purpose.FIRST if number == 1 else Purpose.PERSON
        return asyncio.create_task(self._pages.read(purpose, number))

    # -- what is older than the reach

    def give_up_older(self) -> None:
        """Stop bringing older followups after the page that is under way."""
        self._older_given_up = True

    async def reach_back(self, purpose: Purpose, most: int = MAX_PAGES) -> bool:
        """Read what is older than the reach, at most *most* pages of it; says whether the list is
        whole now. Pages that are known already cost nothing. Unasked, nothing is read from below the
        bottom."""
        self._older_given_up = False
        is_asked = purpose is Purpose.OLDER
        if is_asked:
            self._store.set_place(reach=self._whole.reach)  # what went is read once more
        while (reach := self._whole.read_to) > 1:
            if not is_asked and reach < self._whole.reach:
                return True
            total = self._store.state("total")
            if not isinstance(total, int) or total < reach or self._older_given_up or most < 1:
                return False
            number = page_of(reach - 1, total, PAGE_ROWS)
            if self._whole.is_thin(number, total):
                page = await self._pages.take(purpose, number)
                most -= 1
                if not page.rows:
                    total = 0  # the list is shorter than it says
                else:
                    total = page.total
            first = total - number * PAGE_ROWS + 1
            self._store.set_place(reach=min(max(first, 1), reach))
            older = self._state.now.older
            self.say_older(reading=older.reading, has_day=older.has_day)
        return True

    def say_older(
        self, *, reading: bool, has_day: bool, waits_until: datetime | None = None
    ) -> None:
        """Tell the window how much is not here, and what is done about it."""
        total = self._store.state("total")
        missing = 0
        if self._whole.reach > 1 and isinstance(total, int):
            missing = max(total - self._store.places.known(), 0)
        self._state.set(older=Older(missing, total or 0, reading, has_day, waits_until))
