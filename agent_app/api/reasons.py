"""Why a connection failed, in the world's terms: the proxy's refusal, and what is wrong with a
certificate."""

import asyncio
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import httpx

from agent_app.api.way import CONNECT_S, client_to, proxy_for, trust
from agent_app.domain.errors import (
    BadSetting,
    Distrust,
    ExternalError,
    NotTrusted,
    ProxyRefused,
    Unreachable,
)
from agent_app.domain.network import Network

_FAULTS = {
    # OpenSSL, Windows (CERT_E_…), macOS (errSec…)
    9: Distrust.NOT_YET,
    10: Distrust.EXPIRED,
    0x800B0101: Distrust.EXPIRED,
    -67818: Distrust.EXPIRED,
    62: Distrust.OTHER_HOST,
    64: Distrust.OTHER_HOST,
    0x800B010F: Distrust.OTHER_HOST,
    -67602: Distrust.OTHER_HOST,
}
_NO_CHECK_TIME = 0x200000
"""OpenSSL's X509_V_FLAG_NO_CHECK_TIME, which Python does not name."""
_MOST_NAMES = 3


def proxy_refusal(error: httpx.ProxyError, address: str, network: Network) -> ProxyRefused:
    """Return what the proxy on the way to *address* said."""
    parts = urlsplit(proxy_for(address, network))
    port = f":{parts.port}" if parts.port else ""
    return ProxyRefused(f"{parts.hostname}{port}", wants_sign_in=str(error).startswith("407"))


async def no_connection(
    error: httpx.ConnectError, address: str, network: Network, *, look: bool = True
) -> ExternalError:
    """Why no connection to *address* came about. *look*: its certificate may be looked at again, for
    what is wrong there."""
    trouble = _trust_error(error)
    if trouble is None:
        return Unreachable("no connection")
    code = getattr(trouble, "verify_code", 0)
    if not isinstance(trouble, ssl.SSLCertVerificationError):
        return NotTrusted(Distrust.NO_TLS)
    fault = _FAULTS.get(code, _FAULTS.get(code & 0xFFFFFFFF, Distrust.UNKNOWN_ISSUER))
    payload: Mapping[str, Any] = {}
    if look and fault is not Distrust.UNKNOWN_ISSUER:
        payload = await _certificate(address, network)
    ends = {Distrust.EXPIRED: "notAfter", Distrust.NOT_YET: "notBefore"}.get(fault, "")
    return NotTrusted(
        fault,
        host=urlsplit(address).hostname or "",
        names=_names(payload),
        moment=_moment(payload.get(ends)),
        bundle=network.ca_bundle,
    )


async def _certificate(address: str, network: Network) -> Mapping[str, Any]:
    """Return what the certificate says, looked at again without minding its time and names. Nothing is
    asked with it but for the front page's head; none where it cannot be had."""
    context = trust(network)
    context.check_hostname = False
    context.verify_flags |= _NO_CHECK_TIME
    parts = urlsplit(address)
    try:
        async with (
            asyncio.timeout(CONNECT_S),
            client_to(address, network, context=context, timeout=CONNECT_S) as client,
            client.stream("HEAD", f"{parts.scheme}://{parts.netloc}/") as response,
        ):
            stream = response.extensions.get("network_stream")
            secure = stream.get_extra_info("ssl_object") if stream is not None else None
            payload: Mapping[str, Any] = (
                secure.getpeercert() if secure is not None else None
            ) or {}
            return payload
    except (httpx.HTTPError, TimeoutError, BadSetting, ValueError):
        return {}


def _names(payload: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the hosts that a certificate is for."""
    names = [name for _, name in payload.get("subjectAltName", ())]
    common = [
        value for part in payload.get("subject", ()) for key, value in part if key == "commonName"
    ]
    return tuple((names or common)[:_MOST_NAMES])


def _moment(text: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(ssl.cert_time_to_seconds(text), UTC)
    except (ValueError, TypeError):
        return None


def _trust_error(error: BaseException | None) -> ssl.SSLError | None:
    """Return the failure over a certificate that a failed connection is about."""
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return error
        error = error.__cause__ or error.__context__
    return None
