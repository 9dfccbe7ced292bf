"""One request, one bounded answer: what httpx does not do by itself.

Each call has a deadline (httpx's time-outs are per read), bodies have a limit while they are
still being unpacked, redirects are not followed, proxies and trust come from the system, and
loopback never goes through a proxy. Cleartext is accepted for loopback only.
"""

import asyncio
import logging
import zlib
from dataclasses import dataclass
from typing import Any

import httpx

from agent_app import __version__
from agent_app.api.reasons import no_connection, proxy_refusal
from agent_app.api.way import CONNECT_S, client_to
from agent_app.domain.errors import (
    BadAddress,
    NotUnderstood,
    Unreachable,
)
from agent_app.domain.network import Network

MAX_BYTES = 8 * 1024 * 1024
DEADLINE_S = 30.0
READ_S, WRITE_S, POOL_S = 15.0, 15.0, 10.0

# httpx's INFO lines print whole addresses, with codes and phone numbers in them.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply, read to its end: status, headers (names in lower case) and unpacked body."""

    code: int
    headers: httpx.Headers
    body: bytes


class Transport:
    """Requests to one server. Close it with `aclose`."""

    def __init__(
        self, server: str, network: Network | None = None, *, deadline_s: float = DEADLINE_S
    ) -> None:
        """*server* as `checked_server` gives it. Raises BadSetting for an unusable proxy or file
        of certificates, BadAddress for a host that administrators do not allow."""
        network = network or Network()
        if not network.allows(server):
            raise BadAddress("not_allowed", "the server is not one that your administrator allows")
        self.server = server
        self._network = network
        self._deadline_s = deadline_s
        self._client = client_to(
            server,
            network,
            http2=False,
            timeout=httpx.Timeout(connect=CONNECT_S, read=READ_S, write=WRITE_S, pool=POOL_S),
            limits=httpx.Limits(max_connections=8, max_keepalive_connections=4),
            headers={
                "User-Agent": f"followup-desk/{__version__}",
                "Accept": "application/json",
                "Accept-Encoding": "gzip",
            },
        )

    async def send(
        self,
        method: str,
        path: str,
        *,
        query: dict[str, str] | None = None,
        json: Any = None,
        form: dict[str, str] | None = None,
        bearer: str = "",
    ) -> Answer:
        """Send one request below the server's address and read the whole answer.

        A *bearer* token goes to this server only: addresses of other hosts cannot be asked here.
        Raises Unreachable, NotTrusted or NotUnderstood; any status code is an answer.
        """
        request = self._client.build_request(
            method,
            self.server + path,
            params=query,
            json=json,
            data=form,
            headers={"Authorization": f"Bearer {bearer}"} if bearer else None,
        )
        sent = _Sent()
        request.extensions["trace"] = sent.trace
        try:
            async with asyncio.timeout(self._deadline_s):
                response = await self._client.send(request, stream=True)
                try:
                    body = await _read(response)
                finally:
                    await response.aclose()
        except TimeoutError:
            raise Unreachable("no answer in time", unclear=sent.began) from None
        except httpx.ConnectError as error:
            raise await no_connection(error, self.server, self._network) from None
        except (httpx.ConnectTimeout, httpx.PoolTimeout):
            raise Unreachable("no connection in time") from None
        except httpx.RemoteProtocolError:
            raise Unreachable("the connection broke", unclear=True) from None
        except httpx.ProxyError as error:
            raise proxy_refusal(error, self.server, self._network) from None
        except httpx.TimeoutException:
            raise Unreachable("no answer in time", unclear=True) from None
        except httpx.TransportError as error:
            raise Unreachable(type(error).__name__, unclear=True) from None
        except (httpx.DecodingError, httpx.StreamError):
            raise NotUnderstood("the reply cannot be unpacked") from None
        return Answer(response.status_code, response.headers, body)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._client.aclose()


class _Sent:
    """Notes whether a request had begun to leave, so whether it may have been carried out."""

    def __init__(self) -> None:
        self.began = False

    async def trace(self, event: str, _info: dict[str, Any]) -> None:
        if event == "http11.send_request_headers.started":
            self.began = True


async def _read(response: httpx.Response) -> bytes:
    """Return the body, unpacked and never more than MAX_BYTES, however well it was packed."""
    packing = response.headers.get("content-encoding", "identity").strip().lower()
    if packing not in ("identity", "", "gzip"):
        raise NotUnderstood("the reply is packed in a way that was not asked for")
    unpacker = zlib.decompressobj(wbits=31) if packing == "gzip" else None
    body = bytearray()
    async for chunk in response.aiter_raw():
        if unpacker is None:
            body += chunk
        else:
            try:
                body += unpacker.decompress(chunk, MAX_BYTES + 1 - len(body))
            except zlib.error:
                raise NotUnderstood("the reply cannot be unpacked") from None
        if len(body) > MAX_BYTES:
            raise NotUnderstood("the reply is too large")
    return bytes(body)
