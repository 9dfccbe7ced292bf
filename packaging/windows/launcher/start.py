"""What the launcher has Python run: the desk, as a program of its own."""

import sys

sys.frozen = True  # type: ignore[attr-defined]

from agent_app.cli.main import run  # noqa: E402

run()
