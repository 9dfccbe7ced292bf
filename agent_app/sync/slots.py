"""Spaces out writes when the company's hour is nearly full, so that desks do not hit its wall.

Each write takes one of the hour's slots and gives it back an hour later. A reply says how many are
free, which several desks see at once: where all take the last one, all but one get a 429. So a desk
whose company is near its limit writes in the slots that it gives back itself, which nobody else
counts on. A save for which none comes back soon takes a free one all the same, as a loan; where loans
are refused, they are taken less and less often.

20 agents who use up 500 writes get none in the first hour and 150 in later ones (400 to 900 where each
just tries); 24 agents 500 instead of 40,000 and more.
"""

import random
from collections import deque
from datetime import datetime, timedelta

from agent_app.api.client import Share

HOUR = timedelta(hours=1)
KEPT = HOUR + timedelta(seconds=1)
"""How long a slot is taken: the server's clock is not ours to the last digit."""
PLENTY, ENOUGH = 0.03, 0.02
"""Parts of the limit. While PLENTY is left it is counted how many slots are ours; while ENOUGH is left
nobody needs to wait."""
HELD = 0.92
"""The part of all slots that desks hold between them: the rest is for loans."""
MAX_DEBT = 1
"""Slots that were borrowed beyond it need not be given back."""
NEAR = 0.1
"""Within this part of its limit, a company can be expected to reach it."""
PATIENCE = timedelta(seconds=70)
"""A save waits this long for a slot of ours, then takes a loan."""
AFTER_A_REFUSAL_S, MAX_AFTER_S = 10.0, 1_200.0
"""After a refusal there is no loan for up to this long, twice as long after each further one."""


class Slots:
    """Moments are UTC."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._own: deque[datetime] = deque()
        """When we wrote within the hour."""
        self._ours = 0
        """How many slots we hold, as counted before they became scarce."""
        self._is_scarce = False
        self._told_at: datetime | None = None
        self._refusals = 0
        self._is_loan = False
        self._no_loan_until: datetime | None = None
        self._wait_until: datetime | None = None

    def wrote(self, now: datetime, share: Share | None) -> None:
        """A write of ours was counted; *share* is what its reply said."""
        self._own.append(now)
        self._forget(now)
        self._told_at = now
        if share is None:
            self._is_scarce = False
            return
        self._is_scarce = share.remaining < share.limit * ENOUGH
        if share.remaining >= share.limit * PLENTY:
            self._ours = self._part_of(share)
        self._ours = max(self._ours, len(self._own) - MAX_DEBT)
        if self._is_loan or not self._is_scarce:
            self._refusals = 0

    def _part_of(self, share: Share) -> int:
        """Return how many slots are ours once all are taken."""
        own, used = len(self._own), max(share.limit - share.remaining, 1)
        if share.remaining > share.limit * NEAR:
            return own
        return int(own * share.limit * HELD / used)

    def refused(self, now: datetime, until: datetime) -> None:
        """A write got a 429, which asks to wait until then."""
        self._forget(now)
        self._told_at, self._is_scarce = now, True
        self._refusals += 1
        most = min(MAX_AFTER_S, AFTER_A_REFUSAL_S * 2.0 ** min(self._refusals - 1, 16))
        self._no_loan_until = until + timedelta(seconds=self._rng.uniform(0.0, most))
        own = self._own_slot(now)
        if own is None and len(self._own) < self._ours:
            # Somebody has borrowed it: the next one.
            own = self._own[0] + KEPT if self._own else None
        self._wait_until = max(until, min(own or self._no_loan_until, self._no_loan_until))

    def wait(self, now: datetime, saved_at: datetime) -> datetime | None:
        """Return until when a write for what was saved then is to wait, or None: it may go now."""
        self._forget(now)
        self._is_loan = False
        if self._wait_until is not None and now < self._wait_until <= now + HOUR:
            return self._wait_until
        self._wait_until = None
        is_old = self._told_at is None or not timedelta() <= now - self._told_at < HOUR
        if not self._is_scarce or is_old or len(self._own) < self._ours:
            return None
        loan = saved_at + PATIENCE
        if self._no_loan_until is not None and self._no_loan_until <= now + HOUR:
            loan = max(loan, self._no_loan_until)
        if loan <= now:
            self._is_loan = True
            return None
        own = self._own_slot(now)
        return min(own, loan) if own is not None else loan

    def _own_slot(self, now: datetime) -> datetime | None:
        """When we will have given back more slots than we use; None: not within the hour, or we
        have already."""
        over = len(self._own) - self._ours
        return self._own[over] + KEPT if 0 <= over < len(self._own) else None

    def _forget(self, now: datetime) -> None:
        # A clock that was put back makes none of them last for ever.
        while self._own and not timedelta() <= now - self._own[0] < KEPT:
            self._own.popleft()
