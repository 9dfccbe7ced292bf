"""Agents who share a list and work it from the top: who calls whom twice, and what it costs.

    python -m tests.benchmarks.fleet --shared              # 2, 10 and 20 agents, each way
    python -m tests.benchmarks.fleet --shared --agents 50 --way team

The desk's own store, queue, sync, budget and team, against the sandbox's limiter, in made-up time. All
begin in the same five minutes on yesterday's list, nobody owns anything, and everything is counted from
the first moment on. Each takes the first call of "To call now" that their queue does not skip, talks 60
to 180 s, saves an outcome, and goes on. Ways: `top` (every desk from the top, as it was), `alone` (a
desk has a start of its own), `part` (n of m) and `team` (NATS).
"""

import asyncio
import random
import tempfile
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from agent_app.api.client import Client
from agent_app.api.tokens import ClientCredentials
from agent_app.api.wire import read_followup
from agent_app.domain.part import MAX_SHARE, Part
from agent_app.domain.patch import diff
from agent_app.domain.views import Column, View
from agent_app.models.commands import Commands
from agent_app.models.queue import Queue
from agent_app.sandbox.accounts import CLIENT_ID, CLIENT_SECRET, Accounts
from agent_app.sandbox.app import Sandbox
from agent_app.sandbox.limits import READS, WRITES, Limits
from agent_app.sandbox.media import Media
from agent_app.sandbox.records import Records
from agent_app.store.store import Store
from agent_app.sync.engine import Engine
from agent_app.team.subjects import Lifetimes
from agent_app.team.team import Team, TeamSettings
from tests.benchmarks.fleet import FITTING_AGENTS, READS_EACH, WRITES_EACH, InProcess
from tests.benchmarks.made_up_bus import Hub
from tests.benchmarks.virtual_time import START, VirtualLoop

WAYS = ("top", "alone", "part", "team")
START_WITHIN_S = 300.0
ONE_CALL_S = (60.0, 180.0)
YESTERDAY_S = 12 * 3_600
SEEN_WITHIN_S = 600.0
ANSWER_S = 0.3
"""A claim is known after this long: the window has just opened the form (seconds)."""
ROWS_EACH, LEAST_ROWS = 60, 400
"""Rows of the queue for each agent, twice what they reach in an hour: those below are looked at by
nobody, and a thousand more of them would only fill memory."""
SPARSE = 50
"""From so many agents on, presences and leases are renewed more rarely: a quarter of a million words of
them an hour would take longer than all the rest."""
RARELY = Lifetimes(lease=600.0, renew=200.0, presence=1_800.0, presence_renew=600.0)


@dataclass
class Shared:
    """What came of it. Ages are seconds."""

    agents: int
    way: str
    hours: float
    rows: int
    limits: tuple[int, int]
    calls: int = 0
    doubles: int = 0
    reads: int = 0
    writes: int = 0
    refused: int = 0
    ages: list[float] = field(default_factory=list)
    unsaved: int = 0
    seen: list[float] = field(default_factory=list)
    unseen: int = 0
    called: dict[str, int] = field(default_factory=dict)

    def row(self) -> str:
        """One line of the table."""
        hours = self.agents * self.hours
        ages, seen = sorted(self.ages) or [0.0], sorted(self.seen) or [0.0]
        share = 100 * self.doubles / max(self.calls, 1)
        told = f"{_part(seen, 0.95):.1f} / {seen[-1]:.1f}" if self.seen else "–"
        return (
            f"| {self.agents} | {self.way} | {self.calls} | {share:.1f} % |"
            f" {self.reads / hours:.1f} | {self.writes / hours:.1f} | {self.refused / self.hours:.0f} |"
            f" {_part(ages, 0.5):.1f} / {_part(ages, 0.95):.1f} / {ages[-1]:.1f} | {self.unsaved} |"
            f" {told} | {self.unseen} |"
        )


HEADER = (
    "| agents | way | calls | to somebody who was called or being called | reads each | writes each |"
    " 429s an hour | age of saves p50 / p95 / max (s) | not saved |"
    " a colleague's change seen after p95 / max (s) | not in ten minutes |\n"
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
)


def _part(values: list[float], part: float) -> float:
    return values[min(int(len(values) * part), len(values) - 1)]


