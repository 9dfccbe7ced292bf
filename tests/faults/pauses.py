"""The longest pauses of the window's loop while the server misbehaves: a beat each millisecond.

python -m tests.faults.pauses
"""

import asyncio
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.faults.running import on_the_desks_loop, running_desk
from tests.faults.test_matrix import FAULTS
from tests.sandbox import RunningSandbox

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
    async with running_desk(folder) as (desk, sandbox):
        desk.window.list_panel.step(1)
        worst = 0.0
        for fault in FAULTS:
            pause = await _watch(desk, sandbox, fault)
            worst = max(worst, pause)
            print(f"{fault:<16}{pause:6.1f} ms", flush=True)
        print(f"{'worst':<16}{worst:6.1f} ms")


def main() -> None:
    """The command line; it is for looking, so it exits with 0."""
    with tempfile.TemporaryDirectory(prefix="followup-pauses-") as name:
        on_the_desks_loop(lambda: _all(Path(name)))


if __name__ == "__main__":
    main()
