"""Who may ask the server, and when: the company's hourly share is for everybody.

1,000 reads and 500 writes an hour are shared by all agents of an OAuth client (CONTRACT, "Rate
limits"). Each reply says what is left; it falls without our doing, so what is left is all that we
go by. Reads are spent where they buy most: the one before a save keeps a colleague's words, so it
may use the last; what only makes the window fresher slows down early and stops while much is left.
Writes are `Slots`' to space out. What the server tells us to wait survives a restart.
"""

import random
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from agent_app.api.client import Share
from agent_app.domain.errors import ExternalError, RateLimited
from agent_app.sync.slots import HOUR, Slots

LONGEST = timedelta(hours=6)
UNKNOWN_WAIT = timedelta(seconds=60)
"""For a 429 that does not say, or says what makes no sense, and names no reset either."""
EASY = 0.75
"""While this part of the limit is left, nothing is spared."""
WORTH_TELLING = timedelta(minutes=2)
"""A used-up share that comes back before that is waited for without a word."""


class Purpose(StrEnum):
    """What a request is for, the most urgent first."""

    SAVE = "save"
    FIRST = "first"
    """The first screen of a desk that has nothing yet."""
    RETURN = "return"
    DIAL = "dial"
    PERSON = "person"
    """A person asked for it: a refresh, a look-up, a supervisor's period."""
    BACKGROUND = "background"
    """The list's own refreshes while somebody works with it: they bring what colleagues filed."""
    OPEN = "open"
    STAY = "stay"
    """What stays open is looked at by itself."""
    IDLE = "idle"
    """The list's refreshes where nobody looks."""
    DUE = "due"
    """What is due and overdue at a first start."""
    DAY = "day"
    """The rest of an agent's day then, and the names of its debtors."""
    OLDER = "older"
    """What nobody's day needs, when a person asked for it."""
    NIGHT = "night"
    """The same at night, unasked."""


RESERVE: Mapping[Purpose, float] = {
    Purpose.SAVE: 0.0,
    Purpose.FIRST: 0.05,
    Purpose.RETURN: 0.08,
    Purpose.DIAL: 0.24,
    Purpose.PERSON: 0.25,
    Purpose.BACKGROUND: 0.3,
    Purpose.OPEN: 0.35,
    Purpose.STAY: 0.5,
    Purpose.IDLE: 0.5,
    Purpose.DUE: 0.5,
    Purpose.DAY: 0.7,
    Purpose.OLDER: 0.7,
    Purpose.NIGHT: 0.6,
}
"""The part of the limit that a request for this purpose must leave to more urgent ones. 20 agents need
half of the reads for their saves, and two thirds for all that they do: what can wait has the rest. A row that is opened while little is left waits for the call or
the save, which read it."""


class NotNow(ExternalError):
    """The budget keeps what is left for more urgent requests; `until` is when it may change, for
    requests of this `kind`."""

    retry = True

    def __init__(self, until: datetime, kind: str = "read") -> None:
        super().__init__("the budget is kept for more urgent requests")
        self.until, self.kind = until, kind


class Memory(Protocol):
    """Where waits are remembered across a restart."""

    def state(self, name: str) -> object: ...
    def set_state(self, name: str, value: object) -> None: ...


