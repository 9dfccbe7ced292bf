"""The command: one clear sentence and a non-zero exit for what it cannot do, never a traceback."""

import json
import os
import socket
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.sandbox import ROOT


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("AGENT_APP_") and name not in ("DISPLAY", "WAYLAND_DISPLAY")
    }
    clean.pop("QT_QPA_PLATFORM", None)
    return subprocess.run(
        [sys.executable, "-m", "agent_app", *arguments],
        env={**clean, **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def one_sentence(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode not in (0, -6, -11), done
    assert "Traceback" not in done.stderr
    (line,) = done.stderr.strip().splitlines()[-1:]
    return line


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--frobnicate"], "unrecognized arguments"),
        (["dance"], "invalid choice"),
        (["sandbox", "--port", "99999"], "a port is a number from 0 to 65535"),
        (["sandbox", "--port", "x"], "invalid"),
        (["sandbox", "--followups", "-1"], "must not be negative"),
        (["sandbox", "--fault", "PUT"], "a fault is METHOD PATH"),
        (["sandbox", "--data", "/nowhere/at/all.db"], "the data file cannot be used"),
    ],
)
def test_wrong_arguments(arguments: list[str], said: str) -> None:
    assert said in one_sentence(run(*arguments))


@pytest.mark.parametrize("link", ["mailto:a@b.example", "FOLLOWUP://save/A1b", "followup:open/"])
def test_a_link_that_is_refused_ends_with_2_and_a_word(link: str, tmp_path: Path) -> None:
    done = run("open", link, AGENT_APP_DATA_DIR=str(tmp_path))
    assert done.returncode == 2
    assert one_sentence(done).startswith("agent-app open: ")


def test_a_port_that_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert "it cannot listen" in one_sentence(run("sandbox", "--port", port))


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"AGENT_APP_SERVER_URL": "gopher://x"}, "must begin with https://"),
        ({"AGENT_APP_SERVER_URL": "http://example.org"}, "must begin with https://"),
        (
            {"AGENT_APP_SERVER_URL": "https://example.org", "AGENT_APP_CLIENT_ID": ""},
            "AGENT_APP_CLIENT_ID is not",
        ),
        ({"AGENT_APP_DATA_DIR": f"{__file__}/nowhere"}, "the data folder cannot be used"),
    ],
)
def test_a_wrong_environment(tmp_path: Path, environment: dict[str, str], said: str) -> None:
    given = {
        "AGENT_APP_DATA_DIR": str(tmp_path),
        "AGENT_APP_CLIENT_ID": "id",
        "AGENT_APP_CLIENT_SECRET": "SECRET-CANARY",
        "QT_QPA_PLATFORM": "offscreen",
        **environment,
    }
    done = run(**given)
    assert said in one_sentence(done)
    assert "SECRET-CANARY" not in done.stderr + done.stdout


def test_unreadable_settings(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("theme = ")
    done = run(AGENT_APP_DATA_DIR=str(tmp_path), QT_QPA_PLATFORM="offscreen")
    assert "settings.toml cannot be understood" in one_sentence(done)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is a display")
def test_no_display(tmp_path: Path) -> None:
    assert "there is no display" in one_sentence(run(AGENT_APP_DATA_DIR=str(tmp_path)))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a matter of X11")
def test_a_display_that_does_not_answer(tmp_path: Path) -> None:
    done = run(AGENT_APP_DATA_DIR=str(tmp_path), DISPLAY=":9871")
    assert "the display :9871 does not answer" in one_sentence(done)


def test_selftest(tmp_path: Path) -> None:
    done = run("selftest", "--json", "--screenshots", str(tmp_path / "pictures"))
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["listed"] == 500
    assert said["saved_fields"] == ["status", "summary"]
    assert set(said["inline_errors"]) == {"Duration", "Summary"}
    assert said["ok"] is True
    assert len(list((tmp_path / "pictures").glob("*.png"))) == 4


@pytest.mark.skipif(find_spec("pip") is None, reason="python.org's embeddable Python has no pip")
def test_selftest_in_an_installed_copy(tmp_path: Path) -> None:
    place = tmp_path / "site"
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--no-build-isolation",
            "--no-index",
            "--target",
            str(place),
            str(ROOT),
        ],
        check=True,
        timeout=120,
    )
    done = subprocess.run(
        [sys.executable, "-m", "agent_app", "selftest", "--json"],
        env={**os.environ, "PYTHONPATH": str(place), "QT_QPA_PLATFORM": "offscreen"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["ok"] is True


@pytest.mark.parametrize("text", ["a = " + "[" * 5_000, "idle_lock_minutes = " + "9" * 5_000])
def test_settings_that_would_break_the_reader(text: str, tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text(text)
    said = one_sentence(run(AGENT_APP_DATA_DIR=str(tmp_path)))
    assert "settings.toml, line 1: " in said
