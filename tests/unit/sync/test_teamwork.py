"""Two desks of a team, with real syncs, on one sandbox over HTTP and one NATS server."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from agent_app.api.client import Client
from agent_app.api.tokens import ClientCredentials
from agent_app.api.transport import Transport
from agent_app.domain.patch import diff
from agent_app.models.commands import Commands
from agent_app.store.store import Store
from agent_app.sync.engine import Engine, utc_now
from agent_app.sync.origins import FRESH
from agent_app.team.team import Team
from tests.nats_server import RunningNats
from tests.sandbox import RunningSandbox
from tests.unit.team.desks import settings
from tests.waiting import until

pytestmark = pytest.mark.anyio


class Desk:
    """A store with its sync and its place in the team."""

    def __init__(self, folder: Path, member: str, nats: str, sandbox: RunningSandbox) -> None:
        self.store = Store(None, None)
        self.commands = Commands(self.store, utc_now)
        grant = ClientCredentials(sandbox.client_id, sandbox.client_secret)
        self.engine = Engine(Client(Transport(sandbox.server), grant), self.store)
        self.commands.attach(self.engine)
        self.team = Team(settings(folder, member, nats))

    def start(self) -> None:
        self.team.start()
        self.engine.start()
        self.engine.join(self.team)

    async def stop(self) -> None:
        await self.engine.stop()
        await self.team.stop()
        self.store.close()

    @property
    def reads(self) -> int:
        return sum(self.engine.reads.values())

    def save(self, followup_id: str, **changes: str) -> None:
        followup = self.store.followups.get(followup_id)
        assert followup is not None
        self.commands.save(diff(followup, changes))

    def age(self, followup_id: str) -> timedelta:
        """How old what is known here is."""
        fetched = self.store.followups.fetched_at(followup_id)
        assert fetched is not None
        return utc_now() - fetched

    def says(self, followup_id: str, name: str) -> object:
        followup = self.store.followups.get(followup_id)
        return followup.get(name) if followup is not None else None


@pytest.fixture
def nats() -> Iterator[RunningNats]:
    server = RunningNats()
    yield server
    server.stop()


@asynccontextmanager
async def two(
    folder: Path, nats: RunningNats, sandbox: RunningSandbox
) -> AsyncIterator[tuple[Desk, Desk]]:
    """The first has read the list; the second has what the first told."""
    one, other = (Desk(folder, name, nats.address, sandbox) for name in ("anna", "ben"))
    try:
        one.start()
        await until(lambda: one.team.state.is_live and one.engine.state.now.last_refresh)
        other.start()
        await until(lambda: other.team.state.is_live and other.engine.state.now.last_refresh)
        await until(lambda: other.store.followups.count() >= one.store.followups.count())
        yield one, other
    finally:
        await other.stop()
        await one.stop()


async def test_a_save_is_seen_by_a_colleague_without_a_read(
    nats: RunningNats, own_sandbox: RunningSandbox, tmp_path: Path
) -> None:
    async with two(tmp_path, nats, own_sandbox) as (anna, ben):
        followup_id = own_sandbox.some()["id"]
        reads = ben.reads
        anna.save(followup_id, notes="spoken, will pay")
        await until(lambda: ben.says(followup_id, "notes") == "spoken, will pay")
        assert ben.reads == reads
        # The desk that heard of it can save on top without a read, and nothing is overwritten.
        ben.save(followup_id, summary="a summary")
        await until(lambda: not ben.store.outbox.of(followup_id))
        assert ben.reads == reads
        there = own_sandbox.followup(followup_id)
        assert (there["notes"], there["summary"]) == ("spoken, will pay", "a summary")


@pytest.mark.slow
async def test_without_the_team_a_save_is_made_on_a_read(
    nats: RunningNats, own_sandbox: RunningSandbox, tmp_path: Path
) -> None:
    async with two(tmp_path, nats, own_sandbox) as (anna, ben):
        followup_id = own_sandbox.some()["id"]
        nats.kill()
        await until(lambda: not anna.team.state.is_live and not ben.team.state.is_live)
        own_sandbox.put(followup_id, notes="somebody else's")
        await until(lambda: anna.age(followup_id) > FRESH)
        reads = anna.reads
        anna.save(followup_id, summary="mine")
        await until(lambda: not anna.store.outbox.of(followup_id))
        assert anna.reads == reads + 1
        assert own_sandbox.followup(followup_id)["notes"] == "somebody else's"
        assert anna.says(followup_id, "notes") == "somebody else's"


async def test_who_is_missing_is_not_overwritten(
    nats: RunningNats, own_sandbox: RunningSandbox, tmp_path: Path
) -> None:
    """A colleague's desk loses the team, not the service: what it saves is unseen, so it is read."""
    async with two(tmp_path, nats, own_sandbox) as (anna, ben):
        followup_id = own_sandbox.some()["id"]
        assert ben.team._task is not None
        ben.team._task.cancel()
        await until(lambda: anna.team.presences.is_anyone_missing)
        await until(lambda: anna.age(followup_id) > FRESH)
        ben.save(followup_id, notes="unseen")
        await until(lambda: not ben.store.outbox.of(followup_id))
        reads = anna.reads
        anna.save(followup_id, notes="mine")
        await until(lambda: anna.store.outbox.attention(followup_id) is not None)
        assert anna.reads == reads + 1
        assert own_sandbox.followup(followup_id)["notes"] == "unseen"


