"""A process that saves to the store is killed at random moments; what it acknowledged must be there.

python -m tests.faults.store_kill --kills 500
"""

import argparse
import random
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from agent_app.domain.patch import FollowupPatch
from agent_app.store.database import Key
from agent_app.store.examining import is_sound
from agent_app.store.store import Store
from tests.sandbox import ROOT
from tests.waiting import lives_on

KEY = Key(raw=b"k" * 32)
FOLLOWUPS = 5


@dataclass
class Figures:
    """What came of it."""

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    unsound: int = 0

    def __str__(self) -> str:
        return (
            f"kills                  {self.kills}\n"
            f"saves acknowledged     {self.acknowledged}\n"
            f"acknowledged and lost  {self.lost}\n"
            f"unsound files          {self.unsound}"
        )


def child(file: Path, start: int) -> None:
    """Save for ever; a line on standard output acknowledges each."""
    store = Store(file, KEY)
    now = datetime.now(UTC)
    rows = [{"id": f"f{n}", "debt_id": "d"} for n in range(FOLLOWUPS)]
    store.followups.upsert(rows, now)
    number = start
    while True:
        number += 1
        patch = FollowupPatch(
            f"f{number % FOLLOWUPS}",
            {"notes": f"{number} " + "w" * (number % 2_000)},
            {"notes": None},
        )
        store.drafts.keep(patch, now)
        store.save(patch, now)
        print(number, flush=True)


def run(kills: int, seed: int = 1) -> Figures:
    """Kill *kills* times."""
    figures, rng, number = Figures(), random.Random(seed), 0
    with tempfile.TemporaryDirectory(prefix="followup-store-kill-") as name:
        file = Path(name) / "x.store"
        for _ in range(kills):
            process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "tests.faults.store_kill",
                    "--child",
                    str(file),
                    str(number),
                ],
                cwd=ROOT,
                stdout=subprocess.PIPE,
            )
            assert process.stdout is not None
            first = process.stdout.readline()
            lives_on(process, rng.uniform(0.0, 0.05))
            process.kill()
            said = [first, *process.stdout.read().splitlines(keepends=True)]
            process.wait()
            process.stdout.close()
            whole = [int(line) for line in said if line.endswith(b"\n")]
            figures.kills += 1
            figures.acknowledged += len(whole)
            last = {one % FOLLOWUPS: one for one in whole}
            store = Store(file, KEY)
            for place, wanted in last.items():
                texts = [str(e.patch.changes["notes"]) for e in store.outbox.of(f"f{place}")]
                figures.lost += not any(int(text.split(" ")[0]) >= wanted for text in texts)
            store.close()
            number = max([number, *whole]) + 10
        figures.unsound += not is_sound(file, KEY)
    return figures


def main() -> int:
    """The command line; the exit status is 0 if nothing was lost."""
    if sys.argv[1:2] == ["--child"]:
        child(Path(sys.argv[2]), int(sys.argv[3]))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    figures = run(parser.parse_args().kills)
    print(figures)
    return 1 if figures.lost or figures.unsound else 0


if __name__ == "__main__":
    sys.exit(main())
