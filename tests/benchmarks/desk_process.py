"""The desk as its command starts it, watched from inside: `python -m tests.benchmarks.desk_process
[desktop's arguments]` prints JSON lines: the first painted row, the size after a rest, the close.
"""

import json
import os
import sys
from typing import Any

REST_MS = int(os.environ.get("BENCHMARK_REST_MS", "0"))


def watch() -> None:
    """Look over Qt's shoulder as soon as there is an application."""
    import agent_app.desktop as desktop_module
    from tests.benchmarks.bare import FirstPaint, resident_mib, since_start

    make = desktop_module.application

    def application(settings: Any) -> Any:
        from PySide6.QtCore import QTimer

        app = make(settings)

        def done() -> None:
            print(json.dumps({"first_row_ms": since_start()}), flush=True)
            QTimer.singleShot(REST_MS, rested)

        def rested() -> None:
            said = {"resident_mib": resident_mib(), "closing_ms": since_start()}
            print(json.dumps(said), flush=True)
            for widget in app.topLevelWidgets():
                if hasattr(widget, "quit_now"):
                    widget.quit_now()

        first = FirstPaint(done)
        first.setParent(app)
        app.installEventFilter(first)
        return app

    desktop_module.application = application


if __name__ == "__main__":
    watch()
    from agent_app.__main__ import main

    sys.exit(main(sys.argv[1:]))
