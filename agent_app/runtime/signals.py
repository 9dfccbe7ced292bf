"""SIGTERM and Ctrl+C, heard at once although Qt's loop sleeps.

Python runs a handler only between two of its own instructions; a byte on a socket wakes the loop.
"""

import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier


class EndSignals(QObject):
    """Calls *end* when the process is asked to end. One in a process, on its main thread."""

    def __init__(self, end: Callable[[], object]) -> None:
        super().__init__()
        self._ours, theirs = socket.socketpair()
        self._theirs = theirs
        for one in (self._ours, theirs):
            one.setblocking(False)
        self._before = signal.set_wakeup_fd(theirs.fileno())
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_byte)
        self._end = end
        self._handlers = {
            number: signal.signal(number, lambda *_: None)
            for number in (signal.SIGINT, signal.SIGTERM)
        }

    def _on_byte(self) -> None:
        try:
            self._ours.recv(64)
        except BlockingIOError:
            return
        self._end()

    def close(self) -> None:
        """Leave the signals as they were."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._before)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._ours.close()
        self._theirs.close()
