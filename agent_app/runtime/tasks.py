"""Work that takes time: started on the loop, held until it ends, cancelled with its owner."""

import asyncio
from collections.abc import Coroutine
from typing import Any


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
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
