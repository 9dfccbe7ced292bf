"""Keeps what a person has open fresh: when they open it, come back to it and dial, and each minute
or two while they have it before them.

A row that they only pass by is not asked for. Nobody who has been away for long costs a read, and
once half of the company's hour is used, only what a person does is worth one: each save needs its own.
"""

import logging
import random
from collections.abc import Callable
from datetime import datetime, timedelta

from agent_app.domain.errors import StoreError, Unreachable, WorldError
from agent_app.sync.budget import Budget, Purpose
from agent_app.sync.pace import Bell
from agent_app.sync.pull import OPENED_FRESH, RETURNED_FRESH, Pull

log = logging.getLogger(__name__)

PASSING_BY_S = 0.25
"""A row on which a person does not stay this long is not worth a read (seconds)."""
DIALLED_FRESH = timedelta(seconds=5)
"""Who is about to speak to the debtor sees what is known now."""
EACH_S = 90.0
"""Between two looks at what stays open (seconds), give or take a quarter."""
AWAY_AFTER = timedelta(minutes=15)
"""Without a sign of the person for so long, they are not in front of it."""


class Looks:
    """*now* gives UTC; *unreached* is called where the server does not answer."""

    def __init__(
        self,
        pull: Pull,
        budget: Budget,
        now: Callable[[], datetime],
        dice: random.Random,
        unreached: Callable[[], None],
    ) -> None:
        self._pull, self._budget, self._now, self._dice = pull, budget, now, dice
        self._unreached = unreached
        self._bell = Bell()
        self._followup_id = ""
        self._max_age = OPENED_FRESH
        self._dialled = False
        self._is_soon = False
        """Whether what a person came back to had been read too lately to be read at once."""
        self._is_looked_at = True
        self._last_sign = now()

    # -- what the window tells

    def opened(self, followup_id: str) -> None:
        """A person looks at this followup."""
        self._look(followup_id, OPENED_FRESH)

    def returned(self, followup_id: str) -> None:
        """A person comes back to this followup after having been elsewhere."""
        self._look(followup_id, RETURNED_FRESH)

    def dialled(self, followup_id: str) -> None:
        """A person calls the debtor of this followup: there is no time to lose."""
        self._dialled = True
        self._look(followup_id, DIALLED_FRESH)

    def looked_at(self, looked_at: bool) -> None:
        """Whether the window has the person's attention."""
        self._is_looked_at = looked_at
        self.sign()

    def sign(self) -> None:
        """Something was done here: there is a person."""
        was_away = self._is_away()
        self._last_sign = self._now()
        if was_away:
            self._bell.ring()

    @property
    def is_looked_at(self) -> bool:
        """Whether the window has the person's attention."""
        return self._is_looked_at

    def _look(self, followup_id: str, max_age: timedelta) -> None:
        self._followup_id, self._max_age = followup_id, max_age
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
                self._is_soon = False
                if self._budget.pressure("read") <= 1.0:  # half of the hour is left: saves need it
                    await self._freshen(RETURNED_FRESH, Purpose.BACKGROUND)
                continue
            while not self._dialled and await self._bell.wait(PASSING_BY_S):
                pass
            alone, self._dialled = self._dialled, False
            max_age = self._max_age
            was_read = await self._freshen(max_age, Purpose.PERSON, alone=alone)
            self._is_soon = max_age == RETURNED_FRESH and not was_read

    def _pause(self) -> float | None:
        """How long until what is open is read again by itself (seconds), or None: not at all."""
        if not self._followup_id or not self._is_looked_at or self._is_away():
            return None
        if self._is_soon:
            return RETURNED_FRESH.total_seconds()
        return EACH_S * self._dice.uniform(0.75, 1.25)

    async def _freshen(self, max_age: timedelta, purpose: Purpose, *, alone: bool = False) -> bool:
        try:
            return await self._pull.freshen(self._followup_id, max_age, purpose, alone=alone)
        except Unreachable:
            self._unreached()
        except StoreError:
            raise
        except WorldError as error:
            log.info("what is open was not freshened: %s", error)
        return False
