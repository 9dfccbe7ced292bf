"""How many agents fit into the company's hourly share: the real budget and sync code, against the
sandbox's real limiter, in made-up time.

    python -m tests.benchmarks.fleet --agents 20
    python -m tests.benchmarks.fleet --agents 20 --dial --hours 2
    python -m tests.benchmarks.fleet --table
    python -m tests.benchmarks.fleet --shared      # agents who share a list (shared_list.py)

Each agent opens a followup, talks, saves an outcome (25 an hour), and now and then leaves the
window and comes back to a followup that a colleague has changed meanwhile. With --dial each call is
dialled in the window. The first half hour is not counted; --hours says how many are, of which the
figures are an hour's. Agents share one OAuth client; beyond 20 the limits are raised to match.
"""

import argparse
import asyncio
import random
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any

import httpx

from agent_app.api.client import Client
from agent_app.api.tokens import ClientCredentials
from agent_app.api.transport import Transport
from agent_app.domain.patch import diff
from agent_app.models.commands import Commands
from agent_app.sandbox.accounts import CLIENT_ID, CLIENT_SECRET, Accounts
from agent_app.sandbox.app import Sandbox
from agent_app.sandbox.limits import READS, WRITES, Limits
from agent_app.sandbox.media import Media
from agent_app.sandbox.records import Records
from agent_app.store.store import Store
from agent_app.sync.budget import Purpose
from agent_app.sync.engine import Engine
from tests.benchmarks.virtual_time import START, VirtualLoop

OUTCOMES_AN_HOUR = 25
FOLLOWUPS_AN_AGENT = 60
DEBTS_AN_AGENT = 4
WARM_UP_S = 1_800.0
FITTING_AGENTS = 20
"""With the provider's limits; more agents get limits raised to match."""
READS_EACH, WRITES_EACH = 40, 30
"""What a raised limit allows an agent."""
WHOLE_LISTS = 50
"""Up to so many agents each desk holds the whole company's list, as real ones do; there is no memory for
more."""


EMPTY_MOMENTS = frozenset(
    {"call_date", "processed_at", "email_first_opened_at", "media_urls_expire_at"}
)


@dataclass
class Figures:
    """What came of it. Ages are seconds."""

    agents: int
    limits: tuple[int, int]
    hours: float = 1.0
    dials: bool = False
    reads: int = 0
    writes: int = 0
    refused: int = 0
    refused_reads: int = 0
    spent: Counter[str] = field(default_factory=Counter)
    """Reads by what for."""
    ages: list[float] = field(default_factory=list)
    unsaved: int = 0
    freshness: list[float] = field(default_factory=list)
    missed: int = 0

    @property
    def end_s(self) -> float:
        """When the counting ends."""
        return WARM_UP_S + self.hours * 3_600

    def row(self) -> str:
        """One line of the README's table."""
        ages = sorted(self.ages) or [0.0]
        fresh = sorted(self.freshness) or [0.0]
        return (
            f"| {self.agents} | {self.limits[0]} / {self.limits[1]} |"
            f" {self.reads / self._agent_hours:.1f} | {self.writes / self._agent_hours:.1f} |"
            f" {self.refused_reads / self.hours:.0f} + {self.refused / self.hours:.0f} |"
            f" {_part(ages, 0.5):.1f} / {_part(ages, 0.95):.1f} / {ages[-1]:.1f} |"
            f" {self.unsaved} | {_part(fresh, 0.95):.1f} / {fresh[-1]:.1f} | {self.missed} |"
        )

    def spending(self) -> str:
        """One line of the table of what the reads were for, an agent and hour."""
        each = (f"{self.spent[name] / self._agent_hours:.1f}" for name in SPENT)
        return f"| {self.agents} | {' | '.join(each)} |"

    @property
    def _agent_hours(self) -> float:
        return self.agents * self.hours


HEADER = (
    "| agents | reads / writes an hour allowed | reads each | writes each | 429s to reads + writes |"
    " age of saves p50 / p95 / max (s) | not saved | colleague's change seen p95 / max (s) | missed |\n"
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"
)
A_START = (Purpose.FIRST, Purpose.DUE, Purpose.DAY, Purpose.OLDER, Purpose.NIGHT)
SPENT = {
    "before a save": (Purpose.SAVE,),
    "dialling": (Purpose.DIAL,),
    "coming back": (Purpose.RETURN,),
    "opening": (Purpose.OPEN,),
    "while open": (Purpose.STAY,),
    "list": (Purpose.BACKGROUND, Purpose.IDLE, Purpose.PERSON, *A_START),
    "debts": (),
}
SPENT_HEADER = f"| agents | {' | '.join(SPENT)} |\n|{' --- |' * (len(SPENT) + 1)}"


