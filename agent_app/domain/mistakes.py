"""Mistakes of our own: how they are logged, and how they reach whoever tells the person.

The text of such an exception may hold anything that the program worked on, so it is never logged:
the types and the lines of code say enough.
"""

import sys
import traceback


def trail(error: BaseException) -> str:
    """Return the types of an exception and of its causes, and the lines of code it came through."""
    parts: list[str] = []
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        lines = "".join(traceback.format_tb(one.__traceback__, limit=-12))
        parts.append(f"{type(one).__name__}\n{lines}")
        one = one.__cause__ or one.__context__
    return "after ".join(parts)


def report(error: Exception) -> None:
    """Hand a mistake to the hook that shows and logs it, as Qt and the loop do with theirs."""
    sys.excepthook(type(error), error, error.__traceback__)
