"""Running a few lines in a Python of their own, where a test's own process would be in the way."""

import os
import subprocess
import sys
from collections.abc import Mapping

from tests.sandbox import ROOT


def run_script(script: str, *arguments: str, env: Mapping[str, str] = os.environ) -> str:
    """What *script* prints; it has to end well within a minute."""
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=ROOT,
        env=dict(env),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
