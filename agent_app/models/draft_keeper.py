"""Puts what is typed on disk soon after it was typed, and again where the disk refused."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from agent_app.domain.errors import StoreError

DRAFT_MS, MAX_DRAFT_MS = 300, 5_000
"""What is typed is on disk so long after the first key (milliseconds); a disk that refuses is asked
again after a pause that doubles up to the second number."""


class DraftKeeper(QObject):
    """Calls *keep* in time. *keep* may raise StoreError: then it is called again."""

    refused = Signal(Exception)
    """The local file did not take what was typed."""
    taken = Signal()
    """The local file has taken what it had refused."""

    def __init__(self, keep: Callable[[], None]) -> None:
        super().__init__()
        self._keep = keep
        self._had_trouble = False
        self._timer = QTimer(self, singleShot=True, interval=DRAFT_MS)
        # A coarse timer may be late by what the timers of others happen to be.
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.keep)

    def soon(self) -> None:
        """Something was typed. A timer that runs is left alone: started again at each key, it would
        never end while the typing goes on."""
        if not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """There is nothing to keep any more."""
        self._timer.stop()

    def note_trouble(self) -> None:
        """The local file has just refused something: say when it takes things again."""
        self._had_trouble = True
        self.soon()

    def keep(self) -> None:
        """Keep it now."""
        self._timer.stop()
        try:
            self._keep()
        except StoreError as error:
            self._had_trouble = True
            self._timer.start(min(2 * self._timer.interval(), MAX_DRAFT_MS))
            self.refused.emit(error)
            return
        self._timer.setInterval(DRAFT_MS)
        if self._had_trouble:
            self._had_trouble = False
            self.taken.emit()
