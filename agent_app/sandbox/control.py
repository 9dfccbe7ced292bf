"""Room: sandbox. The sandbox's own knobs, for tests and demonstrations; no real server has them.

Every call needs the header `X-Sandbox-Control: 1`, so that no web page can turn them.
"""

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from agent_app.sandbox.accounts import Accounts
from agent_app.sandbox.envelope import Json
from agent_app.sandbox.faults import Faults, make, parse
from agent_app.sandbox.limits import Limits
from agent_app.sandbox.media import Media
from agent_app.sandbox.records import Records


@dataclass(frozen=True)
class Knobs:
    """What can be turned."""

    records: Records
    accounts: Accounts
    limits: Limits
    media: Media
    seen: list[dict[str, Any]]


def routes(sandbox: Knobs, faults: Faults) -> list[Route]:
    """
    `POST /sandbox/faults` adds one (a JSON object, or `{"fault": "PUT * status=503"}`), `DELETE`
    removes all; `GET /sandbox/requests` lists what came in; `POST /sandbox/set` sets `reads`,
    `writes`, `window_s`, `access_s`, `link_life_s`, `role`, `scopes` (which the client may have),
    `strict_scopes` (asking for more is an error), `late_scopes`, `wants_secret`, `gives_refresh`,
    `token_nulls`, `authorize_error` (see accounts.py); `POST /sandbox/expire` ends all access
    tokens (`{"refresh": true}`: refresh tokens too); `DELETE /sandbox/followups/{id}`.
    """

    async def add_fault(request: Request) -> Response:
        said = await request.json()
        try:
            fault = parse(said["fault"]) if "fault" in said else make(said)
        except (ValueError, KeyError, TypeError) as error:
            return Json({"error": str(error)}, 400)
        faults.faults.append(fault)
        return Json({"faults": len(faults.faults)})

    async def clear_faults(_request: Request) -> Response:
        faults.faults.clear()
        return Json({"faults": 0})

    async def requests(_request: Request) -> Response:
        return Json({"requests": sandbox.seen})

    async def forget_requests(_request: Request) -> Response:
        sandbox.seen.clear()
        sandbox.limits.clear()
        return Json({"requests": []})

    async def settings(request: Request) -> Response:
        said: dict[str, Any] = await request.json()
        for name, value in said.items():
            match name:
                case "reads" | "writes" | "window_s":
                    setattr(sandbox.limits, name, int(value))
                case "access_s":
                    sandbox.accounts.access_s = float(value)
                case "link_life_s":
                    sandbox.media.life_s = float(value)
                case "role":
                    sandbox.accounts.client_role = str(value)
                case "scopes":
                    sandbox.accounts.client_scopes = frozenset(str(value).split()) or None
                case (
                    "strict_scopes"
                    | "late_scopes"
                    | "wants_secret"
                    | "gives_refresh"
                    | "token_nulls"
                ):
                    setattr(sandbox.accounts, name, bool(value))
                case "authorize_error":
                    sandbox.accounts.authorize_error = str(value)
                case _:
                    return Json({"error": f"there is no {name}"}, 400)
        return Json(said)

    async def expire(request: Request) -> Response:
        said = await request.json() if await request.body() else {}
        sandbox.accounts.expire_all(refresh_too=bool(said.get("refresh")))
        return Json({})

    async def remove(request: Request) -> Response:
        return Json({"removed": sandbox.records.remove(request.path_params["id"])})

    def guarded(handler: Any) -> Any:
        async def serve(request: Request) -> Response:
            if request.headers.get("x-sandbox-control") != "1":
                return Json({"error": "X-Sandbox-Control: 1 is needed"}, 403)
            response: Response = await handler(request)
            return response

        return serve

    return [
        Route("/sandbox/faults", guarded(add_fault), methods=["POST"]),
        Route("/sandbox/faults", guarded(clear_faults), methods=["DELETE"]),
        Route("/sandbox/requests", guarded(requests), methods=["GET"]),
        Route("/sandbox/requests", guarded(forget_requests), methods=["DELETE"]),
        Route("/sandbox/set", guarded(settings), methods=["POST"]),
        Route("/sandbox/expire", guarded(expire), methods=["POST"]),
        Route("/sandbox/followups/{id}", guarded(remove), methods=["DELETE"]),
    ]
