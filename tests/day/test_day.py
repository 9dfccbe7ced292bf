"""A short day with fixed seeds, and the days on which something was found once.

Each runs in a process of its own, as `python -m tests.day` does.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sandbox import ROOT

STORIES = sorted((Path(__file__).parent / "stories").glob("*.txt"))
MAX_S = 240


def day(*arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.day", "--shrink-s", "20", *arguments],
        cwd=ROOT,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        timeout=MAX_S,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    assert "nothing found" in done.stdout


@pytest.mark.parametrize("story", STORIES, ids=[one.stem for one in STORIES])
def test_what_was_found_once_is_found_no_more(story: Path) -> None:
    day("--replay", str(story))


@pytest.mark.parametrize("seed", range(1, 7))
def test_a_day_of_one_agent(seed: int) -> None:
    day("--walks", "1", "--seed", str(seed))


@pytest.mark.parametrize("seed", [1, 2])
def test_a_day_of_two_agents(seed: int) -> None:
    day("--walks", "1", "--seed", str(seed), "--desks", "2")


@pytest.mark.parametrize("seed", [1, 2])
def test_a_day_in_a_team(seed: int) -> None:
    day("--walks", "1", "--seed", str(seed), "--desks", "2", "--team")
