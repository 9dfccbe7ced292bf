"""Collects garbage on Qt's thread only.

Python collects on whichever thread happens to allocate. A widget or timer in a dead cycle that is
collected on a worker's thread leaves its timers behind, and Qt crashes on the next tick (seen here:
a segmentation fault in QTimerInfoList::activateTimers). Python also collects in the middle of what
Qt does: where that is the end of a QObject, whose lock is held, and another one is collected, the
thread waits for itself (seen here, at the end of a run). Between frames is also the better moment.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 500


class MainThreadGarbage(QObject):
    """From here on garbage is collected by a timer of this thread's loop, and by nothing else to the
    end of the process. What is there already, modules most of all, is not looked through again."""

    def __init__(self) -> None:
        super().__init__()
        self._thresholds = gc.get_threshold()
        gc.disable()
        gc.freeze()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Collect what is due by Python's own thresholds, the oldest generation that is."""
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return

    def close(self) -> None:
        """Collect no more: what is left is Qt's to take apart."""
        self._timer.stop()
