"""The relay against a sandbox over HTTP and a real NATS server: it reads once for all."""

import asyncio
import hmac
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from hashlib import sha256
from pathlib import Path

import httpx
import pytest

from agent_app.api.client import Client
from agent_app.api.tokens import ClientCredentials
from agent_app.api.transport import Transport
from agent_app.relay.allowance import Allowance
from agent_app.relay.hooks import HookServer, changed_by, hooks_app, is_signed
from agent_app.relay.relay import Relay
from agent_app.team.team import Team
from tests.nats_server import RunningNats
from tests.sandbox import RunningSandbox
from tests.unit.sync.test_teamwork import Desk
from tests.unit.team.desks import credentials, settings
from tests.waiting import until

pytestmark = pytest.mark.anyio


@pytest.fixture
def nats() -> Iterator[RunningNats]:
    server = RunningNats()
    yield server
    server.stop()


@asynccontextmanager
async def relays(
    folder: Path, nats: RunningNats, sandbox: RunningSandbox, *names: str
) -> AsyncIterator[list[Relay]]:
    found: list[Relay] = []
    works: list[asyncio.Task[None]] = []
    for name in names:
        grant = ClientCredentials(sandbox.client_id, sandbox.client_secret)
        client = Client(Transport(sandbox.server), grant)
        found.append(Relay(client, Team(settings(folder, name, nats.address, "relay"))))
        found[-1].start()
        works.append(asyncio.create_task(found[-1].run()))
    try:
        yield found
    finally:
        for work in works:
            work.cancel()
        await asyncio.gather(*works, return_exceptions=True)
        for one in found:
            await one.stop()


async def test_a_new_desk_has_the_list_without_a_read(
    nats: RunningNats, own_sandbox: RunningSandbox, tmp_path: Path
) -> None:
    async with relays(tmp_path, nats, own_sandbox, "relay") as (relay,):
        await until(lambda: relay._team.relay.facts.get("swept"))
        desk = Desk(tmp_path, "anna", nats.address, own_sandbox)
        desk.start()
        try:
            await until(lambda: desk.engine.state.now.last_refresh or desk.store.state("loaded"))
            assert desk.store.followups.count() == relay.store.followups.count() == 150
            assert desk.reads == 0, desk.engine.reads
            assert desk.store.debts.get(str(desk.says(own_sandbox.some()["id"], "debt_id")))
            # What changes elsewhere is seen once the relay has looked again.
            followup_id = own_sandbox.some()["id"]
            own_sandbox.put(followup_id, notes="the provider's own")
            await relay._take(1)
            await until(lambda: desk.says(followup_id, "notes") == "the provider's own")
            assert desk.reads == 0, desk.engine.reads
        finally:
            await desk.stop()


async def test_of_two_relays_one_reads_and_the_other_takes_over(
    nats: RunningNats, own_sandbox: RunningSandbox, tmp_path: Path
) -> None:
    async with relays(tmp_path, nats, own_sandbox, "relay-1", "relay-2") as (one, two):
        await until(lambda: one._team.relay.facts.get("swept"))
        active, waiting = (one, two) if one.is_active else (two, one)
        assert waiting.reads == 0
        await until(lambda: waiting.store.followups.count() == 150)
        await active._team.relay.give_back()
        assert active._team._task is not None
        active._team._task.cancel()  # it is gone
        await until(lambda: waiting.is_active)


async def test_what_a_webhook_names_is_read_and_told(
    nats: RunningNats,
    own_sandbox: RunningSandbox,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("agent_app.relay.relay.HOOK_SETTLES_S", 0.2)
    async with relays(tmp_path, nats, own_sandbox, "relay") as (relay,):
        await until(lambda: relay._team.relay.facts.get("swept"))
        desk = Desk(tmp_path, "anna", nats.address, own_sandbox)
        desk.start()
        hooks = HookServer(hooks_app(b"secret", relay.hook), "127.0.0.1", 0)
        serving = asyncio.create_task(hooks.run())
        try:
            await until(lambda: desk.store.state("loaded"))
            followup_id = own_sandbox.some()["id"]
            own_sandbox.put(followup_id, notes="by webhook")
            said = {"type": "followup.updated", "data": {"id": followup_id, "notes": "a lie"}}
            body = json.dumps(said).encode()
            signature = hmac.new(b"secret", body, sha256).hexdigest()
            address = f"http://127.0.0.1:{hooks.port}/webhooks"
            async with httpx.AsyncClient(trust_env=False) as http:
                wrong = await http.post(
                    address, content=body, headers={"X-GetBill-Signature": "0" * 64}
                )
                assert wrong.status_code == 401
                right = await http.post(
                    address, content=body, headers={"X-GetBill-Signature": signature}
                )
                assert right.status_code == 204
                large = await http.post(address, content=b"x" * 1_100_000)
                assert large.status_code == 413
            await until(lambda: desk.says(followup_id, "notes") == "by webhook")
            assert desk.reads == 0, desk.engine.reads
            reads = relay.reads
            desk.save(followup_id, notes="by a desk")
            await until(lambda: not desk.store.outbox.of(followup_id))
            relay.hook("followup", followup_id)
            await until(lambda: not relay._named)
            assert relay.reads == reads  # the desk has told it
        finally:
            hooks.stop()
            await serving
            await desk.stop()


def test_the_command_reads_once(
    nats: RunningNats, own_sandbox: RunningSandbox, tmp_path: Path
) -> None:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("AGENT_APP_")},
        "AGENT_APP_SERVER_URL": own_sandbox.server,
        "AGENT_APP_CLIENT_ID": own_sandbox.client_id,
        "AGENT_APP_CLIENT_SECRET": own_sandbox.client_secret,
    }
    file = credentials(tmp_path, "relay", "relay")
    file.write_text(f'{file.read_text()}servers = ["{nats.address}"]\n')
    told = subprocess.run(
        [sys.executable, "-m", "agent_app", "relay", "--once", "--credentials", str(file)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        cwd=Path(__file__).parents[3],
        check=False,
    )
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith("150 followups on 2 pages")
    assert own_sandbox.client_secret not in told.stderr


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"type": "followup.created", "data": {"id": "f"}}, ("followup", "f")),
        ({"type": "debt.status_changed", "data": {"id": 7}}, ("debt", "7")),
        ({"type": "payment.received", "data": {"debt_id": "d"}}, ("debt", "d")),
        ({"type": "company.credits_low", "data": {}}, None),
        ({"type": "followup.created", "data": {"id": ""}}, None),
        ({"type": "followup.created", "data": {"id": "x" * 1_000}}, None),
        ({"type": "followup.created"}, None),
        ([], None),
    ],
)
def test_a_webhook_names_something(said: object, found: object) -> None:
    assert changed_by(json.dumps(said).encode()) == found


def test_signatures() -> None:
    right = hmac.new(b"secret", b"body", sha256).hexdigest()
    assert is_signed(b"secret", b"body", right.upper())
    assert not is_signed(b"secret", b"body ", right)
    assert not is_signed(b"secret", b"body", "é")
    assert changed_by(b"\xff") is None


def test_an_allowance_grows_again() -> None:
    now = [0.0]
    allowance = Allowance(60, lambda: now[0])
    assert allowance.wait() == 0
    allowance.spend(60)
    assert 59 <= allowance.wait() <= 61
    now[0] = 61
    assert allowance.wait() == 0
    assert allowance.wait(10) > 500
