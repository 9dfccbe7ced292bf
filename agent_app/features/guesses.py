"""Slows guesses at the lock down; a restart forgets none of them."""

import time
from collections.abc import Callable

from PySide6.QtCore import QSettings

FREE = 3
"""So many wrong guesses cost nothing: people mistype."""
FIRST_S, LONGEST_S = 2.0, 300.0
"""The wait after the next one, which doubles from then on, and its end (seconds)."""
_COUNT, _LAST = "lock/wrong_guesses", "lock/last_wrong"


def wait_after(wrong: int) -> float:
    """Return how long the lock takes no guess after so many wrong ones (seconds)."""
    if wrong <= FREE:
        return 0.0
    return min(FIRST_S * 2.0 ** min(wrong - FREE - 1, 30), LONGEST_S)


class Guesses:
    """Counts wrong guesses in *keep*. *now* is the wall clock (Unix seconds), which goes on while the
    program does not run."""

    def __init__(self, keep: QSettings, now: Callable[[], float] = time.time) -> None:
        self._keep, self._now = keep, now

    def wait_s(self) -> float:
        """Return how long no guess is taken from now on (seconds). A clock that was put back gains nothing."""
        wait = wait_after(self._number(_COUNT))
        passed = self._now() - self._number(_LAST)
        return wait if passed < 0 else max(0.0, wait - passed)

    def note_wrong(self) -> None:
        """A guess was wrong."""
        self._keep.setValue(_COUNT, self._number(_COUNT) + 1)
        self._keep.setValue(_LAST, int(self._now()))
        self._keep.sync()

    def note_right(self) -> None:
        """The proof was given: the next person begins anew."""
        self._keep.remove(_COUNT)
        self._keep.remove(_LAST)
        self._keep.sync()

    def _number(self, name: str) -> int:
        try:
            return int(str(self._keep.value(name, 0)))  # a file gives text
        except ValueError:
            return 0
