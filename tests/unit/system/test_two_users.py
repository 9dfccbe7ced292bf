"""Two people on one computer: the local socket serves one of them alone. With real users, as root."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_app.system import instance
from agent_app.system.instance import Instance, socket_name, tell
from tests.sandbox import ROOT

pytestmark = pytest.mark.skipif(
    not hasattr(os, "getuid") or os.getuid() != 0 or not sys.platform.startswith("linux"),
    reason="only root may be two people",
)
ALICE, MALLORY = 5001, 5002

BECOME = "import os, sys; os.setgroups([]); os.setgid({0}); os.setuid({0}); os.environ.pop('XDG_RUNTIME_DIR', 0)\n"
IMPORTS = """
import json, socket, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from agent_app.system.instance import Instance, socket_name, tell
"""
HOLD = """
app = QCoreApplication([])
one = Instance.claim(Path(sys.argv[1]))
one.serve(lambda values: print(json.dumps(values), flush=True) or "shown")
print(socket_name(Path(sys.argv[1])), flush=True)
app.exec()
"""
TELL = """
app = QCoreApplication([])
print(tell(Path(sys.argv[1]), {"open": {"phone": "CANARY"}}) or "nobody", flush=True)
"""
CONNECT = """
talk = socket.socket(socket.AF_UNIX)
talk.settimeout(5)
try:
    talk.connect(sys.argv[1])
    talk.sendall(b'{"open": {"phone": "from mallory"}}\\n')
    print(talk.recv(100).decode() or "cut off", flush=True)
except OSError as error:
    print(type(error).__name__, flush=True)
"""
SQUAT = """
door = socket.socket(socket.AF_UNIX)
door.bind(sys.argv[1])
os.chmod(sys.argv[1], 0o777)
door.listen()
door.settimeout(5)
print("ready", flush=True)
try:
    talk, _ = door.accept()
    talk.settimeout(5)
    print(talk.recv(1000).decode() or "nothing", flush=True)
except OSError as error:
    print(type(error).__name__, flush=True)
"""


def run_as(user: int, work: str, *arguments: str) -> "subprocess.Popen[str]":
    """*work* in a process of *user*; what it needs is imported before, as root may read it."""
    return subprocess.Popen(
        [sys.executable, "-c", IMPORTS + BECOME.format(user) + work, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def told(process: "subprocess.Popen[str]") -> str:
    said = line(process)
    process.wait(20)
    assert process.stdout is not None
    process.stdout.close()
    return said


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that everybody may write, like the system's temporary one."""
    with tempfile.TemporaryDirectory(prefix="t") as name:
        folder = Path(name)
        folder.chmod(0o1777)
        yield folder


@pytest.fixture(params=["near", "deep"])
def alices(shared: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Path, Path]]:
    """Alice's data folder, and the socket at which her window listens."""
    folder = shared / "alice" / ("d" * 90 if request.param == "deep" else "data")
    folder.mkdir(parents=True)
    for one in (folder, folder.parent):
        os.chown(one, ALICE, ALICE)
        one.chmod(0o700)
    window = run_as(ALICE, HOLD, str(folder))
    place = Path(line(window))
    yield folder, place
    window.terminate()
    window.wait(20)
    assert window.stdout is not None
    window.stdout.close()
    if place.parent != folder:
        shutil.rmtree(place.parent)


def test_only_its_own_user_is_served(alices: tuple[Path, Path]) -> None:
    folder, place = alices
    assert told(run_as(ALICE, TELL, str(folder))) == "shown"
    assert told(run_as(MALLORY, CONNECT, str(place))) == "PermissionError"
    assert place.parent.stat().st_uid == ALICE
    assert place.parent.stat().st_mode & 0o077 == 0


def test_a_socket_that_others_can_reach_serves_them_not(alices: tuple[Path, Path]) -> None:
    """Rights alone do not decide: here they are given away, and root needs none."""
    _folder, place = alices
    for one in (place, *place.parents[:3]):
        if one.stat().st_uid == ALICE:
            one.chmod(0o777)
    for user in (MALLORY, 0):
        said = told(run_as(user, CONNECT, str(place)))
        assert said in ("cut off", "ConnectionResetError", "BrokenPipeError")


def test_nothing_is_said_to_somebody_who_took_the_name(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = shared / "name"
    mallory = run_as(MALLORY, SQUAT, str(taken))
    assert line(mallory) == "ready"
    monkeypatch.setattr(instance, "socket_name", lambda _folder: str(taken))
    assert tell(shared, {"open": {"phone": "CANARY"}}) == ""
    assert told(mallory) == "nothing"


def test_a_window_without_its_socket_knows_it(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = shared / "data"
    data.mkdir(mode=0o700)
    monkeypatch.setattr(instance, "socket_name", lambda _folder: "/nowhere/at/all")
    window = Instance.claim(data)
    assert window is not None
    assert not window.is_reachable
    window.close()


def test_a_deep_data_folder_has_a_folder_nearby_that_nobody_can_guess(shared: Path) -> None:
    deep = shared / ("d" * 95)
    deep.mkdir(mode=0o700)
    place = Path(socket_name(deep))
    assert place == Path(socket_name(deep)), "both ends find it"
    assert place.parent.stat().st_mode & 0o077 == 0
    os.chown(place.parent, MALLORY, MALLORY)
    other = Path(socket_name(deep))
    assert other.parent != place.parent
    for one in (place.parent, other.parent):
        one.rmdir()
