"""Room: system. Collects garbage on Qt's thread only.

Python collects on whichever thread happens to allocate. A widget or timer in a dead cycle that is
collected on a worker's thread leaves its timers behind, and Qt crashes on the next tick (seen here:
a segmentation fault in QTimerInfoList::activateTimers). Between frames is also the better moment.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 500


class MainThreadGarbage(QObject):
    """From here on garbage is collected by a timer of this thread's loop."""

    def __init__(self) -> None:
        super().__init__()
        self._thresholds = gc.get_threshold()
        gc.disable()
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
        """Leave collecting to Python again."""
        self._timer.stop()
        gc.enable()
