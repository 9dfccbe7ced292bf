"""The sandbox's own knobs, for tests and demonstrations; no real server has them.

Every call needs the header `X-Sandbox-Control: 1`, so that no web page can turn them.
"""

import random
import time
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from agent_app.sandbox.accounts import Accounts
from agent_app.sandbox.colleague import Colleague
from agent_app.sandbox.envelope import Json
from agent_app.sandbox.faults import Faults, make, parse
from agent_app.sandbox.limits import Limits
from agent_app.sandbox.media import Media
from agent_app.sandbox.records import Records
from agent_app.sandbox.seed import Seed


@dataclass(frozen=True)
class Knobs:
    """What can be turned."""

    records: Records
    accounts: Accounts
    limits: Limits
    media: Media
    seen: list[dict[str, Any]]
    colleague: Colleague


def routes(sandbox: Knobs, faults: Faults) -> list[Route]:
    """
    `POST /sandbox/faults` adds one (a JSON object, or `{"fault": "PUT * status=503"}`), `DELETE`
    removes all; `GET /sandbox/requests` lists what came in (`?since=N`: after number N);
    `POST /sandbox/set` sets `reads`, `writes`, `window_s`, `access_s`, `link_life_s`, `role`,
    `scopes` (which the client may have), `strict_scopes` (asking for more is an error), `late_scopes`, `wants_secret`, `gives_refresh`,
    `token_nulls`, `names_people`, `auth_age_s`, `authorize_error` (see accounts.py), `rng` (the seed of drawn delays);
    `POST /sandbox/expire` ends all access tokens (`{"refresh": true}`: refresh tokens too);
    `DELETE /sandbox/followups/{id}`; `POST /sandbox/colleague` has a colleague edit one followup
    (`id`, `field`, `word`) or, with `rate` (edits a second) and `seed`, any of them until `DELETE`;
    `POST /sandbox/reset` begins anew with the data of `seed` and `followups`.
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

    async def requests(request: Request) -> Response:
        since = int(request.query_params.get("since", "0"))
        return Json({"requests": [one for one in sandbox.seen if one["number"] > since]})

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
                case "auth_age_s":
                    sandbox.accounts.auth_age_s = float(value)
                case "link_life_s":
                    sandbox.media.life_s = float(value)
                case "role":
                    sandbox.accounts.client_role = str(value)
                case "scopes":
                    sandbox.accounts.client_scopes = frozenset(str(value).split()) or None
                case "rng":
                    faults.rng = random.Random(int(value))  # noqa: S311  (not for secrets)
                case (
                    "strict_scopes"
                    | "late_scopes"
                    | "wants_secret"
                    | "gives_refresh"
                    | "token_nulls"
                    | "names_people"
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

    async def colleague(request: Request) -> Response:
        said: dict[str, Any] = await request.json()
        if "rate" in said:
            sandbox.colleague.start(float(said["rate"]), int(said.get("seed", 1)))
            return Json({})
        changes = sandbox.colleague.edit(
            str(said["id"]), str(said.get("field", "")), str(said.get("word", ""))
        )
        return Json({"changes": changes})

    async def no_colleague(_request: Request) -> Response:
        sandbox.colleague.stop()
        return Json({})

    async def reset(request: Request) -> Response:
        said: dict[str, Any] = await request.json()
        seed = Seed(int(said.get("seed", 1)), int(said.get("followups", 500)), time.time())
        sandbox.colleague.forget()
        faults.faults.clear()
        sandbox.records.empty()
        sandbox.records.fill(*seed.data())
        sandbox.seen.clear()
        sandbox.limits.clear()
        return Json({})

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
        Route("/sandbox/colleague", guarded(colleague), methods=["POST"]),
        Route("/sandbox/colleague", guarded(no_colleague), methods=["DELETE"]),
        Route("/sandbox/reset", guarded(reset), methods=["POST"]),
        Route("/sandbox/expire", guarded(expire), methods=["POST"]),
        Route("/sandbox/followups/{id}", guarded(remove), methods=["DELETE"]),
    ]