async def test_a_late_row_undoes_nothing(
    nats: RunningNats, own_sandbox: RunningSandbox, tmp_path: Path
) -> None:
    async with two(tmp_path, nats, own_sandbox) as (anna, ben):
        followup_id = own_sandbox.some()["id"]
        old = ben.store.told.followups([followup_id])[0]
        anna.save(followup_id, notes="newer")
        await until(lambda: ben.says(followup_id, "notes") == "newer")
        heard: list[object] = []
        anna.team.rows.heard.listen(heard.append)
        await ben.team.rows.tell(old.row, 30.0, old.place)
        await until(lambda: heard)
        await asyncio.sleep(0.1)
        assert anna.says(followup_id, "notes") == "newer"


async def test_what_the_service_has_no_more_goes_from_all_desks(
    nats: RunningNats, own_sandbox: RunningSandbox, tmp_path: Path
) -> None:
    async with two(tmp_path, nats, own_sandbox) as (anna, ben):
        followup_id = own_sandbox.some()["id"]
        own_sandbox.fault(f"GET /external-api/v1/followups/{followup_id} status=404", count=1)
        reads = ben.reads
        await anna.engine._pull.reread(followup_id)
        await until(lambda: ben.store.followups.get(followup_id) is None)
        assert ben.reads == reads


async def test_what_is_left_of_the_hour_is_known_to_all(
    nats: RunningNats, own_sandbox: RunningSandbox, tmp_path: Path
) -> None:
    async with two(tmp_path, nats, own_sandbox) as (anna, ben):
        followup_id = own_sandbox.some()["id"]
        anna.save(followup_id, notes="one write")
        await until(lambda: not anna.store.outbox.of(followup_id))
        await until(lambda: ben.engine.budget.limit("write") == 500)
        await until(lambda: ben.team.shares.written == 1)


async def test_a_debt_stays_claimed_until_its_save_has_left(
    nats: RunningNats, own_sandbox: RunningSandbox, tmp_path: Path
) -> None:
    async with two(tmp_path, nats, own_sandbox) as (anna, ben):
        followup_id = own_sandbox.some()["id"]
        debt_id = str(anna.says(followup_id, "debt_id"))
        own_sandbox.fault("PUT /external-api/v1/followups/* status=503", count=2)
        anna.team.claims.use({debt_id})
        await until(lambda: ben.team.claims.is_taken(debt_id))
        anna.save(followup_id, notes="on its way")
        anna.team.claims.use(())  # the form is left
        seen: list[bool] = []

        def look(_debts: frozenset[str]) -> None:
            seen.append(ben.says(followup_id, "notes") == "on its way")

        ben.team.claims.changed.listen(look)
        await until(lambda: not ben.team.claims.is_taken(debt_id))
        assert seen == [True]  # free only when the outcome is known to all
