"""Room: sync. Brings followups and debts in, with as few reads as will do.

The first load takes every page and goes on where it stopped. Afterwards a refresh reads the
newest page and the days around today; everything only when it is little or a person asks.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from agent_app.api.client import PAGE_ROWS, Client
from agent_app.api.wire import Page
from agent_app.domain.errors import NotAllowed, NotThere
from agent_app.store.store import Store
from agent_app.sync.state import Connection, Watched

SMALL_PAGES = 10
"""Up to this many pages, a refresh that a person asks for reads everything."""
MOST_PAGES = 2_000
OPENED_FRESH = timedelta(minutes=1)
DEBT_FRESH = timedelta(hours=24)
LOOK_AHEAD = timedelta(days=1)
"""The zone of the date filters is not documented: ask a day wider on both sides."""

SLICE_ROWS = 25
"""Rows written in one go: a slice fits a frame of the window (16 ms)."""


class Pull:
    """Reads into the store. *now* gives UTC."""

    def __init__(
        self, client: Client, store: Store, state: Watched, now: Callable[[], datetime]
    ) -> None:
        self._client = client
        self._store = store
        self._state = state
        self._now = now
        self._debts_refused = False

    async def refresh(self, *, everything: bool) -> None:
        """Bring the list up to date. Raises WorldError."""
        self._state.set(refreshing=True)
        try:
            if not self._store.state("loaded"):
                await self._load_all(int(self._store.state("load_page") or 1))
                self._store.set_state("loaded", True)
            elif everything and int(self._store.state("pages") or 0) <= SMALL_PAGES:
                await self._load_all(1)
            else:
                await self._take_page(1)
                await self._refresh_days()
            await self._name_debtors()
        finally:
            self._state.set(refreshing=False, progress=None)
        self._state.set(last_refresh=self._now())

    async def opened(self, followup_id: str) -> None:
        """Freshen a followup that a person looks at, and its debt. Raises WorldError."""
        fetched = self._store.followups.fetched_at(followup_id)
        if fetched is None or self._now() - fetched > OPENED_FRESH:
            try:
                said = await self._client.get_followup(followup_id)
            except NotThere:
                return
            self._store.followups.take_in([said], self._now())
        followup = self._store.followups.get(followup_id)
        if followup is not None and followup.debt_id:
            await self._debt(followup.debt_id)

    async def _debt(self, debt_id: str) -> None:
        fetched = self._store.debts.fetched_at(debt_id)
        fresh = fetched is not None and self._now() - fetched < DEBT_FRESH
        if fresh or not self._may_read_debts():
            return
        try:
            said = await self._client.get_debt(debt_id)
        except NotThere:
            return
        except NotAllowed:
            self._debts_refused = True
            return
        self._store.take_in_debts([said], self._now())

    def _may_read_debts(self) -> bool:
        scopes = self._client.scopes
        return not self._debts_refused and (scopes is None or "debts:read" in scopes)

    async def _load_all(self, first: int) -> None:
        """Every page from *first* on. A list that never ends is left after MOST_PAGES."""
        number = first
        seen: set[str] = set()
        while number <= MOST_PAGES:
            page = await self._take_page(number)
            fresh = {str(row["id"]) for row in page.rows} - seen
            seen |= fresh
            self._store.set_state("load_page", number)
            done = (number - 1) * PAGE_ROWS + len(page.rows)
            self._state.set(progress=(done, max(page.total, done)))
            ended = number >= page.pages if page.pages > 0 else len(page.rows) < PAGE_ROWS
            if ended or not fresh:
                break
            number += 1
        self._store.set_state("load_page", 1)

    async def _take_page(self, number: int) -> Page:
        page = await self._client.list_followups(number)
        self._state.set(connection=Connection.ONLINE, error=None, until=None)
        await self._take_in(page)
        self._store.set_state("pages", page.pages)
        return page

    async def _take_in(self, page: Page) -> None:
        at = self._now()
        for start in range(0, len(page.rows), SLICE_ROWS):
            self._store.followups.take_in(page.rows[start : start + SLICE_ROWS], at)
            await asyncio.sleep(0)

    async def _refresh_days(self) -> None:
        today = self._now().date()
        number = 1
        while True:
            page = await self._client.list_followups(
                number, first_day=today - LOOK_AHEAD, last_day=today + LOOK_AHEAD
            )
            await self._take_in(page)
            if number >= min(page.pages, SMALL_PAGES):
                return
            number += 1

    async def _name_debtors(self) -> None:
        """Read the debts that followups name: by the page where many are missing."""
        missing = set(self._store.followups.debts_without_name())
        number, pages = 1, 1
        while len(missing) > 3 and number <= min(pages, MOST_PAGES) and self._may_read_debts():
            try:
                page = await self._client.list_debts(number)
            except NotAllowed:
                self._debts_refused = True
                return
            at = self._now()
            for start in range(0, len(page.rows), SLICE_ROWS):
                self._store.take_in_debts(page.rows[start : start + SLICE_ROWS], at)
                await asyncio.sleep(0)
            missing -= {str(row["id"]) for row in page.rows}
            pages = page.pages
            number += 1
        for debt_id in sorted(missing)[:3]:
            await self._debt(debt_id)
