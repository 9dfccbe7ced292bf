"""Looks at a server from here, for the checkup: the way there, its certificate, its
clock, and what a token may."""

import ssl
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from agent_app.api.client import Client, Share
from agent_app.api.reasons import no_connection, proxy_refusal
from agent_app.api.tokens import Grant
from agent_app.api.transport import READ_S, Transport
from agent_app.api.way import CONNECT_S, client_to
from agent_app.domain.errors import ExternalError, NotFound, Unreachable
from agent_app.domain.network import Network

FIRST = "followups:read"
"""What the one page needs that is always asked for."""
ENDPOINTS = {
    "debts:read": "/debts",
    "users:read": "/company/users",
    "company:read": "/company/profile",
    "reports:read": "/reports",
}
"""What each other scope reads, where that is documented."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """Who vouches for a server, until when (UTC), and how the connection is kept secret."""

    issuer: str
    until: datetime | None
    version: str


@dataclass(frozen=True, slots=True)
class Probe:
    """What was seen. `clock_ahead_s` is how far this computer's clock is ahead of the server's
    (seconds; None: the server names no time)."""

    certificate: Certificate | None
    clock_ahead_s: float | None


@dataclass(frozen=True, slots=True)
class Rights:
    """What a token may, and what is left of the company's hourly share.

    `troubles` says by scope why its endpoint did not answer; `untried` are scopes that only change
    something, or whose endpoint nobody has documented.
    """

    scopes: frozenset[str] = frozenset()
    share: dict[str, Share] = field(default_factory=dict)
    troubles: dict[str, str] = field(default_factory=dict)
    untried: frozenset[str] = frozenset()


async def look(server: str, network: Network) -> Probe:
    """Ask a server for its front page, without a token. Raises Unreachable, NotTrusted or
    BadSetting."""
    try:
        async with client_to(
            server,
            network,
            timeout=httpx.Timeout(connect=CONNECT_S, read=READ_S, write=READ_S, pool=CONNECT_S),
        ) as client:
            began = time.time()
            async with client.stream("GET", f"{server}/") as response:
                took = time.time() - began
                return Probe(
                    _certificate(response), _ahead(response.headers.get("date", ""), began, took)
                )
    except httpx.ConnectError as error:
        raise await no_connection(error, server, network) from None
    except httpx.ProxyError as error:
        raise proxy_refusal(error, server, network) from None
    except httpx.HTTPError as error:
        raise Unreachable(type(error).__name__) from None


async def rights(server: str, network: Network, grant: Grant) -> Rights:
    """Ask for a token, for one page, and once for what each other scope reads. Raises ExternalError
    where there is no token, or no page."""
    client = Client(Transport(server, network), grant)
    try:
        await client.list_followups(1)
        scopes = client.scopes or frozenset()
        troubles = {}
        for scope, path in ENDPOINTS.items():
            if scope in scopes:
                try:
                    await client.look_at(path)
                except NotFound:
                    troubles[scope] = f"{path} is not there (HTTP 404)"
                except ExternalError as error:
                    troubles[scope] = f"{path}: {error}"
        untried = scopes - ENDPOINTS.keys() - {FIRST}
        return Rights(scopes, dict(client.share), troubles, untried)
    finally:
        await client.aclose()


def _ahead(date: str, began: float, took: float) -> float | None:
    """HTTP's dates are cut to the second, so the server's is half a second later on average."""
    try:
        server = parsedate_to_datetime(date).timestamp() + 0.5
    except ValueError:
        return None
    return began + took / 2 - server


def _certificate(response: httpx.Response) -> Certificate | None:
    stream = response.extensions.get("network_stream")
    secure = stream.get_extra_info("ssl_object") if stream is not None else None
    if secure is None:
        return None
    payload: dict[str, Any] = secure.getpeercert() or {}
    names = dict(pair for part in payload.get("issuer", ()) for pair in part)
    until = payload.get("notAfter")
    return Certificate(
        names.get("organizationName") or names.get("commonName", ""),
        datetime.fromtimestamp(ssl.cert_time_to_seconds(until), UTC) if until else None,
        secure.version() or "",
    )
