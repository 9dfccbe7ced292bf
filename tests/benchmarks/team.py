"""A team's desks on a real NATS server: how long a claim and a colleague's row take, and what the server
needs.

    python -m tests.benchmarks.team --desks 200 --seconds 30
    python -m tests.benchmarks.team --rows 100000       # a new desk's first load, from the stream alone

All desks share one process here, which also hears everything two hundred times: what is measured is more
than a desk of its own feels. Each takes a debt, holds it for half a minute or so and leaves it, three
times as often as an agent does.
"""

import argparse
import asyncio
import contextlib
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from agent_app.api.client import Client
from agent_app.api.tokens import ClientCredentials
from agent_app.api.transport import Transport
from agent_app.store.store import Store
from agent_app.sync.engine import Engine, utc_now
from agent_app.sync.teamwork import Teamwork
from agent_app.team.rows import RowHeard
from agent_app.team.team import Team, TeamSettings
from tests.nats_server import RunningNats
from tests.waiting import until

HELD_S = (20.0, 60.0)
MOST_WAIT_S = 120.0


def _team(folder: Path, name: str, address: str, role: str = "agent") -> Team:
    file = folder / f"{name}.toml"
    file.write_text(f'id = "{name}"\nrole = "{role}"\n')
    return Team(TeamSettings(file, "https://api.example", "client", servers=(address,)))


def _part(values: list[float], part: float) -> float:
    ordered = sorted(values) or [0.0]
    return ordered[min(int(len(ordered) * part), len(ordered) - 1)]


@contextmanager
def _server() -> Iterator[RunningNats]:
    server = RunningNats()
    try:
        yield server
    finally:
        server.stop()


async def _held(team: Team, debt: str) -> None:
    """Wait until a debt is ours, without asking again and again: two hundred do."""
    news = asyncio.Event()
    unlisten = team.claims.changed.listen(lambda debts: news.set() if debt in debts else None)
    try:
        async with asyncio.timeout(MOST_WAIT_S):
            while team.claims.of(debt) is None:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(1.0):
                        await news.wait()
                news.clear()
    finally:
        unlisten()


async def many(desks: int, seconds: float) -> str:
    """Desks that claim and tell; returns a line of what came of it."""
    claims: list[float] = []
    pushes: list[float] = []
    sent: dict[str, float] = {}

    def heard(one: RowHeard) -> None:
        pushes.append(time.perf_counter() - sent[str(one.row["id"])])

    async def work(team: Team, rng: random.Random) -> None:
        end = time.monotonic() + seconds
        number = 0
        await asyncio.sleep(rng.uniform(0.0, HELD_S[0]))
        while time.monotonic() < end:
            number += 1
            debt = f"{team.me.id}-{number}"
            began = time.perf_counter()
            team.claims.use({debt})
            await _held(team, debt)
            claims.append(time.perf_counter() - began)
            await asyncio.sleep(rng.uniform(*HELD_S))
            if rng.random() < 0.5:
                sent[debt] = time.perf_counter()
                row = {"id": debt, "status": "no_answer", "notes": "x" * 600}
                await team.rows.tell(row, 0.0)
        team.claims.use(())

    with _server() as server, tempfile.TemporaryDirectory() as name:
        teams = [_team(Path(name), f"agent-{n}", server.address) for n in range(desks)]
        began = time.perf_counter()
        for team in teams:
            team.rows.heard.listen(heard)
            team.start()
        await until(
            lambda: all(team.state.is_live and team.rows.is_whole for team in teams),
            deadline_s=MOST_WAIT_S,
        )
        joined = time.perf_counter() - began
        await asyncio.gather(*(work(team, random.Random(n)) for n, team in enumerate(teams)))
        await asyncio.sleep(1.0)
        memory = psutil.Process(server.pid).memory_info().rss / 2**20
        for team in teams:
            await team.stop()
    return (
        f"| {desks} | {joined:.1f} s | {len(claims)} |"
        f" {_part(claims, 0.5) * 1e3:.0f} / {_part(claims, 0.99) * 1e3:.0f} ms |"
        f" {len(pushes)} of {len(sent) * (desks - 1)} |"
        f" {_part(pushes, 0.5) * 1e3:.0f} / {_part(pushes, 0.99) * 1e3:.0f} ms | {memory:.0f} MiB |"
    )


HEADER = (
    "| desks | all there after | claims | p50 / p99 | rows heard | p50 / p99 | the server's memory |\n"
    "| --- | --- | --- | --- | --- | --- | --- |"
)


async def first_load(rows: int) -> str:
    """A new desk's list, told by a relay before: when its first rows and its last one are there."""
    with _server() as server, tempfile.TemporaryDirectory() as name:
        relay = _team(Path(name), "relay", server.address, "relay")
        relay.start()
        await until(lambda: relay.state.is_live and relay.rows.is_whole)
        for number in range(rows):
            row = {
                "id": f"f-{number}",
                "debt_id": f"debt-{number // 3}",
                "status": "scheduled",
                "type": "call",
                "scheduled_at": utc_now().isoformat(),
                "notes": "x" * 300,
            }
            await relay.rows.tell(row, 0.0, number + 1)
        await until(lambda: relay.rows.sequence >= rows, deadline_s=600)
        store, team = Store(None, None), _team(Path(name), "anna", server.address)
        client = Client(Transport("http://127.0.0.1:1"), ClientCredentials("client", "secret"))
        engine = Engine(client, store)
        work = Teamwork(team, store, engine.budget, utc_now, lambda _: None)
        began = time.perf_counter()
        work.start()
        taking = asyncio.create_task(work.run())
        team.start()
        first, longest, last_turn = 0.0, 0.0, time.perf_counter()
        while store.followups.count() < rows:
            await asyncio.sleep(0.002)
            now = time.perf_counter()
            longest, last_turn = max(longest, now - last_turn), now
            if not first and store.followups.count():
                first = now - began
        whole = time.perf_counter() - began
        taking.cancel()
        work.stop()
        await team.stop()
        await relay.stop()
        store.close()
    return (
        f"{rows} followups: the first after {first:.2f} s, all after {whole:.1f} s,"
        f" the window's longest pause {longest * 1e3:.0f} ms, no read"
    )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--desks", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--rows", type=int, default=0)
    said = parser.parse_args()
    if said.rows:
        print(asyncio.run(first_load(said.rows)))
        return
    print(HEADER)
    print(asyncio.run(many(said.desks, said.seconds)))


if __name__ == "__main__":
    main()
