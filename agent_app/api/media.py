"""Reads a recording from the host that a signed link names, without our token.

Asked for by ranges, so that a listener may jump ahead while it streams. Redirects are followed by
hand, each hop under the same rule: https, and an address that may be reached (domain/links.py);
the address is looked at once more when the connection stands, so that a name that answers
differently the second time gains nothing.
"""

import asyncio
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
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
from agent_app.domain.links import is_safe_link, may_be_reached
from agent_app.domain.network import Network

MAX_BYTES = 256 * 1024 * 1024
MAX_HOPS = 3
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
    link: str, start: int, network: Network | None = None
) -> AsyncIterator[Stream]:
    """Read *link* from byte *start* on; a host that knows no ranges begins at 0.

    Raises LinkDead, LinkRefused, Unreachable, NotTrusted, ServerTrouble or NotUnderstood, while it
    is read too.
    """
    network = network or Network()
    if not is_safe_link(link):  # before a client is made for it
        raise LinkRefused("no https link")
    try:
        async with (
            _client(link, network) as client,
            _answer(client, link, start, network) as response,
        ):
            first, total = _place(response, start)
            yield Stream(first, total, _chunks(response))
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


@asynccontextmanager
async def _answer(
    client: httpx.AsyncClient, link: str, start: int, network: Network
) -> AsyncIterator[httpx.Response]:
    for _hop in range(MAX_HOPS + 1):
        await _check(link, network)
        async with client.stream("GET", link, headers={"Range": f"bytes={start}-"}) as response:
            _check_peer(response, link, network)
            if response.is_redirect:
                link = _further(link, response)
                continue
            if response.status_code in DEAD:
                raise LinkDead(f"HTTP {response.status_code}")
            if response.status_code >= 500:
                raise ServerTrouble(response.status_code)
            if response.status_code not in (200, 206, 416):
                raise NotUnderstood(f"HTTP {response.status_code}")
            yield response
            return
    raise NotUnderstood("too many redirects")


def _further(link: str, response: httpx.Response) -> str:
    try:
        return str(urljoin(link, response.headers.get("location", "")))
    except ValueError:
        raise LinkRefused("a redirect to what is no address") from None


async def _check(link: str, network: Network) -> None:
    if not is_safe_link(link):
        raise LinkRefused("no https link")
    if not network.allows(link):
        raise LinkRefused("a host that administrators do not allow")
    if proxy_for(link, network):
        return  # the proxy finds the address, and rules over where its company's people may go
    host = urlsplit(link).hostname or ""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreachable("no such host") from None
    if not all(may_be_reached(str(one[4][0])) for one in found):
        raise LinkRefused("a private address")


def _check_peer(response: httpx.Response, link: str, network: Network) -> None:
    stream = response.extensions.get("network_stream")
    peer = stream.get_extra_info("server_addr") if stream is not None else None
    if peer and not proxy_for(link, network) and not may_be_reached(str(peer[0])):
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
