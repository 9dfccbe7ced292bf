"""Other people on the same computer, and what a program leaves behind for them."""

import os
import socket
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_app.config.layers import Configuration, configure, from_environment
from agent_app.config.layers import Source as From
from agent_app.domain.errors import BadSetting
from agent_app.system import instance
from agent_app.system.instance import is_of_this_person, socket_name
from agent_app.system.paths import private_folder

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes and peers are POSIX's")

ENVIRONMENT = {
    "AGENT_APP_SERVER_URL": "https://elsewhere.example",
    "AGENT_APP_CLIENT_ID": "desk",
    "AGENT_APP_CLIENT_SECRET": "secret",
}


@pytest.fixture
def near() -> Iterator[Path]:
    """A folder with a short path: those of sockets are short."""
    with tempfile.TemporaryDirectory(prefix="d") as folder:
        yield Path(folder)


def test_the_socket_lies_in_a_folder_of_ones_own(
    near: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, data = near / "run", near / "data"
    for folder in (session, data):
        private_folder(folder)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(session))
    assert Path(socket_name(data)).parent == session
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    assert Path(socket_name(data)).parent == data
    session.chmod(0o777)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(session))
    assert Path(socket_name(data)).parent == data, "a folder that others may write is none"
    deep = data / ("d" * 90)
    private_folder(deep)
    assert len(socket_name(deep)) <= instance.LONGEST_PATH


@pytest.mark.skipif(not hasattr(socket, "SO_PEERCRED"), reason="Linux names the peer")
def test_a_peer_of_somebody_else_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = socket.socketpair()
    with here, there:
        assert is_of_this_person(here.fileno())
        me = os.getuid()
        monkeypatch.setattr("agent_app.system.instance.os.getuid", lambda: me + 1)
        assert not is_of_this_person(here.fileno())
        here.sendall(b"still open")
        assert there.recv(20) == b"still open"


def test_a_shared_folder_keeps_its_mode(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    with pytest.raises(OSError, match="folder of your own"):
        private_folder(shared)
    assert stat.S_IMODE(shared.stat().st_mode) == 0o1777
    assert stat.S_IMODE(private_folder(shared / "mine").stat().st_mode) == 0o700


def managed(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "managed.toml").write_text(text)
    return folder


def test_what_is_fixed_is_fixed_for_the_environment_too(tmp_path: Path) -> None:
    system = managed(tmp_path / "etc", '[fixed]\nserver = "https://company.example"\n')
    fixed = configure(tmp_path, system=system, environment=ENVIRONMENT)
    assert fixed.settings.server == "https://company.example"
    with pytest.raises(BadSetting, match="administrator has fixed the server"):
        from_environment(ENVIRONMENT, fixed)
    same = {**ENVIRONMENT, "AGENT_APP_SERVER_URL": "https://company.example"}
    assert from_environment(same, fixed) is not None
    free = Configuration(fixed.settings, {"server": From.SYSTEM})
    assert from_environment(ENVIRONMENT, free) is not None


@pytest.mark.parametrize("place", ["managed.toml", "."])
def test_a_managed_file_that_others_may_write_is_refused(tmp_path: Path, place: str) -> None:
    system = managed(tmp_path / "etc", 'server = "https://company.example"\n')
    assert configure(tmp_path, system=system, environment={}).settings.server
    (system / place).chmod(0o777)
    with pytest.raises(BadSetting, match="may be written by others"):
        configure(tmp_path, system=system, environment={})
