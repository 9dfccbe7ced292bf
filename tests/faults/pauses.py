"""The longest pauses of the window's loop while the server misbehaves: a beat each millisecond.

python -m tests.faults.pauses
"""

import asyncio
import os
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.faults.test_matrix import FAULTS
from tests.sandbox import RunningSandbox
from tests.waiting import until

BEAT_S = 0.001
WATCH_S = 2.5


async def _watch(desk: Any, sandbox: RunningSandbox, fault: str) -> float:
    gaps: list[float] = []
    running = True

    async def beat() -> None:
        last = time.perf_counter()
        while running:
            await asyncio.sleep(BEAT_S)
            now = time.perf_counter()
            gaps.append(now - last)
            last = now

    said = {"method": "*", "path": "*/followups*", "count": 6, **FAULTS[fault]}
    # The sandbox is asked in a thread: only the desk's own work may hold the loop.
    await asyncio.to_thread(sandbox.ask, "POST", "/sandbox/faults", said)
    beating = asyncio.create_task(beat())
    end = time.monotonic() + WATCH_S
    number = 0
    while time.monotonic() < end:
        number += 1
        desk.session.set("summary", f"{fault} {number}")
        desk.session.save()
        desk.window.refresh.emit()
        await asyncio.sleep(0.2)
    running = False
    await beating
    await asyncio.to_thread(sandbox.no_faults)
    desk.store.discard(desk.session.followup_id)
    return max(gaps) * 1000


async def _all(folder: Path) -> None:
    from PySide6.QtWidgets import QApplication

    from agent_app.desk import Desktop
    from agent_app.system.account import Account, Way
    from agent_app.system.settings import Settings

    sandbox = RunningSandbox("--reads", "1000000", "--writes", "1000000")
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    desk: Any = Desktop(app, folder, Settings(language="en"))
    desk.window.show()
    account = Account(Way.ENVIRONMENT, sandbox.server, sandbox.client_id, sandbox.client_secret)
    await desk.start(account)
    await until(lambda: desk.status.state.last_refresh is not None)
    desk.window.list_panel.step(1)
    worst = 0.0
    for fault in FAULTS:
        pause = await _watch(desk, sandbox, fault)
        worst = max(worst, pause)
        print(f"{fault:<16}{pause:6.1f} ms", flush=True)
    print(f"{'worst':<16}{worst:6.1f} ms")
    await desk.stop()
    sandbox.stop()


def main() -> None:
    """The command line; it is for looking, so it exits with 0."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["AGENT_APP_STORE_PASSPHRASE"] = "for the pauses"
    from agent_app.desktop import application
    from agent_app.system.garbage import MainThreadGarbage
    from agent_app.system.loop import DeskLoop
    from agent_app.system.settings import Settings

    app = application(Settings(language="en"))
    garbage = MainThreadGarbage()
    with tempfile.TemporaryDirectory(prefix="followup-pauses-") as name, DeskLoop(app) as loop:
        loop.run_until_complete(_all(Path(name)))
    garbage.close()


if __name__ == "__main__":
    main()