def spent_on(reads: Counter[tuple[Purpose, str]]) -> Counter[str]:
    """An engine's reads under the names of SPENT."""
    found: Counter[str] = Counter()
    for (purpose, what), count in reads.items():
        names = (name for name, purposes in SPENT.items() if purpose in purposes)
        found["debts" if what == "debts" else next(names)] += count
    return found


def _part(values: list[float], part: float) -> float:
    return values[min(int(len(values) * part), len(values) - 1)]


class InProcess(Transport):
    """The real transport, but for the sockets."""

    def __init__(self, app: Any) -> None:
        super().__init__("http://127.0.0.1:1")
        self._client = httpx.AsyncClient(transport=httpx.ASGITransport(app))


class Company:
    """A sandbox and the counting of what reaches it."""

    def __init__(self, agents: int, loop: VirtualLoop) -> None:
        self.limits = (max(READS, agents * READS_EACH), max(WRITES, agents * WRITES_EACH))
        if agents <= FITTING_AGENTS:
            self.limits = (READS, WRITES)
        clock = lambda: START.timestamp() + loop.time()  # noqa: E731
        media = Media(clock)
        self.records = Records(None, media)
        self.sandbox = Sandbox(
            self.records,
            Accounts(clock),
            Limits(clock, self.limits[0], self.limits[1]),
            media,
        )
        self.app = self.sandbox.app()
        debts = [
            {"id": f"debt-{n}", "lastname": f"Name {n}"} for n in range(agents * DEBTS_AN_AGENT)
        ]
        count = agents * FOLLOWUPS_AN_AGENT
        self.records.fill(
            debts,
            [
                {
                    "id": f"f-{n}",
                    "debt_id": f"debt-{n % len(debts)}",
                    "status": "scheduled",
                    "type": "call",
                    "scheduled_at": START.isoformat(),
                }
                for n in range(count)
            ],
        )
        self.count = count


