"""What may go wrong around a team: clocks, a desk cut off, a node of a cluster, newer and old messages."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agent_app.domain.team import Event, SharedKind, TeamLink
from agent_app.team import nats_link, subjects
from agent_app.team.messages import ClaimSaid, EventSaid, PresenceSaid, RowSaid, Said, SharedSaid
from agent_app.team.team import Team
from tests.nats_server import RunningNats, free_port
from tests.unit.team.desks import SHORT, desks, settings
from tests.waiting import until

pytestmark = pytest.mark.anyio


# -- clocks


async def test_a_desk_whose_clock_is_a_minute_off(
    nats: RunningNats, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ages are counted by the server's clock: nothing lives longer, or shorter, for it."""
    real = time.time
    off = [0.0]
    monkeypatch.setattr("agent_app.team.nats_link.time.time", lambda: real() + off[0])
    skewed = [
        Team(
            settings(tmp_path, name, nats.address),
            now=lambda by=by: datetime.now(UTC) + timedelta(seconds=by),  # type: ignore[misc]
        )
        for name, by in (("early", -60), ("late", 60))
    ]
    try:
        for desk, by in zip(skewed, (-60.0, 60.0), strict=True):
            off[0] = by
            desk.start()
            await until(lambda desk=desk: desk.state.is_live)  # type: ignore[misc]
        early, late = skewed
        early.claims.use({"debt"})
        await until(lambda: late.claims.is_taken("debt"))
        claim = late.claims.of("debt")
        assert claim is not None
        assert abs((datetime.now(UTC) + timedelta(seconds=60) - claim.since).total_seconds()) < 2
        await asyncio.sleep(SHORT.lease * 1.2)
        assert late.claims.is_taken("debt")
        assert early._task is not None
        early._task.cancel()
        died = asyncio.get_running_loop().time()
        await until(lambda: not late.claims.is_taken("debt"))
        assert asyncio.get_running_loop().time() - died <= SHORT.lease + 0.3
    finally:
        for desk in skewed:
            await desk.stop()


# -- a desk that is cut off


class Wire:
    """A line to a server that can be cut without either end being told."""

    def __init__(self, port: int) -> None:
        self._to, self.is_cut = port, False
        self._server: asyncio.Server | None = None
        self._pumps: set[asyncio.Task[None]] = set()

    async def open(self) -> str:
        self._server = await asyncio.start_server(self._on_client, "127.0.0.1", 0)
        return f"nats://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def _on_client(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", self._to)
        for one in (self._pump(reader, back), self._pump(there, writer)):
            task = asyncio.create_task(one)
            self._pumps.add(task)
            task.add_done_callback(self._pumps.discard)

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.CancelledError):
            while data := await reader.read(65_536):
                while self.is_cut:  # noqa: ASYNC110
                    await asyncio.sleep(0.02)
                writer.write(data)
                await writer.drain()
        writer.close()

    async def close(self) -> None:
        self.is_cut = False
        for task in list(self._pumps):
            task.cancel()
        await asyncio.gather(*self._pumps, return_exceptions=True)
        if self._server is not None:
            self._server.close()


@pytest.fixture
async def wire(nats: RunningNats) -> AsyncIterator[Wire]:
    wire = Wire(nats.port)
    yield wire
    await wire.close()


async def test_a_desk_that_is_cut_off(
    nats: RunningNats, wire: Wire, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nats_link, "HEARTBEAT_S", 0.5)
    cut = Team(settings(tmp_path, "cut", await wire.open()))
    async with desks(tmp_path, nats.address, "ben") as (ben,):
        try:
            cut.start()
            await until(lambda: cut.state.is_live)
            cut.claims.use({"debt"})
            await until(lambda: ben.claims.is_taken("debt"))
            wire.is_cut = True
            ben.claims.use({"debt"})
            await until(lambda: ben.claims.holds("debt"))  # no claim outlives its lease
            await until(lambda: ben.presences.is_anyone_missing)
            await until(lambda: cut.state.link is TeamLink.LOST)
            began = asyncio.get_running_loop().time()
            cut.claims.use({"debt", "another"})
            assert asyncio.get_running_loop().time() - began < 0.05
            wire.is_cut = False
            await until(lambda: cut.state.is_live)
            assert cut.claims.is_taken("debt")
            await until(lambda: not ben.presences.is_anyone_missing)
        finally:
            await cut.stop()


