"""How many reads the relay may make in an hour: some at once, then one after another."""

from collections.abc import Callable


class Allowance:
    """*an_hour* reads, of which as many may have been saved up. *clock* gives seconds (monotonic)."""

    def __init__(self, an_hour: int, clock: Callable[[], float]) -> None:
        self._an_hour, self._clock = max(1, an_hour), clock
        self._left = float(self._an_hour)
        self._at = clock()

    def spend(self, reads: int) -> None:
        """So many were made."""
        self._grow()
        self._left -= reads

    def wait(self, reserve: int = 0) -> float:
        """After how many seconds there is one, with *reserve* left for others; 0: now."""
        self._grow()
        missing = 1 + reserve - self._left
        return max(0.0, missing * 3_600 / self._an_hour)

    def _grow(self) -> None:
        now = self._clock()
        grown = self._left + (now - self._at) * self._an_hour / 3_600
        self._left, self._at = min(grown, float(self._an_hour)), now
