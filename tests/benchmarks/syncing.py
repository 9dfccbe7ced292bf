"""Benchmarks of the way to the server and back, against bare httpx on the same sandbox.

`python -m tests.benchmarks.syncing FOLDER [NAME …]` prints JSON; `__main__` runs it.
"""

import tests.benchmarks.as_started  # noqa: F401

# isort: split

import asyncio
import dataclasses
import json
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from PySide6.QtCore import QTimer

from agent_app.domain.fields import Value
from agent_app.domain.patch import FollowupPatch
from agent_app.models.commands import Commands
from agent_app.store.database import Key
from agent_app.store.store import Store
from agent_app.sync.engine import Engine, utc_now
from tests.benchmarks.measured import Measured
from tests.faults.running import on_the_desks_loop
from tests.nats_server import RunningNats
from tests.sandbox import API, RunningSandbox
from tests.unit.team.desks import credentials
from tests.waiting import until

SAVES, ROWS, ROUNDS = 1_000, 10_000, 2
FAR_SAVES, FAR_S = 200, 0.04
KEY = Key(raw=b"b" * 32)
LONG_S = 300.0
CHANGES_A_SECOND = 20


def engine_on(sandbox: RunningSandbox, store: Store) -> Engine:
    from agent_app.api.client import Client
    from agent_app.api.tokens import ClientCredentials
    from agent_app.api.transport import Transport

    grant = ClientCredentials(sandbox.client_id, sandbox.client_secret)
    return Engine(Client(Transport(sandbox.server), grant), store, refresh_s=100_000)


def bare_client(sandbox: RunningSandbox) -> httpx.AsyncClient:
    token = sandbox.token()["access_token"]
    return httpx.AsyncClient(
        base_url=sandbox.server + API, headers={"Authorization": f"Bearer {token}"}
    )


def some_bases(store: Store) -> dict[str, dict[str, Value]]:
    """SAVES followups with what an edit of their summary starts from: after a minute it is compared
    with what the server has, and a wrong one would be a conflict."""
    rows = store._database.read("select id, server ->> '$.summary' from followup limit ?", [SAVES])
    return {followup_id: {"summary": summary} for followup_id, summary in rows}


def is_loaded(store: Store) -> bool:
    """Whether the list and its debts are read: that is not what a save or a change takes."""
    return bool(store.state("loaded")) and not store.followups.debts_without_name()


async def send(folder: Path) -> list[Measured]:
    """Saves leave one after the other, as an agent's do: to a server at hand, and to one that takes
    as long as one across a country does."""
    sandbox = RunningSandbox("--followups", str(SAVES), "--reads", "1000000", "--writes", "1000000")
    store = Store(folder / "send.store", KEY)
    engine, commands = engine_on(sandbox, store), Commands(store, utc_now)
    commands.attach(engine)
    engine.start()
    await until(lambda: is_loaded(store), deadline_s=LONG_S)
    bases = some_bases(store)
    try:
        near = await _send(sandbox, store, commands, bases)
        sandbox.fault(f"PUT */followups/* delay={FAR_S}")
        far: dict[str, dict[str, Value]] = {
            one: {"summary": "benchmark bare"} for one in list(bases)[:FAR_SAVES]
        }
        afar = await _send(sandbox, store, commands, far)
    finally:
        await engine.stop()
        store.close()
        sandbox.stop()
    return [
        Measured("send", "1,000 saves to the sandbox, time a save against bare PUTs",
                 [near[0]], "ratio", 2.0, bare=[near[1]]),
        Measured("send (afar)", f"the same where the server takes {FAR_S * 1000:.0f} ms",
                 [afar[0]], "ratio", 1.3, bare=[afar[1]]),
    ]  # fmt: skip


async def _send(
    sandbox: RunningSandbox, store: Store, commands: Commands, bases: dict[str, dict[str, Value]]
) -> tuple[float, float]:
    """What a save takes, and a bare PUT (ms each)."""
    began = time.perf_counter()
    for followup_id, base in bases.items():
        commands.save(FollowupPatch(followup_id, {"summary": "benchmark"}, base))
        await asyncio.sleep(0)
    await until(lambda: not any(store.outbox.counts()), deadline_s=LONG_S)
    desk = (time.perf_counter() - began) * 1000 / len(bases)
    async with bare_client(sandbox) as client:
        began = time.perf_counter()
        for followup_id in bases:
            reply = await client.put(
                f"/followups/{followup_id}", json={"summary": "benchmark bare"}
            )
            reply.raise_for_status()
            reply.json()
        bare = (time.perf_counter() - began) * 1000 / len(bases)
    return desk, bare


