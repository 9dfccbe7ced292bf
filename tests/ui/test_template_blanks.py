"""A template that is not filled in is seen, filled in by Tab, and asked about before it is saved."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton

from agent_app.domain.templates import Template
from tests.ui.conftest import Driver
from tests.waiting import until

pytestmark = pytest.mark.anyio

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


async def typed(desk: Driver) -> QPlainTextEdit:
    """A template with two blanks is in the notes, with the first one selected."""
    desk.preferences._templates = [Template("plan", "By {agent}: {montant promis} on {date}.")]
    await desk.open(str(desk.sandbox.some(type="call", status="scheduled")["id"]))
    notes = desk.field("notes")
    assert isinstance(notes, QPlainTextEdit)
    desk.type("notes", "")
    QTest.keyClicks(notes, "/plan ")
    return notes


async def test_tab_goes_from_one_blank_to_the_next_and_then_on(desk: Driver) -> None:
    notes = await typed(desk)
    assert notes.textCursor().selectedText() == "{agent}"
    QTest.keyClicks(notes, "Ada")
    desk.press(Qt.Key.Key_Tab)
    assert notes.textCursor().selectedText() == "{montant promis}"
    desk.press(Qt.Key.Key_Backtab, SHIFT)
    assert notes.hasFocus() is False  # none is left before it
    notes.setFocus()
    desk.press(Qt.Key.Key_Home, CONTROL)
    desk.press(Qt.Key.Key_Tab)
    assert notes.textCursor().selectedText() == "{montant promis}"
    QTest.keyClicks(notes, "80 EUR")
    assert notes.toPlainText().startswith("By Ada: 80 EUR on ")
    desk.press(Qt.Key.Key_Tab)
    assert desk.field("next_call").hasFocus()
    desk.session.discard()


async def test_it_is_said_beside_the_field_and_asked_before_a_save(desk: Driver) -> None:
    notes = await typed(desk)
    await until(lambda: "{agent}" in desk.error("notes"))
    desk.save()
    assert desk.store.outbox.entries() == []
    assert "{agent}, {montant promis}" in desk.editor.blanks.words
    assert notes.hasFocus()
    assert notes.textCursor().selectedText() == "{agent}"
    QTest.keyClicks(notes, "Ada")
    desk.press(Qt.Key.Key_Tab)
    QTest.keyClicks(notes, "80 EUR")
    assert desk.editor.blanks.words == ""
    desk.save()
    await desk.saved()


async def test_it_can_be_saved_as_it_is_and_goes_on_to_the_next(desk: Driver) -> None:
    await typed(desk)
    followup_id = desk.session.followup_id
    desk.press(Qt.Key.Key_Return, CONTROL | SHIFT)
    assert desk.session.followup_id == followup_id
    button = next(
        one for one in desk.editor.blanks.findChildren(QPushButton) if "as it" in one.text()
    )
    button.setFocus()
    desk.press(Qt.Key.Key_Space)
    await until(lambda: desk.session.followup_id != followup_id)
    await desk.saved_all()
    assert "{agent}" in desk.sandbox.followup(followup_id)["notes"]