# -- a cluster


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[list[RunningNats]]:
    """Three servers that keep everything three times."""
    ports = [(free_port(), free_port()) for _ in range(3)]
    routes = ", ".join(f'"nats://127.0.0.1:{inner}"' for _, inner in ports)
    nodes = []
    for number, (outer, inner) in enumerate(ports):
        folder = tmp_path / f"node{number}"
        folder.mkdir()
        text = (
            f'server_name: "n{number}"\nlisten: "127.0.0.1:{outer}"\n'
            f'jetstream {{ store_dir: "{(folder / "data").as_posix()}" }}\n'
            f'cluster {{ name: "c", listen: "127.0.0.1:{inner}", routes: [{routes}] }}\n'
        )
        nodes.append(RunningNats(text, folder, outer))
    yield nodes
    for node in nodes:
        node.kill()


async def test_a_node_of_three_is_killed(cluster: list[RunningNats], tmp_path: Path) -> None:
    addresses = tuple(node.address for node in cluster)
    found = []
    for name in ("anna", "ben"):
        said = replace(settings(tmp_path, name, ""), servers=addresses, replicas=3)
        found.append(Team(said))
    anna, ben = found
    try:
        anna.start()
        await until(lambda: anna.state.is_live, deadline_s=60)
        ben.start()
        await until(lambda: ben.state.is_live, deadline_s=60)
        await anna.shared.publish(SharedKind.GOALS, "twenty")
        anna.claims.use({"debt"})
        await until(lambda: ben.claims.is_taken("debt"))
        port = int(anna.state.server.rpartition(":")[2])
        next(node for node in cluster if node.port == port).kill()
        anna.claims.use({"debt", "other"})
        await until(
            lambda: anna.state.is_live and ben.claims.is_taken("other"),
            deadline_s=90,  # 2.9 may put a consumer on the node that is gone, again and again
        )
        goals = ben.shared.of(SharedKind.GOALS)
        assert goals is not None and goals.text == "twenty"
    finally:
        for one in found:
            await one.stop()


# -- messages


@pytest.mark.parametrize("kind", [ClaimSaid, PresenceSaid, RowSaid, EventSaid, SharedSaid])
def test_a_newer_version_is_ignored(kind: type[Said]) -> None:
    assert kind.read(b'{"v": 2, "id": "a", "debt": "d", "at": 1}') is None


async def test_an_event_that_comes_again_counts_once(nats: RunningNats, tmp_path: Path) -> None:
    async with desks(tmp_path, nats.address, "anna", "boss") as (anna, boss):
        await anna.events.tell(Event("e", "", "f", "d", "no_answer", datetime.now(UTC)))
        await until(boss.events.all)
        link = anna._link
        assert link is not None
        again = await link.last(subjects.EVENTS, subjects.event("anna"))
        assert again is not None
        await link.put(subjects.event("anna"), again.data)
        await anna.events.tell(Event("e2", "", "f", "d", "no_answer", datetime.now(UTC)))
        await until(lambda: len(boss.events.all()) == 2)
        assert [one.id for one in boss.events.all()] == ["e", "e2"]


async def test_what_happened_without_the_team_is_said_later(
    nats: RunningNats, tmp_path: Path
) -> None:
    async with desks(tmp_path, nats.address, "anna", "boss") as (anna, boss):
        nats.kill()
        await until(lambda: not anna.state.is_live)
        at = datetime.now(UTC)
        await anna.events.tell(Event("", "", "f", "d", "deal_found", at, 60_000, 9_000))
        nats.start()
        await until(boss.events.all, deadline_s=40)
        event = boss.events.all()[0]
        assert abs((event.at - at).total_seconds()) < 1
        assert (event.talk_ms, event.wrap_up_ms) == (60_000, 9_000)


async def test_two_who_write_the_same_version(nats: RunningNats, tmp_path: Path) -> None:
    async with desks(tmp_path, nats.address, "boss", "anna") as (boss, anna):
        link = boss._link
        assert link is not None
        for author in ("boss", "other"):
            said = SharedSaid(kind=SharedKind.GOALS, version=1, text=f"of {author}")
            await link.put(subjects.shared("goals", author), said.write())
        await boss.shared.publish(SharedKind.GOALS, "second")
        await until(lambda: len(anna.shared.history(SharedKind.GOALS)) == 2)
        history = anna.shared.history(SharedKind.GOALS)
        assert [(one.version, one.text) for one in history] == [(2, "second"), (1, "of boss")]


async def test_without_figures_a_desk_tells_nothing_of_its_agent(
    nats: RunningNats, tmp_path: Path
) -> None:
    quiet = Team(replace(settings(tmp_path, "anna", nats.address), figures=False))
    async with desks(tmp_path, nats.address, "boss") as (boss,):
        try:
            quiet.start()
            await until(lambda: quiet.state.is_live)
            await quiet.events.tell(Event("e", "", "f", "d", "no_answer", datetime.now(UTC)))
            quiet.claims.use({"debt"})
            await until(lambda: boss.claims.is_taken("debt"))
            assert boss.events.all() == []
        finally:
            await quiet.stop()
