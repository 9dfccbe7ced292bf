"""Work that takes time: started on the loop, held until it ends, cancelled with its owner; and waited for
by whoever may give up."""

import asyncio
from collections.abc import Coroutine, Iterable
from typing import Any, TypeVar

T = TypeVar("T")

PATIENCE_S = 5.0
"""So long (seconds) may a task tidy up before it is cancelled once more."""


class Tasks:
    """Holds the tasks that it starts; asyncio alone would let them be collected in mid-work."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run *work* on the running loop."""
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def end(self) -> None:
        """Cancel what runs and wait until all of it has ended."""
        await end(self._running)


async def end(tasks: Iterable[asyncio.Task[None]], patience_s: float = PATIENCE_S) -> None:
    """Cancel *tasks* and wait until all have ended; what they raise is not raised here.

    A library's time-out that meets our cancellation can take it for its own (anyio's scopes uncancel
    the task), and work that begins again after each error then goes on: it is cancelled again.
    """
    running = set(tasks)
    ended = asyncio.gather(*running, return_exceptions=True)
    while running:
        for task in running:
            task.cancel()
        _, running = await asyncio.wait(running, timeout=patience_s)
    await ended


def give_way() -> None:
    """Raise CancelledError in a task that was told to end and did not notice: a library may have taken that
    for its own business."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError


async def result_of(work: asyncio.Future[T]) -> T:
    """Return what comes of *work*, which goes on where the caller gives up; raises what it raises.

    As `asyncio.shield` does, which since Python 3.14 reports a failure that nobody waits for any more as
    a mistake of ours.
    """
    work.add_done_callback(_noticed)
    await asyncio.wait({work})
    return work.result()


def _noticed(work: asyncio.Future[T]) -> None:
    """A failure that nobody waits for any more is no mistake of ours."""
    if not work.cancelled():
        work.exception()
