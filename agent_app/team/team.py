"""The desk's place in its team: connects, joins, comes back by itself, and leaves."""

import asyncio
import contextlib
import importlib
import logging
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from agent_app.domain import mistakes
from agent_app.domain.team import Member, NoTeam, Role, TeamLink, TeamState
from agent_app.runtime.tasks import end, give_way
from agent_app.team import subjects
from agent_app.team.bus import Bus
from agent_app.team.claims import Claims
from agent_app.team.credentials import Credentials, read_credentials
from agent_app.team.events import Events
from agent_app.team.lease import Lease
from agent_app.team.listeners import Listeners
from agent_app.team.presences import Presences
from agent_app.team.reviews import Reviews
from agent_app.team.rows import Rows
from agent_app.team.shared_things import SharedThings
from agent_app.team.shares import Shares
from agent_app.team.subjects import DEBTS, ROWS, Lifetimes

log = logging.getLogger(__name__)

FIRST_WAIT_S, MOST_WAIT_S = 0.5, 15.0
"""Between two tries to connect (seconds); refused credentials are tried again each minute."""
REFUSED_WAIT_S = 60.0
GOODBYE_S = 1.5
RELAY = "relay"
"""The lease of the relay that is active."""


class Connected(Bus, Protocol):
    """A bus with its beginning and its end."""

    @property
    def server(self) -> str: ...
    async def ended(self) -> NoTeam: ...
    async def close(self) -> None: ...
    async def make_streams(self, lives: Lifetimes, replicas: int, *, may_make: bool) -> None: ...


@dataclass(frozen=True, slots=True)
class TeamSettings:
    """Which team, and of which API. *api* and *client_id* tell whose rows and whose hour it is; without
    *figures* this desk tells nobody what its agent did."""

    credentials: Path
    api: str
    client_id: str
    servers: tuple[str, ...] = ()
    ca_bundle: str = ""
    lives: Lifetimes = field(default_factory=Lifetimes)
    replicas: int = 1
    figures: bool = True


Opened = Callable[[TeamSettings, Credentials], Awaitable[Connected]]


