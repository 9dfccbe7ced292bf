"""How long to wait before trying again, and waiting that can be cut short."""

import asyncio
import random
from datetime import datetime, timedelta

from agent_app.domain.errors import ExternalError, RateLimited, Unreachable

FIRST_S = 1.0
OFFLINE_MOST_S = 8.0
"""While nothing answers at all, a try costs the server nothing: look often (seconds)."""
TROUBLE_MOST_S = 300.0
LIMIT_WITHOUT_WORD_S = 60.0
"""A 429 that does not say for how long (seconds)."""


def wait_after(error: ExternalError, attempts: int, now: datetime, rng: random.Random) -> timedelta:
    """Return how long to wait after the *attempts*-th failure: exponential, with full jitter.

    What a rate limit asks for is kept to the second, and a little more, so that all who wait do
    not come back in the same one.
    """
    if isinstance(error, RateLimited):
        seconds = error.retry_after
        if seconds is None and error.until is not None:
            seconds = (error.until - now).total_seconds()
        if seconds is None or not 0 < seconds <= 6 * 3600:
            seconds = LIMIT_WITHOUT_WORD_S
        return timedelta(seconds=seconds + rng.uniform(0.0, min(5.0, seconds * 0.1)))
    most = OFFLINE_MOST_S if isinstance(error, Unreachable) else TROUBLE_MOST_S
    ceiling = min(most, FIRST_S * 2.0 ** min(attempts, 16))
    return timedelta(seconds=rng.uniform(FIRST_S / 4, ceiling))


class Bell:
    """Something to wait for, with a limit."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        """Wake who waits, or who will."""
        self._event.set()

    async def wait(self, seconds: float | None = None) -> bool:
        """Wait for a ring, at most *seconds*; says whether it rang."""
        try:
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            return False
        self._event.clear()
        return True
