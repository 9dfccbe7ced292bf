"""Reads a recording from the host that a signed link names, without our token.

Asked for by ranges, so that a listener may jump ahead while it streams. Redirects are followed by
hand. Each hop has a client of its own (its proxy, its TLS) and is checked like the first: https, and
an address that may be reached (domain/links.py). The address is checked again when the connection is
made, before anything is asked of it: a name that answers differently the second time gains nothing.
"""

import asyncio
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from agent_app import __version__
from agent_app.api.reasons import no_connection, proxy_refusal
from agent_app.api.transport import READ_S
from agent_app.api.way import CONNECT_S, client_to, proxy_for
from agent_app.domain.errors import (
    LinkDead,
    LinkRefused,
    NotUnderstood,
    ServerTrouble,
    Unreachable,
)
from agent_app.domain.links import may_be_fetched, may_be_reached
from agent_app.domain.network import Network

MAX_BYTES = 256 * 1024 * 1024
MAX_HOPS = 3
LOOK_UP_S = 2.0
"""How long this computer may take to look a name up that a proxy looks up as well (seconds)."""
_LENGTH = "[0-9]{1,15}"
DEAD = frozenset({400, 401, 403, 404, 410})
"""What hosts answer for a signature that is no longer good."""


@dataclass(frozen=True, slots=True)
class Stream:
    """An answer under way: from which byte on, of how many in all (None: not said)."""

    start: int
    total: int | None
    chunks: AsyncIterator[bytes]


@asynccontextmanager
async def open_stream(
    link: str, start: int, network: Network | None = None, *, this_computer: bool = False
) -> AsyncIterator[Stream]:
    """Read *link* from byte *start* on; a host that knows no ranges begins at 0. It may lead to this
    computer only where *this_computer* says so.

    Raises LinkDead, LinkRefused, Unreachable, NotTrusted, ServerTrouble or NotUnderstood, while it
    is read too.
    """
    network = network or Network()
    for _hop in range(MAX_HOPS + 1):
        async with _asked(link, start, network, this_computer) as response:
            if not response.is_redirect:
                first, total = _place(response, start)
                yield Stream(first, total, _chunks(response))
                return
            link = _further(link, response)
    raise NotUnderstood("too many redirects")


@asynccontextmanager
async def _asked(
    link: str, start: int, network: Network, this_computer: bool
) -> AsyncIterator[httpx.Response]:
    """The answer of one hop, which is good or a redirect."""
    await _check(link, network, this_computer)
    # A proxy's own address is the administrators' matter, and may well be a private one.
    gate = None if proxy_for(link, network) else _Gate(this_computer=this_computer)
    try:
        async with (
            _client(link, network) as client,
            client.stream(
                "GET",
                link,
                headers={"Range": f"bytes={start}-"},
                extensions={"trace": gate.trace} if gate is not None else {},
            ) as response,
        ):
            _check_status(response)
            yield response
    except httpx.ConnectError as error:
        raise await no_connection(error, link, network, look=False) from None
    except httpx.ProxyError as error:
        raise proxy_refusal(error, link, network) from None
    except httpx.TransportError as error:
        raise Unreachable(type(error).__name__) from None
    except (httpx.StreamError, httpx.InvalidURL, UnicodeError):  # a host that IDNA does not know
        raise NotUnderstood("the recording cannot be read") from None


def _client(link: str, network: Network) -> httpx.AsyncClient:
    return client_to(
        link,
        network,
        timeout=httpx.Timeout(connect=CONNECT_S, read=READ_S, write=READ_S, pool=CONNECT_S),
        headers={"User-Agent": f"followup-desk/{__version__}", "Accept-Encoding": "identity"},
    )


def _check_status(response: httpx.Response) -> None:
    if response.is_redirect:
        return
    if response.status_code in DEAD:
        raise LinkDead(f"HTTP {response.status_code}")
    if response.status_code >= 500:
        raise ServerTrouble(response.status_code)
    if response.status_code not in (200, 206, 416):
        raise NotUnderstood(f"HTTP {response.status_code}")


def _further(link: str, response: httpx.Response) -> str:
    try:
        further = str(urljoin(link, response.headers.get("location", "")))
        schemes = (urlsplit(link).scheme, urlsplit(further).scheme)
    except ValueError:
        raise LinkRefused("a redirect to what is no address") from None
    if schemes == ("https", "http"):
        raise LinkRefused("a redirect from https to http")
    return further


async def _check(link: str, network: Network, this_computer: bool) -> None:
    if not may_be_fetched(link, this_computer=this_computer):
        raise LinkRefused("no https link, or one to a private place")
    if not network.allows(link):
        raise LinkRefused("a host that administrators do not allow")
    has_proxy = bool(proxy_for(link, network))
    addresses = await _addresses(urlsplit(link).hostname or "", LOOK_UP_S if has_proxy else None)
    if not addresses and not has_proxy:
        raise Unreachable("no such host")
    if not all(may_be_reached(one, this_computer=this_computer) for one in addresses):
        raise LinkRefused("a private address")


async def _addresses(host: str, patience_s: float | None) -> list[str]:
    """Return what a name leads to, as far as this computer can tell; behind a proxy it often cannot."""
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(patience_s):
            found = await loop.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, TimeoutError):
        return []
    return [str(one[4][0]) for one in found]


class _Gate:
    """Looks at the address that a connection was made to, before anything is asked of it."""

    def __init__(self, *, this_computer: bool) -> None:
        self._this_computer = this_computer

    async def trace(self, event: str, info: dict[str, Any]) -> None:
        if event != "connection.connect_tcp.complete":
            return
        stream = info["return_value"]
        peer = stream.get_extra_info("server_addr")
        if not may_be_reached(str(peer[0]), this_computer=self._this_computer):
            await stream.aclose()
            raise LinkRefused("a private address")


def _place(response: httpx.Response, start: int) -> tuple[int, int | None]:
    """From where on the answer is, and how long the whole is."""
    if response.status_code == 416:
        found = re.fullmatch(rf"bytes \*/({_LENGTH})", response.headers.get("content-range", ""))
        if found is None:
            raise NotUnderstood("a range that cannot be had")
        return int(found[1]), int(found[1])
    if response.status_code == 206:
        payload = response.headers.get("content-range", "")
        found = re.fullmatch(rf"bytes ({_LENGTH})-{_LENGTH}/({_LENGTH}|\*)", payload)
        if found is None or int(found[1]) != start:
            raise NotUnderstood("another range than was asked for")
        return start, None if found[2] == "*" else int(found[2])
    length = response.headers.get("content-length", "")
    return 0, int(length) if re.fullmatch(_LENGTH, length) else None


async def _chunks(response: httpx.Response) -> AsyncIterator[bytes]:
    if response.status_code == 416:
        return
    read = 0
    async for chunk in response.aiter_raw(16_384):
        read += len(chunk)
        if read > MAX_BYTES:
            raise NotUnderstood("the recording is too large")
        yield chunk
