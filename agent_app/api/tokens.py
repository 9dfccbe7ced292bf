"""Access tokens: obtained, renewed before they expire, one renewal at a time.

Lifetimes are measured on the monotonic clock, so a wrong local clock breaks nothing; a token that
died early (a computer that slept) is found out by its 401 and renewed once. Tokens are never part
of a log line, an error's text or a repr.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from agent_app.api.assumptions import SCOPES, TOKEN_PATH, scope_choices
from agent_app.api.identity import identity_of
from agent_app.api.replies import error_of
from agent_app.api.transport import Transport
from agent_app.api.wire import parse_json
from agent_app.domain.errors import CredentialsRefused, NotUnderstood, SignedOut
from agent_app.domain.person import Identity
from agent_app.runtime.tasks import result_of

EARLY_S = 60.0
"""A token is renewed this long before it expires, a short-lived one at half its life (seconds)."""


SETTLE_S = 10.0
"""How long the end waits for a renewal that is under way (seconds)."""

USUAL_LIFE_S = 3600.0
"""How long a token is taken to be good where the server does not say (seconds)."""

_SECRETS = ("client_secret", "refresh_token", "code", "code_verifier")
"""Values of a request that no error's text may hold."""
_MOST_DESCRIPTION = 200


class TokenReply(BaseModel):
    """The token endpoint's success (RFC 6749, 5.1). Only the token must be there: what is null, or
    makes no sense, is not said."""

    model_config = ConfigDict(hide_input_in_errors=True)

    access_token: str
    expires_in: float = USUAL_LIFE_S
    refresh_token: str = ""
    scope: str = ""
    id_token: str = ""

    @field_validator("expires_in", mode="before")
    @classmethod
    def _a_life(cls, payload: Any) -> float:
        try:
            life = float(payload)
        except (TypeError, ValueError, OverflowError):
            return USUAL_LIFE_S
        return life if 0 < life < 10**9 else USUAL_LIFE_S

    @field_validator("refresh_token", "scope", "id_token", mode="before")
    @classmethod
    def _a_text(cls, payload: Any) -> str:
        if isinstance(payload, list):  # scopes, by some
            return " ".join(one for one in payload if isinstance(one, str))
        return payload if isinstance(payload, str) else ""


@dataclass(frozen=True, slots=True)
class Token:
    """An access token, good for `life_s` seconds from when it was asked for."""

    access: str = field(repr=False)
    life_s: float
    scopes: frozenset[str]
    refresh: str = field(default="", repr=False)
    identity: Identity = field(default=Identity(), repr=False)


class Vault(Protocol):
    """Where the refresh token lives: the system's keyring, or memory where there is none."""

    async def load(self) -> str | None: ...
    async def store(self, secret: str) -> None: ...
    async def forget(self) -> None: ...

    def alone(self) -> AbstractAsyncContextManager[None]:
        """Inside it no other process of this person reads or writes the secret to renew it."""
        ...


class Grant(Protocol):
    """A way to a first or a further token."""

    @property
    def is_spending(self) -> bool:
        """Whether what is kept is being used up: an end now would lose the sign-in."""
        ...

    async def obtain(self, transport: Transport) -> Token: ...
    async def forget(self) -> None: ...


@dataclass(frozen=True, slots=True)
class ClientCredentials:
    """The client_credentials grant: kiosks, tests and the sandbox."""

    client_id: str
    client_secret: str = field(repr=False)
    scopes: str = ""

    @property
    def is_spending(self) -> bool:
        """Never: the credentials stay good."""
        return False

    async def obtain(self, transport: Transport) -> Token:
        """Return a new token. Raises CredentialsRefused, or what `Transport.send` raises."""
        form = {
            "grant_type": "client_credentials",
            "client_id": self.client_id,
            "client_secret": self.client_secret,
        }
        *choices, last = scope_choices(self.scopes)
        for scope in choices:
            try:
                return await request_token(transport, {**form, "scope": scope})
            except CredentialsRefused as error:
                if error.code != "invalid_scope":
                    raise
        return await request_token(transport, {**form, "scope": last} if last else form)

    async def forget(self) -> None:
        """Nothing is kept."""


async def no_secret() -> str:
    """Return the secret of a client that has none."""
    return ""


class SignedInByBrowser:
    """The refresh_token grant, with the token that a browser sign-in left in the vault."""

    def __init__(
        self,
        client_id: str,
        vault: Vault,
        first: Token | None = None,
        secret: Callable[[], Awaitable[str]] = no_secret,
    ) -> None:
        """*first* is the token of a sign-in that has just ended, *secret* gives the client's, if it
        has one."""
        self._client_id = client_id
        self._vault = vault
        self._first = first
        self._secret = secret
        self._scopes = first.scopes if first is not None else frozenset()
        self._is_spending = False

    @property
    def is_spending(self) -> bool:
        """While the kept token is on its way, until its successor is kept."""
        return self._is_spending

    async def obtain(self, transport: Transport) -> Token:
        """Return a new token. Raises SignedOut where the person has to sign in again."""
        if self._first is not None:
            first, self._first = self._first, None
            return first
        # A rotated token is good once, and some servers end the sign-in where it comes again
        # (RFC 9700, 4.14.2): two processes must not both spend the one in the vault.
        async with self._vault.alone():
            self._is_spending = True
            try:
                return await self._renew(transport)
            finally:
                self._is_spending = False

    async def _renew(self, transport: Transport) -> Token:
        refresh = await self._vault.load()
        if not refresh:
            raise SignedOut("no refresh token")
        try:
            token = await self._refresh(transport, refresh)
        except CredentialsRefused:
            # Another process may have been quicker still, one that could not be waited for or that
            # shares the keyring from another computer: then the vault holds a newer one.
            newer = await self._vault.load()
            if not newer or newer == refresh:
                raise
            refresh = newer
            token = await self._refresh(transport, refresh)
        if token.refresh and token.refresh != refresh:
            # Stored before it is used: a rotated token that is lost cannot be had again.
            await self._vault.store(token.refresh)
        return token

    async def _refresh(self, transport: Transport, refresh: str) -> Token:
        form = {
            "grant_type": "refresh_token",
            "client_id": self._client_id,
            "refresh_token": refresh,
        }
        secret = await self._secret()
        if secret:
            form["client_secret"] = secret
        return await request_token(transport, form, " ".join(self._scopes))

    async def forget(self) -> None:
        """Sign out on this computer."""
        self._first = None
        await self._vault.forget()


