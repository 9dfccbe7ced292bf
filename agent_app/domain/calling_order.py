"""Which call is best to make next, and why.

What was agreed with the debtor comes first: a time that can still be kept, then one that was missed.
Then a call that was begun, then all others by what they promise: much money, few tries without an
answer, days of rest, hours that end soon. What is better left alone for now comes last.

`rank` is a whole number, so that SQLite can sort by the same one: `store/calling_order.py` says it in
SQL, and a test compares the two.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum, StrEnum

from agent_app.domain.fields import Status

HOUR_MS, DAY_MS = 3_600_000, 86_400_000
KEPT_MS = 30 * 60_000
"""An agreed time can still be kept so long after it (milliseconds)."""
REST_MS = 4 * HOUR_MS
"""Nobody is called again so soon, unless it was agreed (milliseconds)."""
AGREED = frozenset({Status.DEAL_FOUND, Status.DEAL_NOT_FOUND})
"""Outcomes of a conversation: a call that is planned after one is at a time that the debtor knows."""

AMOUNT_STEPS = (50, 100, 200, 400, 800, 1_600, 3_200, 6_400)
"""Each step is worth AMOUNT_POINTS, in whatever currency."""
LARGE = 1_600
AMOUNT_POINTS, TRY_POINTS, REST_POINTS, CLOSING_POINTS, LATE_POINTS = 10, 12, 4, 25, 2
MAX_TRIES, MAX_REST_DAYS, MAX_LATE_DAYS, MAX_POINTS = 5, 7, 10, 1_023
BAND_BITS, MOMENT_BITS = 56, 42
MAX_MOMENT = (1 << MOMENT_BITS) - 1
"""In the year 2109; also what stands for no moment."""


class Hours(IntEnum):
    """Whether the debtor may be called at their place now."""

    OPEN = 0
    CLOSING = 1
    """Not any more in an hour."""
    CLOSED = 2


class Why(StrEnum):
    """What puts a call where it is; the bands are in this order."""

    AGREED = "agreed"
    MISSED = "missed"
    BEGUN = "begun"
    WORTH = "worth"
    CALLED_LATELY = "called_lately"
    CLOSED = "closed"
    AGAINST = "against"


BANDS = tuple(Why)


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What the order goes by. Moments are milliseconds since 1970 (UTC).

    `tries` are the debt's calls without an answer since somebody was reached, `last_outcome` what came of
    its last call at `debt_called`, `last_call` when the person was called last, for whichever debt.
    `against` says that the debt's status speaks against a call.
    """

    scheduled_at: int | None = None
    status: str = Status.SCHEDULED
    amount: float = 0.0
    tries: int = 0
    last_outcome: str = ""
    last_call: int | None = None
    against: bool = False
    hours: Hours = Hours.OPEN
    debt_called: int | None = None

    @property
    def is_agreed(self) -> bool:
        """Whether the debtor knows the time: it was planned in the debt's last conversation, not before it."""
        if self.scheduled_at is None or self.last_outcome not in AGREED:
            return False
        return self.debt_called is None or self.scheduled_at > self.debt_called


def why(facts: CallFacts, now_ms: int) -> Why:
    """Return what puts the call where it is at an instant."""
    if facts.against:
        return Why.AGAINST
    if facts.is_agreed:
        assert facts.scheduled_at is not None
        return Why.AGREED if facts.scheduled_at > now_ms - KEPT_MS else Why.MISSED
    if facts.status == Status.IN_PROGRESS:
        return Why.BEGUN
    if facts.last_call is not None and facts.last_call > now_ms - REST_MS:
        return Why.CALLED_LATELY
    return Why.CLOSED if facts.hours is Hours.CLOSED else Why.WORTH


def points(facts: CallFacts, now_ms: int) -> int:
    """Return what a call promises, 0 to MAX_POINTS."""
    found = AMOUNT_POINTS * sum(facts.amount >= step for step in AMOUNT_STEPS)
    found -= TRY_POINTS * min(facts.tries, MAX_TRIES)
    found += REST_POINTS * min(_days(facts.last_call, now_ms), MAX_REST_DAYS)
    found += LATE_POINTS * min(_days(facts.scheduled_at, now_ms), MAX_LATE_DAYS)
    found += CLOSING_POINTS * (facts.hours is Hours.CLOSING)
    return max(0, min(found + TRY_POINTS * MAX_TRIES, MAX_POINTS))


def rank(facts: CallFacts, now_ms: int, turn: int | None = None) -> int:
    """Return the call's place among others: the least is the best.

    Among those that promise as much, the one that has waited longest is first, or the one whose *turn*
    comes first (a number of 32 bits), so that several desks on one list do not begin with the same.
    """
    band = why(facts, now_ms)
    at = MAX_MOMENT if facts.scheduled_at is None else facts.scheduled_at
    within = max(0, min(at, MAX_MOMENT))
    if band is Why.CALLED_LATELY:
        within = max(0, min(facts.last_call or 0, MAX_MOMENT))
    elif band in (Why.WORTH, Why.CLOSED):
        tie = within if turn is None else turn
        within = ((MAX_POINTS - points(facts, now_ms)) << MOMENT_BITS) + tie
    return (BANDS.index(band) << BAND_BITS) + within


def rest_days(facts: CallFacts, now_ms: int) -> int:
    """Whole days since the person was called last; 0 where nobody did."""
    return _days(facts.last_call, now_ms)


def _days(since: int | None, now_ms: int) -> int:
    return 0 if since is None else max(0, now_ms - since) // DAY_MS


CLOSING_SOON = timedelta(hours=1)
