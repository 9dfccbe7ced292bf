"""Who has which debt: asked for, renewed while it is in use, released on leaving.

The server keeps one message a debt, created only where there is none, and forgets it when it was not
renewed. What is wanted here is only noted; a task of its own asks for it, so that nobody waits.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from agent_app.domain.team import Beaten, Claim, Member
from agent_app.team import subjects
from agent_app.team.bus import Bus, Message
from agent_app.team.listeners import Listeners
from agent_app.team.messages import ClaimSaid
from agent_app.team.subjects import CLAIMS, Lifetimes

log = logging.getLogger(__name__)

TRIES = 4
"""Asks for one debt in a row, while claims of it come and go."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A claim as it was heard: `stamped` and `began` are seconds by the server's clock."""

    said: ClaimSaid
    sequence: int
    stamped: float

    @property
    def began(self) -> float:
        return self.stamped - self.said.for_s

    @property
    def member(self) -> Member:
        return Member(self.said.id, self.said.shown, self.said.role)


@dataclass(slots=True)
class _Wanted:
    """A debt that is in use here: since when (seconds, monotonic), whether it is to be taken over, and
    the sequence under which we hold it (0: we do not)."""

    since: float
    by_force: bool = False
    held: int = 0
    due: float = 0.0


class Claims:
    """All claims of the team, and this desk's own. *now* gives UTC by this computer's clock."""

    def __init__(
        self,
        me: Member,
        lives: Lifetimes,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.changed: Listeners[frozenset[str]] = Listeners()
        self.taken: Listeners[Claim] = Listeners()
        self._me, self._lives, self._now, self._clock = me, lives, now, clock
        self._kept: dict[str, _Kept] = {}
        self._last: dict[str, int] = {}
        self._wanted: dict[str, _Wanted] = {}
        self._used: set[str] = set()
        self._untold: set[str] = set()
        self._letting_go: dict[str, int] = {}
        self._bus: Bus | None = None
        self._bell = asyncio.Event()

    # -- what the window asks; nothing here waits

    def of(self, debt_id: str) -> Claim | None:
        """Return who has a debt, or None."""
        kept = self._kept.get(subjects.claim(debt_id))
        if kept is None or not self._lives_still(kept):
            return None
        return self._claim(kept)

    def of_colleague(self, debt_id: str) -> Claim | None:
        """Return the claim of a colleague, or None: nobody has this debt, or we do."""
        claim = self.of(debt_id)
        return claim if claim is not None and claim.member.id != self._me.id else None

    def is_taken(self, debt_id: str) -> bool:
        """Return whether a colleague has this debt."""
        return self.of_colleague(debt_id) is not None

    def all(self) -> list[Claim]:
        """Return all claims, the oldest first."""
        living = [kept for kept in self._kept.values() if self._lives_still(kept)]
        return [self._claim(kept) for kept in sorted(living, key=lambda kept: kept.began)]

    def holds(self, debt_id: str) -> bool:
        """Return whether the server has said that this debt is ours."""
        wanted = self._wanted.get(debt_id)
        return wanted is not None and wanted.held > 0 and self.of(debt_id) is not None

    def use(self, debt_ids: Iterable[str]) -> None:
        """These debts are in use here, and no others: they are claimed, the others are released."""
        self._used = {one for one in debt_ids if one}
        self._want()

    def keep(self, debt_ids: Iterable[str]) -> None:
        """The sync still has something of these debts to tell: they stay ours beside those in use."""
        self._untold = {one for one in debt_ids if one}
        self._want()

    def _want(self) -> None:
        wanted = self._used | self._untold
        for gone in self._wanted.keys() - wanted:
            entry = self._wanted.pop(gone)
            if entry.held:
                self._letting_go[gone] = entry.held
        for new in wanted - self._wanted.keys():
            self._letting_go.pop(new, None)
            self._wanted[new] = _Wanted(self._clock())
        self._bell.set()

    def take_over(self, debt_id: str) -> None:
        """Have a debt that a colleague has; their desk is told."""
        self._used.add(debt_id)
        entry = self._wanted.setdefault(debt_id, _Wanted(self._clock()))
        entry.by_force, entry.due = True, 0.0
        self._bell.set()

    # -- with the team's server

    async def join(self, bus: Bus) -> None:
        """Hear all claims; those that are wanted are asked for by `run`."""
        self._forget_all()
        for entry in self._wanted.values():
            entry.held, entry.due = 0, 0.0
        await bus.follow(CLAIMS, "$KV.claims.*", self._hear)
        self._bus = bus

    def lost(self) -> None:
        """The connection is gone: nobody knows who has what."""
        self._bus = None
        self._letting_go.clear()
        self._forget_all()

    async def run(self) -> None:
        """Claim, renew and release; ends by being cancelled. Raises NoTeam."""
        while True:
            self._bell.clear()
            bus = self._bus
            assert bus is not None
            for debt_id, sequence in list(self._letting_go.items()):
                self._letting_go.pop(debt_id, None)
                await self._release(bus, debt_id, sequence)
            for debt_id in list(self._wanted):
                await self._attend(bus, debt_id)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._pause()):
                    await self._bell.wait()
            self._let_die()

    async def release_all(self) -> None:
        """Release what is held here, for an orderly end."""
        bus, entries = self._bus, dict(self._wanted)
        if bus is None:
            return
        self._wanted.clear()
        for debt_id, entry in entries.items():
            if entry.held:
                await self._release(bus, debt_id, entry.held)
        for debt_id, sequence in self._letting_go.items():
            await self._release(bus, debt_id, sequence)
        self._letting_go.clear()

    async def _attend(self, bus: Bus, debt_id: str) -> None:
        """Do what is due for one debt that is in use."""
        entry = self._wanted.get(debt_id)
        if entry is None or self._clock() < entry.due:
            return
        by_force, entry.by_force = entry.by_force, False
        sequence = await self._ask(bus, debt_id, entry, by_force=by_force)
        if self._wanted.get(debt_id) is not entry:  # left meanwhile
            if sequence:
                self._letting_go[debt_id] = sequence
                self._bell.set()
            return
        entry.held = sequence
        entry.due = self._clock() + self._lives.renew

    async def _ask(self, bus: Bus, debt_id: str, entry: _Wanted, *, by_force: bool) -> int:
        """Write our claim, unless a colleague's is there; returns its sequence, or 0."""
        subject = subjects.claim(debt_id)
        for _ in range(TRIES):
            if self.is_taken(debt_id) and not by_force:
                return 0
            said = ClaimSaid(
                id=self._me.id,
                shown=self._me.name,
                role=self._me.role,
                debt=debt_id,
                for_s=max(0.0, self._clock() - entry.since),
                at=bus.now(),
            )
            try:
                sequence = await bus.put(subject, said.write(), expect=self._last.get(subject, 0))
            except Beaten:
                last = await bus.last(CLAIMS, subject)
                if last is None:
                    self._last.pop(subject, None)
                    self._kept.pop(subject, None)
                else:
                    self._hear(last)
            else:
                self._last[subject] = max(sequence, self._last.get(subject, 0))
                return sequence
        return 0

    async def _release(self, bus: Bus, debt_id: str, sequence: int) -> None:
        subject = subjects.claim(debt_id)
        with contextlib.suppress(Beaten):  # a colleague took it over
            await bus.put(subject, b"", expect=self._last.get(subject, sequence), is_deleted=True)

    # -- what is heard

    def _hear(self, message: Message) -> None:
        if message.sequence < self._last.get(message.subject, 0):
            return
        before = self._kept.get(message.subject)
        self._last[message.subject] = message.sequence
        said = None if message.is_deleted else ClaimSaid.read(message.data)
        if said is not None and not self._makes_sense(said, message):
            said = None
        if said is None:
            self._kept.pop(message.subject, None)
            if before is not None:
                self._told(before.said.debt)
            return
        self._kept.pop(message.subject, None)  # the one that ends first stays first
        kept = self._kept[message.subject] = _Kept(said, message.sequence, message.stamped)
        entry = self._wanted.get(said.debt)
        if entry is not None and said.id != self._me.id and entry.held:
            entry.held = 0
            self.taken.tell(self._claim(kept))
        if before is None or before.said.id != said.id:
            self._told(said.debt)

    def _makes_sense(self, said: ClaimSaid, message: Message) -> bool:
        """Return whether a claim lies where it belongs and is not an old one that came again."""
        if subjects.claim(said.debt) != message.subject:
            return False
        return message.stamped - said.at <= self._lives.lease

    def _told(self, debt_id: str) -> None:
        entry = self._wanted.get(debt_id)
        if entry is not None and not entry.held:
            entry.due = 0.0  # what a colleague had may be free now
            self._bell.set()
        self.changed.tell(frozenset({debt_id}))

    # -- time

    def _lives_still(self, kept: _Kept) -> bool:
        return self._bus_now() - kept.stamped < self._lives.lease

    def _bus_now(self) -> float:
        return self._bus.now() if self._bus is not None else 0.0

    def _claim(self, kept: _Kept) -> Claim:
        age = timedelta(seconds=max(0.0, self._bus_now() - kept.began))
        return Claim(kept.said.debt, kept.member, self._now() - age)

    def _pause(self) -> float:
        """Until something has to be done by itself (seconds)."""
        now, clock = self._bus_now(), self._clock()
        first = next(iter(self._kept.values()), None)
        ends = [first.stamped + self._lives.lease - now] if first is not None else []
        dues = [entry.due - clock for entry in self._wanted.values()]
        return max(0.01, min([self._lives.renew, *ends, *dues]))

    def _let_die(self) -> None:
        """Say which claims are over: the server does not."""
        for subject, kept in list(self._kept.items()):
            if self._lives_still(kept):
                return
            del self._kept[subject]
            self._told(kept.said.debt)

    def _forget_all(self) -> None:
        gone = frozenset(kept.said.debt for kept in self._kept.values())
        self._kept.clear()
        self._last.clear()
        if gone:
            self.changed.tell(gone)
