"""Which links may be opened or fetched: https only, and no private addresses.

`http` is accepted for this computer alone. What the desk fetches by itself may lead to this computer only
where the server is on it as well (the sandbox): else a server could ask this computer's own services.
"""

import ipaddress
import re
from urllib.parse import urlsplit

from agent_app.domain.server_address import is_loopback

MAX_LINK = 2_048
_INNER_NAMES = frozenset(
    {"localhost", "local", "internal", "intranet", "lan", "corp", "home", "private", "arpa"}
)
"""Last parts of names that no public host has (RFC 6761, 6762, 8375; ICANN's list of collisions)."""
_NAT64 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))


def is_safe_link(text: str) -> bool:
    """Return whether *text* is an https link without a password (http for this computer only)."""
    if len(text) > MAX_LINK or not text.isprintable() or re.search(r"[\s<>\"\\]", text):
        return False
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return False
    if not host or parts.username is not None or parts.password is not None:
        return False
    if not _may_be_a_host(host):
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))


def _may_be_a_host(host: str) -> bool:
    """Return whether the name system can be asked for a name: it takes 63 characters between two dots."""
    if ":" in host:
        return True  # an IPv6 address, which urlsplit has looked at
    try:
        return all(host.encode("idna").removesuffix(b".").split(b"."))
    except UnicodeError:
        return False


def host_of(link: str) -> str:
    """Return the host that a link leads to, with its port, or ""."""
    try:
        parts = urlsplit(link)
        return f"{parts.hostname or ''}{f':{parts.port}' if parts.port else ''}"
    except ValueError:
        return ""


def may_be_fetched(link: str, *, this_computer: bool = False) -> bool:
    """Return whether the desk may fetch *link* by itself, as far as its text tells: a safe link to no private
    name or address, and to this computer only where *this_computer* says so."""
    if not is_safe_link(link):
        return False
    host = (urlsplit(link).hostname or "").lower().rstrip(".")
    if is_loopback(host):
        return this_computer
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return "." in host and host.rpartition(".")[2] not in _INNER_NAMES
    return may_be_reached(host)


def may_be_reached(address: str, *, this_computer: bool = False) -> bool:
    """Return whether an IP address is one that a link from outside may lead to: a public one, or this
    computer's own where *this_computer* says so. The company's inner network is not for a stranger's
    link to look around in."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    found = _wrapped(found) or found
    if found.is_loopback:
        return this_computer
    is_odd = found.is_multicast or found.is_reserved or getattr(found, "is_site_local", False)
    return found.is_global and not is_odd


def _wrapped(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that an IPv6 address leads to: mapped, NAT64 (RFC 6052, RFC 8215), 6to4 or
    Teredo."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    for net in _NAT64:
        if address in net:
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)
