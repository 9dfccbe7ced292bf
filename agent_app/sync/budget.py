"""Who may ask the server, and when: the company's hourly share is for everybody.

1,000 reads and 500 writes an hour are shared by all agents of an OAuth client (CONTRACT, "Rate
limits"). Each reply says what is left; it falls without our doing, so what is left is all that we
go by. Saves and what a person is looking at come first: the list's own refreshes stop early and
leave a reserve. What the server tells us to wait survives a restart.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from agent_app.api.client import Share
from agent_app.domain.errors import RateLimited, WorldError

LONGEST = timedelta(hours=6)
UNKNOWN_WAIT = timedelta(seconds=60)
"""For a 429 that does not say, or says what makes no sense, and names no reset either."""


class Purpose(StrEnum):
    """What a request is for, the most urgent first."""

    SAVE = "save"
    PERSON = "person"
    BACKGROUND = "background"


RESERVE: Mapping[Purpose, float] = {
    Purpose.SAVE: 0.0,
    Purpose.PERSON: 0.25,
    Purpose.BACKGROUND: 0.4,
}
"""The part of the limit that a request for this purpose must leave to more urgent ones. A save costs
a read as well, so that what colleagues wrote is not overwritten: 20 agents need half of the reads
for it."""


class NotNow(WorldError):
    """The budget keeps what is left for more urgent requests; `until` is when it may change."""

    retry = True

    def __init__(self, until: datetime) -> None:
        super().__init__("the budget is kept for more urgent requests")
        self.until = until


class Memory(Protocol):
    """Where waits are remembered across a restart."""

    def state(self, name: str) -> object: ...
    def set_state(self, name: str, value: object) -> None: ...


class Budget:
    """Decides every request. *now* gives UTC; *kind* is "read" or "write" throughout."""

    def __init__(self, memory: Memory, now: Callable[[], datetime]) -> None:
        self._memory = memory
        self._now = now
        self._shares: dict[str, tuple[Share, datetime]] = {}
        self._until: dict[str, datetime] = {}
        said = memory.state("limited_until")
        for kind, text in (said if isinstance(said, dict) else {}).items():
            self._until[str(kind)] = datetime.fromisoformat(str(text))

    def note(self, kind: str, share: Share | None) -> None:
        """Take in what a reply's headers said."""
        if share is not None and share.limit > 0:
            self._shares[kind] = (share, self._now())

    def limited(self, kind: str, error: RateLimited) -> datetime:
        """Take in a 429; returns until when nothing of that kind is sent (UTC)."""
        now, error.kind = self._now(), kind
        wait = UNKNOWN_WAIT
        if error.retry_after is not None and error.retry_after > 0:
            wait = timedelta(seconds=error.retry_after)
        elif error.until is not None and error.until > now:
            wait = error.until - now
        self._until[kind] = now + min(wait, LONGEST)
        self._remember()
        return self._until[kind]

    def until(self, kind: str) -> datetime | None:
        """Until when the server told us to wait (UTC), or None."""
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
        share = self._left(kind)
        if share is None:
            return
        if share.remaining <= int(share.limit * RESERVE[purpose]):
            reset = self._reset(share, now)
            if purpose is Purpose.BACKGROUND or share.remaining > 0:
                raise NotNow(reset)
            raise RateLimited((reset - now).total_seconds(), reset, kind)

    def pressure(self, kind: str) -> float:
        """How scarce what is left is: 1 while half or more is left, up to 8 near nothing."""
        share = self._left(kind)
        if share is None:
            return 1.0
        left = max(share.remaining / share.limit, 0.01)
        return min(8.0, max(1.0, 0.5 / left))

    def _left(self, kind: str) -> Share | None:
        """What the last reply said, unless it is too old to mean anything."""
        share, at = self._shares.get(kind, (None, self._now()))
        if share is None or self._reset(share, at) <= self._now():
            return None
        return share

    def _reset(self, share: Share, at: datetime) -> datetime:
        """When the share grows again, by our clock: the server's own may show another day. Within
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
