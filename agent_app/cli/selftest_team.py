"""`agent-app selftest --team`: a team on this computer, and what each desk sees of the others.

Desks without windows: store, sync and team are the real ones, the server is a real NATS with keys, TLS and
rights, the service the sandbox.
"""

import asyncio
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime

from agent_app.api.client import Client
from agent_app.api.tokens import ClientCredentials
from agent_app.api.transport import Transport
from agent_app.cli.trial import Place, Trial
from agent_app.domain.errors import ExternalError
from agent_app.domain.patch import diff
from agent_app.domain.team import Event, SharedKind, TeamLink, TeamReview
from agent_app.models.commands import Commands
from agent_app.relay.relay import Relay
from agent_app.store.store import Store
from agent_app.sync.engine import Engine, utc_now
from agent_app.team.team import Team, TeamSettings

FOLLOWUPS = 150
PATIENCE_S = 45.0


class Failed(Exception):
    """Something did not come to hold."""


class Desk:
    """A person's desk without its window."""

    def __init__(self, place: Place, name: str) -> None:
        at = place.sandbox
        self.store = Store(None, None)
        self.commands = Commands(self.store, utc_now)
        client = Client(Transport(at.server), ClientCredentials(at.client_id, at.client_secret))
        self.engine = Engine(client, self.store)
        self.commands.attach(self.engine)
        self.team = _team(place, name)

    async def start(self) -> None:
        """Start it, and wait until it has the list."""
        self.team.start()
        self.engine.start()
        self.engine.join(self.team)
        await until(lambda: self.team.state.is_live and self.store.state("loaded"), "a desk starts")

    async def stop(self) -> None:
        """End it."""
        await self.engine.stop()
        await self.team.stop()
        self.store.close()

    @property
    def reads(self) -> int:
        """Read of the service since the start."""
        return sum(self.engine.reads.values())

    def says(self, followup_id: str) -> str:
        """Return the notes of a followup as this desk has them."""
        followup = self.store.followups.get(followup_id)
        return (followup.notes if followup is not None else None) or ""


def _team(place: Place, name: str) -> Team:
    at = place.sandbox
    return Team(TeamSettings(place.credentials[name], api=at.server, client_id=at.client_id))


async def until(holds: Callable[[], object], what: str) -> float:
    """Wait for something; returns how long that took (seconds). Raises Failed."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    try:
        async with asyncio.timeout(PATIENCE_S):
            while not holds():  # noqa: ASYNC110
                await asyncio.sleep(0.005)
    except TimeoutError:
        raise Failed(what) from None
    return loop.time() - began


class Seen:
    """Tells what was seen, line by line."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self.lines: list[str] = []

    def say(self, words: str) -> None:
        """One thing that held."""
        self.lines.append(words)
        if not self._as_json:
            print(f"  {words}", flush=True)


def selftest_team(*, as_json: bool) -> int:
    """Run it; the exit status is 0 where all of it held."""
    seen, failure = Seen(as_json=as_json), ""
    try:
        asyncio.run(_selftest(seen))
    except (Failed, ExternalError) as error:
        failure = str(error)
    if as_json:
        print(json.dumps({"seen": seen.lines, "ok": not failure, "failure": failure}))
    elif failure:
        print(f"FAILED: {failure}", file=sys.stderr)
    else:
        print("All of it held.")
    return 1 if failure else 0


async def _selftest(seen: Seen) -> None:
    trial = Trial()
    desks: list[Desk] = []
    relay: Relay | None = None
    work: asyncio.Task[None] | None = None
    try:
        place = await trial.start(FOLLOWUPS)
        seen.say("a NATS server with keys, rights and TLS, and the sandbox")
        at = place.sandbox
        client = Client(Transport(at.server), ClientCredentials(at.client_id, at.client_secret))
        relay = Relay(client, _team(place, "relay"))
        relay.start()
        work = asyncio.create_task(relay.run())
        await until(lambda: relay is not None and relay.has_swept, "the relay reads the list")
        seen.say(
            f"the relay has read {relay.store.followups.count()} followups, {relay.reads} reads"
        )
        for name in ("anna", "ben", "sofia"):
            desks.append(Desk(place, name))
            await desks[-1].start()
        count = desks[0].store.followups.count()
        seen.say(f"three desks have {count} followups each, {desks[0].reads} reads of their own")
        await _together(seen, *desks)
        await _apart(seen, trial, *desks[:2])
    finally:
        for desk in desks:
            await desk.stop()
        if work is not None:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)
        if relay is not None:
            await relay.stop()
        trial.stop()


async def _together(seen: Seen, anna: Desk, ben: Desk, sofia: Desk) -> None:
    """Claims, rows, events, reviews and what is shared."""
    key = next(iter(anna.store.listing.rows([1]).values()))
    followup_id, debt_id = key.id, key.debt_id
    anna.team.claims.use({debt_id})
    took = await until(lambda: ben.team.claims.is_taken(debt_id), "a claim is seen")
    seen.say(f"Anna's claim is seen by Ben after {took * 1000:.0f} ms")
    followup = anna.store.followups.get(followup_id)
    assert followup is not None
    anna.commands.save(diff(followup, {"notes": "Selftest: spoken"}))
    took = await until(lambda: ben.says(followup_id) == "Selftest: spoken", "a save is seen")
    seen.say(f"her save is seen by Ben after {took * 1000:.0f} ms, {ben.reads} reads of his own")
    taken: list[object] = []
    anna.team.claims.taken.listen(taken.append)
    ben.team.claims.use({debt_id})
    ben.team.claims.take_over(debt_id)
    await until(lambda: taken and ben.team.claims.holds(debt_id), "a debt is taken over")
    seen.say("Ben takes the debt over, and Anna is told")
    now = datetime.now(UTC)
    await anna.team.events.tell(Event("", "", followup_id, debt_id, "deal_found", now, 60_000))
    await until(sofia.team.events.all, "an event reaches the supervisor")
    await sofia.team.reviews.publish(TeamReview("1", followup_id, "anna", "", now, "Well done"))
    await until(anna.team.reviews.unread, "a review reaches its agent")
    await anna.team.reviews.acknowledge("1", "Thank you")
    await until(lambda: sofia.team.reviews.all()[0].answer, "the answer comes back")
    seen.say("the supervisor sees what Anna did, reviews it, and has her answer")
    await sofia.team.shared.publish(SharedKind.GOALS, "20")
    await until(lambda: ben.team.shared.of(SharedKind.GOALS), "goals reach all")
    seen.say("the supervisor's goals reach all desks")


async def _apart(seen: Seen, trial: Trial, anna: Desk, ben: Desk) -> None:
    """The server goes and comes back; a person is let in no more."""
    trial.kill_server()
    await until(lambda: anna.team.state.link is TeamLink.LOST, "a lost server is noticed")
    followup_id = anna.store.listing.rows([2])[2].id
    followup = anna.store.followups.get(followup_id)
    assert followup is not None
    anna.commands.save(diff(followup, {"notes": "Selftest: alone"}))
    await until(lambda: not anna.store.outbox.of(followup_id), "a save leaves without the team")
    seen.say("without the server Anna saves as before")
    trial.start_server()
    await until(lambda: anna.team.state.is_live and ben.team.state.is_live, "both come back")
    seen.say("both come back by themselves")
    trial.revoke("ben")
    await until(lambda: ben.team.state.link is TeamLink.REFUSED, "who is revoked is refused")
    seen.say("Ben is revoked, and let in no more")
