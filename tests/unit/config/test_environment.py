"""Secrets of the environment are read once, and no program that is started afterwards has them."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_app.config.environment import SECRETS, take_environment
from agent_app.config.layers import configure, from_environment
from tests.waiting import until

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.anyio


def test_secrets_are_taken_out_once_read(tmp_path: Path) -> None:
    given = {
        "AGENT_APP_SERVER_URL": "https://company.example",
        "AGENT_APP_CLIENT_ID": "desk",
        "AGENT_APP_CLIENT_SECRET": "CANARY-1",
        "AGENT_APP_STORE_PASSPHRASE": "CANARY-2",
        "AGENT_APP_PROXY": "http://agent:CANARY-3@proxy.example:3128",
        "PATH": "/bin",
    }
    taken = take_environment(given)
    assert not any("CANARY" in value for value in given.values())
    assert given["PATH"] == "/bin"
    configuration = configure(tmp_path, system=tmp_path / "etc", environment=taken)
    assert configuration.passphrase == "CANARY-2"
    assert configuration.settings.proxy.endswith("CANARY-3@proxy.example:3128")
    assert "CANARY-2" not in repr(configuration)
    found = from_environment(taken, configuration)
    assert found is not None
    assert found.client_secret == "CANARY-1"


@pytest.fixture
def window(tmp_path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """The real program, on its own sandbox."""
    given = dict.fromkeys(SECRETS, "") | {
        "AGENT_APP_STORE_PASSPHRASE": "CANARY",
        "AGENT_APP_PROXY": "http://agent:CANARY@proxy.example:3128",
        "AGENT_APP_DATA_DIR": str(tmp_path),
        "QT_QPA_PLATFORM": "offscreen",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "agent_app", "desktop", "--sandbox"],
        cwd=ROOT,
        env={**os.environ, **given},
    )
    yield process
    process.terminate()
    process.wait(20)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc tells what children got")
async def test_a_program_that_the_window_starts_gets_none(
    window: "subprocess.Popen[bytes]",
) -> None:
    listed = Path(f"/proc/{window.pid}/task/{window.pid}/children")

    def environment() -> bytes:
        for child in listed.read_text().split():
            try:
                if b"--parent" in Path(f"/proc/{child}/cmdline").read_bytes():
                    return Path(f"/proc/{child}/environ").read_bytes()
            except OSError:
                continue
        return b""

    await until(environment)
    assert b"AGENT_APP_DATA_DIR" in environment()
    assert b"CANARY" not in environment()
