"""Work that never ends, and begins again where a mistake of ours ended it.

Troubles of the world are the work's own to handle. Whatever else comes out of it is logged, and the
work is begun again after a pause that grows until the work says that it works.
"""

import asyncio
import logging
import random
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any

from agent_app.domain import mistakes
from agent_app.domain.errors import StoreLocked
from agent_app.domain.sync_state import Stopped
from agent_app.runtime.tasks import give_way
from agent_app.sync.backoff import Bell

log = logging.getLogger(__name__)

FIRST_PAUSE_S = 2.0
LONGEST_PAUSE_S = 120.0


class Lane:
    """One such work. *now* gives UTC; *told* hears what stopped it, and None when it works."""

    def __init__(
        self,
        name: str,
        work: Callable[[], Coroutine[Any, Any, None]],
        now: Callable[[], datetime],
        rng: random.Random,
        told: Callable[[Stopped | None], None],
    ) -> None:
        self._name, self._work = name, work
        self._now, self._rng, self._told = now, rng, told
        self._failures = 0
        self._pausing = False
        self._bell = Bell()

    def works(self) -> None:
        """The work got something done: the next pause is a short one again."""
        if self._failures:
            self._failures = 0
            self._told(None)

    def again(self) -> None:
        """Do not wait any longer."""
        if self._pausing:
            self._bell.ring()

    async def run(self) -> None:
        """Work for ever; ends by being cancelled."""
        while True:
            try:
                await self._work()
                error: Exception = RuntimeError("work that never ends has ended")
            except asyncio.CancelledError:
                give_way()
                error = RuntimeError("something that was waited for was cancelled")
            except Exception as caught:
                error = caught
            give_way()
            await self._pause(error)

    async def _pause(self, error: Exception) -> None:
        self._failures += 1
        most = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2.0 ** min(self._failures - 1, 16))
        seconds = self._rng.uniform(most / 2, most)
        log.error(
            "%s stopped (%d), goes on in %.0f s: %s",
            self._name,
            self._failures,
            seconds,
            mistakes.trail(error),
        )
        self._told(Stopped(error, self._now() + timedelta(seconds=seconds)))
        if isinstance(error, StoreLocked):
            mistakes.report(error)  # a damaged page: what is sound is rescued
        self._pausing = True
        try:
            await self._bell.wait(seconds)
        finally:
            self._pausing = False
