"""The API's operations, one method each: plain values in, plain values out.

Each method raises one of the domain's ExternalErrors and nothing else. How many requests the hour
has left is read from every reply and kept in `share`.
"""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit

from agent_app.api.assumptions import API_PATH, DATE_FROM, DATE_TO
from agent_app.api.replies import beside, error_of, server_clock
from agent_app.api.tokens import Grant, Tokens
from agent_app.api.transport import Answer, Transport
from agent_app.api.wire import (
    Page,
    parse_json,
    read_data,
    read_debt,
    read_followup,
    read_page,
    write_changes,
)
from agent_app.domain import mistakes
from agent_app.domain.errors import ExternalError, NotUnderstood, Rejected
from agent_app.domain.fields import Value
from agent_app.domain.server_address import is_loopback

log = logging.getLogger(__name__)
Read = TypeVar("Read")

MAX_SHARE = 10**9
"""A share of more requests than this is no share (nor a number to divide by)."""

PAGE_ROWS = 100
"""The most rows that the API gives at once (CONTRACT, lists)."""


@dataclass(frozen=True, slots=True)
class Share:
    """What a reply's headers said of the company's hourly share. `reset` is Unix time (s), by the
    server's clock, which showed `server_now` then (0 where it did not say)."""

    limit: int
    remaining: int
    reset: int
    server_now: float = 0.0


