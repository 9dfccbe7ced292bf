"""A company's desks start for the first time, all at once: how many reads and how long until an agent can
work, and what that leaves for saves. The real sync and the sandbox's real limiter, in made-up time.

    python -m tests.benchmarks.cold_start                                  # 20 desks, 30,000 followups
    python -m tests.benchmarks.cold_start --agents 1 --followups 100000

An agent can work once the first screen of what is due is there; the day is complete once nothing that is
due, overdue, of today or waiting is missing. Each saves 25 outcomes in the hour that follows.
"""

import argparse
import asyncio
import json
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from typing import Any

from agent_app.api.client import Client
from agent_app.api.tokens import ClientCredentials
from agent_app.api.transport import Answer
from agent_app.api.wire import read_followup
from agent_app.domain.patch import diff
from agent_app.domain.views import Column, View, filter_of
from agent_app.models.commands import Commands
from agent_app.sandbox.accounts import CLIENT_ID, CLIENT_SECRET
from agent_app.store.store import Store
from agent_app.sync.engine import Engine
from tests.benchmarks.fleet import OUTCOMES_AN_HOUR, Company, InProcess
from tests.benchmarks.history import history
from tests.benchmarks.measured import Measured
from tests.benchmarks.virtual_time import START, VirtualLoop

ANSWER_S = 0.25
"""How long the server takes."""
STARTED_WITHIN_S = 20.0
FIRST_SCREEN = 15
STAFF = 10
"""At least so many agents have work on the server, also where fewer desks are started."""
DUE = (View.TO_CALL_NOW, View.OVERDUE)
DAY = (*DUE, View.TODAY, View.WAITING)


@dataclass
class Desk:
    """One desk that has nothing yet. Times are seconds since it was started."""

    number: int
    company: Company
    loop: VirtualLoop
    goal: dict[View, int]
    desks: int
    screen_s: float = 0.0
    screen_reads: int = 0
    due_s: float = 0.0
    day_s: float = 0.0
    day_reads: int = 0
    ages: list[float] = field(default_factory=list)
    unsent: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.number)
        self.store = Store(None, None)
        transport = InProcess(self.company.app)
        at_once = transport.send

        async def send(method: str, path: str, **more: Any) -> Answer:
            await asyncio.sleep(ANSWER_S)
            return await at_once(method, path, **more)

        transport.send = send  # type: ignore[method-assign]
        grant = ClientCredentials(CLIENT_ID, CLIENT_SECRET)
        client = Client(transport, grant, self.loop.time)
        self.engine = Engine(client, self.store, now=self.loop.now, rng=self.rng)
        self.commands = Commands(self.store, self.loop.now)
        self.commands.attach(self.engine)

    @property
    def reads(self) -> int:
        return sum(self.engine.reads.values())

    def _holds(self, view: View) -> int:
        return self.store.listing.count(filter_of(view, START, UTC))

    def _has(self, views: tuple[View, ...]) -> bool:
        return all(self._holds(one) >= self.goal[one] for one in views)

    async def work(self, hours: float) -> None:
        await asyncio.sleep(self.rng.uniform(0, STARTED_WITHIN_S))
        began = self.loop.time()
        self.engine.start()
        self.store.changes.listen(lambda _: self._note_sent())
        saving = asyncio.ensure_future(self._save_outcomes(hours))
        while self.loop.time() - began < hours * 3_600:
            # What colleagues have done meanwhile is not due any more: the goal is of the beginning.
            now = self.loop.time() - began
            if not self.screen_s and self._holds(View.TO_CALL_NOW) >= FIRST_SCREEN:
                self.screen_s, self.screen_reads = now, self.reads
            if not self.due_s and self._has(DUE):
                self.due_s = now
            if not self.day_s and self._has(DAY):
                self.day_s, self.day_reads = now, self.reads
            await asyncio.sleep(0.1 if not self.day_s and now < 180 else 30)
        await saving
        await asyncio.sleep(180)

    async def _save_outcomes(self, hours: float) -> None:
        for number in range(round(hours * OUTCOMES_AN_HOUR)):
            await asyncio.sleep(3_600 / OUTCOMES_AN_HOUR * self.rng.uniform(0.8, 1.2))
            wanted = filter_of(View.TO_CALL_NOW, START, UTC)
            keys = self.store.listing.keys(wanted, Column.SCHEDULED, descending=True)
            if not keys:
                continue
            rows = self.store.listing.rows(list(keys))
            own = [
                row.id for row in rows.values() if int(row.debt_id[1:]) % self.desks == self.number
            ]
            if not own:
                continue
            followup_id = self.rng.choice(own)
            followup = self.store.followups.get(followup_id)
            assert followup is not None
            self.unsent.setdefault(followup_id, self.loop.time())
            values = {"status": "no_answer", "notes": f"{self.number}/{number}"}
            self.commands.save(diff(followup, values))

    def _note_sent(self) -> None:
        for followup_id, at in list(self.unsent.items()):
            if not self.store.outbox.of(followup_id):
                del self.unsent[followup_id]
                self.ages.append(self.loop.time() - at)