class Budget:
    """Decides every request. *now* gives UTC; *kind* is "read" or "write" throughout."""

    def __init__(
        self, memory: Memory, now: Callable[[], datetime], rng: random.Random | None = None
    ) -> None:
        self._memory = memory
        self._now = now
        self._slots = Slots(rng or random.Random())  # noqa: S311  (jitter, not a secret)
        self._shares: dict[str, tuple[Share, datetime]] = {}
        self._until: dict[str, datetime] = {}
        payload = memory.state("limited_until")
        for kind, text in (payload if isinstance(payload, dict) else {}).items():
            self._until[str(kind)] = datetime.fromisoformat(str(text))

    def note(self, kind: str, share: Share | None) -> None:
        """Take in what a reply's headers said."""
        if share is not None and share.limit > 0:
            self._shares[kind] = (share, self._now())

    def hear(self, kind: str, share: Share, age: timedelta) -> None:
        """Take in what a colleague's reply said *age* ago."""
        at = self._now() - age
        _, known_at = self._shares.get(kind, (None, None))
        if known_at is None or known_at < at:
            self._shares[kind] = (share, at)

    def wrote(self) -> None:
        """A write was answered, and not with a 429: it has its place in the hour."""
        share, _ = self._shares.get("write", (None, None))
        self._slots.wrote(self._now(), share)

    def limited(self, kind: str, error: RateLimited) -> datetime:
        """Take in a 429; returns until when nothing of that kind is sent (UTC)."""
        now, error.kind = self._now(), kind
        wait = UNKNOWN_WAIT
        if error.retry_after is not None and error.retry_after > 0:
            wait = timedelta(seconds=error.retry_after)
        elif error.until is not None and error.until > now:
            wait = error.until - now
        self._until[kind] = now + min(wait, LONGEST)
        if kind == "write":
            self._slots.refused(now, self._until[kind])
        self._remember()
        return self._until[kind]

    def until(self, kind: str) -> datetime | None:
        """Return until when the server told us to wait (UTC), or None."""
        until = self._until.get(kind)
        if until is None:
            return None
        # A clock that was put back must not make a wait longer than any that is believed.
        if until <= self._now() or until - self._now() > LONGEST:
            del self._until[kind]
            self._remember()
            return None
        return until

    def check(self, kind: str, purpose: Purpose) -> None:
        """Return if a request may go now. Raises RateLimited or NotNow, with until when."""
        now = self._now()
        until = self.until(kind)
        if until is not None:
            raise RateLimited((until - now).total_seconds(), until, kind)
        share, at = self._known(kind)
        if share is None:
            return
        reset = self._reset(share, at)
        if share.remaining == 0 and now < reset:
            if purpose in (Purpose.SAVE, Purpose.PERSON) and reset - now >= WORTH_TELLING:
                raise RateLimited((reset - now).total_seconds(), reset, kind)
            raise NotNow(reset, kind)
        reserve = share.limit * RESERVE[purpose]
        if reserve and self._left(share, at) <= reserve:
            raise NotNow(self._grown(share, at, reserve), kind)

    def pace(self, saved_at: datetime) -> None:
        """Return if a write for what was saved then may go now. Raises as `check` does."""
        self.check("write", Purpose.SAVE)
        now = self._now()
        until = self._slots.wait(now, saved_at)
        if until is None:
            return
        if max(until - now, now - saved_at) >= WORTH_TELLING:
            raise RateLimited((until - now).total_seconds(), until, "write")
        raise NotNow(until, "write")

    def now(self) -> datetime:
        """Return the moment (UTC)."""
        return self._now()

    def limit(self, kind: str) -> int:
        """Return how many requests an hour has, or 0 where that is not known."""
        share, _ = self._known(kind)
        return share.limit if share is not None else 0

    def left(self, kind: str) -> int | None:
        """Return how many requests the hour has left, or None where that is not known."""
        share, at = self._known(kind)
        return None if share is None else int(self._left(share, at))

    def pressure(self, kind: str) -> float:
        """Return how scarce what is left is: 1 while three quarters are left, up to 8 near nothing."""
        share, at = self._known(kind)
        if share is None:
            return 1.0
        left = max(self._left(share, at) / share.limit, 0.01)
        return min(8.0, max(1.0, EASY / left))

    def _known(self, kind: str) -> tuple[Share | None, datetime]:
        """Return what the last reply said and when, unless it is too old to mean anything."""
        share, at = self._shares.get(kind, (None, self._now()))
        return (share, at) if timedelta() <= self._now() - at < HOUR else (None, at)

    def _left(self, share: Share, at: datetime) -> float:
        """Return what is left by now, as far as is known: from `reset` on, when the first of what was used
        leaves the hour, the rest follows bit by bit."""
        since = max(timedelta(), self._now() - self._reset(share, at))
        return share.remaining + (share.limit - share.remaining) * min(1.0, since / HOUR)

    def _grown(self, share: Share, at: datetime, wanted: float) -> datetime:
        """When more than *wanted* may be left."""
        used = max(share.limit - share.remaining, 1)
        grown = self._reset(share, at) + HOUR * min(1.0, (wanted - share.remaining) / used)
        return max(grown, self._now()) + timedelta(seconds=1)

    def _reset(self, share: Share, at: datetime) -> datetime:
        """Return when the share grows again, by our clock: the server's own may show another day. Within
        the hour."""
        try:
            if share.server_now:
                reset = at + timedelta(seconds=share.reset - share.server_now)
            else:
                reset = datetime.fromtimestamp(share.reset, at.tzinfo)
        except (OverflowError, OSError, ValueError):
            reset = at + UNKNOWN_WAIT
        return min(max(reset, at + timedelta(seconds=1)), at + timedelta(hours=1))

    def _remember(self) -> None:
        self._memory.set_state(
            "limited_until", {kind: until.isoformat() for kind, until in self._until.items()}
        )
