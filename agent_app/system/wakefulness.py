"""Notices that the computer slept or that its network came or went."""

import time

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QNetworkInformation

TICK_MS = 2_000
GAP_S = 8.0
"""A tick that comes this much late means that the computer slept (seconds)."""


class Wakefulness(QObject):
    """Emits `woke` within two ticks after a sleep, and when the network changes."""

    woke = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._last = time.time()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        # Where there is no back end the sync's own tries find out, every few seconds.
        if QNetworkInformation.loadDefaultBackend():
            network = QNetworkInformation.instance()
            network.reachabilityChanged.connect(self._on_network)

    def _on_network(self) -> None:
        self.woke.emit()

    def tick(self) -> None:
        """Look at the clock. One that was put on or back looks like a sleep, which does no harm:
        what waits for a moment of the old clock is tried at once."""
        now = time.time()
        slept = not -1.0 < now - self._last < TICK_MS / 1000 + GAP_S
        self._last = now
        if slept:
            self.woke.emit()

    def close(self) -> None:
        """Stop looking."""
        self._timer.stop()
