"""Brings what a first start has left: the rest of an agent's day at once, older followups when a person
asks for them, and at night where nobody works. Colleagues keep most of the company's hour."""

import logging
import random
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from agent_app.domain.errors import ExternalError, RateLimited, StoreError
from agent_app.sync.backoff import Bell, wait_after
from agent_app.sync.budget import NotNow, Purpose
from agent_app.sync.first_start import FirstStart
from agent_app.sync.whole_list import WholeList

log = logging.getLogger(__name__)

LOOK_S = 600.0
"""Between two looks at whether it is night (seconds)."""
NIGHT_FROM, NIGHT_UNTIL = 20, 6
"""Hours of this computer's day."""
NIGHT_PAGES = 30
"""Pages at one look."""
SHORTEST_WAIT_S, LONGEST_WAIT_S = 5.0, 3_600.0


class Backfill:
    """*now* gives UTC; *is_idle* says whether nobody is in front of the window."""

    def __init__(
        self,
        first_start: FirstStart,
        list_: WholeList,
        now: Callable[[], datetime],
        rng: random.Random,
        is_idle: Callable[[], bool],
    ) -> None:
        self._first_start, self._list = first_start, list_
        self._now, self._rng, self._is_idle = now, rng, is_idle
        self._bell = Bell()
        self._wanted = False

    def look(self) -> None:
        """A day was begun, or a person asked for a refresh."""
        if not self._first_start.is_day_here:
            self._bell.ring()

    def ask(self) -> None:
        """A person wants the older followups."""
        self._wanted = True
        self._bell.ring()

    def stop(self) -> None:
        """A person has seen enough; what was read stays."""
        self._wanted = False
        self._list.give_up_older()
        self._bell.ring()

    async def run(self) -> None:
        """Bring them for ever; ends by being cancelled."""
        while True:
            self._say()
            if not self._first_start.is_day_here:
                await self._go_on(self._first_start.read_day, lambda: True)
            if self._wanted:
                await self._go_on(self._bring, lambda: self._wanted)
                self._wanted = False
            elif self._is_night() and self._is_idle():
                await self._bring_at_night()
            self._say()
            await self._bell.wait(LOOK_S)

    async def _bring(self) -> bool:
        return await self._list.reach_back(Purpose.OLDER)

    async def _go_on(
        self, work: Callable[[], Awaitable[bool]], is_wanted: Callable[[], bool]
    ) -> None:
        """Work until it is done or given up, waiting where the share or a failure says so."""
        failures = 0
        while is_wanted():
            self._say()
            try:
                await work()
                return
            except StoreError:
                raise
            except (NotNow, RateLimited) as error:
                until = error.until or self._now() + timedelta(seconds=LOOK_S)
                self._say(until)
            except ExternalError as error:
                failures += 1
                until = self._now() + wait_after(error, failures, self._now(), self._rng)
                log.info("followups are still to be read: %s", error)
            seconds = (until - self._now()).total_seconds()
            await self._bell.wait(min(max(seconds, SHORTEST_WAIT_S), LONGEST_WAIT_S))

    async def _bring_at_night(self) -> None:
        try:
            await self._list.reach_back(Purpose.NIGHT, NIGHT_PAGES)
        except StoreError:
            raise
        except ExternalError as error:
            log.info("older followups wait: %s", error)

    def _say(self, waits_until: datetime | None = None) -> None:
        has_day = self._first_start.is_day_here
        self._list.say_older(
            reading=self._wanted or not has_day, has_day=has_day, waits_until=waits_until
        )

    def _is_night(self) -> bool:
        hour = self._now().astimezone().hour
        return hour >= NIGHT_FROM or hour < NIGHT_UNTIL
