"""Brings followups and debts in, with as few reads as will do.

The first load takes every page and goes on where it stopped. Afterwards our own refresh reads the
newest page only; one that a person asks for reads everything where that is little, else the newest
page and the days around today. `Whole` finds what these leave out. A followup that is to be fresh is read with the page that it was
last seen on: that costs one read like reading it alone, and freshens its hundred neighbours, which
are the ones that an agent opens next. A save's own read is such a page as well.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from weakref import WeakValueDictionary

from agent_app.api.client import PAGE_ROWS
from agent_app.api.wire import Page
from agent_app.domain.errors import (
    NotAllowed,
    NotFound,
    NotUnderstood,
    Refused,
    Rejected,
    ServerTrouble,
)
from agent_app.store.outbox import NEW_PREFIX
from agent_app.store.store import Store
from agent_app.sync.budget import Purpose
from agent_app.sync.budgeted_client import BudgetedClient
from agent_app.sync.debtors import Debtors
from agent_app.sync.edits import is_within
from agent_app.sync.state import ObservableState
from agent_app.sync.whole import Whole
from agent_app.sync.yielding import merge_search_index

SMALL_PAGES = 10
"""Up to this many pages, a refresh that a person asks for reads everything."""
START_PAGES = 3
"""At the start, at most this many pages of the days around today."""
MAX_PAGES = 2_000
OPENED_FRESH = timedelta(minutes=4)
"""A followup that was read this recently need not be read again when it is opened."""
RETURNED_FRESH = timedelta(seconds=30)
"""The same for one that a person comes back to."""
DUE_SOON = timedelta(minutes=15)
SETTLED_AFTER = timedelta(days=2)
"""After this, an outcome is hardly changed any more."""
PERIOD_FRESH = timedelta(minutes=10)
LOOK_AROUND = timedelta(days=1)
"""The zone of the date filters is not documented: ask a day wider on both sides."""


SLICE_ROWS = 10
"""Rows written in one go: a slice takes 3 ms, so that a key that is pressed meanwhile is not felt.
(Slices that follow the machine's pace made the refresh no faster and the pauses no shorter.)"""
AFTER_A_REFRESH = 3
"""So many more reads after a refresh of our own, while the list is not as long as the server's."""
WHEN_ASKED = 30
"""The same for a refresh that a person asks for."""
NEWEST_EACH = 3
"""While pages are read for other ends, and tell that the list is no longer, the newest one is read at
every so many-th refresh."""


class Pull:
    """Reads into the store. *now* gives UTC. Every method raises ExternalError."""

    def __init__(
        self, api: BudgetedClient, store: Store, state: ObservableState, now: Callable[[], datetime]
    ) -> None:
        self._api = api
        self._store = store
        self._state = state
        self._now = now
        self._whole = Whole(api, store, self._take_page, now)
        self.debtors = Debtors(api, store, now)
        self._unreadable: dict[int, int] = {}
        self._due_was_last = False
        self._given_up = False
        self._period_given_up = False
        self._under_way: WeakValueDictionary[object, asyncio.Lock] = WeakValueDictionary()
        """What is being read of single followups (by id) and pages (by number)."""
        self._pages_hold = True
        """Whether the last followup that was looked for on its page was there."""
        self._page_read: datetime | None = None
        self._newest_read: datetime | None = None
        self._newest_total = -1

    # -- the list

    async def refresh(
        self, *, asked: bool, starting: bool = False, looked_at: bool = False, idle: bool = False
    ) -> None:
        """Bring the list up to date; *asked* says that a person wants it, *idle* that there is none.

        When the program has just started, the days around today are read too. While the window is
        *looked_at*, every other refresh of our own reads the page of what is due next instead of
        the newest: it costs the same.
        """
        purpose = Purpose.IDLE if idle else Purpose.BACKGROUND
        if asked:
            purpose = Purpose.PERSON
        self._state.set(refreshing=True)
        try:
            was_loaded = bool(self._store.state("loaded"))
            if not was_loaded:
                if not await self._load_all(max(1, int(self._store.state("load_page") or 1))):
                    return
                self._store.set_state("loaded", True)
                self._store.set_state("loaded_at", round(self._now().timestamp() * 1000))
            elif asked and int(self._store.state("pages") or 0) <= SMALL_PAGES:
                await self._read_everything()
            else:
                may_wait = looked_at and not asked and not starting and not self._has_grown()
                due = self._due_soon() if may_wait else ""
                self._due_was_last = bool(due) and not self._due_was_last
                if self._due_was_last:
                    await self._read_page_of(due, OPENED_FRESH, purpose)
                else:
                    await self._newest(purpose)
                if asked or starting:
                    await self._refresh_days(SMALL_PAGES if asked else START_PAGES)
            if was_loaded and not starting:
                await self._whole.make(purpose, WHEN_ASKED if asked else AFTER_A_REFRESH)
            await self._name_debtors(purpose)
        finally:
            self._state.set(refreshing=False, progress=None, gone=self._whole.gone)
        self._state.set(last_refresh=self._now())

    async def _read_everything(self) -> None:
        """Every page; what no page had is asked for by its id."""
        began = self._now()
        self._whole.believe_anew()
        self._unreadable.clear()
        if await self._load_all(1):
            for followup_id in self._store.places.unread_since(began, WHEN_ASKED):
                self._whole.suspect(followup_id)

    async def _name_debtors(self, purpose: Purpose) -> None:
        """A failure is the debtors' own lane's to mend: the list was read all the same."""
        is_left = True
        with contextlib.suppress(ServerTrouble, NotUnderstood, Rejected):
            is_left = await self.debtors.name(purpose)
        if is_left:
            self.debtors.go_on()

    def next_refresh(self, each: timedelta) -> datetime | None:
        """When the list is to be read again by itself, whoever read some of it last; None: now."""
        if self._page_read is None or self._newest_read is None:
            return None
        if self._has_grown():
            return self._newest_read + each
        return min(self._page_read + each, self._newest_read + each * NEWEST_EACH)

    def _has_grown(self) -> bool:
        """Whether a page that was read since the newest one told of another length."""
        return bool(self._store.state("total") != self._newest_total)

    def _due_soon(self) -> str:
        now = self._now()
        return self._store.followups.due(now - DUE_SOON, now + DUE_SOON, now - OPENED_FRESH)

    async def _load_all(self, first: int) -> bool:
        """Every page from *first* on; afterwards what came or moved meanwhile. False if given up.

        Rows move between pages while others add some. One that is seen twice is one; where fewer
        were seen than there are, the newest page is read again, and the last. A list that never
        ends is left as soon as it brings nothing new. At most two requests more than pages.
        """
        number, pages, total = first, first, 0
        seen: set[str] = set()
        self._given_up = False
        while number <= min(pages, MAX_PAGES):
            if self._given_up:
                return False
            page = await self._take_page(Purpose.PERSON, number)
            fresh = {str(row["id"]) for row in page.rows} - seen
            seen |= fresh
            total = page.total
            self._store.set_place(load_page=number)
            done = (number - 1) * PAGE_ROWS + len(page.rows)
            self._state.set(progress=(min(done, max(total, done)), max(total, done)))
            pages = page.pages or (number + 1 if len(page.rows) >= PAGE_ROWS else number)
            if not page.rows or (not fresh and number > first):
                break
            number += 1
        if first > 1:
            await self._newest(Purpose.PERSON)
        elif len(seen) < total:
            for again in {1, min(pages, MAX_PAGES)}:
                await self._take_page(Purpose.PERSON, again)
        self._store.set_place(load_page=1)
        return True

    def give_up_loading(self) -> None:
        """Stop after the page that is under way; a later refresh goes on from there."""
        self._given_up = True

    async def _newest(self, purpose: Purpose) -> None:
        """The newest page; further ones as long as they hold what is not known.

        That this desk knows some of a page says nothing of the next: what it filed itself, or read
        by its day, is on top as well.
        """
        for number in range(1, SMALL_PAGES + 1):
            before = self._store.followups.count()
            page = await self._take_page(purpose, number)
            if not page.rows or number >= page.pages:
                return
            if not page.total:
                if self._store.followups.count() == before:
                    return
            elif self._whole.is_even(page.total) or not self._whole.is_thin(number + 1, page.total):
                return

    async def _take_page(self, purpose: Purpose, number: int) -> Page:
        asked, at = self._store.followups.answers.ask(), self._now()
        page = await self._api.list_followups(purpose, number)
        self._state.answered(self._now())
        first = page.total - (number - 1) * PAGE_ROWS
        places: dict[str, int] = {}
        if page.total:
            for position, row in page.where():
                places.setdefault(str(row["id"]), first - position)
        await self._take_in(page, asked, at, places)
        self._whole.note_page(number, page, places)
        self._store.set_place(pages=page.pages, total=page.total)
        self._unreadable = {n: rows for n, rows in self._unreadable.items() if n <= page.pages}
        self._unreadable[number] = page.unreadable
        self._state.set(unreadable=sum(self._unreadable.values()))
        self._page_read = self._now()
        if number == 1:
            self._newest_read, self._newest_total = self._page_read, page.total
        return page

    async def _take_in(
        self, page: Page, asked: int, at: datetime, places: Mapping[str, int] | None = None
    ) -> None:
        for start in range(0, len(page.rows), SLICE_ROWS):
            rows = page.rows[start : start + SLICE_ROWS]
            self._store.followups.upsert(rows, at, places, asked=asked)
            await merge_search_index(self._store.followups, SLICE_ROWS)

    async def _refresh_days(self, most_pages: int) -> None:
        today = self._now().date()
        for number in range(1, most_pages + 1):
            asked, at = self._store.followups.answers.ask(), self._now()
            page = await self._api.list_followups(
                Purpose.PERSON,
                number,
                first_day=today - LOOK_AROUND,
                last_day=today + LOOK_AROUND,
            )
            await self._take_in(page, asked, at)
            if number >= page.pages:
                return

    # -- a supervisor's period

    async def load_period(self, first: date, last: date) -> None:
        """Read the followups of these days (UTC) that are not here or may have changed since.

        A day that was read two days after its end is settled; a younger one is read again after
        ten minutes. What was read is kept, also where it is given up.
        """
        self._period_given_up = False
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        wanted = [day for day in days if not self._is_settled(day)]
        if not wanted:
            return
        first, last = wanted[0], wanted[-1]
        number, pages, done = 1, 1, 0
        while number <= min(pages, MAX_PAGES):
            if self._period_given_up:
                return
            asked, at = self._store.followups.answers.ask(), self._now()
            page = await self._api.list_followups(
                Purpose.PERSON, number, first_day=first - LOOK_AROUND, last_day=last + LOOK_AROUND
            )
            await self._take_in(page, asked, at)
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

    def give_up_period(self) -> None:
        """Stop after the page that is under way."""
        self._period_given_up = True

    def _is_settled(self, day: date) -> bool:
        if day > self._now().date() + LOOK_AROUND:
            return True  # nothing can have been done then
        days_read = self._store.state("days_read") or {}
        whole = self._store.state("loaded_at") if self._store.state("loaded") else 0
        read_ms = max(int(days_read.get(day.isoformat(), 0)), int(whole or 0))
        read = datetime.fromtimestamp(read_ms / 1000, UTC)
        over = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1)
        return read > over + SETTLED_AFTER or self._now() - read < PERIOD_FRESH

    # -- one followup

    def looks_at(self, followup_id: str) -> None:
        """A person has this followup open ("": none): it is not taken from under their eyes."""
        self._whole.open = followup_id

    async def freshen(
        self,
        followup_id: str,
        max_age: timedelta,
        purpose: Purpose = Purpose.PERSON,
        *,
        alone: bool = False,
    ) -> bool:
        """Make sure that what is known of a followup is no older than *max_age*; says whether it
        had to be read.

        *alone* reads it without its neighbours: that is at most one read, and the least to carry.
        """
        if not followup_id or followup_id.startswith(NEW_PREFIX):
            return False
        was_fresh = self._is_fresh(followup_id, max_age)
        async with self._reading(followup_id):
            if not alone and not self._is_fresh(followup_id, max_age):
                await self._read_page_of(followup_id, max_age, purpose)
            if not self._is_fresh(followup_id, max_age):
                await self._read_one(followup_id, purpose)
        followup = self._store.followups.get(followup_id)
        if followup is not None and followup.debt_id:
            await self.debtors.freshen(purpose, followup.debt_id)
        return not was_fresh

    async def bring_by_page(self, followup_id: str, max_age: timedelta) -> None:
        """Before a save: wait for a read of the followup that is under way, else read its page. Where
        that does not make it as fresh as *max_age*, it is for the save to read it alone.

        What has been under way for longer would not be fresh when it comes.
        """
        patience = max_age.total_seconds()
        try:
            async with self._reading(followup_id, patience):
                if self._pages_hold and not self._is_fresh(followup_id, max_age):
                    await self._read_page_of(followup_id, max_age, Purpose.SAVE, patience)
        except TimeoutError:
            return
        except (ServerTrouble, NotUnderstood, Rejected, Refused, NotFound, NotAllowed):
            self._pages_hold = False  # the list's trouble, not the save's

    async def look_up(self, followup_id: str) -> bool:
        """Read a followup that is not here, and its debt; says whether the server has it."""
        await self.reread(followup_id)
        followup = self._store.followups.get(followup_id)
        if followup is not None and followup.debt_id:
            await self.debtors.freshen(Purpose.PERSON, followup.debt_id)
        return followup is not None

    async def reread(self, followup_id: str) -> None:
        """Read one followup, however fresh it is: its signed links are made anew."""
        await self._read_one(followup_id)

    async def _read_one(self, followup_id: str, purpose: Purpose = Purpose.PERSON) -> None:
        await self._whole.read_one(purpose, followup_id)
        self._state.set(gone=self._whole.gone)

    @contextlib.asynccontextmanager
    async def _reading(self, what: object, patience: float | None = None) -> AsyncIterator[None]:
        """What is read of a followup or a page is not asked for twice at a time. Raises TimeoutError
        after *patience* (seconds)."""
        lock = self._under_way.setdefault(what, asyncio.Lock())
        async with asyncio.timeout(patience):
            await lock.acquire()
        try:
            yield
        finally:
            lock.release()

    def _is_fresh(self, followup_id: str, max_age: timedelta) -> bool:
        fetched = self._store.followups.fetched_at(followup_id)
        return fetched is not None and is_within(self._now() - fetched, max_age)

    async def _read_page_of(
        self,
        followup_id: str,
        max_age: timedelta,
        purpose: Purpose,
        patience: float | None = None,
    ) -> None:
        """Read the page of the whole list that a followup should be on by now, unless it has come
        meanwhile with a read for another."""
        place = self._store.places.of(followup_id)
        total = self._store.state("total")
        if place is None or not isinstance(total, int) or place > total:
            return
        number = (total - place) // PAGE_ROWS + 1
        async with self._reading(number, patience):
            if self._is_fresh(followup_id, max_age):
                return
            page = await self._take_page(purpose, number)
        self._pages_hold = any(row["id"] == followup_id for row in page.rows)
        if not self._pages_hold and page.total > total and purpose is not Purpose.SAVE:
            # Others were added since: now it is known how many.
            await self._take_page(purpose, (page.total - place) // PAGE_ROWS + 1)
