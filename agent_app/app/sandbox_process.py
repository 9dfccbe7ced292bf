"""The sandbox server as a process of its own, which ends when the desk does.

Its standard input is a pipe that we hold: when this process goes, however it goes, the pipe ends
and so does the sandbox.
"""

import asyncio
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from agent_app.domain.errors import Unreachable

START_S = 30.0


@dataclass(frozen=True, slots=True)
class SandboxAddress:
    """Where a sandbox listens, and its (public) client."""

    server: str
    client_id: str
    client_secret: str


class SandboxProcess:
    """Starts at once; `address` waits until it listens."""

    def __init__(self, *arguments: str, data: Path | None = None) -> None:
        """*arguments* are those of `agent-app sandbox`. Raises OSError if it cannot start."""
        self._address: SandboxAddress | None = None
        command = [*own_program(), "sandbox", "--parent", *arguments]
        if data is not None:
            command += ["--data", str(data)]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=None if getattr(sys, "frozen", False) else _import_root(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )

    async def address(self) -> SandboxAddress:
        """Return where it listens. Raises Unreachable if it does not come up."""
        if self._address is not None:
            return self._address
        try:
            async with asyncio.timeout(START_S):
                line = await asyncio.to_thread(self._first_line)
        except TimeoutError:
            line = b""
        try:
            payload = json.loads(line)
            self._address = SandboxAddress(
                payload["server"], payload["client_id"], payload["client_secret"]
            )
            return self._address
        except (ValueError, KeyError):
            self.stop()
            raise Unreachable("the sandbox did not start") from None

    def _first_line(self) -> bytes:
        out: IO[bytes] | None = self._process.stdout
        return out.readline() if out is not None else b""

    def begin_to_stop(self) -> None:
        """Let it end while other things are ended."""
        if self._process.stdin is not None:
            self._process.stdin.close()

    def stop(self) -> None:
        """End it and wait for that."""
        self.begin_to_stop()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()


def own_program(
    executable: str = sys.executable,
    frozen: bool = getattr(sys, "frozen", False),
    platform: str = sys.platform,
) -> list[str]:
    """Return the command that starts this program: Python's module, or the bundle.

    On Windows the bundle's windowed program has no standard output; the one beside it has.
    """
    if not frozen:
        return [executable, "-m", "agent_app"]
    if platform == "win32" and executable.lower().endswith("agent-app.exe"):
        return [f"{executable[:-4]}-console.exe"]
    return [executable]


def _import_root() -> str:
    """Return the folder from which `python -m agent_app` finds this same package."""
    return str(Path(__file__).resolve().parent.parent.parent)
