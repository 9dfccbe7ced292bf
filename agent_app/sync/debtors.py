"""Brings the debts in that followups name, so that the list can say who the debtor is.

A debt that no answer spoke of is asked for again; one that the server has not is left alone for a
day. Where many are missing a page of a hundred costs as much as one debt.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from agent_app.domain.errors import ExternalError, NotAllowed, NotFound, StoreError
from agent_app.store.store import Store
from agent_app.sync.backoff import Bell
from agent_app.sync.budget import Purpose
from agent_app.sync.budgeted_client import BudgetedClient
from agent_app.sync.yielding import merge_search_index

log = logging.getLogger(__name__)

DEBT_FRESH = timedelta(hours=24)
DEBT_ROWS = 3
"""Debts written in one go: each writes the followups of its own anew."""
INDEX_STEPS = 10
FEW = 3
"""Up to so many missing debts are asked for one by one; and so many at once of those that no page
of the list has, some more with each refresh."""
LIST_PAGES = 10
"""Pages of the list of debts in one go: a company may have hundreds, and the hour is for all."""
MAX_PAGES = 2_000
PAUSE_S, LONGEST_PAUSE_S = 60.0, 1_800.0
"""Between two tries at what is left: first, and at most (seconds)."""


class Debtors:
    """Reads debts into the store. *now* gives UTC."""

    def __init__(self, api: BudgetedClient, store: Store, now: Callable[[], datetime]) -> None:
        self._api, self._store, self._now = api, store, now
        self._is_refused = False
        self._nowhere: dict[str, datetime] = {}
        self._bell = Bell()
        self._page = 1
        self._not_listed: set[str] = set()
        self._persons: dict[str, datetime] = {}
        """When all debts of a debtor were read, by the debtor's id."""

    async def freshen(self, purpose: Purpose, debt_id: str) -> None:
        """Make sure that a debt is no older than a day. Raises ExternalError."""
        fetched = self._store.debts.fetched_at(debt_id)
        if fetched is None or self._now() - fetched >= DEBT_FRESH:
            await self._ask_for(purpose, debt_id)

    async def name(self, purpose: Purpose) -> bool:
        """Read what is missing; says whether some is left for another time. Raises ExternalError."""
        missing = await self._missing()
        if len(missing - self._not_listed) > FEW:
            if not await self._read_list(purpose, missing):
                return True
            missing = await self._missing()
        for debt_id in sorted(missing)[:FEW]:
            await self._ask_for(purpose, debt_id)
        return bool(await self._missing())

    async def name_these(self, purpose: Purpose, debt_ids: Iterable[str]) -> None:
        """Read these debts if they are not here: a person is about to see them. Raises ExternalError."""
        for debt_id in debt_ids:
            if self._store.debts.fetched_at(debt_id) is None:
                await self._ask_for(purpose, debt_id)

    async def of_person(self, purpose: Purpose, debt_id: str) -> None:
        """Read all debts of the debtor of a debt, once a day; nothing where the debtor's id is not
        known. Raises ExternalError."""
        debt = self._store.debts.get(debt_id)
        debtor_id = (debt.debtor_id if debt else "") or ""
        read_at = self._persons.get(debtor_id)
        is_fresh = read_at is not None and self._now() - read_at < DEBT_FRESH
        if not debtor_id or is_fresh or not self._may_read():
            return
        self._persons[debtor_id] = self._now()  # who asks meanwhile has it from this reading
        try:
            for number in range(1, LIST_PAGES + 1):
                asked = self._store.debts.answers.ask()
                page = await self._api.debts_of_debtor(purpose, debtor_id, number)
                self._store.take_in_debts(page.rows, self._now(), asked=asked)
                if number >= page.pages:
                    break
        except BaseException:
            del self._persons[debtor_id]
            raise

    def go_on(self) -> None:
        """Some are left, or a request failed: `run` asks again."""
        self._bell.ring()

    async def run(self) -> None:
        """Ask for what is left, after pauses that grow while it fails; ends by being cancelled."""
        while True:
            await self._bell.wait()
            is_left, failures = True, 0
            while is_left:
                await asyncio.sleep(min(PAUSE_S * 2.0**failures, LONGEST_PAUSE_S))
                try:
                    is_left = await self.name(Purpose.DAY)
                    failures = 0
                except StoreError:
                    raise
                except ExternalError as error:
                    failures += 1
                    log.info("debtors are still without a name: %s", error)

    async def _missing(self) -> set[str]:
        if not self._may_read():
            return set()
        today = self._now() - DEBT_FRESH
        self._nowhere = {one: at for one, at in self._nowhere.items() if at > today}
        found = await asyncio.wrap_future(self._store.followups.find_debts_without_name())
        return {str(row[0]) for row in found} - self._nowhere.keys()

    async def _read_list(self, purpose: Purpose, missing: set[str]) -> bool:
        """Read the list of debts until none is missing, on from where it stopped the last time; says
        whether it came to its end."""
        pages = self._page
        last = self._page + LIST_PAGES
        wanted = set(missing)
        while wanted and self._page <= min(pages, MAX_PAGES) and self._may_read():
            if self._page >= last:
                return False
            asked = self._store.debts.answers.ask()
            try:
                page = await self._api.list_debts(purpose, self._page)
            except NotAllowed:
                self._is_refused = True
                return True
            at = self._now()
            for start in range(0, len(page.rows), DEBT_ROWS):
                self._store.take_in_debts(page.rows[start : start + DEBT_ROWS], at, asked=asked)
                await merge_search_index(self._store.followups, INDEX_STEPS)
            wanted -= {str(row["id"]) for row in page.rows}
            pages = page.pages if page.rows else 0
            self._page += 1
        if wanted:
            self._not_listed |= wanted  # the list was read to its end without them
        self._page = 1
        return True

    async def _ask_for(self, purpose: Purpose, debt_id: str) -> None:
        if debt_id in self._nowhere or not self._may_read():
            return
        asked = self._store.debts.answers.ask()
        try:
            payload = await self._api.get_debt(purpose, debt_id)
        except NotFound:
            self._nowhere[debt_id] = self._now()
        except NotAllowed:
            self._is_refused = True
        else:
            self._store.take_in_debts([payload], self._now(), asked=asked)
        self._not_listed.discard(debt_id)

    def _may_read(self) -> bool:
        scopes = self._api.scopes
        return not self._is_refused and (scopes is None or "debts:read" in scopes)
