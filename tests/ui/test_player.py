"""Recordings play in the window, with a real sound file from the sandbox through QtMultimedia."""

import ctypes
import sys
from typing import Any

import pytest
from PySide6.QtCore import SIGNAL, SLOT, QObject, Qt, QThread
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCompleter

from tests.ui.conftest import Driver
from tests.waiting import until

pytest.importorskip(
    "PySide6.QtMultimedia", reason="the sound libraries (libpulse) are not on this computer"
)

pytestmark = [
    pytest.mark.anyio,
    # The codec library says what it finds, and that there is no sound card.
    pytest.mark.qt_log_ignore(
        "PulseAudio|No audio device|Couldn't load|Couldn't resolve|Could not open media"
        "|received AVPacket with pts"  # where a jump is cut short
    ),
]


def a_recording(desk: Driver) -> dict[str, Any]:
    rows = desk.sandbox.api("GET", "/followups?limit=100&type=call")[1]["data"]
    return next(
        one
        for one in rows
        if (one.get("audio_url") or "").startswith(desk.sandbox.media)
        and (one["duration_ms"] or 0) > 60_000
    )


async def test_play_pause_seek_and_speed_by_keys(desk: Driver) -> None:
    wanted = a_recording(desk)
    await desk.open(wanted["id"])
    player, bar = desk.form_desk.player, desk.editor.player
    assert player is not None
    assert bar.isVisible()
    desk.panel.view.setFocus()
    desk.press(Qt.Key.Key_F8)
    assert player.state == "loading"
    assert "loading" in bar.words
    await until(lambda: player.state == "playing")
    await until(lambda: player.duration_ms > 0)
    assert abs(player.duration_ms - min(wanted["duration_ms"], 600_000)) < 50
    await until(lambda: player.position_ms > 0)
    desk.press(Qt.Key.Key_F9)
    await until(lambda: player.position_ms >= 5_000)
    desk.press(Qt.Key.Key_F7)
    await until(lambda: player.position_ms < 5_000)
    desk.press(Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert (player.rate, bar.rate.text()) == (1.25, "1.25×")
    desk.press(Qt.Key.Key_F8)
    await until(lambda: player.state == "paused")
    bar.slider.setFocus()
    before = player.position_ms
    QTest.keyClick(bar.slider, Qt.Key.Key_Right)
    await until(lambda: player.position_ms > before + 4_000)
    assert bar.play.accessibleName() == "Play the recording"


@pytest.mark.skipif(sys.platform == "win32", reason="usleep is POSIX's")
async def test_the_sounds_own_threads_never_wait_for_the_interpreter(desk: Driver) -> None:
    """A thread of Qt's sound ends an object that listens to the output, and holds its lock meanwhile.
    If it waited for the interpreter then, a stop that waits for that lock would wait for ever."""
    player = desk.form_desk.player
    player._make_player()
    completers = [QCompleter([text]) for text in "abc"]  # their models are Qt's own, not Python's
    first, listener, last = models = [one.model() for one in completers]
    ran, passed = QAction(checkable=True), QAction(checkable=True)
    direct = Qt.ConnectionType.DirectConnection
    QObject.connect(first, SIGNAL("destroyed(QObject*)"), ran, SLOT("toggle()"), direct)
    QObject.connect(player._output, SIGNAL("mutedChanged(bool)"), listener, SLOT("revert()"))
    QObject.connect(last, SIGNAL("destroyed(QObject*)"), passed, SLOT("toggle()"), direct)
    thread = QThread()
    thread.start()
    for model in models:
        model.setParent(None)
        model.moveToThread(thread)
    first.deleteLater()
    await until(ran.isChecked)  # the thread is under way
    switch_interval = sys.getswitchinterval()
    listener.deleteLater()
    last.deleteLater()
    ended = False
    sys.setswitchinterval(1_000)  # nothing here gives the interpreter away: the thread does without
    try:
        for _ in range(1_000):
            ctypes.PyDLL(None).usleep(10_000)
            if ended := passed.isChecked():
                break
    finally:
        sys.setswitchinterval(switch_interval)
    thread.quit()
    await until(thread.isFinished)
    assert ended


async def test_a_jump_to_the_end_ends(desk: Driver) -> None:
    await desk.open(a_recording(desk)["id"])
    player = desk.form_desk.player
    assert player is not None
    player.toggle()
    await until(lambda: player.state == "playing" and player.duration_ms > 0)
    player.set_rate(2.0)
    player.seek(player.duration_ms - 300)
    await until(lambda: player.state == "idle")
    player.toggle()
    await until(lambda: player.state == "playing")


async def test_another_followup_ends_what_plays(desk: Driver) -> None:
    await desk.open(a_recording(desk)["id"])
    player = desk.form_desk.player
    assert player is not None
    player.toggle()
    await until(lambda: player.state == "playing")
    other = desk.sandbox.some(type="email")["id"]
    await desk.open(other)
    assert player.state == "idle"
    assert not desk.editor.player.isVisible()


async def test_a_dead_link_gets_a_sentence(desk: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = a_recording(desk)["id"]
    await desk.open(wanted)
    player = desk.form_desk.player
    assert player is not None
    engine = desk.desk.engine
    assert engine is not None
    real = engine.recording(wanted)

    async def renew() -> str:
        return ""

    from agent_app.sync.recording import Recording

    broken = Recording(lambda: "", renew)
    monkeypatch.setattr(engine, "recording", lambda _id: broken)
    player.toggle()
    await until(lambda: player.state == "failed")
    assert "expired" in desk.editor.player.words
    monkeypatch.setattr(engine, "recording", lambda _id: real)
    player.toggle()
    await until(lambda: player.state == "playing")


async def test_what_is_no_sound_gets_a_sentence(
    desk: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = a_recording(desk)["id"]
    await desk.open(wanted)
    player = desk.form_desk.player
    engine = desk.desk.engine
    assert player is not None
    assert engine is not None
    silence = engine.recording(wanted)
    silence.spool.put(0, b"no sound at all " * 500)
    silence.spool.set_total(8_000)
    monkeypatch.setattr(engine, "recording", lambda _id: silence)
    player.toggle()
    await until(lambda: player.state == "failed")
    assert "format" in desk.editor.player.words


async def test_without_the_libraries_a_sentence(
    desk: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    await desk.open(a_recording(desk)["id"])
    desk.press(Qt.Key.Key_F8)
    player = desk.form_desk.player
    assert player is not None
    assert player.state == "failed"
    assert "not installed" in desk.editor.player.words


async def test_before_there_is_a_connection_a_sentence(desk: Driver) -> None:
    await desk.open(a_recording(desk)["id"])
    commands = desk.desk.commands
    assert commands is not None
    commands.attach(None)
    desk.press(Qt.Key.Key_F8)
    assert "once the server was reached" in desk.editor.player.words