class Team:
    """One desk in its team. *now* gives UTC, *clock* seconds (monotonic), *opened* a connection.

    See the room's own words (`agent_app.team`) for how it is used.
    """

    def __init__(
        self,
        settings: TeamSettings,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        clock: Callable[[], float] = time.monotonic,
        opened: Opened | None = None,
    ) -> None:
        """Raises NoTeam where the credentials file makes no sense."""
        self._settings, self._opened = settings, opened or _opened
        self._credentials = read_credentials(settings.credentials)
        me = self._me = self._credentials.member
        lives = settings.lives
        self.changed: Listeners[TeamState] = Listeners()
        self.state = TeamState(TeamLink.CONNECTING, me)
        self.claims = Claims(me, lives, now, clock)
        self.presences = Presences(me, lives, now, clock)
        api = subjects.digest(settings.api)
        self.rows = Rows(me, ROWS, subjects="followup.*", subject=subjects.row, api=api)
        self.debts = Rows(me, DEBTS, subjects="debt.*", subject=subjects.debt, api=api)
        self.shares = Shares(me, settings.client_id, clock)
        self.events = Events(me, now, are_told=settings.figures)
        self.reviews = Reviews(me, now)
        self.shared = SharedThings(me, now)
        self.relay = Lease(RELAY, holder=me.id, life_s=lives.lease)
        self._task: asyncio.Task[None] | None = None
        self._bell = asyncio.Event()
        self._link: Connected | None = None
        self._dice = random.Random()  # noqa: S311  (jitter, not a secret)

    @property
    def me(self) -> Member:
        """Who this desk is in the team."""
        return self._me

    @property
    def lives(self) -> Lifetimes:
        """How long things last."""
        return self._settings.lives

    def now(self) -> float:
        """Return the server's clock (seconds since 1970); 0 where there is no connection."""
        return self._link.now() if self._link is not None else 0.0

    async def flush(self) -> None:
        """Wait until all that was told is kept. Raises NoTeam."""
        if self._link is not None:
            await self._link.flush()

    def age_of(self, moment: object) -> float | None:
        """Return how long ago a moment by the server's clock was (seconds), or None where it is none."""
        link = self._link
        if link is None or isinstance(moment, bool) or not isinstance(moment, int | float):
            return None
        return max(0.0, link.now() - moment)

    def start(self) -> None:
        """Connect, and keep connected; needs a running loop."""
        self._task = asyncio.create_task(self._run(), name="team")

    def wake(self) -> None:
        """The computer slept or its network changed: try at once."""
        self._bell.set()

    async def stop(self) -> None:
        """Leave in order: what is held is released. May be called again."""
        task, self._task = self._task, None
        if task is None:
            return
        with contextlib.suppress(NoTeam, TimeoutError):
            async with asyncio.timeout(GOODBYE_S):
                await self.claims.release_all()
                await self.presences.leave()
        await end([task])
        self._tell(TeamState(TeamLink.OFF, self._me))

    # -- the connection

    async def _run(self) -> None:
        failures = 0
        while True:
            error, was_live = await self._once()
            give_way()  # NATS' client takes a cancellation for one of its own tasks'
            failures = 1 if was_live else failures + 1
            self._tell(TeamState(error.link, self._me, self.state.server, str(error)))
            log.info("the team is not there (%s): %s", error.link, error)
            await self._wait(error, failures)

    async def _wait(self, error: NoTeam, failures: int) -> None:
        if error.link is TeamLink.REFUSED:
            most = REFUSED_WAIT_S
        else:
            most = min(MOST_WAIT_S, FIRST_WAIT_S * 2.0 ** min(failures, 10))
        self._bell.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._dice.uniform(FIRST_WAIT_S / 2, most)):
                await self._bell.wait()

    async def _once(self) -> tuple[NoTeam, bool]:
        """Return one connection, to its end; says why that came and whether it was ever live."""
        link: Connected | None = None
        was_live = False
        tasks: list[asyncio.Task[object]] = []
        try:
            link = self._link = await self._opened(self._settings, self._credentials)
            await self._make_places(link)
            await self._join(link)
            was_live = True
            self._tell(TeamState(TeamLink.LIVE, self._me, link.server))
            works: list[Awaitable[object]] = [
                link.ended(),
                self.claims.run(),
                self.presences.run(),
                self._join_rows(link),
            ]
            tasks = [asyncio.ensure_future(one) for one in works]
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            return next(iter(done)).result(), was_live  # type: ignore[return-value]
        except NoTeam as error:
            return error, was_live
        except Exception as error:
            log.error("a mistake in the team: %s", mistakes.trail(error))
            return NoTeam(TeamLink.LOST, type(error).__name__), was_live
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for part in self._parts:
                part.lost()
            self._link = None
            if link is not None:
                await link.close()

    async def _make_places(self, link: Connected) -> None:
        """Make the streams that are missing: on a server that asks for keys agents may not."""
        may = self._me.role is not Role.AGENT or not self._credentials.seed
        await link.make_streams(self._settings.lives, self._settings.replicas, may_make=may)

    async def _join(self, link: Connected) -> None:
        everybodys = self._me.role is Role.SUPERVISOR
        await self.presences.join(link)
        await self.claims.join(link)
        await self.shares.join(link)
        await self.relay.join(link)
        await self.shared.join(link)
        if self._me.role is not Role.RELAY:
            await self.reviews.join(link, everybodys=everybodys)
            await self.events.join(link, everybodys=everybodys)

    async def _join_rows(self, link: Connected) -> None:
        """Rows may be very many: the desk works meanwhile. Never ends by itself."""
        await self.debts.join(link)
        await self.rows.join(link)
        await asyncio.Event().wait()

    @property
    def _parts(self) -> tuple["_Part", ...]:
        return (
            self.presences,
            self.claims,
            self.shares,
            self.relay,
            self.shared,
            self.reviews,
            self.events,
            self.rows,
            self.debts,
        )

    def _tell(self, state: TeamState) -> None:
        if state != self.state:
            self.state = state
            self.changed.tell(state)


class _Part(Protocol):
    def lost(self) -> None: ...


async def _opened(settings: TeamSettings, credentials: Credentials) -> Connected:
    try:
        # 100 ms and more: not before it is needed, and not while the window waits.
        await asyncio.to_thread(importlib.import_module, "agent_app.team.nats_link")
        from agent_app.team.nats_link import open_link  # as above
    except ImportError as error:
        raise NoTeam(TeamLink.BAD_FILE, f"{error.name} is not installed") from error
    return await open_link(settings.servers or credentials.servers, credentials, settings.ca_bundle)
