"""The API's operations, each asked of the budget first and its reply noted."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from agent_app.api.client import Client
from agent_app.api.wire import Page
from agent_app.domain.errors import NotFound, RateLimited
from agent_app.domain.fields import Value
from agent_app.sync.budget import Budget, NotNow, Purpose
from agent_app.sync.colleagues import NOBODY, Colleagues

Result = TypeVar("Result")

PATIENCE = timedelta(seconds=2)
"""While the team's hour of writes is full, it is looked at again after this."""


class BudgetedClient:
    """A `Client` behind a `Budget`. Each method raises what the client's does, and NotNow."""

    def __init__(self, client: Client, budget: Budget) -> None:
        self._client = client
        self.budget = budget
        self.colleagues: Colleagues = NOBODY
        self.reads: Counter[tuple[Purpose, str]] = Counter()
        """How often was read since the start, by what for and what."""

    @property
    def scopes(self) -> frozenset[str] | None:
        """The scopes of the token."""
        return self._client.scopes

    @property
    def is_on_this_computer(self) -> bool:
        """Whether the server is on this computer, as the sandbox is."""
        return self._client.is_on_this_computer

    async def sign_in(self) -> None:
        """Make sure there is a token; that costs nothing of the share."""
        await self._client.sign_in()

    async def list_followups(
        self,
        purpose: Purpose,
        page: int,
        *,
        status: str = "",
        first_day: date | None = None,
        last_day: date | None = None,
    ) -> Page:
        """Return one page of followups."""
        self._begin_read(purpose, "followups")
        return self._told_page(
            await self._noted(
                "read",
                self._client.list_followups(
                    page, status=status, first_day=first_day, last_day=last_day
                ),
            )
        )

    async def followups_of_debt(self, purpose: Purpose, debt_id: str, page: int) -> Page:
        """Return one page of a debt's followups."""
        self._begin_read(purpose, "followups")
        return self._told_page(
            await self._noted("read", self._client.followups_of_debt(debt_id, page))
        )

    async def get_followup(self, purpose: Purpose, followup_id: str) -> dict[str, Any]:
        """Return what the server says of a followup."""
        self._begin_read(purpose, "followups")
        try:
            return self._told(await self._noted("read", self._client.get_followup(followup_id)))
        except NotFound:
            self.colleagues.gone(followup_id)
            raise

    async def get_debt(self, purpose: Purpose, debt_id: str) -> dict[str, Any]:
        """Return what the server says of a debt."""
        self._begin_read(purpose, "debts")
        payload = await self._noted("read", self._client.get_debt(debt_id))
        return self._told(payload, debts=True)

    async def list_debts(self, purpose: Purpose, page: int) -> Page:
        """Return one page of debts."""
        self._begin_read(purpose, "debts")
        found = await self._noted("read", self._client.list_debts(page))
        return self._told_page(found, debts=True)

    async def debts_of_debtor(self, purpose: Purpose, debtor_id: str, page: int) -> Page:
        """Return one page of a debtor's debts."""
        self._begin_read(purpose, "debts")
        found = await self._noted("read", self._client.debts_of_debtor(debtor_id, page))
        return self._told_page(found, debts=True)

    async def read_of(
        self, purpose: Purpose, path: str, read: Callable[[Any], Result], page: int = 0
    ) -> Result:
        """Return what the server says at *path*, read with *read*."""
        self._begin_read(purpose, "company")
        return await self._noted("read", self._client.read_of(path, read, page))

    def may_write(self, saved_at: datetime) -> None:
        """Return if what was saved then may be written now; to be asked before anything is read for
        it. Raises RateLimited or NotNow."""
        limit = self.budget.limit("write")
        if not self.colleagues.is_live or not limit:
            self.budget.pace(saved_at)
            return
        self.budget.check("write", Purpose.SAVE)
        if not self.colleagues.places_left(limit):
            raise NotNow(self.budget.now() + PATIENCE, "write")

    async def update_followup(
        self, followup_id: str, changes: Mapping[str, Value]
    ) -> dict[str, Any]:
        """PUT only *changes*."""
        await self._begin_write()
        return self._told(await self._written(self._client.update_followup(followup_id, changes)))

    async def update_debt(self, debt_id: str, changes: Mapping[str, Value]) -> dict[str, Any]:
        """PUT only *changes* of a debt."""
        await self._begin_write()
        payload = await self._written(self._client.update_debt(debt_id, changes))
        return self._told(payload, debts=True)

    async def create_followup(self, debt_id: str, values: Mapping[str, Value]) -> dict[str, Any]:
        """POST a new followup of a debt."""
        await self._begin_write()
        return self._told(await self._written(self._client.create_followup(debt_id, values)))

    def _begin_read(self, purpose: Purpose, what: str) -> None:
        self.budget.check("read", purpose)
        self.reads[purpose, what] += 1

    async def _begin_write(self) -> None:
        """Return when a write may leave. Raises RateLimited or NotNow."""
        self.budget.check("write", Purpose.SAVE)
        wait = await self.colleagues.place(self.budget.limit("write"))
        if wait:
            raise NotNow(self.budget.now() + timedelta(seconds=wait), "write")

    def _told(self, payload: dict[str, Any], *, debts: bool = False) -> dict[str, Any]:
        self.colleagues.rows_told([payload], debts=debts)
        return payload

    def _told_page(self, page: Page, *, debts: bool = False) -> Page:
        self.colleagues.rows_told(page.rows, debts=debts)
        return page

    async def _written(self, work: Awaitable[Result]) -> Result:
        """Return the reply; the write has its place in the hour, whatever became of it but a 429."""
        is_counted = True
        try:
            return await self._noted("write", work)
        except RateLimited:
            is_counted = False
            raise
        finally:
            if is_counted:
                self.budget.wrote()

    async def _noted(self, kind: str, work: Awaitable[Result]) -> Result:
        try:
            return await work
        except RateLimited as error:
            error.until = self.budget.limited(kind, error)
            raise
        finally:
            share = self._client.share.get(kind)
            self.budget.note(kind, share)
            if share is not None:
                await self.colleagues.share_told(kind, share)
