"""Every benchmark, or those that are named: `python -m tests.benchmarks [NAME …] [--json FILE]`.

Prints a table with the bars and writes JSON. It is for looking: it ends with 0 whatever it finds.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks import cold_start, many, starting, syncing, window
from tests.benchmarks.measured import Measured, table
from tests.benchmarks.noise import noise
from tests.sandbox import ROOT

PROCESSES: dict[str, Callable[[Path], list[Measured]]] = {
    "start": starting.start_and_quit,
    "start-server": starting.start_server,
    "memory": starting.memory,
    "first run": starting.first_run,
    "cold-start": cold_start.measured,
    "many-memory": lambda folder: starting.memory(folder.parent / "many", many.ROWS, "many-memory"),
}
SLOW = frozenset({"many-memory", *many.ALL})
"""Run only where they are named: to make 300,000 followups takes minutes."""


def in_a_process(module: str, folder: Path, names: list[str]) -> list[Measured]:
    """What a module of benchmarks prints, run for itself."""
    done = subprocess.run(
        [sys.executable, "-m", module, str(folder), *names],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode:
        print(f"{module} ended with {done.returncode}", file=sys.stderr)
    return [Measured(**json.loads(line)) for line in lines]


def machine() -> str:
    """What the figures come from."""
    cores = os.cpu_count()
    return f"{platform.system()} {platform.machine()}, {cores} cores, Python {platform.python_version()}"


def main() -> None:
    known = [*PROCESSES, "quit", *window.ALL, *syncing.ALL, *many.ALL]
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(known))
    parser.add_argument(
        "--json", type=Path, default=Path(tempfile.gettempdir()) / "desk-bench.json"
    )
    said = parser.parse_args()
    unknown = [name for name in said.names if name not in known]
    if unknown:
        parser.error(f"no benchmark is called {unknown[0]}")
    wanted = {
        "start" if name == "quit" else name
        for name in said.names or [one for one in known if one not in SLOW]
    }
    found: list[Measured] = []
    before = noise()
    with tempfile.TemporaryDirectory(prefix="desk-bench-") as place:
        folder = Path(place)
        for name, measure in PROCESSES.items():
            if name in wanted:
                found += measure(folder / name)
        modules = (("window", window.ALL), ("syncing", syncing.ALL), ("many", many.ALL))
        for module, all_ in modules:
            names = [name for name in all_ if name in wanted]
            if names:
                found += in_a_process(f"tests.benchmarks.{module}", folder / module, names)
    print(f"{machine()}\nbefore: {before}\nafter: {noise()}")
    print(table(found))
    said.json.write_text(
        json.dumps(
            {"machine": machine(), "noise": str(before), "found": [one.as_json() for one in found]},
            indent=1,
        )
    )
    print(f"written to {said.json}")


if __name__ == "__main__":
    main()