class Client:
    """One signed-in connection to the API. Close it with `aclose`."""

    def __init__(
        self, transport: Transport, grant: Grant, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._transport = transport
        self._tokens = Tokens(transport, grant, monotonic)
        self.share: dict[str, Share] = {}

    @property
    def scopes(self) -> frozenset[str] | None:
        """The scopes of the token, or None before the first one."""
        return self._tokens.scopes

    @property
    def is_on_this_computer(self) -> bool:
        """Whether the server is: a sandbox, say."""
        return is_loopback(urlsplit(self._transport.server).hostname or "")

    async def sign_in(self) -> None:
        """Make sure there is a token."""
        await self._tokens.current()

    async def list_followups(
        self,
        page: int,
        *,
        status: str = "",
        first_day: date | None = None,
        last_day: date | None = None,
    ) -> Page:
        """Return one page of followups, the newest first; days are asked as the API understands them."""
        query = {"page": str(page), "limit": str(PAGE_ROWS)}
        if status:
            query["status"] = status
        if first_day:
            query[DATE_FROM] = first_day.isoformat()
        if last_day:
            query[DATE_TO] = last_day.isoformat()
        return await self._ask("GET", "/followups", read_page, query=query)

    async def followups_of_debt(self, debt_id: str, page: int = 1) -> Page:
        """Return one page of a debt's followups, the newest first."""
        query = {"page": str(page), "limit": str(PAGE_ROWS)}
        path = f"/followups/debt/{quote(debt_id, safe='')}"
        return await self._ask("GET", path, read_page, query=query)

    async def get_followup(self, followup_id: str) -> dict[str, Any]:
        """Return what the server says of a followup."""
        path = f"/followups/{quote(followup_id, safe='')}"
        return _of(await self._ask("GET", path, _read_followup), followup_id)

    async def update_followup(
        self, followup_id: str, changes: Mapping[str, Value]
    ) -> dict[str, Any]:
        """PUT only *changes*; returns what the server says the followup is now.

        A reply that speaks of another followup is NotUnderstood, not a success.
        """
        path = f"/followups/{quote(followup_id, safe='')}"
        try:
            payload = await self._ask("PUT", path, _read_followup, json=write_changes(changes))
        except Rejected as error:
            raise beside(error, changes) from None
        return _of(payload, followup_id)

    async def create_followup(self, debt_id: str, values: Mapping[str, Value]) -> dict[str, Any]:
        """POST a followup of a debt; returns what the server says of it, its id included.

        Not to be repeated after an unclear error (CONTRACT, "POST may not").
        """
        body = {"debt_id": debt_id, **write_changes(values)}
        try:
            return await self._ask("POST", "/followups", _read_followup, json=body)
        except Rejected as error:
            raise beside(error, values) from None

    async def get_debt(self, debt_id: str) -> dict[str, Any]:
        """Return what the server says of a debt."""
        path = f"/debts/{quote(debt_id, safe='')}"
        return _of(await self._ask("GET", path, _read_debt), debt_id)

    async def list_debts(self, page: int) -> Page:
        """Return one page of debts."""
        query = {"page": str(page), "limit": str(PAGE_ROWS)}
        return await self._ask("GET", "/debts", _read_debts, query=query)

    async def debts_of_debtor(self, debtor_id: str, page: int = 1) -> Page:
        """Return one page of a debtor's debts."""
        query = {"page": str(page), "limit": str(PAGE_ROWS)}
        path = f"/debts/by-debtor/{quote(debtor_id, safe='')}"
        return await self._ask("GET", path, _read_debts, query=query)

    async def update_debt(self, debt_id: str, changes: Mapping[str, Value]) -> dict[str, Any]:
        """PUT only *changes* of a debt; returns what the server says the debt is now."""
        path = f"/debts/{quote(debt_id, safe='')}"
        try:
            payload = await self._ask("PUT", path, _read_debt, json=write_changes(changes))
        except Rejected as error:
            raise beside(error, changes) from None
        return _of(payload, debt_id)

    async def read_of(self, path: str, read: Callable[[Any], Read], page: int = 0) -> Read:
        """GET *path*, its *page* where it is a list, and read the reply with *read*."""
        query = {"page": str(page), "limit": str(PAGE_ROWS)} if page else None
        return await self._ask("GET", path, read, query=query)

    async def look_at(self, path: str) -> None:
        """Read one row below *path*, for the checkup: whether it answers is what counts."""
        await self._ask("GET", path, read_data, query={"page": "1", "limit": "1"})

    async def sign_out(self) -> None:
        """Forget the tokens on this computer."""
        await self._tokens.forget()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._tokens.aclose()
        await self._transport.aclose()

    async def _ask(
        self,
        method: str,
        path: str,
        read: Callable[[Any], Read],
        *,
        query: dict[str, str] | None = None,
        json: Any = None,
    ) -> Read:
        """Send a request and *read* the JSON of its reply."""
        token = await self._tokens.current()
        answer = await self._send(method, path, query, json, token)
        if answer.code == 401:
            token = await self._tokens.renewed(token)
            answer = await self._send(method, path, query, json, token)
        if not 200 <= answer.code < 300:
            raise error_of(answer.code, answer.body, answer.headers)
        try:
            return read(parse_json(answer.body))
        except ExternalError:
            raise
        except (ValueError, TypeError, LookupError, ArithmeticError, RecursionError) as error:
            # Whatever our reader makes of a reply, it is the reply that is odd.
            log.error("a reply that is not coped with: %s", mistakes.trail(error))
            raise NotUnderstood("the reply cannot be read") from None

    async def _send(
        self, method: str, path: str, query: dict[str, str] | None, json: Any, token: str
    ) -> Answer:
        answer = await self._transport.send(
            method, API_PATH + path, query=query, json=json, bearer=token
        )
        self._note_share("read" if method == "GET" else "write", answer)
        return answer

    def _note_share(self, kind: str, answer: Answer) -> None:
        payload = answer.headers
        clock = server_clock(payload)
        try:
            share = Share(
                int(payload["x-ratelimit-limit"]),
                int(payload["x-ratelimit-remaining"]),
                int(payload["x-ratelimit-reset"]),
                clock.timestamp() if clock else 0.0,
            )
        except (KeyError, ValueError):
            return  # no header, or one that makes no sense, says nothing
        if 0 < share.limit <= MAX_SHARE and 0 <= share.remaining <= share.limit:
            self.share[kind] = share


def _read_followup(reply: object) -> dict[str, Any]:
    return read_followup(read_data(reply))


def _read_debt(reply: object) -> dict[str, Any]:
    return read_debt(read_data(reply))


def _read_debts(reply: object) -> Page:
    return read_page(reply, debts=True)


def _of(payload: dict[str, Any], wanted_id: str) -> dict[str, Any]:
    if payload["id"] != wanted_id:
        raise NotUnderstood("the reply speaks of something else")
    return payload
