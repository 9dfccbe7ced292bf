"""One refresh at a time, one more try after a 401, and no token in anybody's words."""

import asyncio
import gc
import time
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest

from agent_app.api.assumptions import SCOPES
from agent_app.api.browser import BrowserClient, sign_in
from agent_app.api.client import Client
from agent_app.api.tokens import (
    SETTLE_S,
    USUAL_LIFE_S,
    ClientCredentials,
    SignedInByBrowser,
    Token,
    TokenReply,
    Tokens,
)
from agent_app.api.transport import Transport
from agent_app.domain.errors import (
    CredentialsRefused,
    NotUnderstood,
    ServerTrouble,
    SignedOut,
    Unreachable,
)
from agent_app.system.secrets import Keyring, TokenVault
from tests.sandbox import RunningSandbox
from tests.unit.api.test_browser import Browser, code_for
from tests.waiting import until

pytestmark = pytest.mark.anyio


MOMENTS = [step * 0.011 for step in range(20)]
"""After the beginning of a renewal (seconds)."""


NO_LIVES: list[object] = [None, "", "soon", "nan", "inf", -1, 0, 10**400, [60], {}]


class SlowKeyring(Keyring):
    """Takes its time before it does what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, str] = {}
        self.pause_s = 0.0

    def get(self, name: str) -> str | None:
        return self.kept.get(name)

    def set(self, name: str, secret: str) -> None:
        time.sleep(self.pause_s)
        self.kept[name] = secret

    def delete(self, name: str) -> None:
        self.kept.pop(name, None)


class MemoryVault:
    """A vault that remembers every secret that it was given."""

    def __init__(self, secret: str | None) -> None:
        self.secret = secret
        self.stored: list[str] = []
        self.read: list[str | None] = []
        self._lock = asyncio.Lock()

    def alone(self) -> AbstractAsyncContextManager[None]:
        return self._lock

    async def load(self) -> str | None:
        self.read.append(self.secret)
        return self.secret

    async def store(self, secret: str) -> None:
        self.stored.append(secret)
        self.secret = secret

    async def forget(self) -> None:
        self.secret = None


def client(sandbox: RunningSandbox, secret: str = "") -> Client:
    return Client(
        Transport(sandbox.server),
        ClientCredentials(sandbox.client_id, secret or sandbox.client_secret),
    )


def first_sign_in(sandbox: RunningSandbox) -> dict[str, Any]:
    """What the token endpoint answers to a fresh consent."""
    code, verifier, redirect = code_for(sandbox, "agent")
    return sandbox.token(
        grant_type="authorization_code",
        client_id=sandbox.client_id,
        code=code,
        redirect_uri=redirect,
        code_verifier=verifier,
    )


def token_requests(sandbox: RunningSandbox) -> int:
    return len(sandbox.requests("POST", "/token"))


async def test_fifty_requests_at_the_moment_of_expiry_make_one_refresh(
    sandbox: RunningSandbox,
) -> None:
    one = client(sandbox)
    wanted = sandbox.some()["id"]
    await one.get_followup(wanted)
    sandbox.expire()
    before = token_requests(sandbox)
    found = await asyncio.gather(*(one.get_followup(wanted) for _ in range(50)))
    assert {said["id"] for said in found} == {wanted}
    assert token_requests(sandbox) == before + 1
    await one.aclose()


async def test_a_short_lived_token_is_renewed_before_it_ends(sandbox: RunningSandbox) -> None:
    sandbox.set(access_s=1)
    one = client(sandbox)
    wanted = sandbox.some()["id"]
    sandbox.forget_requests()
    deadline = asyncio.get_running_loop().time() + 2.2
    while asyncio.get_running_loop().time() < deadline:
        await one.get_followup(wanted)
        await asyncio.sleep(0.05)
    answers = {seen["code"] for seen in sandbox.requests("GET", "/followups/")}
    assert answers == {200}
    assert token_requests(sandbox) >= 3
    await one.aclose()


async def test_wrong_credentials(sandbox: RunningSandbox) -> None:
    one = client(sandbox, "wrong-secret")
    with pytest.raises(CredentialsRefused) as caught:
        await one.sign_in()
    assert "wrong-secret" not in repr(caught.value)
    assert caught.value.code == "invalid_client"
    await one.aclose()


async def test_a_401_for_good_ends_as_signed_out(sandbox: RunningSandbox) -> None:
    sandbox.fault("GET */followups/* status=401")
    one = client(sandbox)
    with pytest.raises(SignedOut):
        await one.get_followup("x")
    assert len(sandbox.requests("POST", "/token")) == 2
    await one.aclose()


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("status=503", ServerTrouble),
        ("drop=before", Unreachable),
        ("html", NotUnderstood),
        ("empty", NotUnderstood),
        ("truncate", NotUnderstood),
    ],
)
async def test_trouble_at_the_token_endpoint_signs_nobody_out(
    sandbox: RunningSandbox, fault: str, error: type[Exception]
) -> None:
    first = first_sign_in(sandbox)
    vault = MemoryVault(first["refresh_token"])
    grant = SignedInByBrowser(
        sandbox.client_id, vault, Token(first["access_token"], 0, frozenset())
    )
    one = Client(Transport(sandbox.server), grant)
    await one.sign_in()
    wanted = sandbox.some()["id"]
    sandbox.fault(f"POST /token {fault}")
    with pytest.raises(error) as caught:
        await one.get_followup(wanted)
    assert not isinstance(caught.value, SignedOut)
    assert vault.secret == first["refresh_token"]
    await one.aclose()


async def test_null_in_a_token_reply_is_not_said(sandbox: RunningSandbox) -> None:
    sandbox.set(token_nulls=True)
    transport = Transport(sandbox.server)
    browser = Browser("agent")
    token = await sign_in(transport, BrowserClient(sandbox.client_id), browser)
    await browser.done()
    assert token.refresh == ""
    assert token.life_s == USUAL_LIFE_S
    assert token.scopes == set(SCOPES.split())
    one = client(sandbox)
    await one.sign_in()
    assert one.scopes == frozenset(SCOPES.split())
    await one.aclose()
    await transport.aclose()


@pytest.mark.parametrize(
    ("said", "life"),
    [
        (60, 60.0),
        ("60", 60.0),
        (" 60.5 ", 60.5),
        *((one, USUAL_LIFE_S) for one in NO_LIVES),
    ],
)
def test_a_lifetime_is_a_number_however_it_is_written(said: object, life: float) -> None:
    reply = TokenReply.model_validate({"access_token": "a", "expires_in": said})
    assert reply.expires_in == life


@pytest.mark.parametrize(
    ("said", "scope"),
    [("a b", "a b"), (["a", "b", 3], "a b"), (None, ""), (7, ""), ({"a": 1}, "")],
)
def test_scopes_are_words_however_they_are_written(said: object, scope: str) -> None:
    reply = TokenReply.model_validate({"access_token": "a", "scope": said, "refresh_token": said})
    assert reply.scope == scope


async def test_a_renewal_gives_the_client_secret(sandbox: RunningSandbox) -> None:
    vault = MemoryVault(first_sign_in(sandbox)["refresh_token"])
    sandbox.set(wants_secret=True)

    async def secret() -> str:
        return sandbox.client_secret

    public = Client(Transport(sandbox.server), SignedInByBrowser(sandbox.client_id, vault))
    with pytest.raises(CredentialsRefused):
        await public.sign_in()
    await public.aclose()
    grant = SignedInByBrowser(sandbox.client_id, vault, secret=secret)
    one = Client(Transport(sandbox.server), grant)
    await one.sign_in()
    assert len(vault.stored) == 1
    await one.aclose()


async def test_an_end_during_a_renewal_waits_until_the_new_token_is_kept(
    sandbox: RunningSandbox,
) -> None:
    """The old one is spent as soon as the request arrives."""
    vault = MemoryVault(first_sign_in(sandbox)["refresh_token"])
    for moment in MOMENTS:
        sandbox.fault(f"POST /token delay={moment:.3f}", count=1)
        one = Client(Transport(sandbox.server), SignedInByBrowser(sandbox.client_id, vault))
        asks = asyncio.create_task(one.sign_in())
        await asyncio.sleep(0.04)
        asks.cancel()
        await one.aclose()
        await asyncio.gather(asks, return_exceptions=True)
        sandbox.no_faults()
    after = Client(Transport(sandbox.server), SignedInByBrowser(sandbox.client_id, vault))
    await after.sign_in()
    await after.aclose()


async def test_an_end_does_not_wait_for_credentials_that_stay_good(sandbox: RunningSandbox) -> None:
    sandbox.fault("POST /token delay=20")
    one = client(sandbox)
    asks = asyncio.create_task(one.sign_in())
    await asyncio.sleep(0.05)
    began = asyncio.get_running_loop().time()
    await one.aclose()
    await asyncio.gather(asks, return_exceptions=True)
    assert asyncio.get_running_loop().time() - began < SETTLE_S / 2


@pytest.mark.parametrize("moment", MOMENTS)
async def test_signing_out_at_any_moment_of_a_renewal_leaves_no_token(
    sandbox: RunningSandbox, moment: float
) -> None:
    """The request takes 40 ms, the keyring 40 more: a person signs out before, between, after."""
    keyring = SlowKeyring()
    vault = TokenVault(keyring, "refresh/x")
    await vault.store(first_sign_in(sandbox)["refresh_token"])
    keyring.pause_s = 0.04
    sandbox.fault("POST /token delay=0.04", count=1)
    one = Client(Transport(sandbox.server), SignedInByBrowser(sandbox.client_id, vault))
    asks = asyncio.create_task(one.sign_in())
    await asyncio.sleep(moment)
    await one.sign_out()
    with pytest.raises(SignedOut):
        await one.sign_in()
    await asyncio.gather(asks, return_exceptions=True)
    await keyring.settled()
    assert keyring.kept == {}
    assert await vault.load() is None
    await one.aclose()


async def test_a_rotated_refresh_token_is_stored_before_it_is_used(
    sandbox: RunningSandbox,
) -> None:
    said = first_sign_in(sandbox)
    vault = MemoryVault(said["refresh_token"])
    one = Client(Transport(sandbox.server), SignedInByBrowser(sandbox.client_id, vault))
    await one.get_followup(sandbox.some()["id"])
    assert len(vault.stored) == 1
    sandbox.expire()
    await one.get_followup(sandbox.some()["id"])
    assert len(set(vault.stored)) == 2
    await one.sign_out()
    assert vault.secret is None
    await one.aclose()


async def test_a_renewal_that_fails_when_nobody_waits_any_more_is_nobodys_mistake() -> None:
    """An account is left while the server cannot be reached: a mistake of ours would be said."""
    asked, fails = asyncio.Event(), asyncio.Event()

    class Unlucky(ClientCredentials):
        async def obtain(self, transport: Transport) -> Token:
            asked.set()
            await fails.wait()
            raise Unreachable("no connection")

    said: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: said.append(context))
    transport = Transport("http://127.0.0.1:1")
    tokens = Tokens(transport, Unlucky("a client", "a secret"))
    waits = asyncio.create_task(tokens.current())
    await asked.wait()
    waits.cancel()
    await asyncio.gather(waits, return_exceptions=True)
    fails.set()
    await until(lambda: tokens._renewal is None)
    await tokens.aclose()
    await transport.aclose()
    del waits
    gc.collect()
    assert said == []


async def test_no_token_in_a_repr() -> None:
    assert "SECRET" not in repr(Token("SECRET", 0, frozenset(), "SECRET"))
    assert "SECRET" not in repr(ClientCredentials("id", "SECRET"))


async def test_two_processes_with_one_vault_do_not_sign_each_other_out(
    sandbox: RunningSandbox,
) -> None:
    """Each spends a token of its own: a server may end the sign-in where one comes twice."""
    vault = MemoryVault(first_sign_in(sandbox)["refresh_token"])
    both = [
        Client(Transport(sandbox.server), SignedInByBrowser(sandbox.client_id, vault))
        for _ in range(2)
    ]
    wanted = sandbox.some()["id"]
    found = await asyncio.gather(*(one.get_followup(wanted) for one in both))
    assert [said["id"] for said in found] == [wanted, wanted]
    assert len(vault.read) == len(set(vault.read)) == 2
    for one in both:
        await one.aclose()


async def test_a_token_that_another_computer_has_spent_is_read_once_more(
    sandbox: RunningSandbox,
) -> None:
    """No lock reaches a keyring that is shared from elsewhere."""

    class SharedVault(MemoryVault):
        async def load(self) -> str | None:
            before = self.secret
            if not self.stored and before is not None:
                spent = sandbox.token(
                    grant_type="refresh_token", client_id=sandbox.client_id, refresh_token=before
                )
                await self.store(spent["refresh_token"])
            return before

    vault = SharedVault(first_sign_in(sandbox)["refresh_token"])
    one = Client(Transport(sandbox.server), SignedInByBrowser(sandbox.client_id, vault))
    await one.sign_in()
    assert len(set(vault.stored)) == 2
    await one.aclose()


async def test_a_refresh_whose_reply_was_lost_ends_in_a_sign_in(sandbox: RunningSandbox) -> None:
    vault = MemoryVault(first_sign_in(sandbox)["refresh_token"])
    one = Client(Transport(sandbox.server), SignedInByBrowser(sandbox.client_id, vault))
    sandbox.fault("POST /token drop=after", count=1)
    with pytest.raises(Unreachable):
        await one.sign_in()
    with pytest.raises(SignedOut):
        await one.sign_in()
    await one.aclose()
