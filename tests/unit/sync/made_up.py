"""A desk and its server in one process and in made-up time: hours of trouble in a moment.

The real push, client and store; the sandbox's real application; only the sockets are left out.
"""

import asyncio
import random
from collections.abc import Callable, Coroutine, Mapping
from datetime import timedelta
from typing import Any

from agent_app.api.client import Client
from agent_app.api.tokens import ClientCredentials
from agent_app.api.transport import Answer
from agent_app.domain.outbox import Entry
from agent_app.domain.patch import diff
from agent_app.sandbox.accounts import CLIENT_ID, CLIENT_SECRET, Accounts
from agent_app.sandbox.app import Sandbox
from agent_app.sandbox.limits import Limits
from agent_app.sandbox.media import Media
from agent_app.sandbox.records import Records
from agent_app.store.store import Store
from agent_app.sync.budget import Budget
from agent_app.sync.budgeted_client import BudgetedClient
from agent_app.sync.push import Push
from agent_app.sync.state import ObservableState
from tests.benchmarks.fleet import InProcess
from tests.benchmarks.virtual_time import START, VirtualLoop

Odd = Callable[[str, str, Answer], Answer]
"""What becomes of an answer, by method and path; it may raise what a transport raises."""


class OddTransport(InProcess):
    """The sandbox, but for what *odd* makes of its answers."""

    def __init__(self, app: Any) -> None:
        super().__init__(app)
        self.odd: Odd = lambda _method, _path, answer: answer
        self.sent: list[tuple[str, str]] = []

    async def send(self, method: str, path: str, **more: Any) -> Answer:
        self.sent.append((method, path.rsplit("/", 1)[-1]))
        answer = await super().send(method, path, **more)
        return self.odd(method, path, answer)


class MadeUp:
    """One agent's push and the company's server. Followups f0, f1 … belong to debts d0, d1 …"""

    def __init__(self, followups: int = 1, *, reads: int = 10**6, writes: int = 10**6) -> None:
        self.loop = VirtualLoop()
        clock = lambda: START.timestamp() + self.loop.time()  # noqa: E731
        self.media = Media(clock)
        self.records = Records(None, self.media)
        rows = [
            {"id": f"f{n}", "debt_id": f"d{n}", "status": "scheduled", "type": "call"}
            for n in range(followups)
        ]
        self.records.fill([{"id": f"d{n}"} for n in range(followups)], rows)
        self.sandbox = Sandbox(
            self.records, Accounts(clock), Limits(clock, reads, writes), self.media
        )
        self.transport = OddTransport(self.sandbox.app())
        grant = ClientCredentials(CLIENT_ID, CLIENT_SECRET)
        self.client = Client(self.transport, grant, self.loop.time)
        self.store, self.state = Store(None, None), ObservableState()
        self.api = BudgetedClient(self.client, Budget(self.store, self.loop.now))
        self.push = Push(self.api, self.store, self.state, self.loop.now, random.Random(7))
        self.store.changes.listen(lambda change: self.push.wake() if change.outbox else None)
        self.store.followups.upsert(rows, self.loop.now())

    def run(self, story: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Tell a story while the push works; afterwards all is closed."""

        async def told() -> None:
            work = asyncio.create_task(self.push.run())
            try:
                await story()
                assert not work.done(), work
            finally:
                work.cancel()
                await asyncio.gather(work, return_exceptions=True)
                await self.client.aclose()

        asyncio.set_event_loop(self.loop)
        try:
            self.loop.run_until_complete(told())
        finally:
            asyncio.set_event_loop(None)
            self.loop.close()
            self.store.close()
            self.media.close()
            self.records.close()

    async def until(self, holds: Callable[[], object], most: timedelta) -> None:
        """Wait in made-up time until *holds* does; fail after *most*."""
        end = self.loop.time() + most.total_seconds()
        while not holds():
            assert self.loop.time() < end, "it did not come to hold in time"
            await asyncio.sleep(0.1)

    def takes_nothing_of(self, bad: str) -> None:
        """Have the server carry out no change of one followup, whatever it answers."""
        carried_out = self.records.update

        def update(followup_id: str, changes: Mapping[str, Any]) -> Any:
            return carried_out(followup_id, {} if followup_id == bad else changes)

        self.records.update = update  # type: ignore[method-assign]

    def save(self, followup_id: str, **mine: Any) -> None:
        followup = self.store.followups.get(followup_id)
        assert followup is not None
        self.store.save(diff(followup, mine), self.loop.now())

    def there(self, followup_id: str) -> Mapping[str, Any]:
        """A followup as the server has it."""
        found = self.records.followup(followup_id)
        assert found is not None
        return found

    def shown(self, followup_id: str, name: str) -> Any:
        """A field as the window shows it."""
        followup = self.store.followups.get(followup_id)
        assert followup is not None
        return followup.get(name)

    def attention(self, followup_id: str) -> Entry:
        entry = self.store.outbox.attention(followup_id)
        assert entry is not None
        return entry

    def count(self, method: str, followup_id: str = "") -> int:
        """How many such requests were sent."""
        return sum(
            1
            for one, where in self.transport.sent
            if one == method and where in (followup_id or where)
        )
