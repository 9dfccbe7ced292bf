"""The environment, read once: programs that the desk starts inherit it, and get no secrets that way."""

import os
from collections.abc import MutableMapping

CLIENT_SECRET, PASSPHRASE = "AGENT_APP_CLIENT_SECRET", "AGENT_APP_STORE_PASSPHRASE"
PROXY = "AGENT_APP_PROXY"
"""It may hold a user's name and password."""
SECRETS = (CLIENT_SECRET, PASSPHRASE, PROXY)


def take_environment(environment: MutableMapping[str, str] = os.environ) -> dict[str, str]:
    """Return the environment as it is; its secrets are not in it any more afterwards."""
    taken = dict(environment)
    for name in SECRETS:
        environment.pop(name, None)
    return taken
