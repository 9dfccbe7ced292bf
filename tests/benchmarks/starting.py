"""Benchmarks of whole processes: start, size, quit, and the shell's part of a first run."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.benchmarks.filled import fill_sandbox_account
from tests.benchmarks.measured import Measured
from tests.sandbox import ROOT, RunningSandbox

RUNS = 7


def run(*arguments: str, **environment: str) -> tuple[dict[str, Any], float]:
    """What a process printed as JSON lines, and when it was over (ms since its start)."""
    # A person's Python keeps what it has compiled; a workshop's may be told not to.
    inherited = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env={
            **inherited,
            "BENCHMARK_STARTED": repr(started),
            "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
            **environment,
        },
        capture_output=True,
        text=True,
        check=True,
    )
    said: dict[str, Any] = {}
    for line in done.stdout.splitlines():
        if line.startswith("{"):
            said |= json.loads(line)
    return said, (time.monotonic() - started) * 1000


def start_and_quit(folder: Path) -> list[Measured]:
    """10,000 followups in the encrypted store, warm disk."""
    fill_sandbox_account(folder, 10_000)
    desk, bare, quits = [], [], []
    for _ in range(RUNS):
        said, over = run(
            "tests.benchmarks.desk_process", "desktop", "--sandbox",
            AGENT_APP_DATA_DIR=str(folder), BENCHMARK_REST_MS="1500",
        )  # fmt: skip
        desk.append(said["first_row_ms"])
        quits.append(over - said["closing_ms"])
        bare.append(run("tests.benchmarks.bare", "10000")[0]["first_row_ms"])
    return [
        Measured("start", "process start to the first row painted, 10,000 in the store",
                 desk[1:], "ratio", 2.0, bare=bare[1:]),
        Measured("quit", "close to the end of the process, nothing waiting", quits[1:], "median", 300),
    ]  # fmt: skip


def start_server(folder: Path) -> list[Measured]:
    """An empty store: the first row comes from the server."""
    sandbox = RunningSandbox("--reads", "1000000", "--followups", "500")
    desk, bare = [], []
    try:
        for number in range(RUNS):
            said, _ = run(
                "tests.benchmarks.desk_process", "desktop",
                AGENT_APP_DATA_DIR=str(folder / str(number)),
                AGENT_APP_SERVER_URL=sandbox.server,
                AGENT_APP_CLIENT_ID=sandbox.client_id,
                AGENT_APP_CLIENT_SECRET=sandbox.client_secret,
            )  # fmt: skip
            desk.append(said["first_row_ms"])
            arguments = ("100", sandbox.server, sandbox.client_id, sandbox.client_secret)
            bare.append(run("tests.benchmarks.bare", *arguments)[0]["first_row_ms"])
    finally:
        sandbox.stop()
    return [
        Measured("start-server", "process start to the first row from the server, empty store",
                 desk[1:], "ratio", 2.0, bare=bare[1:]),
    ]  # fmt: skip


def memory(folder: Path, rows: int = 100_000, name: str = "memory") -> list[Measured]:
    """Resident size a second and a half after the start with 100,000 followups."""
    fill_sandbox_account(folder, rows)
    desk, bare = [], []
    for _ in range(3):
        said, _ = run(
            "tests.benchmarks.desk_process", "desktop", "--sandbox",
            AGENT_APP_DATA_DIR=str(folder), BENCHMARK_REST_MS="1500",
        )  # fmt: skip
        desk.append(said["resident_mib"])
        bare.append(run("tests.benchmarks.bare", "100")[0]["resident_mib"])
    return [
        Measured(name, f"resident size after start, {rows:,} in the store",
                 desk, "more", 60, unit="MiB", bare=bare),
    ]  # fmt: skip


def first_run(_folder: Path) -> list[Measured]:
    """What packaging/run.sh costs before Python, once everything is there."""
    values = []
    script = 'exec() { printf "%s\\n" "$(date +%s%N)"; exit 0; }; . ./packaging/run.sh'
    for _ in range(RUNS):
        started = time.time_ns()
        done = subprocess.run(
            ["bash", "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
        )
        values.append((int(done.stdout.split()[-1]) - started) / 1e6)
    return [
        Measured("first run", "second start of packaging/run.sh: the shell before Python",
                 values[1:], "median", 200),
    ]  # fmt: skip
