"""Room: sync. The one thing that runs: sends the outbox, refreshes the list, says how it stands."""

import asyncio
import logging
import random
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import Any

from agent_app.api.client import Client
from agent_app.domain.errors import SignedOut, Unreachable, WorldError
from agent_app.store.changes import Change
from agent_app.store.store import Store
from agent_app.sync.pace import Bell, wait_after
from agent_app.sync.pull import Pull
from agent_app.sync.push import Push
from agent_app.sync.state import Connection, Watched, connection_of

log = logging.getLogger(__name__)

REFRESH_S = 900.0
"""Between two refreshes of our own accord (seconds), give or take a fifth."""


PASSING_BY_S = 0.25
"""A row on which a person does not stay this long is not worth a read (seconds)."""


def utc_now() -> datetime:
    """The clock of a real run."""
    return datetime.now(UTC)


class Engine:
    """Runs between `start` and `stop`, on the loop that is running. *now* gives UTC."""

    def __init__(
        self,
        client: Client,
        store: Store,
        *,
        now: Callable[[], datetime] = utc_now,
        dice: random.Random | None = None,
        refresh_s: float = REFRESH_S,
    ) -> None:
        self.state = Watched()
        self._client = client
        self._store = store
        self._now = now
        self._dice = dice or random.Random()  # noqa: S311  (jitter, not a secret)
        self._refresh_s = refresh_s
        self._push = Push(client, store, self.state, now, self._dice)
        self._pull = Pull(client, store, self.state, now)
        self._bell = Bell()
        self._everything = False
        self._wanted = ""
        self._wanted_bell = Bell()
        self._tasks: list[asyncio.Task[None]] = []
        self._unlisten: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Begin; needs a running loop."""
        self._unlisten = self._store.changes.listen(self._on_change)
        self._count()
        self._tasks = [
            asyncio.create_task(self._guarded(self._push.run), name="push"),
            asyncio.create_task(self._guarded(self._run_pull), name="pull"),
            asyncio.create_task(self._guarded(self._run_opened), name="opened"),
        ]

    async def stop(self) -> None:
        """End all work under way; what waits in the outbox waits on."""
        self._unlisten()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._client.aclose()

    def refresh(self) -> None:
        """A person asked: read the list now, and try at once what waits."""
        self._everything = True
        self._bell.ring()
        self._push.poke(at_once=True)

    def opened(self, followup_id: str) -> None:
        """A person looks at this followup."""
        self._wanted = followup_id
        self._wanted_bell.ring()

    async def sign_out(self) -> None:
        """Forget the tokens; the outbox stays for this account."""
        await self._client.sign_out()

    def _on_change(self, change: Change) -> None:
        if change.outbox:
            self._count()
            self._push.poke()

    def _count(self) -> None:
        waiting, attention = self._store.outbox.counts()
        self.state.set(waiting=waiting, attention=attention)

    async def _guarded(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        try:
            await work()
        except asyncio.CancelledError:
            raise
        except Exception:
            # A mistake of ours: logged, and the window says that the sync has stopped.
            log.exception("the sync stopped")
            self.state.set(connection=Connection.TROUBLE)

    async def _run_pull(self) -> None:
        """Refresh at the start, then when asked, when due, and again after a failure."""
        failures = 0
        while True:
            pause: float | None
            try:
                await self._refresh()
                if failures:
                    self._push.poke(at_once=True)
                failures = 0
                self._found_online()
                pause = self._refresh_s * self._dice.uniform(0.8, 1.2)
            except WorldError as error:
                failures += 1
                pause = self._note_failure(error, failures)
            await self._bell.wait(pause)

    async def _run_opened(self) -> None:
        """Freshen what a person opens, beside a refresh that may take long.

        A failure is no news: the list's own lane finds out and says so. Rows that a person only
        passes by are not asked for.
        """
        while True:
            await self._wanted_bell.wait()
            while await self._wanted_bell.wait(PASSING_BY_S):
                pass
            try:
                await self._pull.opened(self._wanted)
                self._found_online()
            except Unreachable:
                self._bell.ring()
            except WorldError as error:
                log.info("an opened followup was not freshened: %s", error)

    async def _refresh(self) -> None:
        everything, self._everything = self._everything, False
        await self._client.sign_in()
        self.state.set(scopes=self._client.scopes)
        await self._pull.refresh(everything=everything)

    def _found_online(self) -> None:
        self.state.set(
            connection=Connection.ONLINE, error=None, until=None, scopes=self._client.scopes
        )

    def _note_failure(self, error: WorldError, failures: int) -> float | None:
        now = self._now()
        wait = wait_after(error, failures, now, self._dice)
        self.state.set(connection=connection_of(error), error=error, until=now + wait)
        if isinstance(error, SignedOut):
            return None  # only a person can help
        return wait.total_seconds()
