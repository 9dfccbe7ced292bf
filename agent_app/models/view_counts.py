"""How many followups each saved view holds, counted when the window has time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, tzinfo

from PySide6.QtCore import QObject, QTimer, Signal

from agent_app.domain.views import View
from agent_app.models.queue import Queue
from agent_app.store.changes import Change
from agent_app.store.store import Store

SETTLE_MS = 400
MINUTE_MS = 60_000


class ViewCounts(QObject):
    """Counts after changes and each minute, one view a turn of the loop. *now* gives UTC."""

    counted = Signal(dict)
    """View to number."""

    def __init__(
        self,
        store: Store,
        now: Callable[[], datetime],
        zone: tzinfo,
        queue: Queue | None = None,
    ) -> None:
        super().__init__()
        self._store, self._now, self._zone = store, now, zone
        self._queue = queue or Queue()
        self._queue.changed.connect(self._begin)
        self._counts: dict[View, int] = {}
        self._text = ""
        self._left: list[View] = []
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._begin)
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._count_one)
        self._minute = QTimer(self, interval=MINUTE_MS)
        self._minute.timeout.connect(self._begin)
        self._unlisten = store.changes.listen(self._on_change)
        self._settle.start()
        self._minute.start()

    def close(self) -> None:
        """Stop following the store."""
        for timer in (self._settle, self._turn, self._minute):
            timer.stop()
        self._unlisten()
        self._queue.changed.disconnect(self._begin)

    def search(self, text: str) -> None:
        """Count what holds *text* alone; "": all."""
        if text.strip() != self._text:
            self._text = text.strip()
            self._begin()

    def forget(self) -> None:
        """A search goes on: what was counted is of another one."""
        self._left = []
        self._turn.stop()
        self._counts = {}
        self.counted.emit({})

    def _on_change(self, change: Change) -> None:
        if change.followups and not self._settle.isActive():
            self._settle.start()

    def _begin(self) -> None:
        self._left = list(View)
        self._turn.start()

    def _count_one(self) -> None:
        if not self._left:
            self.counted.emit(dict(self._counts))
            return
        view = self._left.pop()
        wanted = self._queue.filter_of(view, self._now(), self._zone)
        wanted = replace(wanted, text=self._text)
        self._counts[view] = self._store.listing.count(wanted)
        self._turn.start()
