"""Keeps the list whole: finds what the server has and the desk does not, and what is gone.

Every place in the server's list is known by its distance from the end, which stays the same while
rows are added. So the places that no row holds tell which pages hold unknown rows, and two rows at
one place tell that rows below are gone: the page is read, and what should be on it and is not is
expected on the next. What is missed twice is asked for by its id, and removed where the answer is
404. A list that is as long as the server's costs nothing. All of this ends at the reach, the place
from which on the list is here at all: of what is older, a company has too much to read it at once.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from agent_app.api.client import PAGE_ROWS
from agent_app.api.wire import Page
from agent_app.domain.errors import NotFound
from agent_app.store.places import page_of, pages_to_read
from agent_app.store.store import Store
from agent_app.sync.budget import Purpose
from agent_app.sync.budgeted_client import BudgetedClient
from agent_app.sync.retention import BOTTOM

PLACELESS = timedelta(hours=1)
"""A followup that is known, but was not met on any page for so long, is asked for."""

CHECKED = 3
"""Pages that a refresh looks at, for which a person asked, though nothing seems amiss there."""

TakePage = Callable[[Purpose, int], Awaitable[object]]


class Whole:
    """*take_page* reads a page of the whole list into the store. *now* gives UTC."""

    def __init__(
        self, api: BudgetedClient, store: Store, take_page: TakePage, now: Callable[[], datetime]
    ) -> None:
        self._api, self._store, self._take_page, self._now = api, store, take_page, now
        self._blank: set[int] = set()
        """Places at which a page that was read had no row that could be read."""
        self._missed: dict[str, int] = {}
        self._suspects: dict[str, None] = {}
        self._gone: set[str] = set()
        self._is_untrue = False
        """Whether the server's total promises pages that are empty."""
        self._checked = 0
        self.open = ""
        """What a person looks at: it is not taken away from under their eyes."""

    @property
    def gone(self) -> frozenset[str]:
        """What the server no longer has and is still here, because somebody's words are in it or
        it is open."""
        return frozenset(self._gone)

    @property
    def reach(self) -> int:
        """The place from which on, to the newest, every followup should be here; 1: all of them. What
        is done and old went from below the bottom."""
        return max(self.read_to, int(self._store.state(BOTTOM) or 0) + 1)

    @property
    def read_to(self) -> int:
        """The place down to which the list was read."""
        return int(self._store.state("reach") or 1)

    def believe_anew(self) -> None:
        """A person asked: places that were found empty are looked at again."""
        self._blank.clear()
        self._is_untrue = False

    # -- what pages show

    def note_page(self, number: int, page: Page, places: Mapping[str, int]) -> None:
        """Page *number* of the whole list was read and taken in, its rows at these *places*."""
        if not page.total and page.rows:
            return  # it does not say how long the list is
        was = self._store.state("total")
        if isinstance(was, int) and page.total < was and self.reach > 1:
            # Some are gone, perhaps below the reach: places there are smaller now.
            fewer = was - page.total
            bottom = int(self._store.state(BOTTOM) or 0)
            self._store.set_place(reach=max(self.read_to - fewer, 1), bottom=max(bottom - fewer, 0))
        first = page.total - number * PAGE_ROWS + 1
        last = page.total - (number - 1) * PAGE_ROWS
        if last >= 1 and not page.rows and not page.unreadable:
            self._is_untrue = True
            return
        whole = set(range(max(first, 1), last + 1))
        self._blank = (self._blank - whole) | (whole - set(places.values()))
        self._gone -= places.keys()
        moved: dict[str, int | None] = {}
        for followup_id in self._store.places.held(first, None if number == 1 else last):
            if followup_id in places:
                self._missed.pop(followup_id, None)
                continue
            times = self._missed.get(followup_id, 0) + 1
            self._missed[followup_id] = times
            if times > 1 or first <= 1:
                self.suspect(followup_id)
            moved[followup_id] = None if times > 1 or first <= 1 else first - 1
        if moved:
            self._store.places.put(moved)

    def is_even(self, total: int) -> bool:
        """Return whether as many rows are accounted for as the server says that there are."""
        reach = self.reach
        blank = sum(1 for place in self._blank if reach <= place <= total)
        if reach > 1:
            return self._store.places.held_from(reach) + blank == total - reach + 1
        return self._store.places.known() - len(self._gone) + blank == total

    def is_thin(self, number: int, total: int) -> bool:
        """Return whether page *number* holds rows that are not known."""
        first = max(total - number * PAGE_ROWS + 1, 1)
        last = total - (number - 1) * PAGE_ROWS
        blank = sum(1 for place in self._blank if first <= place <= last)
        return self._store.places.filled(first, last) + blank < last - first + 1

    def suspect(self, followup_id: str) -> None:
        """A page that should have had this followup has not: it is asked for."""
        self._suspects[followup_id] = None

    # -- what is done about it

    async def make(self, purpose: Purpose, most: int) -> None:
        """Look for what is missing and what is gone, with *most* reads. Raises ExternalError."""
        for followup_id in list(self._gone):
            self._let_go(followup_id)
        asked = purpose is Purpose.PERSON
        read: set[int] = set()
        checked = 0
        while most > 0:
            most -= 1
            if self._suspects:
                await self._look_for(purpose, next(iter(self._suspects)))
                continue
            number = await self._next_page(read, asked=asked)
            if not number and asked and checked < CHECKED:
                number, checked = self._next_to_check(), checked + 1
            if not number:
                break
            read.add(number)
            await self._take_page(purpose, number)
        if most > 0 and not self._is_untrue and self.reach <= 1:
            for followup_id in self._store.places.without(self._now() - PLACELESS, most):
                if followup_id not in self._gone:
                    await self._look_for(purpose, followup_id)

    def _next_to_check(self) -> int:
        """Return one page after the other: a row may be gone and another have come to its place."""
        pages, total = self._store.state("pages"), self._store.state("total")
        if isinstance(total, int) and self.reach > 1:
            pages = page_of(self.reach, total, PAGE_ROWS)
        if not isinstance(pages, int) or pages < 2:
            return 0
        self._checked = self._checked + 1 if 2 <= self._checked < pages else 2
        return self._checked

    async def _next_page(self, read: set[int], *, asked: bool) -> int:
        """Return the newest page that is worth a read and is not among *read*, or 0."""
        total = self._store.state("total")
        if not isinstance(total, int) or self._is_untrue or (not asked and self.is_even(total)):
            return 0
        counts: dict[int, tuple[int, bool]] = {}
        reach = self.reach
        for places in self._store.places.slowly(reach):
            for place, rows in places:
                number = page_of(place, total, PAGE_ROWS)
                filled, twice = counts.get(number, (0, False))
                is_there = place <= total
                counts[number] = (filled + is_there, twice or rows > 1 or not is_there)
            await asyncio.sleep(0)
        for place in self._blank:
            if reach <= place <= total:
                number = page_of(place, total, PAGE_ROWS)
                filled, twice = counts.get(number, (0, False))
                counts[number] = (filled + 1, twice)
        found = pages_to_read(counts, total, PAGE_ROWS, len(read) + 1, reach)
        return next((number for number in found if number not in read), 0)

    async def _look_for(self, purpose: Purpose, followup_id: str) -> None:
        await self.read_one(purpose, followup_id)
        self._suspects.pop(followup_id, None)
        self._missed.pop(followup_id, None)

    async def read_one(self, purpose: Purpose, followup_id: str) -> None:
        """Read one followup; one that the server no longer has leaves the list."""
        answers = self._store.followups.answers
        asked, at = answers.ask(), self._now()
        try:
            payload = await self._api.get_followup(purpose, followup_id)
        except NotFound:
            answers.read(followup_id, answers.ask())
            self.note_gone(followup_id)
        else:
            self._store.followups.upsert([payload], at, asked=asked)
            answers.read(followup_id, asked)
            self._gone.discard(followup_id)

    def note_gone(self, followup_id: str) -> None:
        """The server answered 404: the followup leaves the list, unless something holds it."""
        if self._store.followups.get(followup_id) is None:
            return
        self._gone.add(followup_id)
        self._store.places.put({followup_id: None})
        self._let_go(followup_id)

    def _let_go(self, followup_id: str) -> None:
        """Take a followup that is gone from the list, unless it is open or has words of ours."""
        is_here = self._store.followups.get(followup_id) is not None
        if not is_here or (followup_id != self.open and self._store.forget(followup_id)):
            self._gone.discard(followup_id)
