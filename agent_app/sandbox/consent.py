"""The consent page: sign in as an agent or as a supervisor."""

import html
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from agent_app.sandbox.accounts import ROLES, Accounts, OAuthRefusal

_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Sandbox sign-in</title>
<style>
 body {{ font: 17px/1.5 system-ui, sans-serif; margin: 12vh auto; max-width: 26em; padding: 0 1em }}
 button {{ font: inherit; padding: .6em 1em; margin: .4em 0; width: 100% }}
 small {{ color: #555 }}
</style>
<h1>Sandbox sign-in</h1>
<p>Followup Desk asks to read and write followups. Who are you?</p>
<form method="post" action="/authorize?{query}">
 <button name="role" value="agent">An agent<br><small>{agent}</small></button>
 <button name="role" value="supervisor">A supervisor<br><small>{supervisor}</small></button>
 <button name="role" value="nobody">Refuse</button>
</form>
</html>"""


def consent_routes(accounts: Accounts) -> list[Route]:
    """`/authorize`: GET asks, POST sends the browser back with a code."""

    async def ask(request: Request) -> Response:
        query = dict(request.query_params)
        try:
            accounts.check_authorize(query)
        except OAuthRefusal as error:
            return _problem(error)
        try:
            accounts.check_wishes(query)
        except OAuthRefusal as error:
            return _refused(query, error)
        return HTMLResponse(
            _PAGE.format(
                query=html.escape(urlencode(query)),
                **{role: html.escape(", ".join(sorted(scopes))) for role, scopes in ROLES.items()},
            )
        )

    async def answer(request: Request) -> Response:
        query = dict(request.query_params)
        body = (await request.body())[:10_000].decode("utf-8", "replace")
        chosen = dict(parse_qsl(body))
        role = chosen.get("role", "")
        try:
            accounts.check_authorize(query)
        except OAuthRefusal as error:
            return _problem(error)
        try:
            if role in ROLES:
                return _back(
                    query, {"code": accounts.authorize(query, role, chosen.get("person", ""))}
                )
        except OAuthRefusal as error:
            return _refused(query, error)
        denied = OAuthRefusal("access_denied", "The person denied the request.")
        return _refused(query, denied)

    return [
        Route("/authorize", ask, methods=["GET"]),
        Route("/authorize", answer, methods=["POST"]),
    ]


def _back(query: Mapping[str, str], values: Mapping[str, str]) -> Response:
    state = {"state": query["state"]} if "state" in query else {}
    return RedirectResponse(f"{query['redirect_uri']}?{urlencode({**values, **state})}", 303)


def _refused(query: Mapping[str, str], error: OAuthRefusal) -> Response:
    """RFC 6749, 4.1.2.1: the browser is sent back with the error."""
    return _back(query, {"error": error.error, "error_description": error.description})


def _problem(error: OAuthRefusal) -> Response:
    words = html.escape(error.description)
    return HTMLResponse(f"<!doctype html><title>Sandbox</title><p>{words}</p>", error.code)
