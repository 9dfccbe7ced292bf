"""How many followups each saved view holds, counted when the window has time."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from agent_app.domain.views import View
from agent_app.models.queue import Queue
from agent_app.store.changes import Change
from agent_app.store.store import Store

SETTLE_MS = 400
MINUTE_MS = 60_000
POLL_MS = 5


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
        self._coming: Future[list[tuple[Any, ...]]] | None = None
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
        self._end()
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
        self._end()
        self._counts = {}
        self.counted.emit({})

    def _on_change(self, change: Change) -> None:
        if change.followups and not self._settle.isActive():
            self._settle.start()

    def _begin(self) -> None:
        self._end()
        self._left = list(View)
        self._turn.start()

    def _end(self) -> None:
        """What is being counted is not wanted any more."""
        self._turn.stop()
        self._left = []
        if self._coming is not None:
            self._coming = None
            self._store.listing.end_count()

    def _count_one(self) -> None:
        """Take what was counted, or begin with the next view; a long list is counted on a thread."""
        if self._coming is not None and not self._take():
            self._turn.start(POLL_MS)
            return
        if not self._left:
            self.counted.emit(dict(self._counts))
            return
        wanted = self._queue.filter_of(self._left[-1], self._now(), self._zone)
        wanted = replace(wanted, text=self._text)
        self._coming = self._store.listing.begin_count(wanted)
        self._turn.start(0)

    def _take(self) -> bool:
        """Return whether the view's count has come."""
        if self._coming is None or not self._coming.done():
            return False
        view, coming = self._left.pop(), self._coming
        self._coming = None
        if not coming.cancelled() and coming.exception() is None:
            ((count,),) = coming.result()
            self._counts[view] = count
        return True
