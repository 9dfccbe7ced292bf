"""Waiting for a condition with a deadline, instead of sleeping."""

import asyncio
import subprocess
from collections.abc import Callable
from typing import Any

DEADLINE_S = 20.0


async def until(holds: Callable[[], object], *, deadline_s: float = DEADLINE_S) -> None:
    """Return as soon as *holds* does; fail after the deadline."""
    try:
        async with asyncio.timeout(deadline_s):
            while not holds():  # noqa: ASYNC110  (many kinds of things are waited for)
                await asyncio.sleep(0.005)
    except TimeoutError:
        raise AssertionError("it did not come to hold in time") from None


def lives_on(process: "subprocess.Popen[Any]", for_s: float) -> None:
    """Return after so many seconds (the moment of a kill); fail if the process ends before."""
    try:
        process.wait(for_s)
    except subprocess.TimeoutExpired:
        return
    raise AssertionError(f"the process ended by itself ({process.returncode})")
