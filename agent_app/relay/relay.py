"""Reads the list once for everybody, and what webhooks name, and has the team know it.

It never writes to the API. Of several relays one is active: the others hear what it tells, and take over
when it has not renewed its lease.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from agent_app.api.client import Client
from agent_app.domain import mistakes
from agent_app.domain.errors import ExternalError
from agent_app.domain.team import NoTeam
from agent_app.relay.allowance import Allowance
from agent_app.store.store import Store
from agent_app.sync.budget import Budget, Purpose
from agent_app.sync.budgeted_client import BudgetedClient
from agent_app.sync.debtors import Debtors
from agent_app.sync.pages import Pages, pages_of
from agent_app.sync.retention import BOTTOM
from agent_app.sync.state import ObservableState
from agent_app.sync.teamwork import HOOKS, KEPT, SWEPT, TOTAL, Teamwork
from agent_app.sync.whole import Whole
from agent_app.team.team import Team

log = logging.getLogger(__name__)

READS_AN_HOUR = 300
NEWEST_EACH_S = 120.0
"""Between two looks at the newest page (seconds)."""
FOR_HOOKS = 10
"""Reads that a look at the whole list leaves for what webhooks name."""
HOOK_SETTLES_S = 3.0
"""A desk that has just saved tells what came of it itself: then the webhook asks for nothing."""
HOOKS_ALIVE_S = 3_600.0
"""Webhooks are relied on while one came within this time (seconds)."""
PAUSE_S = 5.0
TRIES_AGAIN_S = 30.0


@dataclass(frozen=True, slots=True)
class Swept:
    """What came of one look at the whole list."""

    pages: int
    followups: int
    reads: int


class Relay:
    """One relay. *now* gives UTC, *clock* seconds (monotonic)."""

    def __init__(
        self,
        client: Client,
        team: Team,
        *,
        reads_an_hour: int = READS_AN_HOUR,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client, self._team, self._now, self._clock = client, team, now, clock
        self.store = Store(None, None)  # in memory: nothing of a debtor rests here
        self._state = ObservableState()
        self.api = BudgetedClient(client, Budget(self.store, now))
        self._pages = Pages(self.api, self.store, self._state, now)
        self._whole = Whole(self.api, self.store, self._pages.take, now)
        self._pages.noted = self._whole.note_page
        self._debtors = Debtors(self.api, self.store, now)
        self.teamwork = Teamwork(
            team, self.store, self.api.budget, now, self._whole.note_gone, only_news=True
        )
        self._allowance = Allowance(reads_an_hour, clock)
        self._spent = 0
        self._named: dict[tuple[str, str], float] = {}
        self._swept: float | None = None
        self._last_hook: float | None = None
        self._bell = asyncio.Event()

    @property
    def reads(self) -> int:
        """Read of the API since the start."""
        return sum(self.api.reads.values())

    @property
    def has_swept(self) -> bool:
        """Whether the whole list was read, and all know what it holds."""
        return (
            self._swept is not None
            and self.teamwork.is_settled
            and bool(self._team.relay.facts.get(SWEPT))
        )

    @property
    def is_active(self) -> bool:
        """Whether this relay is the one that reads."""
        return self._team.relay.holder == self._team.me.id

    # -- webhooks

    def hook(self, kind: str, row_id: str) -> None:
        """A webhook named a followup or a debt."""
        self._last_hook = self._clock()
        self._named.setdefault((kind, row_id), self._clock())
        self._bell.set()

    # -- running

    def start(self) -> None:
        """Join the team; needs a running loop."""
        self.teamwork.start()
        self.api.colleagues = self.teamwork
        self._team.start()

    async def run(self) -> None:
        """Relay for ever; ends by being cancelled."""
        works = (self.teamwork.run, self._keep_lease, self._read_named, self._sweep_for_ever)
        async with asyncio.TaskGroup() as group:
            for work in works:
                group.create_task(self._again(work))

    async def _again(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Do *work* for ever, also after a trouble of the world or a mistake of ours."""
        while True:
            try:
                await work()
            except ExternalError as error:
                log.info("the relay waits: %s", error)
            except Exception as error:
                log.error("a mistake in the relay: %s", mistakes.trail(error))
            await asyncio.sleep(TRIES_AGAIN_S)

    async def once(self) -> Swept:
        """Look at the whole list once, as far as the hour and the allowance let; for cron. Raises
        ExternalError."""
        taking = asyncio.create_task(self.teamwork.run())
        try:
            async with asyncio.timeout(TRIES_AGAIN_S):
                while not self.teamwork.is_live:  # noqa: ASYNC110
                    await asyncio.sleep(0.05)
                while not await self._team.relay.take(self._facts()):  # noqa: ASYNC110
                    await asyncio.sleep(0.5)
            swept = await self._sweep(patient=False)
            await self._team.relay.take(self._facts())
            return swept
        except TimeoutError:
            raise NoTeam(self._team.state.link, "no team, or another relay is active") from None
        finally:
            await self.teamwork.settled()
            with contextlib.suppress(NoTeam):
                await self._team.flush()
            taking.cancel()

    async def stop(self) -> None:
        """Leave in order: another relay takes over at once."""
        with contextlib.suppress(NoTeam):
            await self._team.relay.give_back()
        self.teamwork.stop()
        await self._team.stop()
        await self._client.aclose()
        self.store.close()

    # -- the lease

    async def _keep_lease(self) -> None:
        each = self._team.lives.renew
        while True:
            if self._team.state.is_live:
                was = self.is_active
                with contextlib.suppress(NoTeam):
                    if await self._team.relay.take(self._facts()) and not was:
                        log.info("this relay is active now")
            await asyncio.sleep(each)

    def _facts(self) -> dict[str, float | int | bool | str]:
        hooks = self._last_hook is not None and self._clock() - self._last_hook < HOOKS_ALIVE_S
        facts: dict[str, float | int | bool | str] = {HOOKS: hooks, "reads": self.reads}
        total = self.store.state("total")
        if isinstance(total, int) and self._swept is not None:
            facts |= {TOTAL: total, SWEPT: self._swept, KEPT: self.store.followups.count()}
            facts[BOTTOM] = int(self.store.state(BOTTOM) or 0)
        return facts

    # -- reading

    async def _sweep_for_ever(self) -> None:
        while True:
            if not self.is_active:
                await asyncio.sleep(1.0)
                continue
            await self._sweep(patient=True)
            await asyncio.sleep(PAUSE_S)

    async def _sweep(self, *, patient: bool) -> Swept:
        """Read page after page. Where it is not *patient* it ends with the allowance."""
        began, reads = self._team.now(), self.reads
        number, newest_at = 1, self._clock()
        while True:
            wait = self._wait(FOR_HOOKS if patient else 0)
            if wait and not patient:
                return Swept(number - 1, self.store.followups.count(), self.reads - reads)
            await asyncio.sleep(wait)
            if patient and not self.is_active:
                return Swept(number - 1, self.store.followups.count(), self.reads - reads)
            if number > 1 and self._clock() - newest_at > NEWEST_EACH_S:
                newest_at = self._clock()
                await self._take(1)
                continue
            page = await self._take(number)
            if number >= pages_of(page, number):
                break
            number += 1
        await self._name_debtors()
        await self._whole.make(Purpose.IDLE, FOR_HOOKS)
        await self.teamwork.settled()
        await self._team.flush()  # all of it is kept before that is said
        self._swept = began
        with contextlib.suppress(NoTeam):
            await self._team.relay.take(self._facts())
        log.info("the whole list was read: %d pages", number)
        return Swept(number, self.store.followups.count(), self.reads - reads)

    async def _take(self, number: int) -> Any:
        return await self._pages.take(Purpose.IDLE, number)

    def _wait(self, reserve: int) -> float:
        spent, self._spent = self.reads - self._spent, self.reads
        self._allowance.spend(spent)
        return self._allowance.wait(reserve)

    async def _name_debtors(self) -> None:
        """The names of debtors whose debts nobody has read."""
        before = -1
        while (missing := len(self.store.followups.debts_without_name())) and missing != before:
            if self._wait(FOR_HOOKS):
                return
            before = missing
            await self._debtors.name(Purpose.IDLE)

    async def _read_named(self) -> None:
        """Read what webhooks named, unless a desk has told it meanwhile."""
        while True:
            self._bell.clear()
            await self._bell.wait()
            while self._named:
                (kind, row_id), at = next(iter(self._named.items()))
                await asyncio.sleep(max(0.0, at + HOOK_SETTLES_S - self._clock()))
                if self.is_active and not self._is_known(kind, row_id, at):
                    await asyncio.sleep(self._wait(0))
                    await self._read(kind, row_id)
                self._named.pop((kind, row_id), None)

    def _is_known(self, kind: str, row_id: str, hooked_at: float) -> bool:
        kept = self.store.followups if kind == "followup" else self.store.debts
        fetched = kept.fetched_at(row_id)
        since = self._now() - timedelta(seconds=self._clock() - hooked_at + HOOK_SETTLES_S)
        return fetched is not None and fetched >= since

    async def _read(self, kind: str, row_id: str) -> None:
        if kind == "followup":
            await self._whole.read_one(Purpose.BACKGROUND, row_id)
        else:
            at = self._now()
            payload = await self.api.get_debt(Purpose.BACKGROUND, row_id)
            self.store.take_in_debts([payload], at)
