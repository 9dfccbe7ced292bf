"""Which links may be opened or fetched: https only, and no private addresses.

`http` and loopback are accepted for this computer alone (the sandbox).
"""

import ipaddress
import re
from urllib.parse import urlsplit

from agent_app.domain.server_address import is_loopback

MAX_LINK = 2_048


def is_safe_link(text: str) -> bool:
    """Whether *text* is an https link without a password (http for this computer only)."""
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
    """Whether the name system can be asked for a name: it takes 63 characters between two dots."""
    if ":" in host:
        return True  # an IPv6 address, which urlsplit has looked at
    try:
        return all(host.encode("idna").removesuffix(b".").split(b"."))
    except UnicodeError:
        return False


def host_of(link: str) -> str:
    """The host that a link leads to, with its port, or ""."""
    try:
        parts = urlsplit(link)
        return f"{parts.hostname or ''}{f':{parts.port}' if parts.port else ''}"
    except ValueError:
        return ""


def may_be_reached(address: str) -> bool:
    """Whether an IP address is one that a link from outside may lead to: a public one, or this
    computer's own. The company's inner network is not for a stranger's link to look around in."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    found = mapped or found
    return found.is_loopback or found.is_global
