"""Reads what a person asks about the company: its name, users, credits, reports.

None of it is read unasked, and what seldom changes is kept for days: it costs the company's reads.
"""

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from agent_app.api.company import read_company, read_credits, read_link, read_reports, read_users
from agent_app.api.media import open_stream
from agent_app.domain.company import Credits, ReadyReport, User
from agent_app.domain.errors import NotAllowed
from agent_app.domain.network import Network
from agent_app.store.store import Store
from agent_app.sync.budget import Purpose
from agent_app.sync.budgeted_client import BudgetedClient

NAME_FRESH, USERS_FRESH = timedelta(days=7), timedelta(days=1)
MAX_PAGES = 5
Result = TypeVar("Result")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Company:
    """Each method raises ExternalError where the server does not answer. *now* gives UTC."""

    def __init__(
        self,
        api: BudgetedClient,
        store: Store,
        now: Callable[[], datetime],
        network: Network | None = None,
    ) -> None:
        self._api, self._store, self._now, self._network = api, store, now, network

    async def name(self) -> str:
        """Return the company's name, or "" where the token does not show it."""
        kept = self._kept("company/name", NAME_FRESH)
        if kept is None and self._may("company:read"):
            kept = self._keep(
                "company/name",
                await self._read("/company/profile", read_company, purpose=Purpose.STAY),
            )
        return str(kept or "")

    async def users(self) -> list[User]:
        """Return the people of the company; none where the token does not show them."""
        kept = self._kept("company/users", USERS_FRESH)
        if kept is None and self._may("users:read"):
            found: list[User] = []
            for page in range(1, MAX_PAGES + 1):
                some, pages = await self._read("/company/users", read_users, page)
                found += some
                if page >= pages:
                    break
            found.sort(key=lambda user: user.name.casefold())
            kept = self._keep("company/users", [asdict(user) for user in found])
        return [User(**one) for one in kept or ()]

    async def credits(self) -> Credits | None:
        """Return what is left of the provider's messages, or None where the token does not show it."""
        if not self._may("company:read"):
            return None
        try:
            return await self._read("/company/credits", read_credits)
        except NotAllowed:
            return None

    async def reports(self) -> list[ReadyReport]:
        """Return the reports that the provider made, the newest first."""
        return await self._read("/reports", read_reports, 1)

    async def fetch_report(self, report_id: str, file: Path) -> None:
        """Write a report's file, whole or not at all. Raises OSError where the place refuses."""
        link = await self.report_link(report_id)
        part = file.with_name(f".{file.name}.part")
        try:
            local = self._api.is_on_this_computer
            async with open_stream(link, 0, self._network, this_computer=local) as stream:
                with part.open("wb") as out:
                    async for chunk in stream.chunks:
                        out.write(chunk)
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)

    async def report_link(self, report_id: str) -> str:
        """Return where a report's file can be fetched for an hour, on another host: without our token."""
        path = f"/reports/{quote(report_id, safe='')}/download"
        return await self._read(path, read_link)

    async def _read(
        self,
        path: str,
        read: Callable[[Any], Result],
        page: int = 0,
        purpose: Purpose = Purpose.PERSON,
    ) -> Result:
        return await self._api.read_of(purpose, path, read, page)

    def _may(self, scope: str) -> bool:
        scopes = self._api.scopes
        return scopes is not None and scope in scopes

    def _kept(self, name: str, fresh: timedelta) -> Any:
        found = self._store.state(name)
        if not isinstance(found, dict) or "at" not in found:
            return None
        age = self._now() - (_EPOCH + timedelta(seconds=found["at"]))
        return found.get("value") if timedelta() <= age <= fresh else None

    def _keep(self, name: str, value: Any) -> Any:
        at = (self._now() - _EPOCH).total_seconds()
        self._store.set_state(name, {"at": at, "value": value})
        return value
