"""The one thing that runs: sends the outbox, refreshes the list, says how it stands.

Each lane works beside the others, and goes on by itself after a mistake of ours: what waits leaves
(`Push`), the list is kept up to date, what a person looks at is freshened beside a refresh that may
take long, and so are the days that a supervisor looks at.
"""

import asyncio
import logging
import random
from collections import Counter
from collections.abc import Callable, Coroutine
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from agent_app.api.client import Client
from agent_app.domain.callers import LookUp
from agent_app.domain.errors import (
    ExternalError,
    RateLimited,
    SignedOut,
    StoreError,
)
from agent_app.domain.network import Network
from agent_app.domain.sync_state import Connection, Stopped, connection_of
from agent_app.runtime.tasks import end
from agent_app.store.changes import Change
from agent_app.store.store import Store
from agent_app.sync.backfill import Backfill
from agent_app.sync.backoff import Bell, wait_after
from agent_app.sync.budget import Budget, NotNow, Purpose
from agent_app.sync.budgeted_client import BudgetedClient
from agent_app.sync.colleagues import NOBODY
from agent_app.sync.company import Company
from agent_app.sync.lane import Lane
from agent_app.sync.looks import Looks
from agent_app.sync.pull import Pull
from agent_app.sync.push import Push
from agent_app.sync.recording import Recording
from agent_app.sync.retention import Retention
from agent_app.sync.state import ObservableState

if TYPE_CHECKING:
    from agent_app.sync.teamwork import Teamwork
    from agent_app.team.team import Team

log = logging.getLogger(__name__)

REFRESH_S = 600.0
"""Between two refreshes of our own accord (seconds), and up to a fifth more: six reads an hour."""


WITH_RELAY = 18.0
"""So many times more rarely where a relay reads the list for everybody: every three hours."""


def utc_now() -> datetime:
    """Return the clock of a real run."""
    return datetime.now(UTC)


