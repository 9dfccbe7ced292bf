"""What goes wrong with single entries of the outbox, so that none decides for the others.

An entry that fails for itself waits alone, longer each time, and the others go first. Where several
fail one after another the service may be the cause: then all make a short pause. An entry that
fails again and again while the server takes others, or for hours while it answers, needs a person.
"""

import random
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from agent_app.domain.errors import ExternalError, NotTaken, NotTrusted, SignedOut, Unreachable
from agent_app.domain.outbox import Entry
from agent_app.sync.backoff import wait_after

NEVER = datetime.min.replace(tzinfo=UTC)

OWN_TRIES = 8
"""After so many tries in vain, while the server took other saves, an entry needs a person; after
LONG as well, where the server answers other requests."""
LONG = timedelta(hours=4)
FEW_TRIES = 3
"""The same for what a further try will hardly change: the server says yes and does nothing, or we
made a mistake."""
PAUSE_MOST = timedelta(seconds=30)
"""The longest pause of all for what may be one entry's fault."""


def is_the_services(error: Exception) -> bool:
    """Return whether an error concerns every request: nobody answers, or nobody is signed in."""
    if isinstance(error, Unreachable):
        return not error.unclear
    return isinstance(error, SignedOut | NotTrusted)


@dataclass
class _Trouble:
    """One entry's: when it began (UTC), how often it failed, and what the server had taken then."""

    began: datetime
    taken: int
    failures: int = 0


class Troubles:
    """Remembers them. Moments are UTC."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._of: dict[int, _Trouble] = {}
        self._taken = 0
        self._in_a_row: Counter[int] = Counter()

    @property
    def numbers(self) -> list[int]:
        """The entries that have failed, which go after the others."""
        return list(self._of)

    def settled(self, number: int) -> None:
        """The server gave a definite answer about an entry."""
        self._of.pop(number, None)
        self._taken += 1
        self._in_a_row.clear()

    def failed(self, number: int, error: Exception, now: datetime) -> datetime:
        """Return an entry failed for itself; returns until when it waits."""
        trouble = self._of.setdefault(number, _Trouble(now, self._taken))
        trouble.failures += 1
        self._in_a_row[number] += 1
        return now + self._wait(error, trouble.failures, now)

    def pause(self, error: Exception, now: datetime) -> datetime:
        """Until when nothing is sent, as several entries failed one after another; else NEVER."""
        if len(self._in_a_row) < 2:
            return NEVER
        wait = self._wait(error, self._in_a_row.total() - 1, now)
        return now + min(wait, PAUSE_MOST)

    def is_general(self, number: int, answered_at: datetime | None) -> bool:
        """Return whether the service may be at fault, and not one entry alone: several entries fail one after
        another, or this one goes on failing while the server answers nothing else. *answered_at* is
        `need_a_person`'s."""
        if len(self._in_a_row) > 1:
            return True
        trouble = self._of[number]
        answers = answered_at is not None and answered_at >= trouble.began
        return trouble.failures >= FEW_TRIES and not answers and self._taken == trouble.taken

    def need_a_person(
        self, entry: Entry, error: Exception, now: datetime, answered_at: datetime | None
    ) -> bool:
        """Return whether an entry has failed for long enough. *answered_at*: when the server last answered
        a request of another kind."""
        trouble = self._of[entry.number]
        if isinstance(error, NotTaken) or not isinstance(error, ExternalError):
            return trouble.failures >= FEW_TRIES
        if trouble.failures < OWN_TRIES:
            return False
        if self._taken > trouble.taken:
            return True
        answers = answered_at is not None and answered_at > trouble.began
        return answers and now - entry.saved_at > LONG

    def _wait(self, error: Exception, failures: int, now: datetime) -> timedelta:
        world = error if isinstance(error, ExternalError) else ExternalError()
        return wait_after(world, failures, now, self._rng)
