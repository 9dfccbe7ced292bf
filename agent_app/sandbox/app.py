"""The contract's operations as a Starlette application."""

import itertools
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from agent_app.sandbox import company, control, rules
from agent_app.sandbox.accounts import Accounts, Grant, OAuthRefusal, need
from agent_app.sandbox.colleague import Colleague
from agent_app.sandbox.consent import consent_routes
from agent_app.sandbox.envelope import Json, Refusal, page, refusal, success
from agent_app.sandbox.faults import Faults
from agent_app.sandbox.limits import Limits
from agent_app.sandbox.media import Media
from agent_app.sandbox.records import Records

API = "/external-api/v1"
MAX_BODY = 5_000_000

Handler = Callable[[Request], Awaitable[Response]]


@dataclass
class Sandbox:
    """Everything that one sandbox consists of."""

    records: Records
    accounts: Accounts
    limits: Limits
    media: Media
    seen: list[dict[str, Any]] = field(default_factory=list)
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def app(self) -> Faults:
        """Return the ASGI application of the API's origin, with its layer of faults."""
        routes = [
            Route("/token", self._token, methods=["POST"]),
            *consent_routes(self.accounts),
            self._route(
                "/followups",
                GET=("followups:read", self._list_followups),
                POST=("followups:write", self._create_followup),
            ),
            self._route("/followups/debt/{id}", GET=("followups:read", self._list_by_debt)),
            self._route(
                "/followups/{id}",
                GET=("followups:read", self._get_followup),
                PUT=("followups:write", self._update_followup),
            ),
            self._route("/company/users", GET=("users:read", _listed(company.users))),
            self._route("/company/profile", GET=("company:read", _told(company.profile))),
            self._route("/company/credits", GET=("company:read", _told(company.credits_left))),
            self._route("/reports", GET=("reports:read", _listed(company.reports))),
            self._route("/reports/{id}", GET=("reports:read", self._get_report)),
            self._route("/reports/{id}/download", GET=("reports:read", self._download_report)),
            self._route("/debts", GET=("debts:read", self._list_debts)),
            self._route("/debts/by-debtor/{id}", GET=("debts:read", self._list_debts_of)),
            self._route(
                "/debts/{id}",
                GET=("debts:read", self._get_debt),
                PUT=("debts:write", self._update_debt),
            ),
        ]
        app = Starlette(
            routes=routes,
            exception_handlers={HTTPException: _not_routed, Exception: _our_mistake},
        )
        faults = Faults(app, self.records)
        app.router.routes.extend(control.routes(self._knobs(), faults))
        return faults

    def _knobs(self) -> control.Knobs:
        colleague = Colleague(self.records, self._note_colleague)
        return control.Knobs(
            self.records, self.accounts, self.limits, self.media, self.seen, colleague
        )

    def _route(self, path: str, **handlers: tuple[str, Callable[..., Any]]) -> Route:
        async def serve(request: Request) -> Response:
            scope, handler = handlers["GET" if request.method == "HEAD" else request.method]
            return await self._guarded(request, scope, handler)

        return Route(API + path, serve, methods=list(handlers))

    async def _guarded(self, request: Request, scope: str, handler: Callable[..., Any]) -> Response:
        """Return who, how often, may they, then the work; every reply carries the share's headers."""
        kind = "read" if request.method in ("GET", "HEAD") else "write"
        grant: Grant | None = None
        body = b""
        try:
            grant = self.accounts.who(request.headers.get("authorization", ""))
            self.limits.take(grant.client, kind)
            need(grant, scope)
            body = await request.body()
            if len(body) > MAX_BODY:
                raise Refusal(400, "The body is too large")
            response: Response = handler(request, body)
        except Refusal as error:
            response = refusal(error)
        except ClientDisconnect:
            return Response(status_code=499)  # nobody is there to read it
        client = grant.client if grant else "nobody"
        response.headers.update(self.limits.headers(client, kind))
        self._note(request, body, response.status_code)
        return response

    def _note(self, request: Request, body: bytes, code: int) -> None:
        """Remember what came in. `who` is what the caller calls themselves; `before` holds what a PUT
        has changed, `made` the id that a POST was given, `ids` the followups that were read."""
        self._keep(
            {
                "method": request.method,
                "path": request.url.path,
                "query": str(request.url.query),
                "body": body.decode("utf-8", "replace"),
                "code": code,
                "who": request.headers.get("x-sandbox-who", ""),
                "before": getattr(request.state, "before", None),
                "made": getattr(request.state, "made", None),
                "ids": getattr(request.state, "ids", None),
            }
        )

    def _note_colleague(
        self, followup_id: str, changes: dict[str, Any], before: dict[str, Any]
    ) -> None:
        self._keep(
            {
                "method": "PUT",
                "path": f"{API}/followups/{followup_id}",
                "query": "",
                "body": json.dumps(changes),
                "code": 200,
                "who": "colleague",
                "before": before,
                "made": None,
                "ids": None,
            }
        )

    def _keep(self, seen: dict[str, Any]) -> None:
        self.seen.append({"number": next(self._numbers), "at": time.time(), **seen})
        del self.seen[:-5_000]

    async def _token(self, request: Request) -> Response:
        headers = {"Cache-Control": "no-store"}
        try:
            text = (await request.body())[:MAX_BODY].decode("utf-8", "replace")
            form = dict(parse_qsl(text, keep_blank_values=True))
            reply = Json(self.accounts.token(form), 200, headers)
        except OAuthRefusal as error:
            content = {"error": error.error, "error_description": error.description}
            reply = Json(content, error.code, headers)
        except ValueError:
            reply = Json({"error": "invalid_request"}, 400, headers)
        self._note(request, b"", reply.status_code)
        return reply

    def _list_followups(self, request: Request, _body: bytes) -> Response:
        query = request.query_params
        wrong: dict[str, list[str]] = {}
        number, limit = _paging(query, wrong)
        wanted: dict[str, str] = {}
        for name, check in (("status", rules.WRITABLE["status"]), ("type", rules.WRITABLE["type"])):
            if name in query:
                wanted[name] = query[name]
                if words := check(query[name]):
                    wrong[name] = [words]
        for name in ("date_from", "date_to"):
            if name in query:
                wanted[name] = query[name]
                if rules.day_of(query[name]) is None:
                    wrong[name] = ["must be a day (YYYY-MM-DD)"]
        if "debt_id" in query:
            wanted["debt_id"] = query["debt_id"]
            if not query["debt_id"]:
                wrong["debt_id"] = ["must not be empty"]
        _refuse(wrong)
        rows, total = self.records.followups(wanted, (number - 1) * limit, limit)
        request.state.ids = [row["id"] for row in rows]
        return page(rows, total=total, number=number, limit=limit)

    def _list_by_debt(self, request: Request, _body: bytes) -> Response:
        debt_id = request.path_params["id"]
        if self.records.debt(debt_id) is None:
            raise Refusal(404, "Debt not found")
        wrong: dict[str, list[str]] = {}
        number, limit = _paging(request.query_params, wrong)
        _refuse(wrong)
        rows, total = self.records.followups({"debt_id": debt_id}, (number - 1) * limit, limit)
        request.state.ids = [row["id"] for row in rows]
        return page(rows, total=total, number=number, limit=limit)

    def _get_followup(self, request: Request, _body: bytes) -> Response:
        found = self.records.followup(request.path_params["id"])
        if found is None:
            raise Refusal(404, "Followup not found")
        request.state.ids = [found["id"]]
        return success(found, "Success")

    def _update_followup(self, request: Request, body: bytes) -> Response:
        followup_id = request.path_params["id"]
        before = self.records.followup(followup_id)
        if before is None:
            raise Refusal(404, "Followup not found")
        values = _object(body)
        wrong = rules.wrong_fields(values)
        if values.get("debt_id", before["debt_id"]) != before["debt_id"]:
            wrong["debt_id"] = ["cannot be changed"]
        _refuse(wrong)
        request.state.before = {name: before.get(name) for name in values}
        changed = self.records.update(followup_id, values)
        return success(changed, "Followup updated successfully")

    def _create_followup(self, request: Request, body: bytes) -> Response:
        values = _object(body)
        wrong = rules.wrong_fields(values)
        debt_id = values.get("debt_id")
        if not isinstance(debt_id, str) or not debt_id:
            wrong["debt_id"] = ["is required"]
        elif self.records.debt(debt_id) is None:
            wrong["debt_id"] = ["is not a debt of this company"]
        _refuse(wrong)
        created = self.records.create(values)
        request.state.made = created["id"]
        return success(created, "Followup created successfully", 201)

    def _list_debts(self, request: Request, _body: bytes) -> Response:
        wrong: dict[str, list[str]] = {}
        number, limit = _paging(request.query_params, wrong)
        _refuse(wrong)
        rows, total = self.records.debts((number - 1) * limit, limit)
        return page(rows, total=total, number=number, limit=limit)

    def _list_debts_of(self, request: Request, _body: bytes) -> Response:
        wrong: dict[str, list[str]] = {}
        number, limit = _paging(request.query_params, wrong)
        _refuse(wrong)
        debtor_id = request.path_params["id"]
        rows, total = self.records.debts_of(debtor_id, (number - 1) * limit, limit)
        if not total:
            raise Refusal(404, "Debtor not found")
        return page(rows, total=total, number=number, limit=limit)

    def _get_debt(self, request: Request, _body: bytes) -> Response:
        found = self.records.debt(request.path_params["id"])
        if found is None:
            raise Refusal(404, "Debt not found")
        return success(found, "Success")

    def _update_debt(self, request: Request, body: bytes) -> Response:
        debt_id = request.path_params["id"]
        before = self.records.debt(debt_id)
        if before is None:
            raise Refusal(404, "Debt not found")
        values = _object(body)
        wrong = rules.wrong_fields(values, rules.DEBT_WRITABLE)
        for name, words in wrong.items():
            # One sentence that names the field, and no details (CONTRACT).
            raise Refusal(400, f"Invalid {name}: {words[0]}")
        request.state.before = {name: before.get(name) for name in values}
        return success(self.records.update_debt(debt_id, values), "Debt updated successfully")

    def _get_report(self, request: Request, _body: bytes) -> Response:
        found = company.report(request.path_params["id"], datetime.now(UTC))
        if found is None:
            raise Refusal(404, "Report not found")
        return success(found, "Success")

    def _download_report(self, request: Request, _body: bytes) -> Response:
        found = company.download(request.path_params["id"], datetime.now(UTC), self.media)
        if found is None:
            raise Refusal(404, "Report not found")
        return success(found, "Success")