class World:
    """The company's service, its list, and a filled store that each desk gets a copy of."""

    def __init__(self, agents: int, hours: float, loop: VirtualLoop) -> None:
        self.limits = (READS, WRITES)
        if agents > FITTING_AGENTS:
            self.limits = (agents * READS_EACH, agents * WRITES_EACH)
        clock = lambda: START.timestamp() + loop.time()  # noqa: E731
        media = Media(clock)
        self.records = Records(None, media)
        self.sandbox = Sandbox(
            self.records, Accounts(clock), Limits(clock, self.limits[0], self.limits[1]), media
        )
        self.app = self.sandbox.app()
        count = self.count = max(LEAST_ROWS, round(agents * ROWS_EACH * hours))
        self.ids = [f"f-{number}" for number in range(count)]
        debts = [{"id": f"debt-{number}", "lastname": f"Name {number}"} for number in range(count)]
        followups = [
            {
                "id": one,
                "debt_id": f"debt-{number}",
                "status": "scheduled",
                "type": "call",
                "scheduled_at": START.isoformat(),
            }
            for number, one in enumerate(self.ids)
        ]
        self.records.fill(debts, followups)
        self.filled = self._filled(debts, loop)

    def _filled(self, debts: list[dict[str, Any]], loop: VirtualLoop) -> Store:
        store, at = Store(None, None), loop.now() - timedelta(seconds=YESTERDAY_S)
        rows = [read_followup(self.records.followup(one)) for one in self.ids]
        store.followups.upsert(rows, at, {one: place + 1 for place, one in enumerate(self.ids)})
        store.take_in_debts(debts, at)
        store.set_place(pages=-(-self.count // 100), total=self.count)
        store.set_state("loaded", True)
        return store

    def copy(self) -> Store:
        """A desk's own store with yesterday's list."""
        store = Store(None, None)
        ours, theirs = store._database._connection, self.filled._database._connection
        with ours.backup("main", theirs, "main") as backup:
            backup.step()
        return store


class Agent:
    """One person and their desk."""

    def __init__(
        self, number: int, world: World, loop: VirtualLoop, figures: Shared, team: Team | None
    ) -> None:
        self.number, self.world, self.loop, self.figures = number, world, loop, figures
        self.rng = random.Random(number)
        self.store = world.copy()
        self.commands = Commands(self.store, loop.now)
        grant = ClientCredentials(CLIENT_ID, CLIENT_SECRET)
        client = Client(InProcess(world.app), grant, loop.time)
        self.engine = Engine(client, self.store, now=loop.now, rng=self.rng)
        self.commands.attach(self.engine)
        self.team = team
        part = Part(number + 1, figures.agents) if figures.way == "part" else None
        start = self.rng.randint(0, MAX_SHARE) if figures.way == "alone" else None
        self.queue = Queue(lambda: part, start)
        if team is not None:
            self.queue.has_team, self.queue.claim_of = True, team.claims.of_colleague
        self.waiting: list[tuple[str, float]] = []
        self.staff: list[Agent] = []
        self.has_begun = False
        self.watching: list[asyncio.Task[None]] = []

    async def work(self) -> None:
        """From the first call to the end of what is counted."""
        await asyncio.sleep(self.rng.uniform(0, START_WITHIN_S))
        if self.team is not None:
            self.team.start()
        self.engine.start()
        if self.team is not None:
            self.engine.join(self.team)
        self.store.changes.listen(lambda _: self._note_saved())
        end = self.figures.hours * 3_600
        await asyncio.sleep(1.0)
        self.has_begun = True
        while self.loop.time() < end:
            followup_id, debt_id = self._next()
            if not followup_id:
                return
            self.commands.opened(followup_id)
            if self.team is not None:
                self.team.claims.use({debt_id})
                await asyncio.sleep(ANSWER_S)
                if self.team.claims.is_taken(debt_id) or not self._is_open(followup_id):
                    continue
            self._note_call(debt_id)
            await asyncio.sleep(self.rng.uniform(*ONE_CALL_S))
            self._save(followup_id)

    def _is_open(self, followup_id: str) -> bool:
        followup = self.store.followups.get(followup_id)
        return followup is not None and followup.status == "scheduled"

    def _next(self) -> tuple[str, str]:
        """The first row of the queue that it does not skip."""
        wanted = self.queue.filter_of(View.TO_CALL_NOW, self.loop.now(), START.tzinfo)  # type: ignore[arg-type]
        keys = self.store.listing.keys(wanted, Column.SCHEDULED, False)
        for start in range(0, len(keys), 50):
            some = keys[start : start + 50]
            rows = self.store.listing.rows(some)
            for key in some:
                if not self.queue.skips(rows[key].debt_id):
                    return rows[key].id, rows[key].debt_id
        return "", ""

    def _note_call(self, debt_id: str) -> None:
        self.figures.calls += 1
        self.figures.doubles += debt_id in self.figures.called
        self.figures.called.setdefault(debt_id, self.number)

    def _save(self, followup_id: str) -> None:
        followup = self.store.followups.get(followup_id)
        assert followup is not None
        status = self.rng.choice(["no_answer", "deal_found", "deal_not_found"])
        words = f"by {self.number} at {self.loop.time():.0f}"
        self.commands.save(diff(followup, {"status": status, "notes": words}))
        self.waiting.append((followup_id, self.loop.time()))

    def _note_saved(self) -> None:
        while self.waiting:
            followup_id, at = self.waiting[0]
            if self.store.outbox.of(followup_id):
                return
            self.waiting.pop(0)
            self.figures.ages.append(self.loop.time() - at)
            colleague = self.staff[(self.number + 1) % len(self.staff)]
            if not colleague.has_begun:
                return
            self.watching.append(asyncio.ensure_future(self._watch(colleague, followup_id)))

    async def _watch(self, colleague: "Agent", followup_id: str) -> None:
        """How long until the next desk shows what was saved here."""
        mine = self.store.followups.from_server(followup_id)
        began = self.loop.time()
        while mine is not None and self.loop.time() - began < SEEN_WITHIN_S:
            theirs = colleague.store.followups.from_server(followup_id)
            if theirs is not None and theirs.notes == mine.notes:
                self.figures.seen.append(self.loop.time() - began)
                return
            await asyncio.sleep(0.5 if self.loop.time() - began < 5 else 20.0)
        self.figures.unseen += 1

    async def stop(self) -> None:
        for task in self.watching:
            task.cancel()
        await self.engine.stop()
        if self.team is not None:
            await self.team.stop()
        self.store.close()


def simulate(agents: int, way: str, hours: float = 1.0) -> Shared:
    """Run a team's hours."""
    loop = VirtualLoop()
    world = World(agents, hours, loop)
    figures = Shared(agents, way, hours, world.count, world.limits)

    async def day(folder: Path) -> None:
        hub = Hub(loop, _lives(agents))
        staff = [
            Agent(number, world, loop, figures, _team(number, folder, hub, agents, way, loop))
            for number in range(agents)
        ]
        for agent in staff:
            agent.staff = staff
        await asyncio.gather(*(agent.work() for agent in staff))
        _count(world, figures)
        await asyncio.sleep(SEEN_WITHIN_S + 60)
        figures.unsaved = sum(len(agent.waiting) for agent in staff)
        for agent in staff:
            await agent.stop()

    asyncio.set_event_loop(loop)
    try:
        with tempfile.TemporaryDirectory() as folder:
            loop.run_until_complete(day(Path(folder)))
    finally:
        asyncio.set_event_loop(None)
        loop.close()
    return figures


def _lives(agents: int) -> Lifetimes:
    return RARELY if agents >= SPARSE else Lifetimes()


def _team(
    number: int, folder: Path, hub: Hub, agents: int, way: str, loop: VirtualLoop
) -> Team | None:
    if way != "team":
        return None
    file = folder / f"{number}.toml"
    file.write_text(f'id = "agent-{number}"\n')
    settings = TeamSettings(file, "https://api.example", CLIENT_ID, lives=_lives(agents))
    return Team(settings, now=loop.now, clock=loop.time, opened=hub.opener())  # type: ignore[arg-type]


def _count(world: World, figures: Shared) -> None:
    for one in world.sandbox.seen:
        if "/external-api" in one["path"]:
            is_read, refused = one["method"] == "GET", one["code"] == 429
            figures.refused += refused
            figures.reads += is_read and not refused
            figures.writes += not is_read and not refused