@dataclass
class Agent:
    """One person and their desk."""

    number: int
    company: Company
    loop: VirtualLoop
    figures: Figures
    waiting: deque[tuple[str, float]] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.number)
        self.store = Store(None, None)
        self.commands = Commands(self.store, self.loop.now)
        grant = ClientCredentials(CLIENT_ID, CLIENT_SECRET)
        client = Client(InProcess(self.company.app), grant, self.loop.time)
        self.engine = Engine(client, self.store, now=self.loop.now, rng=self.rng)
        self.commands.attach(self.engine)
        agents = self.figures.agents
        self.own = [f"f-{n}" for n in range(self.number, self.company.count, agents)]
        self._remember_yesterday()

    def _remember_yesterday(self) -> None:
        """The list was loaded the day before; of a large company only one's own part, so that a start
        costs ten reads more than a real one."""
        known = self.own
        if self.figures.agents <= WHOLE_LISTS:
            known = [f"f-{n}" for n in range(self.company.count)]
        said = [self.company.records.followup(one) for one in known]
        rows = [{**row, "scheduled_at": START} for row in said if row]
        places = {one: int(one[2:]) + 1 for one in known}
        for row in rows:
            row.update(dict.fromkeys(EMPTY_MOMENTS & row.keys()))
        self.store.followups.upsert(rows, START, places)
        debts = [f"debt-{n}" for n in range(self.figures.agents * DEBTS_AN_AGENT)]
        self.store.take_in_debts([{"id": one, "lastname": one} for one in debts], START)
        for name, value in (
            ("loaded", True),
            ("pages", self.company.count // 100 + 1),
            ("total", self.company.count),
        ):
            self.store.set_state(name, value)

    async def work(self) -> None:
        """A morning."""
        await asyncio.sleep(self.rng.uniform(0, 600))
        self.engine.start()
        self.store.changes.listen(lambda _: self._note_saved())
        between = 3_600 / OUTCOMES_AN_HOUR
        number, due = 0, self.loop.time()
        while self.loop.time() < self.figures.end_s:
            followup_id = self.own[number % len(self.own)]
            number += 1
            self.commands.opened(followup_id)
            if number % 6 == 0:
                await self._leave_and_come_back(followup_id)
            talk = self.rng.uniform(0.2, 0.6) * between
            if self.figures.dials:
                reading = self.rng.uniform(0.1, 0.5) * talk
                await asyncio.sleep(reading)
                self.commands.dialled(followup_id)
                talk -= reading
            await asyncio.sleep(talk)
            self._save(followup_id, number)
            # An outcome each 144 s, whatever came between.
            due += between
            await asyncio.sleep(max(1.0, due - self.loop.time() + self.rng.uniform(-20, 20)))

    def _save(self, followup_id: str, number: int) -> None:
        followup = self.store.followups.get(followup_id)
        assert followup is not None
        status = self.rng.choice(["no_answer", "deal_found", "deal_not_found"])
        self.commands.save(diff(followup, {"status": status, "notes": f"outcome {number}"}))
        self.waiting.append((followup_id, self.loop.time()))

    def _note_saved(self) -> None:
        while self.waiting:
            followup_id, at = self.waiting[0]
            if self.store.outbox.of(followup_id):
                return
            self.waiting.popleft()
            if WARM_UP_S <= at <= self.figures.end_s:
                self.figures.ages.append(self.loop.time() - at)

    async def _leave_and_come_back(self, followup_id: str) -> None:
        """A colleague changes what is open while the agent is elsewhere for a while."""
        self.commands.looked_at(False)
        await asyncio.sleep(self.rng.uniform(70, 200))
        words = f"a colleague's at {self.loop.time():.0f}"
        self.company.records.update(followup_id, {"summary": words})
        self.commands.looked_at(True)
        self.commands.returned(followup_id)
        began = self.loop.time()
        while self.loop.time() - began < 60:
            followup = self.store.followups.get(followup_id)
            if followup is not None and followup.summary == words:
                self.figures.freshness.append(self.loop.time() - began)
                return
            await asyncio.sleep(0.5)
        self.figures.missed += 1


def simulate(agents: int, hours: float = 1.0, *, dials: bool = False) -> Figures:
    """Run a fleet. The same figures each time."""
    loop = VirtualLoop()
    company = Company(agents, loop)
    figures = Figures(agents, company.limits, hours, dials)

    async def morning() -> None:
        staff = [Agent(number, company, loop, figures) for number in range(agents)]
        work = [asyncio.ensure_future(agent.work()) for agent in staff]
        await asyncio.sleep(WARM_UP_S)
        company.sandbox.seen.clear()
        counted: Counter[str] = Counter()
        before = sum((spent_on(agent.engine.reads) for agent in staff), Counter())
        while not all(task.done() for task in work):
            await asyncio.sleep(30)
            seen, company.sandbox.seen[:] = list(company.sandbox.seen), []
            for one in seen:
                if "/external-api" in one["path"] and loop.time() <= figures.end_s:
                    kind = "read" if one["method"] == "GET" else "write"
                    counted[f"{kind} refused" if one["code"] == 429 else kind] += 1
            if loop.time() <= figures.end_s:
                after = sum((spent_on(agent.engine.reads) for agent in staff), Counter())
        await asyncio.gather(*work)
        await asyncio.sleep(600)
        figures.reads, figures.writes = counted["read"], counted["write"]
        figures.refused_reads = counted["read refused"]
        figures.refused = counted["write refused"]
        figures.spent = after - before
        figures.unsaved = sum(len(agent.waiting) for agent in staff)
        for agent in staff:
            await agent.engine.stop()
            agent.store.close()

    asyncio.set_event_loop(loop)
    try:
        loop.run_until_complete(morning())
    finally:
        asyncio.set_event_loop(None)
        loop.close()
    return figures


def idle() -> float:
    """Reads an hour of a window that nobody touches."""
    loop = VirtualLoop()
    company = Company(1, loop)
    agent = Agent(0, company, loop, Figures(1, company.limits))

    async def day() -> int:
        agent.engine.start()
        await asyncio.sleep(3_600)
        company.sandbox.seen.clear()
        await asyncio.sleep(8 * 3_600)
        reads = sum(1 for one in company.sandbox.seen if one["method"] == "GET")
        await agent.engine.stop()
        return reads

    asyncio.set_event_loop(loop)
    try:
        return int(loop.run_until_complete(day())) / 8
    finally:
        asyncio.set_event_loop(None)
        loop.close()
        agent.store.close()


def _shared(said: argparse.Namespace) -> None:
    from tests.benchmarks.shared_list import HEADER as HEAD
    from tests.benchmarks.shared_list import WAYS
    from tests.benchmarks.shared_list import simulate as share

    print(HEAD)
    for agents in (said.agents,) if said.agents else (2, 10, 20):
        for way in (said.way,) if said.way else WAYS:
            print(share(agents, way, said.hours).row(), flush=True)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agents", type=int, default=0, help="20, or a table with --shared")
    parser.add_argument("--hours", type=float, default=1.0, help="how many are counted")
    parser.add_argument("--dial", action="store_true", help="each call is dialled in the window")
    parser.add_argument("--table", action="store_true", help="1, 10, 20 and 50 agents")
    parser.add_argument("--shared", action="store_true", help="a list that all share, from the top")
    parser.add_argument("--way", default="", help="one way of sharing: top, alone, part or team")
    said = parser.parse_args()
    if said.shared:
        _shared(said)
        return
    print(f"an idle window: {idle():.1f} reads an hour\n")
    print(HEADER)
    spending = []
    for agents in (1, 10, 20, 50) if said.table else (said.agents or 20,):
        figures = simulate(agents, said.hours, dials=said.dial)
        print(figures.row(), flush=True)
        spending.append(figures.spending())
    print(f"\nreads an agent and hour, by what for\n{SPENT_HEADER}", *spending, sep="\n")


if __name__ == "__main__":
    main()
