"""The way to a server: which proxy stands before it, and whose word for its certificate is taken."""

import ssl
import urllib.request
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any
from urllib.parse import urlsplit

import httpx
import truststore

from agent_app.domain.errors import BadSetting
from agent_app.domain.network import NO_PROXY, SYSTEM_PROXY, Network
from agent_app.domain.server_address import is_loopback

CONNECT_S = 5.0


def proxy_for(address: str, network: Network) -> str:
    """Return the proxy that stands before *address*, or "". Raises BadSetting."""
    host = urlsplit(address).hostname or ""
    if is_loopback(host) or network.proxy == NO_PROXY:
        return ""
    if network.proxy != SYSTEM_PROXY:
        return network.proxy
    if _is_bypassed(address):
        return ""
    payload = urllib.request.getproxies()
    proxy = payload.get(urlsplit(address).scheme) or payload.get("all") or ""
    if proxy and "://" not in proxy:
        proxy = f"http://{proxy}"
    if proxy and urlsplit(proxy).scheme not in ("http", "https"):
        raise BadSetting(
            "the system's proxy is of a kind that is not supported (only http and https)"
        )
    return proxy


def _is_bypassed(address: str) -> bool:
    """Return whether the system says that no proxy stands before *address*; a name in `no_proxy` may carry
    a port."""
    parts = urlsplit(address)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return bool(urllib.request.proxy_bypass(f"{parts.hostname or ''}:{port}"))


def proxies(
    address: str, network: Network, context: ssl.SSLContext | None = None
) -> dict[str, httpx.AsyncHTTPTransport] | None:
    """Return the way through the proxy, if one stands before *address*; *context* as in `client_to`.

    A proxy that is itself reached by TLS is trusted as servers are. Raises BadSetting.
    """
    proxy = proxy_for(address, network)
    if not proxy:
        return None
    own = trust(network) if urlsplit(proxy).scheme == "https" else None
    return {
        "all://": httpx.AsyncHTTPTransport(
            proxy=httpx.Proxy(proxy, ssl_context=own), verify=context or trust(network)
        )
    }


def trust(network: Network) -> ssl.SSLContext:
    """Return the system's trust store: a company's proxy has an authority of its own. Or the
    administrators' file. Raises BadSetting where that holds no certificates."""
    if not network.ca_bundle:
        return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        context = ssl.create_default_context(cafile=network.ca_bundle)
    except (OSError, ssl.SSLError):
        raise BadSetting("the file that ca_bundle names holds no certificates") from None
    # Python 3.13 asks of an authority what companies' own often lack (RFC 5280's form, not trust).
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    return context


def client_to(
    address: str, network: Network, *, context: ssl.SSLContext | None = None, **more: Any
) -> httpx.AsyncClient:
    """Return a client on the way to *address*: what it trusts (*context*, where it is given) and which proxy
    it goes through; it follows no redirect and keeps no cookie: a host must not know again who
    asks. Raises BadSetting."""
    secure = urlsplit(address).scheme == "https"
    return httpx.AsyncClient(
        verify=(context or trust(network)) if secure else False,
        trust_env=False,
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        mounts=proxies(address, network, context),
        follow_redirects=False,
        **more,
    )