HEADER = (
    "| desks | followups | first screen: reads, s | all that is due: s, desks | day complete: reads, s, desks |"
    " 429s to reads + writes | age of saves p50 / p95 / max (s) | not saved |\n"
    "| --- | --- | --- | --- | --- | --- | --- | --- |"
)


def simulate(agents: int, followups: int, hours: float = 1.0) -> "Outcome":
    """Start a company's desks and work for some hours."""
    loop = VirtualLoop()
    company = Company(agents, loop)
    company.records.empty()
    company.records.fill(*history(followups, max(agents, STAFF), START))
    goal = goal_of(company)
    refused: Counter[str] = Counter()

    async def morning() -> list[Desk]:
        staff = [Desk(number, company, loop, goal, agents) for number in range(agents)]
        work = asyncio.gather(*(desk.work(hours) for desk in staff))
        while not work.done():
            await asyncio.sleep(10)
            seen, company.sandbox.seen[:] = list(company.sandbox.seen), []
            refused.update(one["method"] for one in seen if one["code"] == 429)
        await work
        return staff

    async def told() -> Outcome:
        staff = await morning()
        for desk in staff:
            await desk.engine.stop()
            desk.store.close()
        company.sandbox.media.close()
        return Outcome(staff, followups, refused)

    asyncio.set_event_loop(loop)
    try:
        return loop.run_until_complete(told())
    finally:
        asyncio.set_event_loop(None)
        loop.close()


def goal_of(company: Company) -> dict[View, int]:
    """How many followups each view of an agent's day has on the server."""
    store = Store(None, None)
    rows = company.records._db.execute("select doc from followup").fetchall()
    store.followups.upsert([read_followup(json.loads(row[0])) for row in rows], START)
    found = {view: store.listing.count(filter_of(view, START, UTC)) for view in DAY}
    store.close()
    return found


@dataclass(frozen=True)
class Outcome:
    """What came of it."""

    staff: list[Desk]
    followups: int
    refused: Counter[str]

    def row(self) -> str:
        """One row of the table."""
        staff = self.staff
        ages = sorted(age for desk in staff for age in desk.ages) or [0.0]
        due = [desk.due_s for desk in staff if desk.due_s]
        complete = [desk for desk in staff if desk.day_s]
        part = [ages[min(int(len(ages) * share), len(ages) - 1)] for share in (0.5, 0.95, 1.0)]
        day = f"{len(complete)}"
        if complete:
            most = max(desk.day_reads for desk in complete)
            day = f"≤ {most}, ≤ {max(desk.day_s for desk in complete):.0f}, {len(complete)}"
        return (
            f"| {len(staff)} | {self.followups:,} |"
            f" ≤ {max(desk.screen_reads for desk in staff)},"
            f" ≤ {max(desk.screen_s for desk in staff):.1f} |"
            f" ≤ {max(due, default=0.0):.0f}, {len(due)} | {day} |"
            f" {self.refused['GET']} + {self.refused['PUT']} |"
            f" {part[0]:.1f} / {part[1]:.1f} / {part[2]:.1f} |"
            f" {sum(len(desk.unsent) for desk in staff)} |"
        )


def measured(_folder: Path) -> list[Measured]:
    """A desk alone against 100,000 followups, and 20 that are started together."""
    (alone,) = simulate(1, 100_000, 0.1).staff
    company = simulate(20, 30_000, 0.5)
    ages = [age for desk in company.staff for age in desk.ages]
    usable = [desk.due_s or 3_600.0 for desk in company.staff]
    return [
        Measured("cold-screen", "reads until what is due is shown, 100,000 followups",
                 [alone.screen_reads], "max", 3, unit="reads"),
        Measured("cold-day", "reads until an agent's day is complete, 100,000 followups",
                 [alone.day_reads], "max", 40, unit="reads"),
        Measured("cold-company", "20 desks at once: all that is due is there", usable, "max", 120, unit="s"),
        Measured("cold-429", "20 desks at once: refused", [company.refused.total()], "max", 0, unit="requests"),
        Measured("cold-saves", "20 desks at once: the age of a save", ages, "max", 5, unit="s"),
    ]  # fmt: skip


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agents", type=int, default=20)
    parser.add_argument("--followups", type=int, default=30_000)
    parser.add_argument("--hours", type=float, default=1.0)
    said = parser.parse_args()
    print(HEADER)
    print(simulate(said.agents, said.followups, said.hours).row())


if __name__ == "__main__":
    main()