class Engine:
    """Runs between `start` and `stop`, on the loop that is running. *now* gives UTC."""

    def __init__(
        self,
        client: Client,
        store: Store,
        *,
        now: Callable[[], datetime] = utc_now,
        rng: random.Random | None = None,
        refresh_s: float = REFRESH_S,
        network: Network | None = None,
        keep_days: Callable[[], int] = lambda: 0,
    ) -> None:
        """*keep_days* gives how long followups that are done are kept (0: for ever)."""
        self.state = ObservableState()
        self._client = client
        self._store = store
        self._now = now
        self._rng = rng or random.Random()  # noqa: S311  (jitter, not a secret)
        self._refresh_s, self._network = refresh_s, network
        self.budget = Budget(store, now, self._rng)
        self._api = BudgetedClient(client, self.budget)
        self._sending = Lane("sending", self._run_push, now, self._rng, self._on_sending)
        self._reading = Lane("reading", self._run_list, now, self._rng, self._on_reading)
        self._pull = Pull(self._api, store, self.state, now)
        self._push = Push(
            self._api,
            store,
            self.state,
            now,
            self._rng,
            self._sending.works,
            self._pull.bring_by_page,
        )
        self._bell = Bell()
        self._asked = False
        self._looks = Looks(
            self._pull, self.budget, now, self._rng, self._on_unreached, self._has_words
        )
        self._backfill = Backfill(
            self._pull.first_start, self._pull.list, now, self._rng, lambda: self._looks.is_idle
        )
        self.retention = Retention(store, keep_days, now, self._pull.held)
        self.company = Company(self._api, store, now, network)
        self._period: tuple[date, date] | None = None
        self._period_bell = Bell()
        self._tasks: list[asyncio.Task[None]] = []
        self._look_ups: set[asyncio.Task[None]] = set()
        self._teamwork: Teamwork | None = None
        self._unlisten: Callable[[], None] = lambda: None

    @property
    def reads(self) -> Counter[tuple[Purpose, str]]:
        """How often was read since the start, by what for and what."""
        return self._api.reads

    def start(self) -> None:
        """Begin; needs a running loop."""
        self._unlisten = self._store.changes.listen(self._on_change)
        self._count()
        self._tasks = [
            asyncio.create_task(self._sending.run(), name="push"),
            asyncio.create_task(self._reading.run(), name="pull"),
            asyncio.create_task(self._lane("looks", self._looks.run).run(), name="opened"),
            asyncio.create_task(self._lane("debts", self._pull.debtors.run).run(), name="debts"),
            asyncio.create_task(self._lane("periods", self._run_periods).run(), name="period"),
            asyncio.create_task(self._lane("older", self._backfill.run).run(), name="older"),
            asyncio.create_task(self._lane("end", self.retention.run).run(), name="end"),
        ]

    def _lane(self, name: str, work: Callable[[], Coroutine[Any, Any, None]]) -> Lane:
        """Return a lane that is asked for each thing it does: what it did not do is asked for again."""
        return Lane(name, work, self._now, self._rng, lambda _: None)

    def join(self, team: "Team") -> None:
        """Share the work with a team from now on; to be called once, after `start`."""
        from agent_app.sync.teamwork import Teamwork  # only where there is a team

        self._teamwork = Teamwork(team, self._store, self.budget, self._now, self._pull.note_gone)
        self._teamwork.start()
        self._api.colleagues = self._teamwork
        work = self._lane("team", self._teamwork.run)
        self._tasks.append(asyncio.create_task(work.run(), name="team"))

    async def stop(self) -> None:
        """End all work under way; what waits in the outbox waits on. May be called again."""
        self._unlisten()
        self._unlisten = lambda: None
        if self._teamwork is not None:
            self._teamwork.stop()
            self._api.colleagues = NOBODY
        await end([*self._tasks, *self._look_ups])
        await self._client.aclose()

    # -- what the window tells

    def refresh(self) -> None:
        """A person asked: read the list now, and try at once what waits."""
        self._asked = True
        self._bell.ring()
        self._push.wake(at_once=True)
        self._reading.again()
        self._sending.again()

    def writes_left(self) -> int | None:
        """Return how many writes the company's hour has left, or None where that is not known."""
        return self.budget.left("write")

    def give_up_loading(self) -> None:
        """A person has seen enough: the load of the list stops, and goes on when they refresh."""
        self._pull.give_up_loading()

    def bring_older(self) -> None:
        """A person wants the followups that are older than what is here."""
        self.retention.note_asked()
        self._backfill.ask()

    def stop_older(self) -> None:
        """They have seen enough."""
        self._backfill.stop()

    def wake(self) -> None:
        """The computer slept, or its network changed: find out at once how things stand."""
        self._push.wake(at_once=True)
        self._reading.again()
        self._sending.again()
        if self.state.now.connection is not Connection.ONLINE:
            self._bell.ring()

    def looked_at(self, looked_at: bool) -> None:
        """Whether the window has the person's attention."""
        self._with_a_person(lambda: self._looks.looked_at(looked_at))

    def opened(self, followup_id: str) -> None:
        """A person looks at this followup."""
        self._with_a_person(lambda: self._looks.opened(followup_id))

    def returned(self, followup_id: str) -> None:
        """A person comes back to this followup after having been elsewhere."""
        self._with_a_person(lambda: self._looks.returned(followup_id))

    def dialled(self, followup_id: str) -> None:
        """A person calls the debtor of this followup."""
        self._looks.dialled(followup_id)

    def _with_a_person(self, tell: Callable[[], None]) -> None:
        """Tell the looks of a person; one who comes back does not wait for a list that was left to
        itself."""
        was_idle = self._looks.is_idle
        tell()
        if was_idle and not self._looks.is_idle and self._is_list_due():
            self._bell.ring()

    def _is_list_due(self) -> bool:
        due = self._pull.next_refresh(timedelta(seconds=self._until_next()))
        return due is not None and due <= self._now()

    def look_up(self, followup_id: str, told: Callable[[LookUp], None]) -> None:
        """Read a followup that a call is about and that is not here; *told* hears how that ended."""
        task = asyncio.create_task(self._look_up(followup_id, told), name="look up")
        self._look_ups.add(task)
        task.add_done_callback(self._look_ups.discard)

    def read_person(self, debt_id: str) -> None:
        """Read all debts of the debtor of a debt; the store tells whoever listens."""
        task = asyncio.create_task(self._read_person(debt_id), name="person")
        self._look_ups.add(task)
        task.add_done_callback(self._look_ups.discard)

    async def _read_person(self, debt_id: str) -> None:
        try:
            await self._pull.debtors.of_person(Purpose.PERSON, debt_id)
        except ExternalError as error:
            log.info("a person's debts were not read: %s", type(error).__name__)

    async def _look_up(self, followup_id: str, told: Callable[[LookUp], None]) -> None:
        try:
            found = await self._pull.look_up(followup_id)
        except ExternalError as error:
            log.info("a call's followup was not looked up: %s", type(error).__name__)
            told(LookUp.FAILED)
        else:
            told(LookUp.FOUND if found else LookUp.NOT_THERE)

    def load_period(self, first: date, last: date) -> None:
        """A supervisor looks at these days: read those that are not here or may have changed."""
        self.retention.note_asked(first)
        self._period = (first, last)
        self._period_bell.ring()

    def stop_period(self) -> None:
        """Stop reading them; what was read stays."""
        self._pull.periods.give_up()

    def recording(self, followup_id: str) -> Recording:
        """Return a followup's recording, to be listened to; its `run` has to be started."""

        def link() -> str:
            followup = self._store.followups.from_server(followup_id)
            if followup is None or self._is_over(followup.media_urls_expire_at):
                return ""
            return followup.audio_url or ""

        async def renew() -> str:
            await self._pull.reread(followup_id)
            return link()

        # Links of a server elsewhere lead to no service of this computer.
        return Recording(link, renew, self._network, this_computer=self._client.is_on_this_computer)

    def _is_over(self, moment: datetime | None) -> bool:
        return moment is not None and moment <= self._now()

    async def sign_out(self) -> None:
        """Forget the tokens; the outbox stays for this account."""
        await self._client.sign_out()

    # -- the lanes

    async def _run_push(self) -> None:
        await self._push.run()

    async def _run_list(self) -> None:
        """Refresh at the start, then when asked, when due, and again after a failure."""
        failures = 0
        starting = True
        while True:
            pause: float | None
            try:
                asked, self._asked = self._asked, False
                await self._client.sign_in()
                self.state.set(scopes=self._client.scopes)
                await self._pull.refresh(
                    asked=asked,
                    starting=starting,
                    looked_at=self._looks.is_looked_at,
                    idle=self._looks.is_idle,
                )
                starting = False
                self._backfill.look()
                if failures:
                    self._push.wake(at_once=True)
                failures = 0
                self._found_online()
                self._reading.works()
                pause = self._until_next()
            except NotNow as error:
                self._reading.works()
                pause = max(60.0, (error.until - self._now()).total_seconds())
            except StoreError:
                raise  # not the server's trouble: the lane says so, and tries again
            except ExternalError as error:
                failures += 1
                self._reading.works()
                pause = self._note_failure(error, failures)
            await self._wait(pause)

    def _until_next(self) -> float:
        pressure = self.budget.pressure("read")
        if self._looks.is_idle:
            pressure **= 2  # who works goes first
        each = self._refresh_s * self._rng.uniform(1.0, 1.2) * pressure
        colleagues = self._api.colleagues
        # What one desk reads all see; a relay reads for all.
        return each * (colleagues.desks if not colleagues.has_relay else WITH_RELAY)

    async def _wait(self, pause: float | None) -> None:
        """Wait for a ring or until the list is due, whoever read it last."""
        if await self._bell.wait(pause):
            return
        each = timedelta(seconds=self._refresh_s)
        while not self._asked and not self.state.now.error:
            due = self._pull.next_refresh(each)
            rest = (due - self._now()).total_seconds() if due is not None else 0.0
            if rest <= 0 or await self._bell.wait(rest):
                return

    async def _run_periods(self) -> None:
        """Read the days that a supervisor looks at; a failure is said where they look."""
        while True:
            await self._period_bell.wait()
            if self._period is None:
                continue
            self.state.set(period_error=None)
            try:
                await self._pull.periods.load(*self._period)
            except ExternalError as error:
                self.state.set(period_error=error)
            except Exception as error:
                self.state.set(period_error=error)
                raise
            finally:
                self.state.set(period_progress=None)

    # -- how it stands

    def _on_unreached(self) -> None:
        if self.state.now.connection is Connection.ONLINE:
            self._bell.ring()

    def _on_change(self, change: Change) -> None:
        if change.outbox:
            self._looks.saved(change.followups)
            self._push.wake()
            self._count()

    def _has_words(self, followup_id: str) -> bool:
        drafts, outbox = self._store.drafts, self._store.outbox
        return drafts.get(followup_id) is not None or outbox.attention(followup_id) is not None

    def _on_sending(self, stopped: Stopped | None) -> None:
        self.state.set(sending=stopped)

    def _on_reading(self, stopped: Stopped | None) -> None:
        self.state.set(reading=stopped)

    def _count(self) -> None:
        waiting, attention = self._store.outbox.counts()
        self.state.set(waiting=waiting, attention=attention)

    def _found_online(self) -> None:
        self.state.answered(self._now(), scopes=self._client.scopes)

    def _note_failure(self, error: ExternalError, failures: int) -> float | None:
        now = self._now()
        wait = wait_after(error, failures, now, self._rng)
        if isinstance(error, RateLimited) and error.until is not None:
            wait = error.until - now + timedelta(seconds=self._rng.uniform(0.0, 30.0))
        self.state.set(connection=connection_of(error), error=error, until=now + wait)
        if isinstance(error, SignedOut):
            return None  # only a person can help
        return wait.total_seconds()
