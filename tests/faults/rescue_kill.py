"""A process that rescues a damaged store is killed at random moments, again and again; whatever was
readable must be there when one of them has come to its end.

    python -m tests.faults.rescue_kill --rescues 50

Each rescue of a fresh copy is killed up to KILLS times before it may end.
"""

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from agent_app.domain.patch import FollowupPatch
from agent_app.store.database import Key
from agent_app.store.examining import is_sound
from agent_app.store.rescue import mark_damaged, open_or_rescue, rescue
from agent_app.store.store import Store
from tests.sandbox import ROOT

KEY = Key(raw=b"r" * 32)
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
FOLLOWUPS, EDITS, KILLS = 3_000, 40, 4


@dataclass
class Figures:
    """What came of it."""

    rescues: int = 0
    kills: int = 0
    lost: int = 0
    unsound: int = 0
    left_behind: int = 0

    @property
    def bad(self) -> int:
        return self.lost + self.unsound + self.left_behind

    def __str__(self) -> str:
        return (
            f"rescues                   {self.rescues}\n"
            f"kills in them             {self.kills}\n"
            f"unsent words lost         {self.lost}\n"
            f"unsound files             {self.unsound}\n"
            f"files left behind         {self.left_behind}"
        )


def child(file: Path) -> None:
    """Rescue, saying when it begins."""
    print("begins", flush=True)
    rescue(file, KEY)


def run(rescues: int, seed: int = 1) -> Figures:
    """Rescue as many damaged stores."""
    figures, rng = Figures(), random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="followup-rescue-kill-") as name:
        whole = Path(name) / "whole" / "x.store"
        _fill(whole)
        longest_s = _how_long(whole, Path(name) / "timed")
        for number in range(rescues):
            folder = Path(name) / str(number)
            shutil.copytree(whole.parent, folder)
            _one(folder / whole.name, figures, rng, longest_s)
            shutil.rmtree(folder)
    return figures


def _fill(file: Path) -> None:
    store, _ = open_or_rescue(file, KEY)
    rows = [{"id": f"f{n}", "debt_id": "d", "notes": f"note {n} " * 20} for n in range(FOLLOWUPS)]
    store.followups.upsert(rows, NOW)
    for n in range(EDITS):
        store.save(FollowupPatch(f"f{n}", {"notes": f"edit {n}"}, {"notes": None}), NOW)
        store.drafts.keep(FollowupPatch(f"f{n + EDITS}", {"summary": f"draft {n}"}), NOW)
    # The newest words are in the log alone, as after a kill.
    kept = file.with_name("kept")
    kept.mkdir()
    for ending in ("", "-wal", ".key-check"):
        shutil.copyfile(file.with_name(file.name + ending), kept / (file.name + ending))
    store.close()
    for one in kept.iterdir():
        one.replace(file.with_name(one.name))
    kept.rmdir()
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0xFF
    file.write_bytes(data)
    mark_damaged(file)


def _how_long(whole: Path, folder: Path) -> float:
    """How long a rescue takes on this machine, from its first word to its end."""
    shutil.copytree(whole.parent, folder)
    process = _begin(folder / whole.name)
    started = time.monotonic()
    assert process.wait(60) == 0
    assert process.stdout is not None
    process.stdout.close()
    return time.monotonic() - started


def _begin(file: Path) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.rescue_kill", "--child", str(file)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == b"begins"
    return process


def _one(file: Path, figures: Figures, rng: random.Random, longest_s: float) -> None:
    for _ in range(rng.randint(1, KILLS)):
        process = _begin(file)
        try:
            process.wait(rng.uniform(0, longest_s))
        except subprocess.TimeoutExpired:
            process.kill()
            figures.kills += 1
        process.wait()
        assert process.stdout is not None
        process.stdout.close()
    store, rescued = open_or_rescue(file, KEY)
    figures.rescues += 1
    figures.lost += _lost(store)
    figures.lost += rescued is None  # nobody would be told
    store.close()
    aside = list(file.parent.glob("*.damaged-*[0-9]"))
    names = {one.name for one in file.parent.iterdir() if ".damaged-" not in one.name}
    figures.left_behind += len(aside) != 1 or names != {file.name, f"{file.name}.key-check"}
    figures.unsound += not is_sound(file, KEY)


def _lost(store: Store) -> int:
    edits = {str(one.patch.changes["notes"]) for one in store.outbox.entries()}
    return 2 * EDITS - len(edits) - len(store.drafts.ids())


def main() -> int:
    """The command line; the exit status is 0 if nothing was lost."""
    if sys.argv[1:2] == ["--child"]:
        child(Path(sys.argv[2]))
        return 0
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rescues", type=int, default=50)
    figures = run(parser.parse_args().rescues)
    print(figures)
    return 1 if figures.bad else 0


if __name__ == "__main__":
    sys.exit(main())
