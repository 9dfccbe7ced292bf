"""Runs the sandbox: two origins on 127.0.0.1, the API's and the recordings'."""

import asyncio
import json
import os
import signal
import socket
import sys
import threading
import time
from contextlib import nullcontext
from dataclasses import dataclass, field

import uvicorn

from agent_app.sandbox.accounts import ACCESS_S, Accounts
from agent_app.sandbox.app import Sandbox
from agent_app.sandbox.faults import Fault
from agent_app.sandbox.limits import READS, WINDOW_S, WRITES, Limits
from agent_app.sandbox.media import LIFE_S, Media
from agent_app.sandbox.records import Records
from agent_app.sandbox.seed import Seed

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Options:
    """What `agent-app sandbox` can be told. Times are seconds; `port` 0 takes a free one."""

    port: int = 0
    media_port: int = 0
    seed: int = 1
    followups: int = 500
    data: str | None = None
    reads: int = READS
    writes: int = WRITES
    window_s: int = WINDOW_S
    access_s: float = ACCESS_S
    link_life_s: float = LIFE_S
    role: str = "agent"
    faults: list[Fault] = field(default_factory=list)
    parent: bool = False


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name != "nt":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((HOST, port))
    listener.listen(256)  # from here on a caller is heard, though served a moment later
    return listener


class _Server(uvicorn.Server):
    """A uvicorn server that leaves the process's signals to `run`."""

    def capture_signals(self):  # type: ignore[no-untyped-def]
        return nullcontext()


def run(options: Options) -> None:
    """Serve until interrupted, or (with `parent`) until standard input ends.

    Raises OSError where a port is taken or the data file cannot be used.
    """
    asyncio.run(_serve(options))


async def _serve(options: Options) -> None:
    end = _end_event(options.parent)
    api_socket, media_socket = _listen(options.port), _listen(options.media_port)
    media = Media(time.time, options.link_life_s)
    media.origin = f"http://{HOST}:{media_socket.getsockname()[1]}"
    records = Records(options.data, media)
    if records.is_empty():
        seed = Seed(options.seed, options.followups, time.time())
        records.fill(*seed.data())
    accounts = Accounts(time.time, options.access_s, client_role=options.role)
    limits = Limits(time.time, options.reads, options.writes, options.window_s)
    api = Sandbox(records, accounts, limits, media).app()
    api.faults.extend(options.faults)
    servers = [
        _Server(uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off"))
        for app in (api, media.app())
    ]
    running = [
        asyncio.create_task(server.serve(sockets=[listener]))
        for server, listener in zip(servers, (api_socket, media_socket), strict=True)
    ]
    _print_address(options, api_socket, media, accounts)
    watch = asyncio.create_task(end.wait())
    try:
        await asyncio.wait([watch, *running], return_when=asyncio.FIRST_COMPLETED)
    finally:
        watch.cancel()
        for server in servers:
            server.should_exit = server.force_exit = True
        await asyncio.gather(*running, return_exceptions=True)
        records.close()
        media.close()


def _print_address(
    options: Options, listener: socket.socket, media: Media, accounts: Accounts
) -> None:
    address = f"http://{HOST}:{listener.getsockname()[1]}"
    if options.parent:
        said = {
            "server": address,
            "media": media.origin,
            "client_id": accounts.client_id,
            "client_secret": accounts.client_secret,
        }
        print(json.dumps(said), flush=True)
        return
    print(
        f"The sandbox listens on {address} (recordings on {media.origin}).\n"
        f"  client id      {accounts.client_id}\n"
        f"  client secret  {accounts.client_secret}\n"
        f"Try it: AGENT_APP_SERVER_URL={address} AGENT_APP_CLIENT_ID={accounts.client_id}"
        f" AGENT_APP_CLIENT_SECRET={accounts.client_secret} agent-app\n"
        "Stop it with Ctrl+C.",
        flush=True,
    )


def _end_event(parent: bool) -> asyncio.Event:
    """Set on SIGTERM or Ctrl+C; with *parent*, also when whoever started us is gone."""
    loop = asyncio.get_running_loop()
    end = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, end.set)
        except NotImplementedError:  # Windows: Ctrl+C arrives as KeyboardInterrupt
            pass
    if parent:

        def read() -> None:
            while sys.stdin.buffer.read(1024):
                pass
            loop.call_soon_threadsafe(end.set)

        threading.Thread(target=read, daemon=True).start()
    return end
