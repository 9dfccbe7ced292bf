"""Times the start of a bundle against that of the environment it was built from.

    starts.py RUNS PYTHON BUNDLE

From the start of the process to its window on the display (X's MapNotify, seen by xev), in turns.
Prints both medians (ms) and their ratio; fails where the ratio is over 1.1.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time

MOST = 1.1
PATIENCE_S = 30


def mapped(*command: str) -> float:
    """Milliseconds from the start of a program until it shows a window."""
    with tempfile.TemporaryDirectory() as folder:
        watch = subprocess.Popen(
            ["stdbuf", "-oL", "xev", "-root", "-event", "substructure"],
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        time.sleep(0.3)  # xev says nothing when it is ready
        started = time.monotonic()
        program = subprocess.Popen(
            [*command, "desktop", "--sandbox"],
            env={**os.environ, "AGENT_APP_DATA_DIR": folder},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert watch.stdout is not None
        try:
            for line in watch.stdout:
                if "MapNotify" in line:
                    return (time.monotonic() - started) * 1000
                if time.monotonic() > started + PATIENCE_S:
                    break
            raise SystemExit(f"{command[0]} showed no window")
        finally:
            program.terminate()
            watch.terminate()
            program.wait()
            watch.wait()


def main() -> None:
    """Measure and compare."""
    runs, python, bundle = int(sys.argv[1]), sys.argv[2], sys.argv[3]
    built, environment = [], []
    for number in range(runs + 1):
        one = (mapped(bundle), mapped(python, "-m", "agent_app"))
        if number:  # the first of each warms the disk
            built.append(one[0])
            environment.append(one[1])
    ours, theirs = statistics.median(built), statistics.median(environment)
    print(f"      start to the window: bundle {ours:.0f} ms, environment {theirs:.0f} ms, "
          f"ratio {ours / theirs:.2f} (at most {MOST})")  # fmt: skip
    if ours > MOST * theirs:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
