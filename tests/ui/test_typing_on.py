"""Words land where they were typed, whatever is answered meanwhile."""

from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from agent_app.domain.errors import StoreFull
from tests.ui.conftest import Driver
from tests.waiting import until

pytestmark = pytest.mark.anyio

CONTROL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def a_call(desk: Driver) -> str:
    return str(desk.sandbox.some(type="call", status="deal_not_found")["id"])


def cursor_of(widget: QWidget) -> int:
    if isinstance(widget, QPlainTextEdit):
        return widget.textCursor().position()
    assert isinstance(widget, QLineEdit)
    assert not widget.hasSelectedText()
    return widget.cursorPosition()


async def letters_until(desk: Driver, name: str, holds: Any) -> str:
    """Type a letter a turn until *holds*, and some more; what was typed."""
    typed, after = "", 0

    def another() -> bool:
        nonlocal typed, after
        letter = "abcdefghij"[len(typed) % 10]
        QTest.keyClicks(desk.field(name), letter)
        typed += letter
        after += bool(holds())
        return after > 8

    await until(another)
    return typed


def refuse(desk: Driver, name: str) -> None:
    desk.sandbox.fault("PUT * delay=0.4", count=1)
    desk.sandbox.fault(
        "PUT * status=400", count=1, details={name: [f"This {name} is too short"]}, message="No"
    )


@pytest.mark.parametrize("name", ["summary", "notes"])
async def test_a_refusal_takes_no_letter_of_who_types_on(desk: Driver, name: str) -> None:
    await desk.open(a_call(desk))
    refuse(desk, name)
    desk.type(name, "begun")
    desk.save()
    typed = await letters_until(desk, name, lambda: desk.session.progress == "attention")
    assert desk.text(name) == "begun" + typed
    assert cursor_of(desk.field(name)) == len("begun" + typed)
    assert QApplication.focusWidget() is desk.field(name)
    assert "Somebody else" not in desk.error(name)
    assert not desk.session.field_conflicts
    QTest.keyClick(desk.field(name), Qt.Key.Key_Z, CONTROL)
    assert desk.text(name) != "begun" + typed  # the field's own undo is alive
    desk.session.discard()


async def test_a_refusal_says_its_words_beside_the_field_that_is_typed_in(desk: Driver) -> None:
    await desk.open(a_call(desk))
    refuse(desk, "summary")
    desk.type("summary", "short")
    desk.save()
    await until(lambda: desk.session.progress == "attention")
    assert desk.error("summary") == "This summary is too short"
    assert desk.text("summary") == "short"
    assert cursor_of(desk.field("summary")) == len("short")
    desk.session.discard()


async def test_a_letter_in_the_middle_stays_in_the_middle(desk: Driver) -> None:
    await desk.open(a_call(desk))
    refuse(desk, "summary")
    desk.type("summary", "one two")
    desk.save()
    field = desk.field("summary")
    assert isinstance(field, QLineEdit)
    field.setCursorPosition(3)
    typed = await letters_until(desk, "summary", lambda: desk.session.progress == "attention")
    assert desk.text("summary") == f"one{typed} two"
    desk.session.discard()


async def test_a_late_refusal_does_not_move_the_keyboard(desk: Driver) -> None:
    await desk.open(a_call(desk))
    refuse(desk, "summary")
    desk.type("summary", "short")
    desk.save()
    desk.field("notes").setFocus()
    await until(lambda: desk.session.progress == "attention")
    assert QApplication.focusWidget() is desk.field("notes")
    assert desk.editor.banner._button.text() == "Go to the field"
    desk.editor.banner._button.click()
    assert QApplication.focusWidget() is desk.field("summary")
    assert cursor_of(desk.field("summary")) == len("short")
    desk.session.discard()


async def test_what_an_answered_save_finds_typed_since_is_left_alone(desk: Driver) -> None:
    await desk.open(a_call(desk))
    desk.sandbox.fault("PUT * delay=0.3", count=1)
    desk.type("notes", "saved ")
    desk.save()
    typed = await letters_until(desk, "notes", lambda: desk.desk.status.state.waiting == 0)
    assert desk.text("notes") == "saved " + typed
    assert not desk.session.field_conflicts
    desk.save()
    await desk.saved()
    assert desk.sandbox.puts()[-1] == {"notes": "saved " + typed}


async def test_a_time_that_is_half_typed_stays_as_it_is(desk: Driver) -> None:
    await desk.open(a_call(desk))
    refuse(desk, "scheduled_at")
    desk.type("scheduled_at", "tomorrow 10")
    desk.press(Qt.Key.Key_Return, CONTROL)
    await until(lambda: desk.session.progress == "attention")
    assert desk.text("scheduled_at") == "tomorrow 10"
    QTest.keyClicks(desk.field("scheduled_at"), ":30")
    assert desk.text("scheduled_at") == "tomorrow 10:30"
    assert desk.session.value("scheduled_at").astimezone().minute == 30
    desk.session.discard()


