"""What keeps words safe, as the window shows it: undo, drafts, quitting, what is unsent."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from agent_app.domain.text import without_controls
from agent_app.domain.views import View
from agent_app.ui.widgets import text_editor
from tests.sandbox import ROOT, RunningSandbox
from tests.ui.conftest import Driver, Start
from tests.waiting import until

pytestmark = pytest.mark.anyio


def a_call(desk: Driver) -> str:
    return str(desk.sandbox.some(type="call", status="deal_not_found")["id"])


async def test_undo_by_key_and_by_button(desk: Driver) -> None:
    followup_id = a_call(desk)
    await desk.open(followup_id)
    before = desk.text("summary")
    desk.type("summary", "saved too soon")
    desk.save()
    await desk.saved()
    assert desk.editor.bar.undo_button.isVisible()
    desk.panel.view.setFocus()
    desk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    await until(lambda: desk.text("summary") == before)
    await desk.saved()
    assert (desk.sandbox.followup(followup_id)["summary"] or "") == before
    assert not desk.editor.bar.undo_button.isVisible()


async def test_what_the_server_fails_at_can_be_taken_back_and_the_others_leave(
    desk: Driver,
) -> None:
    bad = a_call(desk)
    good = str(desk.sandbox.some(type="call", status="no_answer")["id"])
    desk.sandbox.fault(f"PUT */followups/{bad} status=500")
    await desk.open(bad)
    before = desk.text("notes")
    desk.type("notes", "the server fails at this")
    desk.save()
    await until(lambda: desk.session.progress == "waiting")
    await desk.open(good)
    desk.type("notes", "and takes this")
    desk.save()
    await until(lambda: not desk.store.outbox.of(good))
    assert desk.sandbox.followup(good)["notes"] == "and takes this"
    await desk.open(bad)
    await until(lambda: desk.session.progress == "waiting" and desk.session.may_take_back)
    await until(desk.editor.bar.take_back_button.isVisible)
    desk.editor.bar.take_back_button.click()
    assert desk.store.outbox.of(bad) == []
    assert desk.session.progress == "edited"
    assert desk.text("notes") == "the server fails at this"
    assert desk.field("notes").hasFocus()
    assert not desk.editor.bar.take_back_button.isVisible()
    desk.session.discard()
    assert desk.text("notes") == before


@pytest.mark.parametrize(("code", "words"), [(413, "too long"), (409, "contradicts"), (418, "418")])
async def test_a_refusal_by_code_is_said_in_words(desk: Driver, code: int, words: str) -> None:
    followup_id = a_call(desk)
    desk.sandbox.fault(f"PUT */followups/{followup_id} status={code}", count=1)
    await desk.open(followup_id)
    desk.type("notes", f"refused with {code}")
    desk.save()
    await until(lambda: desk.session.progress == "attention")
    assert words in desk.editor.banner.words
    assert str(code) in desk.editor.banner.words
    assert desk.text("notes") == f"refused with {code}"
    desk.save()
    await desk.saved()
    assert desk.sandbox.followup(followup_id)["notes"] == f"refused with {code}"


async def test_undo_in_a_field_is_the_fields_own(desk: Driver) -> None:
    await desk.open(a_call(desk))
    desk.type("summary", "abc")
    desk.save()
    await desk.saved()
    saved = len(desk.sandbox.puts())
    desk.type("summary", "def")
    desk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.text("summary") != "def"
    assert len(desk.sandbox.puts()) == saved
    desk.session.discard()


async def test_what_cannot_be_read_is_drafted_too(start: Start) -> None:
    first = await start()
    followup_id = a_call(first)
    await first.open(followup_id)
    first.type("scheduled_at", "the day after payday")
    await first.desk.stop()
    second = await start()
    await second.open(followup_id)
    assert second.text("scheduled_at") == "the day after payday"
    assert "not a date" in second.error("scheduled_at")
    second.session.discard()
    assert second.store.drafts.get(followup_id) is None


async def refused(desk: Driver) -> str:
    """The id of a followup that is open and whose new summary the server refused."""
    followup_id = a_call(desk)
    await desk.open(followup_id)
    desk.sandbox.fault("PUT * status=400", count=1, details={"summary": ["no"]})
    desk.type("summary", "refused")
    desk.save()
    await until(lambda: desk.session.progress == "attention")
    return followup_id


async def test_what_was_refused_is_shown_however_often_it_is_opened(desk: Driver) -> None:
    followup_id = await refused(desk)
    for _ in range(2):
        desk.session.open(followup_id)
        assert desk.text("summary") == "refused"
        assert desk.session.changed == {"summary"}
        assert desk.error("summary") == "no"


async def test_what_is_not_sent_is_listed_in_one_place(desk: Driver) -> None:
    followup_id = await refused(desk)
    await until(lambda: desk.desk.status.state.attention == 1)
    button: Any = desk.desk.window.statusBar().findChild(QPushButton, "outbox")
    assert button.text() == "1 needs attention"
    button.click()
    assert desk.panel.filters.view is View.UNSENT
    shown = [desk.table.row_at(n).id for n in range(desk.table.rowCount())]
    assert followup_id in shown
    desk.session.discard()


async def test_what_is_typed_and_what_waits_are_listed_apart(desk: Driver) -> None:
    waiting = await refused(desk)
    typed = a_call(desk)
    await desk.open(typed)
    desk.type("summary", "half a")
    await desk.open(waiting)  # the draft is kept
    await until(lambda: desk.store.drafts.get(typed))
    for view, held in ((View.DRAFTS, typed), (View.UNSENT, waiting)):
        desk.desk.window.choose_view(view)
        await until(lambda held=held: rows(desk) == {held})  # type: ignore[misc]
    filters = desk.panel.filters
    await until(lambda: filters._held == {View.DRAFTS, View.UNSENT})
    for followup_id in (typed, waiting):
        desk.form_desk.show(followup_id)
        await until(lambda one=followup_id: desk.session.followup_id == one)  # type: ignore[misc]
        desk.session.discard()
    await until(lambda: not filters._held)  # nothing to list, no view


def rows(desk: Driver) -> set[str]:
    return {desk.table.row_at(place).id for place in range(desk.table.rowCount())}


async def test_quitting_with_a_full_outbox_says_that_it_is_safe(desk: Driver) -> None:
    followup_id = a_call(desk)
    await desk.open(followup_id)
    desk.sandbox.fault("* * drop=before")
    desk.type("summary", "not sent yet")
    desk.save()
    await until(lambda: desk.session.progress == "waiting")
    desk.desk.window.close()
    (box,) = [b for b in desk.desk.window.findChildren(QMessageBox) if b.isVisible()]
    assert "1 change did not reach the server" in box.text()
    assert "leave when you start again" in box.informativeText()
    assert not desk.desk.closed.is_set()
    next(b for b in box.findChildren(QPushButton) if b.text() == "Stay").click()
    assert not desk.desk.closed.is_set()
    desk.sandbox.no_faults()
    desk.desk.window.refresh.emit()
    await desk.saved()
    desk.desk.window.close()
    assert desk.desk.closed.is_set()


async def test_a_lost_followup_is_filed_as_a_new_one_from_the_banner(desk: Driver) -> None:
    followup_id = a_call(desk)
    await desk.open(followup_id)
    desk.sandbox.ask("DELETE", f"/sandbox/followups/{followup_id}")
    desk.type("notes", "too good to lose")
    desk.save()
    await until(lambda: desk.session.progress == "attention")
    assert "no longer has this followup" in desk.editor.banner.words
    desk.editor.banner._second.click()
    assert "too good to lose" in QApplication.clipboard().text()
    desk.editor.banner._button.click()
    await until(lambda: desk.session.followup_id not in ("", followup_id))
    await until(lambda: not desk.session.followup_id.startswith("new:"))
    assert desk.sandbox.followup(desk.session.followup_id)["notes"] == "too good to lose"


async def test_what_the_reply_changes_beside_is_shown_quietly(desk: Driver) -> None:
    followup_id = a_call(desk)
    await desk.open(followup_id)
    for number in range(5):
        notes = f"a colleague's, just now ({number})"
        desk.sandbox.put(followup_id, notes=notes)
        desk.type("summary", f"mine {number}")
        desk.save()
        await desk.saved()
        await until(lambda notes=notes: desk.text("notes") == notes)  # type: ignore[misc]
        if "Also updated by a colleague: Notes" in desk.editor.bar.words:
            return
        # A page of the list, which is still being read, was there before the reply.
    raise AssertionError(desk.editor.bar.words)


async def test_coming_back_to_the_window_freshens_what_is_open(desk: Driver) -> None:
    followup_id = a_call(desk)
    await desk.open(followup_id)
    desk.sandbox.put(followup_id, notes="while you were away")
    assert desk.desk.engine is not None
    pull = desk.desk.engine._pull
    real = pull._now
    pull._now = lambda: real() + timedelta(seconds=90)
    desk.desk._on_application_state(Qt.ApplicationState.ApplicationActive)
    await until(lambda: desk.text("notes") == "while you were away")


@pytest.mark.skipif(os.name == "nt", reason="SIGTERM is POSIX's")
async def test_sigterm_keeps_what_was_typed_and_ends_at_once(
    sandbox: RunningSandbox, tmp_path: Path
) -> None:
    environment = {
        **os.environ,
        "AGENT_APP_SERVER_URL": sandbox.server,
        "AGENT_APP_CLIENT_ID": sandbox.client_id,
        "AGENT_APP_CLIENT_SECRET": sandbox.client_secret,
        "AGENT_APP_DATA_DIR": str(tmp_path),
        "AGENT_APP_STORE_PASSPHRASE": "for tests",
    }
    process = subprocess.Popen([sys.executable, "-m", "agent_app"], cwd=ROOT, env=environment)
    await until(lambda: (tmp_path / "window.ini").exists() or sandbox.requests("GET", "/debts"))
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.wait(10)
    assert process.returncode == 0
    assert time.monotonic() - began < 3


async def test_a_very_long_text_is_shown_in_part_and_edited_whole(
    desk: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_editor, "SMOOTH_CHARACTERS", 300_000)
    followup_id = a_call(desk)
    words = "w" * 400_000
    desk.sandbox.put(followup_id, notes=words)
    desk.press(Qt.Key.Key_F5)
    await until(lambda: desk.store.followups.get(followup_id).notes == words)
    await desk.open(followup_id)
    editor = desk.editor.form.rows["notes"].editor
    assert len(desk.text("notes")) < len(words)
    assert editor.focus.isReadOnly()
    assert not desk.session.changed
    desk.type("summary", "beside it")
    desk.save()
    await desk.saved()
    assert desk.sandbox.puts()[-1] == {"summary": "beside it"}
    editor._all.click()
    assert desk.text("notes") == words
    assert not editor.focus.isReadOnly()
    assert not desk.session.changed
    desk.sandbox.put(followup_id, notes="short again")


@pytest.mark.parametrize(
    "notes", ["one\r\ntwo\rthree", "a\u00a0b\u2028c\u2029d", "1700-01-01", "tab\there\0nul"]
)
async def test_what_qt_makes_of_a_text_is_no_edit(desk: Driver, notes: str) -> None:
    followup_id = a_call(desk)
    desk.sandbox.put(followup_id, notes=notes, summary=notes.replace("\n", " "))
    desk.press(Qt.Key.Key_F5)
    await until(lambda: desk.store.followups.get(followup_id).notes == notes)
    await desk.open(followup_id)
    assert desk.session.changed == set()
    desk.editor.form.rows["notes"].editor.focus.setFocus()
    desk.press(Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    desk.press(Qt.Key.Key_X)
    desk.save()
    await desk.saved()
    assert desk.sandbox.puts()[-1] == {"notes": without_controls(notes) + "x"}
    assert desk.store.drafts.get(followup_id) is None


async def test_opening_and_closing_writes_no_draft(desk: Driver) -> None:
    for row in range(25):
        desk.panel.view.chosen_row.emit(row)
        desk.session.keep_draft()
    assert desk.store.drafts.ids() == []