def _told(what: Callable[[datetime], dict[str, Any]]) -> Callable[..., Response]:
    """Answers with one thing."""

    def handle(_request: Request, _body: bytes) -> Response:
        return success(what(datetime.now(UTC)), "Success")

    return handle


def _listed(rows: Callable[[datetime], list[dict[str, Any]]]) -> Callable[..., Response]:
    """Answers with a page of *rows*, which are few."""

    def handle(request: Request, _body: bytes) -> Response:
        wrong: dict[str, list[str]] = {}
        number, limit = _paging(request.query_params, wrong)
        _refuse(wrong)
        found = rows(datetime.now(UTC))
        first = (number - 1) * limit
        return page(found[first : first + limit], total=len(found), number=number, limit=limit)

    return handle


def _paging(query: Mapping[str, str], wrong: dict[str, list[str]]) -> tuple[int, int]:
    number = rules.whole_number(query.get("page", "1"))
    limit = rules.whole_number(query.get("limit", "20"))
    if number is None or number < 1:
        wrong["page"] = ["must be a whole number of at least 1"]
    if limit is None or not 1 <= limit <= 100:
        wrong["limit"] = ["must be a whole number from 1 to 100"]
    return number or 1, limit or 20


def _object(body: bytes) -> dict[str, Any]:
    try:
        values = json.loads(body)
    except (ValueError, RecursionError):
        raise Refusal(400, "The body is not JSON") from None
    if not isinstance(values, dict):
        raise Refusal(400, "The body is not an object")
    return values


def _refuse(wrong: dict[str, list[str]]) -> None:
    if wrong:
        raise Refusal(400, "Validation failed", wrong)


async def _not_routed(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return refusal(Refusal(error.status_code, error.detail, headers=error.headers))


async def _our_mistake(_request: Request, _error: Exception) -> Response:
    return refusal(Refusal(500, "Internal error of the sandbox"))
