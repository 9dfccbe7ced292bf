"""What may stand as a server's address."""

import ipaddress
from urllib.parse import urlsplit

from agent_app.domain.errors import BadAddress


def checked_server(address: str) -> str:
    """*address* as an origin without a final slash. Raises BadAddress if it cannot be a server."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        raise BadAddress("unreadable", "the server's address is not an address") from None
    if parts.scheme not in ("https", "http") or not parts.hostname:
        raise BadAddress("no_host", "the server's address must begin with https:// and name a host")
    if parts.username or parts.password:
        raise BadAddress(
            "credentials", "the server's address must not hold a user name or password"
        )
    if parts.query or parts.fragment:
        raise BadAddress("query", "the server's address must not hold a ? or a #")
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise BadAddress(
            "cleartext",
            "the server's address must begin with https:// (http:// is for this computer only)",
        )
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    at = f":{port}" if port else ""
    return f"{parts.scheme}://{host}{at}{parts.path.rstrip('/')}"


def checked_team_server(address: str) -> str:
    """Return the address of a team's server with its scheme: TLS, but for this computer. Raises BadAddress."""
    text = address.strip()
    if "://" not in text:
        text = f"nats://{text}"
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise BadAddress("unreadable", "the team server's address is not an address") from None
    if parts.scheme not in ("nats", "tls") or not parts.hostname or port == 0:
        raise BadAddress(
            "no_host", "the team server's address must name a host, as in tls://host:4222"
        )
    if parts.username or parts.password or parts.path.strip("/") or parts.query:
        raise BadAddress("query", "the team server's address must be a host and a port alone")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    scheme = parts.scheme if is_loopback(parts.hostname) else "tls"
    return f"{scheme}://{host}:{port or 4222}"


def is_loopback(host: str) -> bool:
    """Return whether *host* is this computer."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
