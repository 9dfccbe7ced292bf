"""The one loop: asyncio's, run by Qt."""

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import qasync
from PySide6.QtCore import QCoreApplication

MAX_THREADS = 8
"""Started as they are needed; qasync's own start at once, ten of them."""


class DeskLoop(qasync.QEventLoop):  # type: ignore[misc]
    """qasync's loop, which also ends asynchronous generators that nobody reads to their end.

    asyncio's own loops do that; without it a reply that is given up half read leaves httpx's
    generators to the garbage collector, which cannot await ("ignored GeneratorExit").
    """

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self.set_default_executor(ThreadPoolExecutor(MAX_THREADS, thread_name_prefix="desk"))

    def run_forever(self) -> int:
        """Run until stopped."""
        before = sys.get_asyncgen_hooks()
        sys.set_asyncgen_hooks(
            firstiter=self._asyncgen_firstiter_hook, finalizer=self._asyncgen_finalizer_hook
        )
        try:
            return int(super().run_forever() or 0)
        finally:
            sys.set_asyncgen_hooks(*before)

    def run_until_complete(self, future: Any) -> Any:
        """Run until *future* is done, and not a step further.

        qasync handles Qt's events once more afterwards, when no loop is running: tasks that are
        still under way then fail with "no running event loop". asyncio's own way does not.
        """
        return asyncio.BaseEventLoop.run_until_complete(self, future)
