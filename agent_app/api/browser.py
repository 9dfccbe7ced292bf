"""Room: api. Sign-in in the person's own browser: authorization code, PKCE S256, loopback redirect.

RFC 8252 (native apps), RFC 7636 (PKCE). The listener lives on 127.0.0.1 at a random port for one
sign-in only, takes only its own path with the right state, and answers with a page to close.
"""

import asyncio
import base64
import hashlib
import html
import secrets
from collections.abc import Callable
from urllib.parse import parse_qs, urlencode, urlsplit

from agent_app.api.assumptions import AUTHORIZE_PATH, SCOPES
from agent_app.api.tokens import Token, request_token
from agent_app.api.transport import Transport
from agent_app.domain.errors import CredentialsRefused, NotUnderstood, Unreachable

PATIENCE_S = 600.0
"""How long a person may take in the browser (seconds)."""

_MOST_LINE = 8192


async def sign_in(
    transport: Transport,
    client_id: str,
    open_browser: Callable[[str], bool],
    closing_words: str,
    *,
    patience_s: float = PATIENCE_S,
) -> Token:
    """Have the person sign in and return their first token.

    *open_browser* opens an address and says whether it could; *closing_words* stand on the page
    that the browser ends on. Raises CredentialsRefused if the person or the server says no,
    Unreachable if nobody comes back in time or no browser opens.
    """
    verifier = secrets.token_urlsafe(64)
    state = secrets.token_urlsafe(32)
    landing: asyncio.Future[dict[str, str]] = asyncio.get_running_loop().create_future()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(10):
                line = await reader.readline()
                while (await reader.readline()).strip():
                    pass
            values = _landing_values(line, state)
            if values is None:
                writer.write(_reply(404, "Not found"))
            else:
                writer.write(_reply(200, closing_words))
                if not landing.done():
                    landing.set_result(values)
            await writer.drain()
        except (TimeoutError, ValueError, OSError):
            pass  # not our browser, or one that gave up: the sign-in goes on waiting
        finally:
            writer.close()

    # Listens only once it is in our hands: given up between the two, asyncio would leave it open.
    server = await asyncio.start_server(
        serve, "127.0.0.1", 0, limit=_MOST_LINE, start_serving=False
    )
    async with server:
        await server.start_serving()
        port = server.sockets[0].getsockname()[1]
        redirect = f"http://127.0.0.1:{port}/callback"
        query = {
            "response_type": "code",
            "client_id": client_id,
            "redirect_uri": redirect,
            "scope": SCOPES,
            "state": state,
            "code_challenge": challenge_of(verifier),
            "code_challenge_method": "S256",
        }
        if not open_browser(f"{transport.server}{AUTHORIZE_PATH}?{urlencode(query)}"):
            raise Unreachable("no browser could be opened")
        try:
            async with asyncio.timeout(patience_s):
                values = await landing
        except TimeoutError:
            raise Unreachable("nobody came back from the browser") from None
    if "error" in values:
        raise CredentialsRefused("access_denied")
    if not values.get("code"):
        raise NotUnderstood("the browser came back without a code")
    return await request_token(
        transport,
        {
            "grant_type": "authorization_code",
            "client_id": client_id,
            "code": values["code"],
            "redirect_uri": redirect,
            "code_verifier": verifier,
        },
    )


def challenge_of(verifier: str) -> str:
    """The S256 code challenge of *verifier* (RFC 7636, 4.2)."""
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def _landing_values(line: bytes, state: str) -> dict[str, str] | None:
    """The query of a request for our path with our state, else None."""
    parts = line.decode("latin-1").split(" ")
    if len(parts) != 3 or parts[0] != "GET":
        return None
    target = urlsplit(parts[1])
    if target.path != "/callback":
        return None
    values = {name: found[-1] for name, found in parse_qs(target.query).items()}
    if not secrets.compare_digest(values.get("state", "").encode(), state.encode()):
        return None
    return values


def _reply(code: int, words: str) -> bytes:
    page = (
        "<!doctype html><meta charset=utf-8><title>Followup Desk</title>"
        "<body style='font:18px sans-serif;margin:4em;text-align:center'>"
        f"<p>{html.escape(words)}</p>"
    ).encode()
    head = (
        f"HTTP/1.1 {code} {'OK' if code == 200 else 'Not Found'}\r\n"
        "Content-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\n"
        f"Content-Length: {len(page)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + page
