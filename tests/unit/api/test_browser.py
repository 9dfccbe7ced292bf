"""Sign-in in a browser: PKCE, state, loopback; a real consent page, a stand-in for the browser."""

import asyncio
import http.client
import secrets
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Sequence
from pathlib import Path

import pytest

from agent_app.api.assumptions import SCOPE_CHOICES, SCOPES
from agent_app.api.browser import BrowserClient, challenge_of, sign_in
from agent_app.api.transport import Transport
from agent_app.domain.errors import (
    CredentialsRefused,
    ExternalError,
    NobodySignedIn,
    ServerTrouble,
)
from agent_app.system.web_browser import OpenedBrowser
from tests.sandbox import RunningSandbox

pytestmark = pytest.mark.anyio


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def consent(address: str, role: str, person: str = "") -> str:
    """Press a button on the consent page, if there is one; returns where the browser is sent."""
    opener = urllib.request.build_opener(_Stay, urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=10) as page:
            assert b"supervisor" in page.read()
        said = urllib.parse.urlencode({"role": role, "person": person})
        opener.open(address, said.encode(), timeout=10)
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
    """Does in a thread what a person does: consents, and follows the redirects. It is its own guide."""

    def __init__(self, role: str, *, twist: str = "", person: str = "") -> None:
        self.role, self.twist, self.person = role, twist, person
        self.pages: list[tuple[int, str]] = []
        self.opened: list[str] = []
        self.addresses: list[str] = []
        """All that the browser was led to, by us or by a redirect of ours."""
        self._work: asyncio.Future[None] | None = None

    @property
    def address(self) -> str:
        return self.addresses[-1]

    @property
    def asked(self) -> list[str]:
        """The scopes of each request to the authorize endpoint."""
        queries = [
            urllib.parse.parse_qs(urllib.parse.urlsplit(one).query) for one in self.addresses
        ]
        return [query.get("scope", [""])[0] for query in queries]

    def open(self, address: str) -> OpenedBrowser:
        self.opened.append(address)
        self.addresses.append(address)
        self._work = asyncio.ensure_future(asyncio.to_thread(self._go, address))
        return OpenedBrowser(opened=True)

    def sent_on(self, address: str) -> None:
        self.addresses.append(address)

    def last_words(self, error: ExternalError | None) -> Sequence[str]:
        if isinstance(error, CredentialsRefused):
            return [f"No: {error.code}", error.description]
        return ["You can <close> this." if error is None else f"No: {type(error).__name__}"]

    async def done(self) -> None:
        assert self._work is not None
        await self._work

    def _go(self, address: str) -> None:
        while address:
            place = consent(address, self.role, self.person)
            if self.twist == "wrong state":
                self._get(place.replace("state=", "state=x"))
                self._get(place.replace("/callback", "/other"))
            address = self._get(place, leaves=self.twist == "leaves" and len(self.opened) == 1)

    def _get(self, place: str, *, leaves: bool = False) -> str:
        """Read a page; returns where it leads."""
        parts = urllib.parse.urlsplit(place)
        connection = http.client.HTTPConnection(parts.netloc, timeout=10)
        try:
            connection.request("GET", f"{parts.path}?{parts.query}")
            if leaves:
                return ""
            reply = connection.getresponse()
            body = reply.read().decode()
            if reply.status == 303:
                return str(reply.headers["Location"])
            self.pages.append((reply.status, body))
            return ""
        finally:
            connection.close()


class NoBrowser(Browser):
    """Nobody comes back."""

    def open(self, address: str) -> OpenedBrowser:
        self.addresses.append(address)
        return OpenedBrowser(opened=False)


def client(sandbox: RunningSandbox, secret: str = "", scopes: str = "") -> BrowserClient:
    return BrowserClient(sandbox.client_id, secret, scopes)


@pytest.mark.parametrize(("role", "reports"), [("agent", False), ("supervisor", True)])
async def test_sign_in(sandbox: RunningSandbox, role: str, reports: bool) -> None:
    transport = Transport(sandbox.server)
    browser = Browser(role)
    token = await sign_in(transport, client(sandbox), browser)
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
    token = await sign_in(transport, client(sandbox), browser)
    await browser.done()
    assert [code for code, _ in browser.pages] == [404, 404, 200]
    assert token.access
    await transport.aclose()


async def test_a_person_who_refuses(sandbox: RunningSandbox) -> None:
    transport = Transport(sandbox.server)
    browser = Browser("nobody")
    with pytest.raises(CredentialsRefused) as caught:
        await sign_in(transport, client(sandbox), browser)
    assert caught.value.code == "access_denied"
    await browser.done()
    ((code, page),) = browser.pages
    assert code == 200
    assert "No: access_denied" in page
    assert "close" not in page
    await transport.aclose()


