"""Rounds of open, edit and save in the real window: memory must not grow, the store stays sound.

python -m tests.faults.soak --rounds 2000
"""

import argparse
import asyncio
import gc
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import psutil

from tests.waiting import until

SETTLED_AFTER = 200
MOST_GROWTH = 0.05


async def _rounds(rounds: int, folder: Path) -> tuple[float, float]:
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from agent_app.desk import Desktop
    from agent_app.system.account import Account, Way
    from agent_app.system.settings import Settings
    from tests.sandbox import RunningSandbox

    sandbox = RunningSandbox("--reads", "1000000", "--writes", "1000000")
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    desk: Any = Desktop(app, folder, Settings(language="en"))
    desk.window.show()
    account = Account(Way.ENVIRONMENT, sandbox.server, sandbox.client_id, sandbox.client_secret)
    await desk.start(account)
    await until(lambda: desk.status.state.last_refresh is not None)
    process, settled = psutil.Process(), 0.0
    panel = desk.window.list_panel
    for number in range(rounds):
        panel.view.setCurrentIndex(panel.view.model().index(number % 300, 0))
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
    end = process.memory_info().rss / 2**20
    await desk.stop()
    sandbox.stop()
    return settled, end


def main() -> int:
    """The command line; the exit status is 0 if memory did not grow and the store is sound."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=2000)
    said = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["AGENT_APP_STORE_PASSPHRASE"] = "for the soak"
    from agent_app.desktop import application
    from agent_app.store.database import Key
    from agent_app.store.rescue import is_sound
    from agent_app.system.garbage import MainThreadGarbage
    from agent_app.system.loop import DeskLoop
    from agent_app.system.settings import Settings

    app = application(Settings(language="en"))
    garbage = MainThreadGarbage()
    with tempfile.TemporaryDirectory(prefix="followup-soak-") as name, DeskLoop(app) as loop:
        settled, end = loop.run_until_complete(_rounds(said.rounds, Path(name)))
        (file,) = Path(name).glob("*.store")
        sound = is_sound(file, Key(passphrase="for the soak"))
    garbage.close()
    growth = end / settled - 1
    print(f"rounds            {said.rounds}")
    print(f"memory at {SETTLED_AFTER}     {settled:.1f} MiB")
    print(f"memory at the end {end:.1f} MiB ({growth:+.1%})")
    print(f"store             {'sound' if sound else 'damaged'}")
    return 0 if sound and growth < MOST_GROWTH else 1


if __name__ == "__main__":
    sys.exit(main())
