"""A company's size: 300,000 followups in the store. Minutes to make, so it is run only where it is named.

`python -m tests.benchmarks.many FOLDER [NAME …]` prints JSON; `__main__` runs it.
"""

import tests.benchmarks.as_started  # noqa: F401

# isort: split

import asyncio
import sys
import time
from pathlib import Path
from typing import Any

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from agent_app.ui.widgets.painted import Painted
from agent_app.ui.window.palette import Palette
from tests.benchmarks import window
from tests.benchmarks.measured import Measured
from tests.benchmarks.window import Bench
from tests.faults.running import on_the_desks_loop

ROWS = 300_000
QUERIES = ("promised", "Moreau", "D00123", "06 39 98 12", "plan bank", "zzz")


async def search(bench: Bench) -> Measured:
    """A key in the quick search."""
    return Measured("many-search", "a key in the quick search to the rows, 300,000 rows",
                    (await window.search(bench)).values, "p99", 16)  # fmt: skip


async def palette(bench: Bench) -> Measured:
    """A key in the palette, to what it found being painted."""
    values = []
    for query in QUERIES:
        bench.desk.window.actions_["palette"].trigger()
        (found,) = bench.desk.window.findChildren(Palette)
        await bench.rest()
        seen = Painted(found.list.viewport())
        for letter in query:
            seen.painted.clear()
            began = time.perf_counter()
            QTest.keyClicks(found.line, letter)
            QApplication.sendPostedEvents(None, 0)
            if not seen.painted.is_set():
                found.list.viewport().repaint()
            values.append((time.perf_counter() - began) * 1000)
            await asyncio.sleep(0.03)
        found.close()
        found.deleteLater()
        await bench.rest()
    return Measured("many-palette", "a key in the palette to what it found, 300,000 rows",
                    values, "p99", 16)  # fmt: skip


ALL: dict[str, Any] = {"many-search": search, "many-palette": palette}


if __name__ == "__main__":
    on_the_desks_loop(
        lambda: window.run(Path(sys.argv[1]), sys.argv[2:] or list(ALL), measures=ALL, rows=ROWS)
    )
