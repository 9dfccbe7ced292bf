"""What an administrator may say of the network: proxy, certificates, hosts."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from agent_app.domain.server_address import is_loopback

SYSTEM_PROXY, NO_PROXY = "system", "none"


@dataclass(frozen=True, slots=True)
class Network:
    """How the desk may reach the world.

    `proxy` is "system", "none" or an address; `ca_bundle` a file of certificates to trust instead
    of the system's; `allowed_hosts` the only hosts to talk to, servers and recordings alike (none
    named: any). A host that begins with `*.` stands for all below it.
    """

    proxy: str = SYSTEM_PROXY
    ca_bundle: str = ""
    allowed_hosts: tuple[str, ...] = ()

    def allows(self, address: str) -> bool:
        """Return whether the desk may talk to the host of an address; it may to this computer."""
        host = (urlsplit(address).hostname or "").lower()
        if not self.allowed_hosts or is_loopback(host):
            return True
        return any(_is_named(host, name.lower()) for name in self.allowed_hosts)


def is_proxy(text: str) -> bool:
    """Return whether a text can stand as `proxy`."""
    if text in (SYSTEM_PROXY, NO_PROXY):
        return True
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def is_host(text: str) -> bool:
    """Return whether a text can stand in `allowed_hosts`: a host's name alone, or one after `*.`."""
    name = text.removeprefix("*.")
    return bool(name) and all(part and part.replace("-", "a").isalnum() for part in name.split("."))


def _is_named(host: str, name: str) -> bool:
    return host.endswith(name[1:]) if name.startswith("*.") else host == name
