"""Room: system. Two starts on one data folder are one window.

The first start locks the folder and listens on a local socket that only its user may use; a second
one asks it to come to the front and ends. A crash leaves a lock and a socket that nobody answers
at: the lock names its process, so both are taken over.
"""

import hashlib
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

PATIENCE_MS = 2_000
MOST_BYTES = 4_096
RAISE = b"raise\n"


class Instance(QObject):
    """The one that holds a data folder."""

    raised = Signal()
    """Another start wants the window."""

    def __init__(self, server: QLocalServer, lock: QLockFile) -> None:
        super().__init__()
        self._server, self._lock = server, lock
        server.newConnection.connect(self._on_connection)

    @classmethod
    def claim(cls, folder: Path) -> "Instance | None":
        """Hold *folder*; None where another start holds it and was asked to come to the front."""
        name = _name(folder)
        lock = QLockFile(str(folder / ".lock"))
        lock.setStaleLockTime(0)
        for _ in range(3):
            if lock.tryLock(0):
                QLocalServer.removeServer(name)  # what a crash left behind
                server = QLocalServer()
                server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
                server.listen(name)
                return cls(server, lock)
            if _ask(name):
                return None
            lock.removeStaleLockFile()
        # Somebody holds the folder and does not answer: better no second window than two.
        return None

    def _on_connection(self) -> None:
        socket = self._server.nextPendingConnection()
        if socket is None:
            return
        socket.readyRead.connect(lambda: self._on_bytes(socket))
        socket.disconnected.connect(socket.deleteLater)

    def _on_bytes(self, socket: QLocalSocket) -> None:
        said = bytes(socket.read(MOST_BYTES).data())
        if said == RAISE:
            socket.write(b"ok\n")
            socket.flush()
            self.raised.emit()
        socket.disconnectFromServer()

    def close(self) -> None:
        """Let go of the folder."""
        self._server.close()
        self._lock.unlock()


def _name(folder: Path) -> str:
    digest = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:24]
    return f"followup-desk-{digest}"


def _ask(name: str) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(PATIENCE_MS):
        return False
    socket.write(RAISE)
    answered = socket.waitForReadyRead(PATIENCE_MS)
    socket.abort()
    return bool(answered)
