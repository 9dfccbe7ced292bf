"""Brings followups and debts in, with as few reads as will do.

`FirstStart` fills an empty store. Afterwards our own refresh reads the newest page only; one that a
person asks for reads everything where that is little, else the newest page and the days around today.
`Whole` finds what these leave out. A followup that is to be fresh is read with the page that it was
last seen on: that costs one read like reading it alone, and freshens its hundred neighbours, which
are the ones that an agent opens next. A save's own read is such a page as well.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

from agent_app.api.client import PAGE_ROWS
from agent_app.domain.errors import (
    NotAllowed,
    NotFound,
    NotUnderstood,
    Refused,
    Rejected,
    ServerTrouble,
)
from agent_app.domain.fields import Status
from agent_app.store.outbox import NEW_PREFIX
from agent_app.store.store import Store
from agent_app.sync.budget import NotNow, Purpose
from agent_app.sync.budgeted_client import BudgetedClient
from agent_app.sync.colleagues import is_believed
from agent_app.sync.debtors import Debtors
from agent_app.sync.edits import is_within
from agent_app.sync.first_start import FirstStart
from agent_app.sync.pages import Pages
from agent_app.sync.periods import LOOK_AROUND, Periods
from agent_app.sync.state import ObservableState
from agent_app.sync.whole import Whole
from agent_app.sync.whole_list import Load, WholeList

SMALL_PAGES = 10
"""Up to this many pages, a refresh that a person asks for reads everything."""
START_PAGES = 3
"""At the start, at most this many pages of the days around today."""
OPENED_FRESH = timedelta(minutes=4)
"""A followup that was read this recently need not be read again when it is opened."""
RETURNED_FRESH = timedelta(seconds=30)
"""The same for one that a person comes back to."""
DUE_SOON = timedelta(minutes=15)
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
        self._pages = Pages(api, store, state, now)
        self._whole = Whole(api, store, self._pages.take, now)
        self._pages.noted = self._whole.note_page
        self.debtors = Debtors(api, store, now)
        self.list = WholeList(self._pages, self._whole, store, state)
        self.periods = Periods(self._pages, store, state, now)
        self.first_start = FirstStart(self._pages, self.list, self.debtors, store, state, now)
        self._due_was_last = False
        self._under_way: WeakValueDictionary[object, asyncio.Lock] = WeakValueDictionary()
        """What is being read of single followups (by id) and pages (by number)."""
        self._pages_hold = True
        """Whether the last followup that was looked for on its page was there."""

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
            if not was_loaded and await self._from_colleagues():
                return
            if was_loaded and not asked and await self._colleagues_read(starting=starting):
                return
            if not was_loaded:
                if not await self.first_start.run():
                    return
            elif asked and int(self._store.state("pages") or 0) <= SMALL_PAGES:
                await self._read_everything()
            else:
                may_wait = looked_at and not asked and not starting and not self._pages.has_grown
                due = self._due_soon() if may_wait else ""
                self._due_was_last = bool(due) and not self._due_was_last
                if self._due_was_last:
                    await self._read_due(due, purpose)
                else:
                    await self._newest(purpose)
                if asked or starting:
                    await self._refresh_days(SMALL_PAGES if asked else START_PAGES)
            if was_loaded and not starting:
                await self._whole.make(purpose, WHEN_ASKED if asked else AFTER_A_REFRESH)
            if self.first_start.is_day_here:
                await self._name_debtors(Purpose.DAY if self._whole.reach > 1 else purpose)
            else:
                self.debtors.go_on()  # what is due comes before its debtors' names
        finally:
            self._store.followups.tidy_all()
            self._state.set(refreshing=False, gone=self._whole.gone)
        self._state.set(last_refresh=self._now())

    async def _colleagues_read(self, *, starting: bool) -> bool:
        """Return whether colleagues have read what a refresh of our own would: a relay does at any time, other
        desks have when we start."""
        colleagues = self._api.colleagues
        if starting and await colleagues.caught_up() and colleagues.desks > 1:
            self._pages.count_as_read()
            return True
        return colleagues.has_relay

    async def _from_colleagues(self) -> bool:
        """Have the whole list from colleagues, who have read it; says whether that came about."""
        total = await self._api.colleagues.first_load()
        if not total:
            return False
        self._store.set_place(total=total, pages=-(-total // PAGE_ROWS), load_page=None)
        self._store.set_state("loaded", True)
        return True

    async def _read_everything(self) -> None:
        """Every page; what no page had is asked for by its id."""
        began = self._now()
        self._whole.believe_anew()
        self._pages.believe_anew()
        if await self.list.load() is Load.DONE:
            for followup_id in self._store.places.unread_since(began, WHEN_ASKED):
                self._whole.suspect(followup_id)

    async def _name_debtors(self, purpose: Purpose) -> None:
        """A failure is the debtors' own lane's to mend: the list was read all the same."""
        is_left = True
        with contextlib.suppress(ServerTrouble, NotUnderstood, Rejected, NotNow):
            is_left = await self.debtors.name(purpose)
        if is_left:
            self.debtors.go_on()

    def next_refresh(self, each: timedelta) -> datetime | None:
        """When the list is to be read again by itself, whoever read some of it last; None: now."""
        read_at, newest_at = self._pages.read_at, self._pages.newest_at
        if read_at is None or newest_at is None:
            return None
        if self._pages.has_grown:
            return newest_at + each
        return min(read_at + each, newest_at + each * NEWEST_EACH)

    def _due_soon(self) -> str:
        now = self._now()
        return self._store.followups.due(now - DUE_SOON, now + DUE_SOON, now - OPENED_FRESH)

    async def _read_due(self, followup_id: str, purpose: Purpose) -> None:
        """Read the page of what is due next; where its place in the whole list is not known, the
        first page of what is scheduled around today."""
        if self._store.places.of(followup_id) is not None:
            await self._read_page_of(followup_id, OPENED_FRESH, purpose)
            return
        today = self._now().date()
        await self._pages.take_some(
            purpose,
            1,
            status=Status.SCHEDULED,
            first_day=today - LOOK_AROUND,
            last_day=today + LOOK_AROUND,
        )
        self._pages.read_at = self._now()

    def give_up_loading(self) -> None:
        """Stop after the page that is under way; a later refresh goes on from there."""
        self.first_start.give_up()

    async def _newest(self, purpose: Purpose) -> None:
        """The newest page; further ones as long as they hold what is not known.

        That this desk knows some of a page says nothing of the next: what it filed itself, or read
        by its day, is on top as well.
        """
        for number in range(1, SMALL_PAGES + 1):
            before = self._store.followups.count()
            page = await self._pages.take(purpose, number)
            if not page.rows or number >= page.pages:
                return
            if not page.total:
                if self._store.followups.count() == before:
                    return
            elif self._whole.is_even(page.total) or not self._whole.is_thin(number + 1, page.total):
                return

    async def _refresh_days(self, most_pages: int) -> None:
        today = self._now().date()
        for number in range(1, most_pages + 1):
            page = await self._pages.take_some(
                Purpose.PERSON,
                number,
                first_day=today - LOOK_AROUND,
                last_day=today + LOOK_AROUND,
            )
            if number >= page.pages:
                return

    # -- one followup

    def held(self) -> tuple[str, ...]:
        """Return what a person looks at."""
        return (self._whole.open,)

    def note_gone(self, followup_id: str) -> None:
        """A colleague was told that the server no longer has this followup."""
        self._whole.note_gone(followup_id)
        self._state.set(gone=self._whole.gone)

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
        if is_believed(self._api.colleagues, fetched, self._now()):
            return True
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
            page = await self._pages.take(purpose, number)
        self._pages_hold = any(row["id"] == followup_id for row in page.rows)
        if not self._pages_hold and page.total > total and purpose is not Purpose.SAVE:
            # Others were added since: now it is known how many.
            await self._pages.take(purpose, (page.total - place) // PAGE_ROWS + 1)
