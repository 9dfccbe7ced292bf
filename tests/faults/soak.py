"""Rounds of open, edit and save in the real window: memory must not grow, the store stays sound.

python -m tests.faults.soak --rounds 2000
"""

import argparse
import asyncio
import gc
import sys
import tempfile
from pathlib import Path

import psutil

from tests.faults.running import PASSPHRASE, on_the_desks_loop, running_desk
from tests.waiting import until

SETTLED_AFTER = 200
MAX_GROWTH = 0.05


async def _rounds(rounds: int, folder: Path) -> tuple[float, float]:
    from PySide6.QtTest import QTest

    process, settled = psutil.Process(), 0.0
    async with running_desk(folder) as (desk, _):
        panel = desk.window.list_panel
        for number in range(rounds):
            panel.view.chosen_row.emit(number % 300)
            notes = desk.window.editor.form.rows["notes"].editor.focus
            notes.setFocus()
            QTest.keyClicks(notes, f"{number} ")
            desk.session.save()
            await asyncio.sleep(0)
            if number % 20 == 0:
                await until(lambda: desk.status.state.waiting == 0)
            if number == SETTLED_AFTER:
                gc.collect()
                settled = process.memory_info().rss / 2**20
        await until(lambda: desk.status.state.waiting == 0)
        gc.collect()
        return settled, process.memory_info().rss / 2**20


def main() -> int:
    """The command line; the exit status is 0 if memory did not grow and the store is sound."""
    from agent_app.store.database import Key
    from agent_app.store.examining import is_sound

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=2000)
    said = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="followup-soak-") as name:
        settled, end = on_the_desks_loop(lambda: _rounds(said.rounds, Path(name)))
        (file,) = Path(name).glob("*.store")
        sound = is_sound(file, Key(passphrase=PASSPHRASE))
    growth = end / settled - 1
    print(f"rounds            {said.rounds}")
    print(f"memory at {SETTLED_AFTER}     {settled:.1f} MiB")
    print(f"memory at the end {end:.1f} MiB ({growth:+.1%})")
    print(f"store             {'sound' if sound else 'damaged'}")
    return 0 if sound and growth < MAX_GROWTH else 1


if __name__ == "__main__":
    sys.exit(main())
