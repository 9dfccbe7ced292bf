"""A loop whose time is made up: what would wait goes on at once, in the right order."""

import asyncio
import selectors
from datetime import UTC, datetime, timedelta
from typing import Any

START = datetime(2026, 6, 1, 7, 0, tzinfo=UTC)


class _Selector(selectors.DefaultSelector):
    """Never waits: the time that it was to wait is added to the loop's."""

    def __init__(self) -> None:
        super().__init__()
        self.passed = 0.0

    def select(self, timeout: float | None = None) -> Any:
        ready = super().select(0)
        if not ready and timeout is None:
            raise RuntimeError("nothing will ever happen again")
        if not ready and timeout:
            self.passed += timeout
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """No real IO may be waited for on it."""

    def __init__(self) -> None:
        self._made_up = _Selector()
        super().__init__(self._made_up)

    def time(self) -> float:
        """Seconds since the start."""
        return self._made_up.passed

    def now(self) -> datetime:
        """The made-up clock on the wall (UTC)."""
        return START + timedelta(seconds=self._made_up.passed)
