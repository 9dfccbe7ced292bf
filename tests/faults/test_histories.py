"""Generated histories of two clients and one server: no side is lost silently, and at rest both
ends agree. The real push, the real client, the sandbox in the same process, made-up time."""

import asyncio
import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent_app.api.client import Client
from agent_app.api.tokens import ClientCredentials
from agent_app.domain.errors import Unreachable
from agent_app.domain.patch import diff
from agent_app.sandbox.accounts import CLIENT_ID, CLIENT_SECRET, Accounts
from agent_app.sandbox.app import Sandbox
from agent_app.sandbox.limits import Limits
from agent_app.sandbox.media import Media
from agent_app.sandbox.records import Records
from agent_app.store.store import Store
from agent_app.sync.budget import Budget, Purpose
from agent_app.sync.budgeted_client import BudgetedClient
from agent_app.sync.push import Push
from agent_app.sync.state import ObservableState
from tests.benchmarks.fleet import InProcess
from tests.benchmarks.virtual_time import START, VirtualLoop

FIELDS = ("status", "notes", "summary")
VALUES = {
    "status": ("failed", "no_answer", "scheduled"),
    "notes": ("", "a", "b\nc"),
    "summary": ("", "x", "y"),
}

edit = st.tuples(st.just("edit"), st.sampled_from(FIELDS), st.integers(0, 2))
step = edit | st.tuples(st.sampled_from(["send", "send, reply lost", "refresh"]))
history = st.lists(st.tuples(st.integers(0, 1), step, st.booleans()), max_size=12)


class LosingTransport(InProcess):
    """Loses the reply to the next write after the server has carried it out."""

    def __init__(self, app: Any) -> None:
        super().__init__(app)
        self.lose_next = False

    async def send(self, method: str, path: str, **more: Any) -> Any:
        answer = await super().send(method, path, **more)
        if self.lose_next and method == "PUT":
            self.lose_next = False
            raise Unreachable("lost", unclear=True)
        return answer


@dataclass
class Person:
    """One client: its store, its push, and who it is."""

    name: str
    loop: VirtualLoop
    records: Records
    app: Any

    def __post_init__(self) -> None:
        self.store = Store(None, None)
        self.base: dict[str, str] = {}
        self.transport = LosingTransport(self.app)
        grant = ClientCredentials(CLIENT_ID, CLIENT_SECRET)
        client = Client(self.transport, grant, self.loop.time)
        self.api = BudgetedClient(client, Budget(self.store, self.loop.now))
        self.push = Push(
            self.api, self.store, ObservableState(), self.loop.now, random.Random(self.name)
        )

    async def refresh(self) -> None:
        said = await self.api.get_followup(Purpose.PERSON, "f")
        self.store.followups.upsert([said], self.loop.now())

    def edit(self, name: str, value: str) -> None:
        """Save one field on top of what is shown (with what needs deciding decided as mine)."""
        shown = self.store.followups.get("f")
        assert shown is not None
        waiting = self.store.outbox.attention("f")
        mine = {**(dict(waiting.patch.changes) if waiting else {}), name: value}
        if all(name not in entry.patch.changes for entry in self.store.outbox.of("f")):
            self.base[name] = str(shown.get(name) or "")
        self.store.save(diff(shown, mine), self.loop.now())

    async def send(self) -> None:
        await asyncio.sleep(400)  # later than any base stays fresh: the server is asked first
        while (entry := self.store.outbox.next(self.loop.now())) is not None:
            await self.push._send(entry)
            if self.store.outbox.counts()[0]:
                await asyncio.sleep(400)

    def decide(self, mine: bool, others: set[tuple[str, Any]]) -> None:
        """What a person does with a conflict."""
        entry = self.store.outbox.attention("f")
        if entry is None or entry.refusal is None:
            return
        for name, theirs in entry.refusal.theirs:
            # Only another's words are a conflict, never our own that arrived unnoticed.
            assert (name, theirs or "") in others, f"{self.name} was asked about its own {name}"
            self.base[name] = str(theirs or "")
        shown = self.store.followups.get("f")
        assert shown is not None
        if mine:
            self.store.save(diff(shown, dict(entry.patch.changes)), self.loop.now())
        else:
            self.store.discard("f")


async def live(steps: list[Any], loop: VirtualLoop) -> None:
    clock = lambda: START.timestamp() + loop.time()  # noqa: E731
    media = Media(clock)
    records = Records(None, media)
    records.fill(
        [{"id": "d"}], [{"id": "f", "debt_id": "d", "status": "scheduled", "type": "call"}]
    )
    app = Sandbox(records, Accounts(clock), Limits(clock, 10**6, 10**6), media).app()
    people = [Person(name, loop, records, app) for name in ("ann", "bob")]
    for person in people:
        await person.refresh()
    written: dict[str, set[tuple[str, Any]]] = {"ann": set(), "bob": set()}
    for name in FIELDS:  # what was there before either came is neither's
        for who_ in written.values():
            who_.add((name, (records.followup("f") or {})[name] or ""))
    for who, (what, *more), mine in steps:
        person = people[who]
        if what == "edit":
            person.edit(more[0], VALUES[more[0]][more[1]])
        elif what == "refresh":
            await person.refresh()
        else:
            person.transport.lose_next = what.endswith("lost")
            await watch(person, records, written)
            person.decide(mine, written[other_of(person)])
    for _ in range(8):  # until nothing is left to send or to decide
        for person in people:
            person.transport.lose_next = False
            await watch(person, records, written)
            person.decide(True, written[other_of(person)])
    for person in people:
        await person.refresh()
    there = records.followup("f")
    assert there is not None
    for person in people:
        shown = person.store.followups.get("f")
        assert shown is not None
        assert person.store.outbox.entries() == []
        assert {n: shown.get(n) or "" for n in FIELDS} == {n: there[n] or "" for n in FIELDS}
        await person.api._client.aclose()
        person.store.close()
    media.close()
    records.close()


def other_of(person: Person) -> str:
    return "bob" if person.name == "ann" else "ann"


async def watch(person: Person, records: Records, written: dict[str, set[tuple[str, Any]]]) -> None:
    """Send, and see that nothing is overwritten that the sender had not known of when saving."""
    real = records.update

    def update(followup_id: str, changes: Mapping[str, Any]) -> Any:
        before = records.followup(followup_id)
        assert before is not None
        sent = [one for e in person.store.outbox.of("f") for one in e.sent]
        for name, value in changes.items():
            now = before[name] or ""
            ours = any(name in one and (one[name] or "") == now for one in sent)
            known = now == person.base.get(name, now) or ours or now == (value or "")
            assert known, f"{person.name} overwrote {name} unseen"
            written[person.name].add((name, value or ""))
        return real(followup_id, changes)

    records.update = update  # type: ignore[method-assign]
    try:
        await person.send()
    finally:
        records.update = real  # type: ignore[method-assign]


@settings(
    max_examples=2_000,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(history)
def test_no_side_is_lost_silently_and_both_ends_agree_at_rest(steps: list[Any]) -> None:
    loop = VirtualLoop()
    asyncio.set_event_loop(loop)
    try:
        loop.run_until_complete(live(steps, loop))
    finally:
        asyncio.set_event_loop(None)
        loop.close()
