"""Notices that nobody types or clicks.

The desk's own windows are watched, not the whole computer: an agent who works elsewhere for ten
minutes has left debtors' data on the screen. Keys and clicks are seen where they enter a window
(its QWindow), which costs nothing while widgets paint.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

from agent_app.runtime.weak import weakly

TICK_MS = 5_000
ACTIVITY = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
    }
)


class Idle(QObject):
    """Emits `idle` once when *after_s* seconds passed without a key or a click, and `long_idle` once
    after *long_s*; the next key begins anew. 0 seconds is never.

    A computer that slept was idle too: both clocks are looked at, the one that stands still during
    sleep and the one that can be set.
    """

    idle = Signal()
    long_idle = Signal()

    def __init__(
        self,
        *,
        after_s: Callable[[], float],
        long_s: Callable[[], float],
        clocks: tuple[Callable[[], float], Callable[[], float]] = (time.monotonic, time.time),
    ) -> None:
        super().__init__()
        self._after_s, self._long_s, self._clocks = after_s, long_s, clocks
        self._last = self._now()
        self._told = [False, False]
        self._watched: dict[int, QWindow] = {}
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        self._app = app
        app.focusWindowChanged.connect(self._watch)
        self._watch(app.focusWindow())
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def _now(self) -> tuple[float, float]:
        return self._clocks[0](), self._clocks[1]()

    def _watch(self, window: QWindow | None) -> None:
        if window is not None and id(window) not in self._watched:
            self._watched[id(window)] = window
            window.installEventFilter(self)
            window.destroyed.connect(weakly(self._forget, id(window)))

    def _forget(self, key: int) -> None:
        self._watched.pop(key, None)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Every key and click of a window comes by."""
        if event.type() in ACTIVITY:
            self.note()
        return False

    def note(self) -> None:
        """Somebody is there."""
        self._last = self._now()
        self._told = [False, False]

    def quiet_s(self) -> float:
        """Return how long nobody has typed or clicked (seconds)."""
        return max(now - last for now, last in zip(self._now(), self._last, strict=True))

    def look(self) -> None:
        """Look at the clocks."""
        passed = self.quiet_s()
        limits = (self._after_s(), self._long_s())
        for place, (limit, signal) in enumerate(
            zip(limits, (self.idle, self.long_idle), strict=True)
        ):
            if limit and passed >= limit and not self._told[place]:
                self._told[place] = True
                signal.emit()

    def close(self) -> None:
        """Stop watching."""
        self._timer.stop()
        self._app.focusWindowChanged.disconnect(self._watch)
        for window in self._watched.values():
            window.removeEventFilter(self)
        self._watched.clear()
