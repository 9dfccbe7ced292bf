"""A client without a window for stories: a store, an engine, and a clock that can be moved."""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from agent_app.api.client import Client
from agent_app.api.tokens import ClientCredentials
from agent_app.api.transport import Transport
from agent_app.domain.followup import Followup
from agent_app.domain.patch import diff
from agent_app.models.commands import Commands
from agent_app.store.database import Key
from agent_app.store.store import Store
from agent_app.sync.engine import Engine
from tests.sandbox import RunningSandbox
from tests.waiting import until

KEY = Key(raw=b"s" * 32)


class Clock:
    """The time, which a story may move."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def move(self, **gap: float) -> None:
        self.ahead += timedelta(**gap)


class Desk:
    """One agent's desk without its window."""

    def __init__(self, sandbox: RunningSandbox, file: Path | None = None) -> None:
        self.sandbox = sandbox
        self.clock = Clock()
        self.store = Store(file, KEY if file else None)
        self.commands = Commands(self.store, self.clock.now)
        self.engine: Engine | None = None

    def start(self) -> None:
        grant = ClientCredentials(self.sandbox.client_id, self.sandbox.client_secret)
        client = Client(Transport(self.sandbox.server, deadline_s=5), grant)
        self.engine = Engine(
            client, self.store, now=self.clock.now, rng=random.Random(1), refresh_s=10_000
        )
        self.commands.attach(self.engine)
        self.engine.start()

    async def stop(self) -> None:
        if self.engine is not None:
            self.commands.attach(None)
            await self.engine.stop()
            self.engine = None

    @property
    def state(self) -> Any:
        assert self.engine is not None
        return self.engine.state.now

    async def loaded(self) -> None:
        await until(lambda: self.state.last_refresh is not None)

    async def settled(self) -> None:
        await until(lambda: self.store.outbox.counts()[0] == 0)

    def followup(self, followup_id: str) -> Followup:
        found = self.store.followups.get(followup_id)
        assert found is not None
        return found

    def save(self, followup_id: str, **mine: Any) -> None:
        self.commands.save(diff(self.followup(followup_id), mine))


@asynccontextmanager
async def desk_on(
    sandbox: RunningSandbox, file: Path | None = None, *, running: bool = True
) -> AsyncIterator[Desk]:
    """A desk with its list loaded; it runs on unless *running* is off."""
    desk = Desk(sandbox, file)
    desk.start()
    try:
        await desk.loaded()
        if not running:
            await desk.stop()
        yield desk
    finally:
        await desk.stop()
        desk.store.close()
