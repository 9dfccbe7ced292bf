"""Room: api. The API's operations, one method each: plain values in, plain values out.

Each method raises one of the domain's WorldErrors and nothing else. How many requests the hour
has left is read from every reply and kept in `share`.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from agent_app.api.assumptions import API_PATH, DATE_FROM, DATE_TO
from agent_app.api.replies import error_of
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
from agent_app.domain.errors import NotUnderstood
from agent_app.domain.fields import Value

PAGE_ROWS = 100
"""The most rows that the API gives at once (CONTRACT, lists)."""


@dataclass(frozen=True, slots=True)
class Share:
    """What a reply's headers said of the company's hourly share. `reset` is Unix time (s)."""

    limit: int
    remaining: int
    reset: int


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

    async def sign_in(self) -> None:
        """Make sure there is a token."""
        await self._tokens.current()

    async def list_followups(
        self, page: int, *, first_day: date | None = None, last_day: date | None = None
    ) -> Page:
        """One page of followups, the newest first; days are asked as the API understands them."""
        query = {"page": str(page), "limit": str(PAGE_ROWS)}
        if first_day:
            query[DATE_FROM] = first_day.isoformat()
        if last_day:
            query[DATE_TO] = last_day.isoformat()
        return read_page(await self._ask("GET", "/followups", query=query))

    async def followups_of_debt(self, debt_id: str, page: int = 1) -> Page:
        """One page of a debt's followups, the newest first."""
        query = {"page": str(page), "limit": str(PAGE_ROWS)}
        path = f"/followups/debt/{quote(debt_id, safe='')}"
        return read_page(await self._ask("GET", path, query=query))

    async def get_followup(self, followup_id: str) -> dict[str, Any]:
        """What the server says of a followup."""
        reply = await self._ask("GET", f"/followups/{quote(followup_id, safe='')}")
        return _of(read_followup(read_data(reply)), followup_id)

    async def update_followup(
        self, followup_id: str, changes: Mapping[str, Value]
    ) -> dict[str, Any]:
        """PUT only *changes*; returns what the server says the followup is now.

        A reply that speaks of another followup is NotUnderstood, not a success.
        """
        path = f"/followups/{quote(followup_id, safe='')}"
        reply = await self._ask("PUT", path, json=write_changes(changes))
        return _of(read_followup(read_data(reply)), followup_id)

    async def create_followup(self, debt_id: str, values: Mapping[str, Value]) -> dict[str, Any]:
        """POST a followup of a debt; returns what the server says of it, its id included.

        Not to be repeated after an unclear error (CONTRACT, "POST may not").
        """
        body = {"debt_id": debt_id, **write_changes(values)}
        return read_followup(read_data(await self._ask("POST", "/followups", json=body)))

    async def get_debt(self, debt_id: str) -> dict[str, Any]:
        """What the server says of a debt."""
        reply = await self._ask("GET", f"/debts/{quote(debt_id, safe='')}")
        return _of(read_debt(read_data(reply)), debt_id)

    async def list_debts(self, page: int) -> Page:
        """One page of debts."""
        query = {"page": str(page), "limit": str(PAGE_ROWS)}
        return read_page(await self._ask("GET", "/debts", query=query), debts=True)

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
        *,
        query: dict[str, str] | None = None,
        json: Any = None,
    ) -> Any:
        token = await self._tokens.current()
        answer = await self._send(method, path, query, json, token)
        if answer.code == 401:
            token = await self._tokens.renewed(token)
            answer = await self._send(method, path, query, json, token)
        if not 200 <= answer.code < 300:
            raise error_of(answer.code, answer.body)
        return parse_json(answer.body)

    async def _send(
        self, method: str, path: str, query: dict[str, str] | None, json: Any, token: str
    ) -> Answer:
        answer = await self._transport.send(
            method, API_PATH + path, query=query, json=json, bearer=token
        )
        self._note_share("read" if method == "GET" else "write", answer)
        return answer

    def _note_share(self, kind: str, answer: Answer) -> None:
        try:
            self.share[kind] = Share(
                int(answer.headers["x-ratelimit-limit"]),
                int(answer.headers["x-ratelimit-remaining"]),
                int(answer.headers["x-ratelimit-reset"]),
            )
        except (KeyError, ValueError):
            return  # no header, or one that makes no sense, says nothing


def _of(said: dict[str, Any], wanted_id: str) -> dict[str, Any]:
    if said["id"] != wanted_id:
        raise NotUnderstood("the reply speaks of something else")
    return said