async def test_nobody_comes_back(sandbox: RunningSandbox) -> None:
    transport = Transport(sandbox.server)
    with pytest.raises(NobodySignedIn):
        await sign_in(transport, client(sandbox), NoBrowser("agent"), patience_s=0.05)
    await transport.aclose()


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize(
    ("may", "asked"), [("followups:read followups:write debts:read", 4), ("followups:read", 5)]
)
async def test_a_client_that_may_not_have_all_asks_for_less_in_the_same_browser(
    sandbox: RunningSandbox, may: str, asked: int, late: bool
) -> None:
    sandbox.set(scopes=may, strict_scopes=True, late_scopes=late)
    transport = Transport(sandbox.server)
    browser = Browser("supervisor")
    token = await sign_in(transport, client(sandbox), browser)
    await browser.done()
    assert token.scopes == set(may.split())
    assert browser.asked == list(SCOPE_CHOICES)[:asked]
    assert len(browser.opened) == 1  # the page led on by itself
    assert [code for code, _ in browser.pages] == [200]
    await transport.aclose()


async def test_a_browser_that_does_not_wait_to_be_led_on_is_opened_anew(
    sandbox: RunningSandbox,
) -> None:
    sandbox.set(scopes="followups:read followups:write debts:read", strict_scopes=True)
    sandbox.set(late_scopes=True)
    sandbox.fault("POST /token delay=0.5", count=1)
    transport = Transport(sandbox.server)
    browser = Browser("agent", twist="leaves")
    assert (await sign_in(transport, client(sandbox), browser)).access
    await browser.done()
    assert len(browser.opened) == 2
    await transport.aclose()


async def test_the_last_page_waits_for_the_truth(sandbox: RunningSandbox) -> None:
    """It is asked for before the code is redeemed, and shown after."""
    sandbox.fault("POST /token delay=0.5", count=1)
    sandbox.fault("POST /token status=503", count=1, skip=1)
    transport = Transport(sandbox.server)
    browser = Browser("agent")
    await sign_in(transport, client(sandbox), browser)
    await browser.done()
    again = Browser("agent")
    with pytest.raises(ServerTrouble):
        await sign_in(transport, client(sandbox), again)
    await again.done()
    assert "You can &lt;close&gt; this." in browser.pages[0][1]
    assert "No: ServerTrouble" in again.pages[0][1]
    await transport.aclose()


async def test_what_the_server_says_is_shown_as_plain_text(sandbox: RunningSandbox) -> None:
    said = "<script>nonce</script> is required" + "!" * 500
    sandbox.set(authorize_error=f"invalid_request {said}")
    transport = Transport(sandbox.server)
    browser = Browser("agent")
    with pytest.raises(CredentialsRefused) as caught:
        await sign_in(transport, client(sandbox), browser)
    await browser.done()
    assert caught.value.code == "invalid_request"
    assert caught.value.description.startswith("<script>nonce</script> is required")
    assert len(caught.value.description) == 200
    assert "&lt;script&gt;nonce" in browser.pages[0][1]
    assert "<script>" not in browser.pages[0][1]
    await transport.aclose()


async def test_a_client_with_a_secret(sandbox: RunningSandbox) -> None:
    sandbox.set(wants_secret=True)
    transport = Transport(sandbox.server)
    for secret, code in (("", "invalid_client"), ("wrong", "invalid_client")):
        browser = Browser("agent")
        with pytest.raises(CredentialsRefused) as caught:
            await sign_in(transport, client(sandbox, secret), browser)
        await browser.done()
        assert caught.value.code == code
        assert secret == "" or secret not in repr(caught.value)
    browser = Browser("agent")
    token = await sign_in(transport, client(sandbox, sandbox.client_secret), browser)
    await browser.done()
    assert token.refresh
    assert sandbox.client_secret not in browser.address
    assert sandbox.client_secret not in repr(client(sandbox, sandbox.client_secret))
    await transport.aclose()


async def test_scopes_that_a_setting_names_are_asked_for_first(sandbox: RunningSandbox) -> None:
    sandbox.set(scopes="followups:read followups:write", strict_scopes=True)
    transport = Transport(sandbox.server)
    browser = Browser("agent")
    named = "followups:read followups:write offline_access"
    token = await sign_in(transport, client(sandbox, scopes=named), browser)
    await browser.done()
    assert browser.asked == [named, "followups:read followups:write"]
    assert ["prompt=consent" in address for address in browser.addresses] == [True, False]
    assert token.scopes == {"followups:read", "followups:write"}
    await transport.aclose()


@pytest.mark.skipif(not Path("/dev/fd").is_dir(), reason="open files are counted the POSIX way")
async def test_given_up_at_any_moment_nothing_is_left_listening() -> None:
    """asyncio's servers listen one turn of the loop before they are handed over."""
    transport = Transport("https://127.0.0.1:9")
    browser = NoBrowser("agent")
    before = _open_files()
    turns = 0
    while not browser.addresses:
        turns += 1
        task = asyncio.ensure_future(sign_in(transport, BrowserClient("x"), browser))
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
    token = await sign_in(transport, client(sandbox), browser)
    await browser.done()
    assert token.scopes == set(SCOPES.split()) - {"reports:read"}
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
