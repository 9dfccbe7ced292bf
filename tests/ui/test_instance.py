"""Two starts are one window, also after a crash; sleep is noticed; signing out keeps the outbox."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from agent_app.system.instance import Instance
from agent_app.system.wakefulness import Wakefulness
from tests.sandbox import ROOT
from tests.ui.conftest import Start
from tests.waiting import until

pytestmark = pytest.mark.anyio

HOLD = (
    "import sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication;"
    "app = QCoreApplication([]); from agent_app.system.instance import Instance;"
    "one = Instance.claim(Path(sys.argv[1])); print('held' if one else 'taken', flush=True);"
    "one and app.exec()"
)


def holder(folder: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


async def test_a_second_start_raises_the_first(qapp: QApplication, tmp_path: Path) -> None:
    first = Instance.claim(tmp_path)
    assert first is not None
    asked: list[bool] = []
    first.raised.connect(lambda: asked.append(True))
    second = holder(tmp_path)
    await until(lambda: second.poll() is not None)
    assert second.stdout is not None
    assert second.stdout.read() == "taken\n"
    second.stdout.close()
    assert asked == [True]
    first.close()


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is POSIX's")
async def test_what_a_crash_left_behind_is_taken_over(qapp: QApplication, tmp_path: Path) -> None:
    crashed = holder(tmp_path)
    assert crashed.stdout is not None
    assert crashed.stdout.readline() == "held\n"
    crashed.send_signal(signal.SIGKILL)
    crashed.wait(10)
    crashed.stdout.close()
    again = Instance.claim(tmp_path)
    assert again is not None
    again.close()


async def test_sleep_is_noticed(qapp: QApplication) -> None:
    watch = Wakefulness()
    woke: list[bool] = []
    watch.woke.connect(lambda: woke.append(True))
    watch.tick()
    assert woke == []
    watch._last -= 60
    watch.tick()
    assert woke == [True]
    watch.close()


async def test_waking_tries_at_once_what_waits(start: Start) -> None:
    desk = await start()
    await desk.open(desk.sandbox.some(type="call")["id"])
    desk.sandbox.fault("PUT * status=503")
    desk.type("summary", "before the lid was closed")
    desk.save()
    await until(lambda: desk.session.progress == "waiting")
    desk.sandbox.no_faults()
    desk.desk._on_woke()
    await desk.saved()


async def test_signing_out_keeps_the_outbox_and_says_so(start: Start) -> None:
    desk = await start()
    await desk.open(desk.sandbox.some(type="call")["id"])
    desk.sandbox.fault("PUT * status=503")
    desk.type("summary", "not sent when I left")
    desk.save()
    await until(lambda: desk.session.progress == "waiting")
    desk.desk.window.actions_["sign_out"].trigger()
    page = desk.desk.window.sign_in_page
    await until(lambda: "1 change that the server does not have yet" in page.banner.words)
    await desk.desk.stop()
    desk.sandbox.no_faults()
    again = await start()
    await until(lambda: again.desk.status.state.waiting == 0)
    assert desk.sandbox.puts()[-1] == {"summary": "not sent when I left"}


async def test_an_installer_can_close_the_window(qapp: QApplication, tmp_path: Path) -> None:
    environment = {**os.environ, "AGENT_APP_DATA_DIR": str(tmp_path / "data")}

    def run(*arguments: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "agent_app", *arguments]
        return subprocess.Popen(command, cwd=ROOT, env=environment)

    nothing_open = run("close")
    await until(lambda: nothing_open.poll() is not None)
    assert nothing_open.returncode == 0
    assert not (tmp_path / "data").exists()
    window = run("desktop", "--sandbox")
    await until(lambda: (tmp_path / "data" / "sandbox.store").exists())
    closing = run("close")
    await until(lambda: closing.poll() is not None)
    assert closing.returncode == 0
    await until(lambda: window.poll() is not None)
    assert window.returncode == 0
