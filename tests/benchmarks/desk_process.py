"""The desk as its command starts it, watched from inside: `python -m tests.benchmarks.desk_process
[desktop's arguments]` prints JSON lines: the first painted row, the size after a rest, the close.

The list's viewport alone is watched, as in the bare program: a filter for all events of the
application would bring each of them into Python.
"""

import json
import os
import sys
from typing import Any

REST_MS = int(os.environ.get("BENCHMARK_REST_MS", "0"))


def watch() -> None:
    """Look over Qt's shoulder as soon as there is a list."""
    from agent_app.runtime.importing import importing_quickly

    with importing_quickly():
        import agent_app.app.run  # noqa: F401
        from agent_app.ui.window.main_window import MainWindow
    from tests.benchmarks.bare import FirstPaint, resident_mib, since_start

    show_list = MainWindow.show_list

    def watched(window: MainWindow, panel: Any, where: str) -> None:
        from PySide6.QtCore import QTimer

        def done() -> None:
            print(json.dumps({"first_row_ms": since_start()}), flush=True)
            libraries = sorted({name.partition(".")[0] for name in sys.modules})
            print(json.dumps({"libraries": libraries}), flush=True)
            QTimer.singleShot(REST_MS, rested)

        def rested() -> None:
            said = {"resident_mib": resident_mib(), "closing_ms": since_start()}
            print(json.dumps(said), flush=True)
            window.quit_now()

        first = FirstPaint(done)
        first.setParent(window)
        panel.view.viewport().installEventFilter(first)
        show_list(window, panel, where)

    MainWindow.show_list = watched  # type: ignore[method-assign,assignment]


if __name__ == "__main__":
    watch()
    from agent_app.cli.main import run

    run()
