"""Tells who listens how the sync stands."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from agent_app.domain import mistakes
from agent_app.domain.sync_state import Connection, SyncState


class ObservableState:
    """A `SyncState` that tells who listens when it becomes another."""

    def __init__(self) -> None:
        self.now = SyncState()
        self.answered_at: datetime | None = None
        self._listeners: list[Callable[[SyncState], None]] = []

    def listen(self, listener: Callable[[SyncState], None]) -> Callable[[], None]:
        """Have *listener* called after each change; returns what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def answered(self, now: datetime, **values: Any) -> None:
        """The server answered at *now* (UTC): it is there. That does not end a wait that it asked
        for, which may be for requests of another kind."""
        self.answered_at = now
        until = self.now.until
        if self.now.connection is not Connection.LIMITED or until is None or until <= now:
            values |= {"connection": Connection.ONLINE, "error": None, "until": None}
        self.set(**values)

    def set(self, **values: Any) -> None:
        """Change some of the values."""
        new = replace(self.now, **values)
        if new == self.now:
            return
        self.now = new
        for listener in list(self._listeners):
            try:
                listener(new)
            except Exception as error:
                mistakes.report(error)  # who listens does not stop who works
