"""Sign-in in the person's own browser: authorization code, PKCE S256, loopback redirect.

RFC 8252 (native apps), RFC 7636 (PKCE). Where the server refuses to grant what is asked for, the
same browser is sent on to ask for less.
"""

import asyncio
import base64
import hashlib
import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlencode

from agent_app.api.assumptions import AUTHORIZE_PATH, OFFLINE, scope_choices
from agent_app.api.landing import Landing, Visit
from agent_app.api.tokens import Token, refused, request_token
from agent_app.api.transport import Transport
from agent_app.domain.errors import CredentialsRefused, ExternalError, NobodySignedIn, NotUnderstood

log = logging.getLogger(__name__)

PATIENCE_S = 300.0
"""How long a person may take in the browser (seconds)."""


class Guide(Protocol):
    """Leads a person through the sign-in."""

    def open(self, address: str) -> object:
        """Open an address in the person's browser."""
        ...

    def sent_on(self, address: str) -> None:
        """The browser was sent on to an address that asks for less."""
        ...

    def last_words(self, error: ExternalError | None) -> Sequence[str]:
        """Return what the page says that the browser ends on; None: the person is signed in."""
        ...


@dataclass(frozen=True, slots=True)
class BrowserClient:
    """Who the desk is to the server. `scopes` are the setting's, "" for the usual ones."""

    id: str
    secret: str = field(default="", repr=False)
    scopes: str = ""


@dataclass(frozen=True, slots=True)
class _Question:
    """One request to the authorize endpoint. *fresh*: the person is to give their password now, whatever
    their browser remembers (OpenID Connect Core, 3.1.2.1; other servers pass over what they do not
    know)."""

    scope: str
    fresh: bool = False
    state: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(64), repr=False)

    def address(self, server: str, client: BrowserClient, redirect: str) -> str:
        query = {
            "response_type": "code",
            "client_id": client.id,
            "redirect_uri": redirect,
            "state": self.state,
            "code_challenge": challenge_of(self.verifier),
            "code_challenge_method": "S256",
        }
        if self.scope:
            query["scope"] = self.scope
        prompts = ["login"] if self.fresh else []
        if OFFLINE in self.scope.split():
            prompts.append("consent")  # OpenID Connect Core, 11: else it is passed over
        if prompts:
            query["prompt"] = " ".join(prompts)
        if self.fresh:
            query["max_age"] = "0"
        return f"{server}{AUTHORIZE_PATH}?{urlencode(query)}"


async def sign_in(
    transport: Transport,
    client: BrowserClient,
    guide: Guide,
    *,
    patience_s: float = PATIENCE_S,
    fresh: bool = False,
) -> Token:
    """Have the person sign in and return their first token. *fresh* asks for their password, whatever
    their browser remembers.

    Raises CredentialsRefused if the person or the server says no, NobodySignedIn if nobody comes
    back in time, or what `Transport.send` raises.
    """
    choices = scope_choices(client.scopes)
    async with Landing() as landing:
        visit: Visit | None = None
        for scope in choices:
            question = _Question(scope, fresh)
            coming = landing.expect(question.state)
            _lead(guide, visit, question.address(transport.server, client, landing.address))
            try:
                async with asyncio.timeout(patience_s):
                    visit = await coming
            except TimeoutError:
                raise NobodySignedIn("nobody came back from the browser") from None
            try:
                token = await _redeemed(transport, client, question, visit, landing.address)
            except CredentialsRefused as error:
                if error.code == "invalid_scope" and scope != choices[-1]:
                    log.info("asking for less: %s", error)
                    continue
                visit.show(guide.last_words(error))
                raise
            except ExternalError as error:
                visit.show(guide.last_words(error))
                raise
            visit.show(guide.last_words(None))
            return token
    raise AssertionError("the last choice returns or raises")


def _lead(guide: Guide, visit: Visit | None, address: str) -> None:
    """To the first address, or from a visit on to the next, where that browser still waits."""
    if visit is None:
        guide.open(address)
        return
    is_gone = visit.is_gone
    visit.send_on(address)
    guide.sent_on(address)
    if is_gone:
        guide.open(address)


async def _redeemed(
    transport: Transport,
    client: BrowserClient,
    question: _Question,
    visit: Visit,
    redirect: str,
) -> Token:
    values = visit.values
    if "error" in values:
        raise refused(values["error"], values.get("error_description"))
    if not values.get("code"):
        raise NotUnderstood("the browser came back without a code")
    form = {
        "grant_type": "authorization_code",
        "client_id": client.id,
        "code": values["code"],
        "redirect_uri": redirect,
        "code_verifier": question.verifier,
    }
    if client.secret:
        form["client_secret"] = client.secret
    return await request_token(transport, form, question.scope)


def challenge_of(verifier: str) -> str:
    """Return the S256 code challenge of *verifier* (RFC 7636, 4.2)."""
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")
