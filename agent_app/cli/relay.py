"""The `relay` command: reads the list once for a whole company, and receives the provider's webhooks."""

import argparse
import asyncio
import contextlib
import logging
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agent_app.relay.relay import Relay

SECRETS = {"client_secret": "AGENT_APP_CLIENT_SECRET", "webhook": "AGENT_APP_WEBHOOK_SECRET"}
"""Where secrets come from: the environment, or files of these names in systemd's folder of credentials."""


def add_arguments(relay: argparse.ArgumentParser) -> None:
    """Add what the command can be told."""
    relay.add_argument("--credentials", type=Path, help="the relay's own credentials file")
    relay.add_argument(
        "--reads", type=int, default=300, metavar="N", help="reads of the service an hour (300)"
    )
    relay.add_argument(
        "--webhooks",
        default="",
        metavar="HOST:PORT",
        help="receive the provider's webhooks there, at /webhooks (behind a proxy with TLS)",
    )
    relay.add_argument("--once", action="store_true", help="look at the list once, then end")


def run(said: argparse.Namespace) -> int:
    """Run it until it is asked to end; the exit status is 0, or 1 where it says why not."""
    from agent_app.domain.errors import ExternalError  # for this command alone

    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    for name in ("httpx", "httpcore", "uvicorn", "asyncio"):
        logging.getLogger(name).setLevel(logging.WARNING)
    try:
        return asyncio.run(_run(said))
    except ExternalError as error:
        print(f"agent-app relay: {error}", file=sys.stderr)
    except OSError as error:
        print(f"agent-app relay: it cannot listen: {error.strerror}", file=sys.stderr)
    except KeyboardInterrupt:
        return 0
    return 1


async def _run(said: argparse.Namespace) -> int:
    relay = _relay(said)
    relay.start()
    try:
        if said.once:
            swept = await relay.once()
            print(f"{swept.followups} followups on {swept.pages} pages, {swept.reads} reads")
            return 0
        await _until_asked(relay, said.webhooks)
        return 0
    finally:
        await relay.stop()


def _relay(said: argparse.Namespace) -> "Relay":
    """Return a relay as the settings say. Raises BadSetting and NoTeam."""
    from agent_app.api.client import Client  # for this command alone
    from agent_app.api.tokens import ClientCredentials
    from agent_app.api.transport import Transport
    from agent_app.config.layers import configure, system_folder
    from agent_app.domain.errors import BadSetting
    from agent_app.relay.relay import Relay
    from agent_app.team.team import Team, TeamSettings

    settings = configure(system_folder()).settings
    secret = _secret("client_secret") or settings.client_secret
    if not settings.server or not settings.client_id or not secret:
        raise BadSetting(
            "the server, the client ID or its secret is missing: managed.toml, or"
            " AGENT_APP_SERVER_URL, AGENT_APP_CLIENT_ID and AGENT_APP_CLIENT_SECRET"
        )
    file = said.credentials or settings.team_credentials
    if not file:
        raise BadSetting("name the relay's credentials file: --credentials relay.toml")
    grant = ClientCredentials(settings.client_id, secret, settings.scopes)
    client = Client(Transport(settings.server, settings.network), grant)
    team = Team(
        TeamSettings(
            Path(file),
            api=settings.server,
            client_id=settings.client_id,
            servers=settings.team_servers,
            ca_bundle=settings.ca_bundle,
        )
    )
    return Relay(client, team, reads_an_hour=said.reads)


def _secret(name: str) -> str:
    """Return a secret of systemd's folder, else of the environment."""
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    if folder:
        with contextlib.suppress(OSError):
            return (Path(folder) / name).read_text().strip()
    return os.environ.get(SECRETS[name], "").strip()


async def _until_asked(relay: "Relay", address: str) -> None:
    """Relay, and receive webhooks, until SIGTERM or Ctrl+C."""
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows
            loop.add_signal_handler(number, ended.set)
    works: list[asyncio.Task[object]] = [
        asyncio.create_task(relay.run()),
        asyncio.create_task(ended.wait()),
    ]
    hooks = None
    if address:
        from agent_app.domain.errors import BadSetting  # for this command alone
        from agent_app.relay.hooks import HookServer, hooks_app

        secret = _secret("webhook")
        if not secret:
            raise BadSetting("webhooks need their secret: AGENT_APP_WEBHOOK_SECRET")
        host, _, port = address.rpartition(":")
        if not port.isdigit():
            raise BadSetting("--webhooks is a host and a port, as in 127.0.0.1:8080")
        hooks = HookServer(hooks_app(secret.encode(), relay.hook), host.strip("[]"), int(port))
        works.append(asyncio.create_task(hooks.run()))
    try:
        await asyncio.wait(works, return_when=asyncio.FIRST_COMPLETED)
    finally:
        if hooks is not None:
            hooks.stop()
        for work in works:
            work.cancel()
        await asyncio.gather(*works, return_exceptions=True)
