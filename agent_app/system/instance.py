"""Two starts on one data folder are one window.

The first start locks the folder and listens on a local socket that only its user may use; a second
one hands over what it was asked to open and ends. A crash leaves a lock and a socket that nobody
answers at: the lock names its process, so both are taken over.

What comes in over the socket is one line of JSON at most MAX_BYTES long, `{"open": {…}}`,
`{"raise": true}` or `{"close": true}`. It is read as text and handed on as plain values, which domain/screen_pop.py
checks; a client that says nothing is not waited for.

The socket lies in a folder of the person's own, and both ends make sure that the other is of the same
person: on a computer that several use at once, somebody else could have taken its name.
"""

import hashlib
import json
import logging
import os
import socket as sockets
import stat
import struct
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

log = logging.getLogger(__name__)

PATIENCE_MS = 2_000
CLOSE_PATIENCE_MS = 10_000
MAX_BYTES = 16_384
MAX_CLIENTS = 8
LONGEST_PATH = 100
"""A local socket's path has 107 characters at most on Linux, 103 on macOS."""


Opener = Callable[[dict[str, object]], str]
"""Takes what is to be opened and says in a word what becomes of it."""


class Instance(QObject):
    """The one that holds a data folder."""

    raised = Signal()
    """Another start wants the window."""
    close_wanted = Signal()
    """An installer wants the program ended: what is typed is kept first."""

    def __init__(self, server: QLocalServer, lock: QLockFile) -> None:
        super().__init__()
        self._server, self._lock = server, lock
        self._opener: Opener | None = None
        server.setMaxPendingConnections(MAX_CLIENTS)
        server.newConnection.connect(self._on_connection)

    @classmethod
    def claim(
        cls,
        folder: Path,
        wanted: Mapping[str, object] | None = None,
        told: Callable[[str], object] = lambda _answer: None,
    ) -> "Instance | None":
        """Hold *folder*; None where another start holds it. That one is asked to come to the front,
        or to open what is *wanted*, and *told* hears its answer in a word ("": it gave none)."""
        name = socket_name(folder)
        lock = QLockFile(str(folder / ".lock"))
        lock.setStaleLockTime(0)
        for _ in range(3):
            if lock.tryLock(0):
                QLocalServer.removeServer(name)  # what a crash left behind
                server = QLocalServer()
                server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
                if not server.listen(name):
                    log.warning("no local socket: %s", server.errorString())
                return cls(server, lock)
            if answer := _ask(name, {"open": dict(wanted)} if wanted else {"raise": True}):
                told(answer)
                return None
            lock.removeStaleLockFile()
        # Somebody holds the folder and does not answer: better no second window than two.
        told("")
        return None

    @property
    def is_reachable(self) -> bool:
        """Whether other programs can reach the window. It works all the same where they cannot."""
        return self._server.isListening()

    def serve(self, opener: Opener) -> None:
        """Have *opener* take what another program wants opened: loose values, as it said them."""
        self._opener = opener

    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            if is_of_this_person(int(socket.socketDescriptor())):
                _Talk(self, socket)
            else:
                log.warning("somebody else's program wanted to talk to the window")
                socket.abort()

    def take(self, line: bytes) -> bytes:
        """Do what a line asks for; returns the answer."""
        try:
            said = json.loads(line.decode("utf-8"))
        except (ValueError, RecursionError):
            return b"no\n"
        if not isinstance(said, dict) or len(said) != 1:
            return b"no\n"
        if said.get("raise") is True:
            self.raised.emit()
            return b"ok\n"
        if said.get("close") is True:
            self.close_wanted.emit()
            return b"ok\n"
        values = said.get("open")
        if isinstance(values, dict) and all(isinstance(v, (str, int)) for v in values.values()):
            if self._opener is None:
                return b"no\n"
            return f"{self._opener(values)}\n".encode()
        return b"no\n"

    def close(self) -> None:
        """Let go of the folder."""
        self._server.close()
        self._lock.unlock()