async def refresh(folder: Path) -> list[Measured]:
    """100 pages into an empty store, and the same again when they are known; no debts are read."""
    sandbox = RunningSandbox("--followups", str(ROWS), "--reads", "1000000")
    first: list[float] = []
    again: list[float] = []
    bare: list[float] = []
    try:
        for number in range(ROUNDS):
            store = Store(folder / f"refresh-{number}.store", KEY)
            engine: Any = engine_on(sandbox, store)
            await engine._client.sign_in()
            for times in (first, again):
                began = time.perf_counter()
                await engine._pull.list.load()
                times.append((time.perf_counter() - began) * 1000)
            await engine.stop()
            store.close()
            async with bare_client(sandbox) as client:
                began = time.perf_counter()
                for page in range(1, ROWS // 100 + 1):
                    reply = await client.get(f"/followups?limit=100&page={page}")
                    json.loads(reply.content)
                bare.append((time.perf_counter() - began) * 1000)
    finally:
        sandbox.stop()
    return [
        Measured("refresh", "10,000 followups over 100 pages into an empty store, against bare httpx",
                 first, "ratio", 3.0, bare=bare),
        Measured("refresh (again)", "the same into a store that knows them",
                 again, "ratio", 1.5, bare=bare),
    ]  # fmt: skip


async def window_on(folder: Path, sandbox: RunningSandbox, **settings: Any) -> Any:
    """A real window, with the whole list."""
    from PySide6.QtWidgets import QApplication

    from agent_app.app.desktop import Desktop
    from agent_app.config.account import Account, SignInMethod
    from agent_app.config.layers import Configuration
    from agent_app.domain.settings import Settings

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    desk: Any = Desktop(app, folder, Configuration(Settings(language="en", **settings)))
    desk.window.show()
    account = Account(
        SignInMethod.ENVIRONMENT, sandbox.server, sandbox.client_id, sandbox.client_secret
    )
    await desk.start(account)
    await until(lambda: desk.status.state.last_refresh is not None, deadline_s=LONG_S)
    return desk


@asynccontextmanager
async def pauses_of_the_loop() -> AsyncIterator[list[float]]:
    """The pauses (ms) between the beats of a timer of 1 ms, while the block runs."""
    pauses: list[float] = []
    last = time.perf_counter()

    def beat() -> None:
        nonlocal last
        now = time.perf_counter()
        pauses.append((now - last) * 1000)
        last = now

    timer = QTimer(interval=1)
    timer.timeout.connect(beat)
    timer.start()
    await asyncio.sleep(0.1)
    pauses.clear()
    yield pauses
    timer.stop()


async def stall(folder: Path) -> list[Measured]:
    """A real window on a sandbox of 10,000: saves, and then the whole list."""
    sandbox = RunningSandbox("--followups", str(ROWS), "--reads", "1000000", "--writes", "1000000")
    desk = await window_on(folder / "stall", sandbox)
    bases = some_bases(desk.store)
    async with pauses_of_the_loop() as pauses:
        for followup_id, base in bases.items():
            desk.commands.save(FollowupPatch(followup_id, {"summary": "benchmark"}, base))
            await asyncio.sleep(0)
        await until(lambda: not any(desk.store.outbox.counts()), deadline_s=LONG_S)
        await desk.engine._pull.list.load()
    await desk.stop()
    sandbox.stop()
    what = "pauses of the window's loop during 1,000 saves and a 10,000-row refresh"
    return [
        Measured("stall", what, pauses, "p99", 4),
        Measured("stall (max)", what, pauses, "max", 16),
    ]


async def stall_team(folder: Path) -> list[Measured]:
    """A real window in a team: colleagues change 20 rows a second, over a real NATS server. One of them,
    who tells it all, is in the window's process."""
    from agent_app.team.team import Team, TeamSettings

    sandbox, nats = RunningSandbox("--followups", str(ROWS)), RunningNats()
    data = folder / "stall-team"
    data.mkdir(parents=True)
    desk = await window_on(
        data / "desk",
        sandbox,
        team_credentials=str(credentials(data, "anna")),
        team_servers=(nats.address,),
    )
    colleague = Team(
        TeamSettings(
            credentials(data, "ben"),
            api=sandbox.server,
            client_id=sandbox.client_id,
            servers=(nats.address,),
        )
    )
    colleague.start()
    await until(lambda: desk.context.team.state.is_live and colleague.rows.is_whole)
    # What the first load of a list costs is another row's matter.
    await until(lambda: is_loaded(desk.store), deadline_s=LONG_S)
    pages = [sandbox.api("GET", f"/followups?limit=100&page={page}")[1] for page in (1, 2, 3, 4)]
    rows = [row for page in pages for row in page["data"]]
    async with pauses_of_the_loop() as pauses:
        for row in rows:
            await colleague.rows.tell({**row, "notes": "a colleague's"}, 0.0)
            await asyncio.sleep(1 / CHANGES_A_SECOND)
        seen = desk.store.followups
        await until(lambda: seen.get(rows[-1]["id"]).notes == "a colleague's", deadline_s=LONG_S)
    await colleague.stop()
    await desk.stop()
    nats.stop()
    sandbox.stop()
    what = f"pauses of the window's loop while a team changes {CHANGES_A_SECOND} rows a second"
    return [
        Measured("stall-team", what, pauses, "p99", 4),
        Measured("stall-team (max)", what, pauses, "max", 16),
    ]


ALL = {"send": send, "refresh": refresh, "stall": stall, "stall-team": stall_team}


async def run(folder: Path, names: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names or list(ALL):
        for found in await ALL[name](folder):
            print(json.dumps(dataclasses.asdict(found)), flush=True)


if __name__ == "__main__":
    on_the_desks_loop(lambda: run(Path(sys.argv[1]), sys.argv[2:]))
