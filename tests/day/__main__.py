"""python -m tests.day: an agent's day at the real window, made up from a seed, and checked.

Ends with 0 and a line of figures where nothing was found; else with 1 and, in the last lines, the
fewest steps that lead to the fault, as sentences, and what did not hold.
"""

import argparse
import asyncio
import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

BEGAN = time.monotonic()
GRACE_S = 20.0
"""So much longer than asked for a run may take where it has to shrink."""


def arguments(argv: Sequence[str] | None = None) -> argparse.Namespace:
    said = argparse.ArgumentParser(prog="python -m tests.day", description=__doc__)
    said.add_argument("--minutes", type=float, default=2.0, help="how long to walk")
    said.add_argument("--walks", type=int, default=0, help="so many walks, whatever time they take")
    said.add_argument(
        "--seed", type=int, default=1, help="of the first walk; the next has one more"
    )
    said.add_argument("--desks", type=int, default=1, choices=(1, 2), help="desks on one server")
    said.add_argument("--team", action="store_true", help="the desks are in a team")
    said.add_argument("--steps", type=int, default=0, help="steps a walk")
    said.add_argument("--replay", default="", help="a file of steps, or steps with ; between them")
    said.add_argument("--times", type=int, default=1, help="how often to replay")
    said.add_argument("--shrink-s", type=float, default=120.0, help="for how long to shrink")
    said.add_argument(
        "--known", action="append", default=[], help="words of a finding that is not news"
    )
    said.add_argument(
        "--patience", type=float, default=75.0, help="seconds in which all must leave at the end"
    )
    said.add_argument("--verbose", action="store_true", help="say each step as it is taken")
    return said.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    options = arguments(argv)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    from PySide6.QtCore import QLocale

    from agent_app.app.run import application
    from agent_app.domain.settings import Settings
    from agent_app.runtime.garbage import MainThreadGarbage
    from agent_app.runtime.loop import DeskLoop

    app = application(Settings(language="en"))
    QLocale.setDefault(QLocale("en_GB"))
    garbage = MainThreadGarbage()
    try:
        with DeskLoop(app) as loop:
            task = loop.create_task(_run(options))
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: loop.call_soon_threadsafe(task.cancel))
            try:
                return int(loop.run_until_complete(task))
            except asyncio.CancelledError:
                print("ended from outside", flush=True)
                return 143
    finally:
        garbage.close()


async def _run(options: argparse.Namespace) -> int:
    from tests.day.runs import replayed, walked
    from tests.day.world import Dialler
    from tests.sandbox import RunningSandbox

    _dialler = Dialler()
    sandbox = RunningSandbox("--followups", "10", is_quiet=True)
    try:
        if options.replay:
            return await replayed(sandbox, _steps_of(options.replay), options)
        return await walked(sandbox, options, BEGAN, GRACE_S)
    finally:
        sandbox.stop()


def _steps_of(text: str) -> list[str]:
    path = Path(text)
    lines = path.read_text("utf-8").splitlines() if ";" not in text and path.is_file() else []
    parts = lines or text.split(";")
    return [part.strip() for part in parts if part.strip() and not part.strip().startswith("#")]


if __name__ == "__main__":
    sys.exit(main())