class _Talk(QObject):
    """One client: a line in, an answer out."""

    def __init__(self, instance: Instance, socket: QLocalSocket) -> None:
        super().__init__(socket)
        self._instance, self._socket = instance, socket
        self._said = b""
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._give_up)
        self._patience.start()
        socket.disconnected.connect(self._end)
        socket.readyRead.connect(self._on_bytes)
        if socket.bytesAvailable():
            self._on_bytes()

    def _give_up(self) -> None:
        self._socket.abort()

    def _end(self) -> None:
        self._socket.deleteLater()

    def _on_bytes(self) -> None:
        self._said += bytes(self._socket.read(MAX_BYTES + 1 - len(self._said)).data())
        line, end, _rest = self._said.partition(b"\n")
        if not end and len(self._said) <= MAX_BYTES:
            return  # more is to come
        self._socket.readyRead.disconnect(self._on_bytes)
        self._socket.write(self._instance.take(line) if end else b"no\n")
        self._socket.flush()
        self._socket.disconnectFromServer()


def socket_name(folder: Path) -> str:
    """Return what the socket of a data folder is called: a path in a folder of the person's own, the
    session's or the data folder; on Windows a pipe's name, which the system guards."""
    digest = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:24]
    name = f"followup-desk-{digest}"
    if sys.platform == "win32":
        return name
    session = Path(os.environ.get("XDG_RUNTIME_DIR") or folder)
    for place in (session / name, folder / ".socket"):
        if _is_own(place.parent) and len(os.fsencode(place)) <= LONGEST_PATH:
            return str(place)
    return str(_near_folder(folder) / name)


def _near_folder(folder: Path) -> Path:
    """Return a private folder with a short path, for a data folder that lies too deep. Nobody can guess its
    name, which is kept in the data folder."""
    kept = folder / ".socket-folder"
    try:
        near = Path(kept.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        near = Path()
    if not near.is_absolute() or not _is_own(near):
        near = Path(tempfile.mkdtemp(prefix="followup-"))
        try:
            kept.write_text(str(near), encoding="utf-8")
        except OSError as error:
            log.warning("nobody will find the local socket: %s", error.strerror)
    return near


def _is_own(folder: Path) -> bool:
    """Return whether *folder* is one, and only this person may put files into it."""
    try:
        said = folder.lstat()
    except OSError:
        return False
    is_folder = stat.S_ISDIR(said.st_mode)
    return is_folder and said.st_uid == os.getuid() and not said.st_mode & 0o022


def is_of_this_person(descriptor: int) -> bool:
    """Return whether the process at the other end of a local socket runs as the same person. Where the
    system cannot say (Windows guards its pipes itself), that counts as yes."""
    peer = getattr(sockets, "SO_PEERCRED", None)
    if peer is None or descriptor < 0:
        return True
    own = sockets.socket(fileno=os.dup(descriptor))
    try:
        raw = own.getsockopt(sockets.SOL_SOCKET, peer, struct.calcsize("3i"))
    except OSError:
        return False
    finally:
        own.close()
    _process, user, _group = struct.unpack("3i", raw)
    return int(user) == os.getuid()


@contextmanager
def holding(folder: Path) -> Iterator[bool]:
    """Hold *folder* for a while, so that no window opens in it; gives whether it could be had."""
    lock = QLockFile(str(folder / ".lock"))
    lock.setStaleLockTime(0)
    held = lock.tryLock(0)
    try:
        yield held
    finally:
        if held:
            lock.unlock()


def ask_to_close(folder: Path) -> bool:
    """Ask the window that holds *folder* to close, and wait for the end; says whether there is none
    now."""
    lock = QLockFile(str(folder / ".lock"))
    lock.setStaleLockTime(0)
    if not lock.tryLock(0):
        if not _ask(socket_name(folder), {"close": True}):
            return False
        if not lock.tryLock(CLOSE_PATIENCE_MS):
            return False
    lock.unlock()
    return True


def tell(folder: Path, said: Mapping[str, object]) -> str:
    """Say something to the window that holds *folder*; returns its answer, "" where there is none."""
    return _ask(socket_name(folder), said)


def _ask(name: str, said: Mapping[str, object]) -> str:
    """Return the answer of whoever listens, in a word; "" without one."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(PATIENCE_MS):
        return ""
    if not is_of_this_person(int(socket.socketDescriptor())):
        log.warning("somebody else holds the name of the local socket: nothing was said to it")
        socket.abort()
        return ""
    socket.write(json.dumps(said).encode() + b"\n")
    answered = socket.waitForReadyRead(PATIENCE_MS)
    answer = bytes(socket.readAll().data()).decode("ascii", "replace").strip()
    socket.abort()
    return (answer or "ok") if answered else ""
