"""Keeps what a person has open fresh: when they open it, come back to it and dial, and each minute
or two while they work on it.

A row that they only pass by is not asked for, nor is one whose outcome was just saved, until they do
something with it again. Nobody who has been away for long costs a read. The more of the company's hour
is used, the older a row may be that is opened, and the rarer are the looks that nobody asked for: the
read before each save is worth more.
"""

import logging
import random
from collections.abc import Callable
from datetime import datetime, timedelta

from agent_app.domain.errors import ExternalError, StoreError, Unreachable
from agent_app.sync.backoff import Bell
from agent_app.sync.budget import Budget, Purpose
from agent_app.sync.pull import OPENED_FRESH, RETURNED_FRESH, Pull

log = logging.getLogger(__name__)

PASSING_BY_S = 0.25
"""A row on which a person does not stay this long is not worth a read (seconds)."""
DIALLED_FRESH = timedelta(seconds=5)
"""Who is about to speak to the debtor sees what is known now."""
EACH_S = 90.0
"""Between two looks at what stays open (seconds), and up to a third more."""
AWAY_AFTER = timedelta(minutes=15)
"""Without a sign of the person for so long, they are not in front of it."""


class Looks:
    """*now* gives UTC; *unreached* is called where the server does not answer; *has_words* says
    whether a followup has words that have not left: a draft, or a save that needs a person."""

    def __init__(
        self,
        pull: Pull,
        budget: Budget,
        now: Callable[[], datetime],
        rng: random.Random,
        unreached: Callable[[], None],
        has_words: Callable[[str], bool],
    ) -> None:
        self._pull, self._budget, self._now, self._rng = pull, budget, now, rng
        self._unreached, self._has_words = unreached, has_words
        self._bell = Bell()
        self._followup_id = ""
        self._purpose = Purpose.OPEN
        self._is_done = False
        """Whether its outcome was saved, and nothing done with it since."""
        self._is_soon = False
        """Whether what a person came back to had been read too lately to be read at once."""
        self._is_looked_at = True
        self._last_sign = now()

    # -- what the window tells

    def opened(self, followup_id: str) -> None:
        """A person looks at this followup."""
        self._look(followup_id, Purpose.OPEN)

    def returned(self, followup_id: str) -> None:
        """A person comes back to this followup after having been elsewhere."""
        self._look(followup_id, Purpose.RETURN)

    def dialled(self, followup_id: str) -> None:
        """A person calls the debtor of this followup: there is no time to lose."""
        self._look(followup_id, Purpose.DIAL)

    def saved(self, followup_ids: frozenset[str]) -> None:
        """What waits for these followups became another: one was saved, most often."""
        self.sign()
        if self._followup_id in followup_ids:
            self._is_done = True

    def looked_at(self, looked_at: bool) -> None:
        """Whether the window has the person's attention."""
        self._is_looked_at = looked_at
        self.sign()

    def sign(self) -> None:
        """Something was done here: there is a person."""
        was_away = self._is_away()
        self._last_sign = self._now()
        if was_away:
            if not self._is_dialled:
                self._purpose = Purpose.RETURN
            self._bell.ring()

    @property
    def is_looked_at(self) -> bool:
        """Whether the window has the person's attention."""
        return self._is_looked_at

    @property
    def is_idle(self) -> bool:
        """Whether nobody is in front of the window."""
        return not self._is_looked_at or self._is_away()

    def _look(self, followup_id: str, purpose: Purpose) -> None:
        if followup_id != self._followup_id or purpose is Purpose.DIAL or not self._is_dialled:
            self._purpose = purpose  # a call is not forgotten for what comes with it
        self._followup_id, self._is_done = followup_id, False
        self._pull.looks_at(followup_id)
        self._last_sign = self._now()
        self._bell.ring()

    def _is_away(self) -> bool:
        return not timedelta() <= self._now() - self._last_sign <= AWAY_AFTER

    # -- what is done about it

    async def run(self) -> None:
        """Freshen for ever; ends by being cancelled.

        A failure is no news here: the list's lane finds out and says so.
        """
        while True:
            if not await self._bell.wait(self._pause()):
                await self._look_again()
                continue
            while not self._is_dialled and await self._bell.wait(PASSING_BY_S):
                pass
            purpose, self._purpose = self._purpose, Purpose.OPEN
            was_read = await self._freshen(self._max_age(purpose), purpose)
            self._is_soon = purpose is Purpose.RETURN and not was_read

    @property
    def _is_dialled(self) -> bool:
        return self._purpose is Purpose.DIAL

    def _max_age(self, purpose: Purpose) -> timedelta:
        """Return how old what is looked at may be. Who comes back waits for news, however scarce reads are."""
        match purpose:
            case Purpose.DIAL:
                return DIALLED_FRESH * self._budget.pressure("read") ** 4
            case Purpose.OPEN:
                return OPENED_FRESH * self._patience()
        return RETURNED_FRESH

    def _patience(self) -> float:
        """Return how many times longer than at ease what costs reads is put off."""
        return self._budget.pressure("read") ** 2

    async def _look_again(self) -> None:
        """What is open is looked at by itself."""
        was_soon, self._is_soon = self._is_soon, False
        if was_soon:
            await self._freshen(RETURNED_FRESH, Purpose.RETURN)
        elif not self._is_done or self._has_words(self._followup_id):
            await self._freshen(RETURNED_FRESH, Purpose.STAY)

    def _pause(self) -> float | None:
        """Return how long until what is open is read again by itself (seconds), or None: not at all."""
        if not self._followup_id or self.is_idle:
            return None
        if self._is_soon:
            return RETURNED_FRESH.total_seconds()
        return EACH_S * self._rng.uniform(1.0, 4 / 3) * self._patience()

    async def _freshen(self, max_age: timedelta, purpose: Purpose) -> bool:
        alone = purpose is Purpose.DIAL
        try:
            return await self._pull.freshen(self._followup_id, max_age, purpose, alone=alone)
        except Unreachable:
            self._unreached()
        except StoreError:
            raise
        except ExternalError as error:
            log.info("what is open was not freshened: %s", error)
        return False
