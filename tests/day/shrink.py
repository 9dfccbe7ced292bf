"""From many steps to few: leave out what is not needed for the same fault (ddmin)."""

import time
from collections.abc import Awaitable, Callable, Sequence

from tests.day.acting import Step
from tests.day.walk import Failure

Try = Callable[[Sequence[Step]], Awaitable[Failure | None]]


async def shrink(found: Failure, attempt: Try, until: float, tries: int = 2) -> Failure:
    """The shortest steps found before *until* (monotonic seconds) that break the same invariant.

    What hangs on the moment fails not every time: each candidate is tried *tries* times.
    """
    best = found
    last = len(best.told) or len(best.steps)
    best = Failure(best.steps[:last], best.told, best.invariant, best.seen, best.seed, best.desks)
    parts = 2
    while len(best.steps) > 1 and time.monotonic() < until:
        smaller = await _smaller(best, attempt, until, tries, parts)
        if smaller is not None:
            best, parts = smaller, max(2, parts - 1)
        elif parts >= len(best.steps):
            break
        else:
            parts = min(len(best.steps), parts * 2)
    return best


async def _smaller(
    best: Failure, attempt: Try, until: float, tries: int, parts: int
) -> Failure | None:
    size = max(1, -(-len(best.steps) // parts))
    starts = range(0, len(best.steps), size)
    for start in reversed(starts):  # what comes last matters most, so it is tried first and stays
        rest = [*best.steps[:start], *best.steps[start + size :]]
        for _ in range(tries if rest else 0):
            if time.monotonic() > until:
                return None
            failure = await attempt(rest)
            if failure is not None and failure.kind == best.kind:
                failure.steps = failure.steps[: len(failure.told)]
                return failure
    return None
