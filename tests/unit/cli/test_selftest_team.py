"""The team's selftest, as a newcomer runs it."""

import json
import subprocess
import sys
from pathlib import Path


def test_a_team_on_this_computer() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "agent_app", "selftest", "--team", "--json"],
        capture_output=True,
        text=True,
        timeout=150,
        cwd=Path(__file__).parents[3],
        check=False,
    )
    found = json.loads(told.stdout)
    assert found["ok"], found
    assert (told.returncode, told.stderr) == (0, "")
    assert len(found["seen"]) == 11