async def request_token(transport: Transport, form: dict[str, str], asked: str = "") -> Token:
    """Ask the token endpoint; *asked* are the scopes that it grants where it does not say which.

    Raises CredentialsRefused, or what `Transport.send` raises.
    """
    answer = await transport.send("POST", TOKEN_PATH, form=form)
    if answer.code in (400, 401, 403):
        raise refusal_of(answer.body, tuple(form[name] for name in _SECRETS if name in form))
    if not 200 <= answer.code < 300:
        raise error_of(answer.code, answer.body)
    try:
        reply = TokenReply.model_validate(parse_json(answer.body))
    except ValidationError:
        raise NotUnderstood("the token has another shape") from None
    if not reply.access_token.isascii() or not reply.access_token.isprintable():
        raise NotUnderstood("the token has another shape")
    scopes = reply.scope or asked or form.get("scope", "") or SCOPES
    identity = identity_of(reply.id_token, reply.access_token, form.get("client_id", ""))
    return Token(
        reply.access_token,
        reply.expires_in,
        frozenset(scopes.split()),
        reply.refresh_token,
        identity,
    )


def refusal_of(body: bytes, secrets: tuple[str, ...] = ()) -> CredentialsRefused:
    """Return the refusal that a token endpoint's reply says (RFC 6749, 5.2), without *secrets*."""
    try:
        value = parse_json(body)
    except NotUnderstood:
        value = None
    payload = value if isinstance(value, dict) else {}
    return refused(payload.get("error"), payload.get("error_description"), secrets)


def refused(code: Any, description: Any, secrets: tuple[str, ...] = ()) -> CredentialsRefused:
    """Return a refusal of what a server said: a code is letters and underscores, a description a line of
    plain text."""
    good = isinstance(code, str) and len(code) < 40 and code.replace("_", "").isalpha()
    words = description if isinstance(description, str) else ""
    for secret in secrets:
        words = words.replace(secret, "…") if secret else words
    words = "".join(letter if letter.isprintable() else " " for letter in words)
    words = " ".join(words.split())[:_MOST_DESCRIPTION]
    return CredentialsRefused(code if good else "", words)


class Tokens:
    """The one holder of this account's access token. *monotonic* gives seconds."""

    def __init__(
        self, transport: Transport, grant: Grant, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._monotonic = monotonic
        self._renew_at = 0.0
        self._transport = transport
        self._grant = grant
        self._token: Token | None = None
        self._renewal: asyncio.Task[Token] | None = None
        self._is_over = False

    @property
    def scopes(self) -> frozenset[str] | None:
        """The scopes of the last token, or None before there was one."""
        return self._token.scopes if self._token else None

    async def current(self) -> str:
        """Return a token that is good for a while yet."""
        token = self._token
        if token is not None and self._monotonic() < self._renew_at:
            return token.access
        return await self.renewed(token.access if token else "")

    async def renewed(self, stale: str) -> str:
        """Another token than *stale*. However many ask, one request is made."""
        if self._token is not None and self._token.access != stale:
            return self._token.access
        if self._is_over:
            raise SignedOut("this sign-in has ended")
        if self._renewal is None:
            self._renewal = asyncio.ensure_future(self._renew())
        # A caller that gives up must not end the renewal that others wait for.
        return (await result_of(self._renewal)).access

    async def _renew(self) -> Token:
        try:
            asked_at = self._monotonic()
            token = await self._grant.obtain(self._transport)
            self._token = token
            self._renew_at = asked_at + max(token.life_s - EARLY_S, token.life_s / 2)
            return token
        finally:
            self._renewal = None

    async def forget(self) -> None:
        """Sign out on this computer, for good: what a renewal under way would bring is not kept."""
        self._token, self._is_over = None, True
        if self._renewal is not None:
            self._renewal.cancel()
            await asyncio.gather(self._renewal, return_exceptions=True)
        await self._grant.forget()

    async def aclose(self) -> None:
        """End, once a renewal that is under way is kept: it has spent what was kept before."""
        self._is_over = True
        if self._renewal is not None:
            renewal = self._renewal
            if self._grant.is_spending:
                await asyncio.wait({renewal}, timeout=SETTLE_S)
            renewal.cancel()
            await asyncio.gather(renewal, return_exceptions=True)
