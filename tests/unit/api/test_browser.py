"""Sign-in in a browser: PKCE, state, loopback; a real consent page, a stand-in for the browser."""

import asyncio
import http.client
import secrets
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from agent_app.api.browser import challenge_of, sign_in
from agent_app.api.transport import Transport
from agent_app.domain.errors import CredentialsRefused, Unreachable
from tests.sandbox import RunningSandbox

pytestmark = pytest.mark.anyio


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def consent(address: str, role: str) -> str:
    """Press a button on the consent page; returns where the browser is sent."""
    opener = urllib.request.build_opener(_Stay, urllib.request.ProxyHandler({}))
    with opener.open(address, timeout=10) as page:
        assert b"supervisor" in page.read()
    try:
        opener.open(address, urllib.parse.urlencode({"role": role}).encode(), timeout=10)
    except urllib.error.HTTPError as moved:
        with moved:
            return str(moved.headers["Location"])
    raise AssertionError("the consent page did not send the browser on")


def code_for(sandbox: RunningSandbox, role: str) -> tuple[str, str, str]:
    """Code, verifier and redirect of a consent given by hand."""
    verifier, redirect = secrets.token_urlsafe(48), "http://127.0.0.1:9/callback"
    query = {
        "response_type": "code",
        "client_id": sandbox.client_id,
        "redirect_uri": redirect,
        "state": "s",
        "code_challenge": challenge_of(verifier),
        "code_challenge_method": "S256",
    }
    place = consent(f"{sandbox.server}/authorize?{urllib.parse.urlencode(query)}", role)
    values = urllib.parse.parse_qs(urllib.parse.urlsplit(place).query)
    return values["code"][0], verifier, redirect


class Browser:
    """Does in a thread what a person does: consents, and follows the redirect."""

    def __init__(self, role: str, *, twist: str = "") -> None:
        self.role, self.twist = role, twist
        self.pages: list[tuple[int, str]] = []
        self.address = ""
        self._work: asyncio.Future[None] | None = None

    def open(self, address: str) -> bool:
        self.address = address
        self._work = asyncio.ensure_future(asyncio.to_thread(self._go))
        return True

    async def done(self) -> None:
        assert self._work is not None
        await self._work

    def _go(self) -> None:
        place = consent(self.address, self.role)
        if self.twist == "wrong state":
            self._get(place.replace("state=", "state=x"))
            self._get(place.replace("/callback", "/other"))
        self._get(place)

    def _get(self, place: str) -> None:
        parts = urllib.parse.urlsplit(place)
        connection = http.client.HTTPConnection(parts.netloc, timeout=10)
        connection.request("GET", f"{parts.path}?{parts.query}")
        reply = connection.getresponse()
        self.pages.append((reply.status, reply.read().decode()))
        connection.close()


@pytest.mark.parametrize(("role", "reports"), [("agent", False), ("supervisor", True)])
async def test_sign_in(sandbox: RunningSandbox, role: str, reports: bool) -> None:
    transport = Transport(sandbox.server)
    browser = Browser(role)
    token = await sign_in(transport, sandbox.client_id, browser.open, "You can <close> this.")
    await browser.done()
    assert ("reports:read" in token.scopes) == reports
    assert token.refresh
    (page,) = browser.pages
    assert page[0] == 200
    assert "You can &lt;close&gt; this." in page[1]
    query = urllib.parse.parse_qs(urllib.parse.urlsplit(browser.address).query)
    assert query["code_challenge_method"] == ["S256"]
    assert query["redirect_uri"][0].startswith("http://127.0.0.1:")
    await transport.aclose()


async def test_a_stranger_at_the_door_is_sent_away(sandbox: RunningSandbox) -> None:
    transport = Transport(sandbox.server)
    browser = Browser("agent", twist="wrong state")
    token = await sign_in(transport, sandbox.client_id, browser.open, "Done.")
    await browser.done()
    assert [code for code, _ in browser.pages] == [404, 404, 200]
    assert token.access
    await transport.aclose()


async def test_a_person_who_refuses(sandbox: RunningSandbox) -> None:
    transport = Transport(sandbox.server)
    browser = Browser("nobody")
    with pytest.raises(CredentialsRefused):
        await sign_in(transport, sandbox.client_id, browser.open, "Done.")
    await browser.done()
    await transport.aclose()


async def test_nobody_comes_back(sandbox: RunningSandbox) -> None:
    transport = Transport(sandbox.server)
    with pytest.raises(Unreachable):
        await sign_in(transport, "x", lambda _: True, "Done.", patience_s=0.05)
    with pytest.raises(Unreachable):
        await sign_in(transport, "x", lambda _: False, "Done.")
    await transport.aclose()


async def test_given_up_at_any_moment_nothing_is_left_listening() -> None:
    """asyncio's servers listen one turn of the loop before they are handed over."""
    transport = Transport("https://127.0.0.1:9")
    opened: list[str] = []

    def open_browser(address: str) -> bool:
        opened.append(address)
        return True

    before = _open_files()
    turns = 0
    while not opened:
        turns += 1
        task = asyncio.ensure_future(sign_in(transport, "x", open_browser, "Done."))
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert _open_files() == before, f"given up after {turns} turns of the loop"
    assert turns > 1
    await transport.aclose()


def _open_files() -> set[Path]:
    return set(Path("/dev/fd").iterdir())


async def test_a_code_is_good_once_and_with_its_verifier_only(sandbox: RunningSandbox) -> None:
    code, verifier, redirect = code_for(sandbox, "agent")
    form = {
        "grant_type": "authorization_code",
        "client_id": sandbox.client_id,
        "code": code,
        "redirect_uri": redirect,
    }
    assert sandbox.token(**form, code_verifier="another")["error"] == "invalid_grant"
    assert sandbox.token(**form, code_verifier=verifier)["error"] == "invalid_grant"


async def test_an_agent_has_no_reports_and_scopes_are_enforced(sandbox: RunningSandbox) -> None:
    transport = Transport(sandbox.server)
    browser = Browser("agent")
    token = await sign_in(transport, sandbox.client_id, browser.open, "Done.")
    await browser.done()
    assert token.scopes == {"followups:read", "followups:write", "debts:read"}
    narrow = sandbox.token(
        grant_type="client_credentials",
        client_id=sandbox.client_id,
        client_secret=sandbox.client_secret,
        scope="followups:read",
    )
    headers = {"Authorization": f"Bearer {narrow['access_token']}"}
    code, reply, _ = sandbox.ask("GET", "/external-api/v1/debts", headers=headers)
    assert code == 403
    assert reply["message"] == 'Required scope "debts:read" not found in token'
    await transport.aclose()


async def test_the_challenge_of_rfc_7636_appendix_b() -> None:
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert challenge_of(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