async def test_a_new_call_gets_its_id_under_the_hand(desk: Driver) -> None:
    followup_id = a_call(desk)
    await desk.open(followup_id)
    desk.press(Qt.Key.Key_N, CONTROL)
    begun = desk.session.followup_id
    desk.type("scheduled_at", "tomorrow 10")
    desk.type("summary", "first")
    desk.sandbox.fault("POST * delay=0.4", count=1)
    desk.save()
    opened: list[str] = []
    session = desk.session
    session.opened.connect(lambda: opened.append(session.followup_id))
    typed = await letters_until(
        desk, "summary", lambda: not desk.session.followup_id.startswith("new:")
    )
    assert not opened
    assert desk.session.followup_id == desk.store.server_id_of(begun)
    assert desk.text("summary") == "first" + typed
    assert QApplication.focusWidget() is desk.field("summary")
    assert cursor_of(desk.field("summary")) == len("first" + typed)
    assert desk.panel.current_id == desk.session.followup_id
    desk.save()
    await desk.saved()
    assert desk.sandbox.followup(desk.session.followup_id)["summary"] == "first" + typed


async def test_a_letter_that_is_being_composed_outlives_a_colleagues_change(desk: Driver) -> None:
    followup_id = a_call(desk)
    await desk.open(followup_id)
    field = desk.field("notes")
    field.setFocus()
    before = desk.text("notes")
    QApplication.sendEvent(field, QInputMethodEvent("かん", []))
    server = {"id": followup_id, "notes": "a colleague's words"}
    desk.store.followups.upsert([server], datetime.now(UTC))
    assert desk.text("notes") == before
    commit = QInputMethodEvent()
    commit.setCommitString("漢")
    QApplication.sendEvent(field, commit)
    assert "漢" in desk.text("notes")
    assert [one.name for one in desk.session.field_conflicts] == ["notes"]
    desk.session.discard()


async def test_a_colleagues_change_of_a_field_leaves_the_cursor_at_its_letters(
    desk: Driver,
) -> None:
    followup_id = a_call(desk)
    now = datetime.now(UTC)
    old = {"id": followup_id, "notes": "🙂 first line\nlast", "summary": "about a plan"}
    desk.store.followups.upsert([old], now)
    await desk.open(followup_id)
    notes, summary = desk.field("notes"), desk.field("summary")
    assert isinstance(notes, QPlainTextEdit)
    assert isinstance(summary, QLineEdit)
    notes.setFocus()
    notes.moveCursor(notes.textCursor().MoveOperation.End)
    summary.setCursorPosition(len("about a"))
    new = {"id": followup_id, "notes": "🙂 first longer line\nlast", "summary": "about a new plan"}
    desk.store.followups.upsert([new], now)
    QTest.keyClicks(notes, "!")
    assert desk.text("notes") == "🙂 first longer line\nlast!"
    assert summary.cursorPosition() == len("about a")
    desk.session.discard()


async def test_an_outcome_in_the_middle_of_a_sentence_selects_nothing(desk: Driver) -> None:
    await desk.open(a_call(desk))
    desk.type("summary", "paid in ")
    desk.press(Qt.Key.Key_1, ALT)
    QTest.keyClicks(desk.field("summary"), "full")
    assert desk.text("summary") == "paid in full"
    desk.session.discard()


async def test_without_room_on_the_disk_save_and_next_stays(
    desk: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    followup_id = a_call(desk)
    await desk.open(followup_id)
    desk.type("summary", "not to be lost")

    def full(*_: object, **_more: object) -> None:
        raise StoreFull

    monkeypatch.setattr(desk.session._commands, "save", full)
    desk.press(Qt.Key.Key_Return, CONTROL | SHIFT)
    assert desk.session.followup_id == followup_id
    assert desk.text("summary") == "not to be lost"
    assert desk.editor.banner.words
    desk.session.discard()


async def test_a_followup_that_the_server_lost_stays_open_with_its_words(desk: Driver) -> None:
    followup_id = a_call(desk)
    await desk.open(followup_id)
    desk.type("notes", "too good to lose")
    with desk.store._database.transaction():
        desk.store.followups.remove(followup_id)
    assert desk.session.followup_id == followup_id
    assert desk.text("notes") == "too good to lose"
    assert "no longer has this followup" in desk.editor.banner.words
    assert not desk.editor.bar.save_button.isEnabled()
    desk.editor.banner._button.click()
    await until(lambda: desk.session.followup_id not in ("", followup_id))
    await until(lambda: not desk.session.followup_id.startswith("new:"))
    assert desk.sandbox.followup(desk.session.followup_id)["notes"] == "too good to lose"


@pytest.mark.parametrize("name", ["notes", "summary"])
async def test_after_a_discard_one_types_on_behind_what_is_left(desk: Driver, name: str) -> None:
    await desk.open(desk.sandbox.some(type="call")["id"])
    desk.type(name, "kept")
    desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    field = desk.field(name)
    field.setFocus()
    QTest.keyClicks(field, " gone")
    desk.session.discard()
    assert desk.text(name) == "kept"
    QTest.keyClicks(field, " and more")
    assert desk.text(name) == "kept and more"
