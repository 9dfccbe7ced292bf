"""Where the next key goes is decided: the list, or the field that the person was in."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget
from shiboken6 import delete

from agent_app.domain.outbox import Refusal, RefusalKind
from agent_app.ui.widgets.focus import FocusKeeper
from agent_app.ui.window.palette import Palette
from tests.ui.conftest import Driver
from tests.waiting import until

pytestmark = pytest.mark.anyio

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def a_call(desk: Driver) -> str:
    return str(desk.sandbox.some(type="call", status="deal_not_found")["id"])


def focus() -> QWidget | None:
    return QApplication.focusWidget()


def click(button: QWidget) -> None:
    """As a mouse does: a button takes the focus with it."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


Where = Callable[[Driver], QWidget]
places = pytest.mark.parametrize(
    "where",
    [lambda desk: desk.panel.view, lambda desk: desk.field("notes")],
    ids=["in the list", "in the notes"],
)


@places
async def test_after_a_save_by_button(desk: Driver, where: Where) -> None:
    await desk.open(a_call(desk))
    desk.type("summary", "a word")
    where(desk).setFocus()
    click(desk.editor.bar.save_button)
    assert focus() is where(desk)
    await desk.saved()
    assert focus() is where(desk)
    click(desk.editor.bar.undo_button)
    assert not desk.editor.bar.undo_button.isVisible()
    assert focus() is where(desk)
    await desk.saved()
    assert focus() is where(desk)


async def test_after_an_outcome_from_the_list_and_a_save_the_next_number_is_an_outcome(
    desk: Driver,
) -> None:
    followup_id = desk.sandbox.some(type="call", status="scheduled")["id"]
    await desk.open(followup_id)
    desk.panel.view.setFocus()
    desk.press(Qt.Key.Key_2)
    assert focus() is desk.field("next_call")
    desk.save()
    assert focus() is desk.panel.view
    desk.press(Qt.Key.Key_Z, CONTROL)
    await desk.saved_all()


async def test_after_a_save_by_tab_and_return(desk: Driver) -> None:
    await desk.open(a_call(desk))
    desk.type("notes", "a word")
    desk.press(Qt.Key.Key_Tab)
    assert focus() is desk.field("next_call")
    desk.press(Qt.Key.Key_Tab)
    assert focus() is desk.editor.bar.save_button
    desk.press(Qt.Key.Key_Space)
    assert focus() is desk.field("notes")
    await desk.saved()
    assert focus() is desk.field("notes")


@places
async def test_after_a_save_by_key_and_an_undo_by_key(desk: Driver, where: Where) -> None:
    await desk.open(a_call(desk))
    desk.session.put({"summary": "a word"})
    where(desk).setFocus()
    desk.save()
    await desk.saved()
    assert focus() is where(desk)
    desk.panel.view.setFocus()
    desk.press(Qt.Key.Key_Z, CONTROL)
    await desk.saved()
    assert focus() is desk.panel.view


async def test_after_a_reason_for_a_planned_call_the_next_number_is_an_outcome(
    desk: Driver,
) -> None:
    """As without a reason: the outcome was chosen in the list, and the plan was the last step."""
    await desk.open(a_call(desk))
    desk.panel.view.setFocus()
    desk.press(Qt.Key.Key_3)
    desk.type("summary", "works at night")
    desk.type("next_call", "tomorrow 21")
    bar = desk.editor.reason
    bar.ask("Outside the hours", "", lambda _reason: desk.editor.saving.save(with_blanks=True))
    QTest.keyClicks(bar.line, "asked for it")
    desk.press(Qt.Key.Key_Return)
    assert not bar.isVisible()
    assert QApplication.focusWidget() is desk.panel.view


@places
async def test_after_a_reason_is_given_or_not(desk: Driver, where: Where) -> None:
    await desk.open(a_call(desk))
    bar = desk.editor.reason
    for end in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
        where(desk).setFocus()
        bar.ask("Outside the hours", "", lambda _reason: None)
        line: QWidget = bar.line
        assert focus() is line
        QTest.keyClicks(line, "he asked for it")
        desk.press(end)
        assert not bar.isVisible()
        assert focus() is where(desk)


@places
async def test_after_a_banner_is_closed(desk: Driver, where: Where) -> None:
    await desk.open(a_call(desk))
    notice = desk.desk.window.notice
    where(desk).setFocus()
    notice.say("Something", action="Close", act=lambda: notice.say(""))
    click(notice._button)
    assert not notice.isVisible()
    assert focus() is where(desk)


async def test_from_the_search_a_closed_banner_leads_to_the_list(desk: Driver) -> None:
    await desk.open(a_call(desk))
    notice = desk.desk.window.notice
    desk.press(Qt.Key.Key_F, CONTROL)
    notice.say("Something", action="Close", act=lambda: notice.say(""))
    click(notice._button)
    assert focus() is desk.panel.view or focus() is desk.field("notes")


@places
async def test_after_a_discard(desk: Driver, where: Where) -> None:
    await desk.open(a_call(desk))
    desk.type("notes", "to be lost")
    where(desk).setFocus()
    click(desk.editor.bar.discard_button)
    box = desk.editor.findChild(QMessageBox)
    assert box is not None
    await until(box.isActiveWindow)
    next(b for b in box.findChildren(QPushButton) if b.text() == "Discard changes").click()
    desk.desk.window.activateWindow()  # as a window manager does
    await until(lambda: focus() is where(desk))


@places
async def test_after_a_dialog_that_changed_nothing(desk: Driver, where: Where) -> None:
    await desk.open(a_call(desk))
    where(desk).setFocus()
    desk.press(Qt.Key.Key_K, CONTROL)
    palette = desk.desk.window.findChild(Palette)
    assert palette is not None
    assert palette.line.hasFocus()
    palette.dismiss()
    await until(lambda: focus() is where(desk))


async def test_after_a_conflict_is_decided(desk: Driver) -> None:
    followup_id = a_call(desk)
    await desk.open(followup_id)
    desk.type("summary", "mine")
    server = {"id": followup_id, "summary": "a colleague's"}
    desk.store.followups.upsert([server], datetime.now(UTC))
    desk.save()
    assert focus() is desk.editor.conflicts._cards[0]
    desk.press(Qt.Key.Key_M)
    assert not desk.session.field_conflicts
    assert focus() is desk.editor.bar.save_button  # Return saves what was decided
    desk.press(Qt.Key.Key_Space)
    assert focus() is desk.field("summary")
    await desk.saved()


async def test_a_conflict_that_is_met_by_the_sender_does_not_take_the_keyboard(
    desk: Driver,
) -> None:
    followup_id = a_call(desk)
    await desk.open(followup_id)
    desk.type("summary", "quite mine")
    desk.save()
    (entry,) = desk.store.outbox.entries()
    desk.store.outbox.need_attention(
        entry, Refusal(RefusalKind.CONFLICT, theirs=(("summary", "theirs"),))
    )
    assert desk.session.field_conflicts
    assert focus() is desk.field("summary")
    QTest.keyClicks(desk.field("summary"), " too")  # a T, which would take theirs
    assert desk.text("summary") == "quite mine too"
    desk.session.discard()


async def test_after_save_and_next_and_a_discarded_new_call(desk: Driver) -> None:
    await desk.open(a_call(desk))
    desk.type("notes", "a word")
    desk.press(Qt.Key.Key_Return, CONTROL | SHIFT)
    assert focus() is desk.panel.view
    desk.press(Qt.Key.Key_N, CONTROL)
    assert focus() is desk.field("scheduled_at")
    click(desk.editor.bar.discard_button)
    assert focus() is desk.field("scheduled_at")


async def test_a_place_that_cannot_take_keys_gives_way_to_another(desk: Driver) -> None:
    await desk.open(a_call(desk))
    keeper = desk.desk.window.findChild(FocusKeeper)
    assert keeper is not None
    next_call = desk.field("next_call")
    next_call.setFocus()
    desk.editor.form.rows["next_call"].hide()
    assert focus() is desk.panel.view or focus() is desk.field("summary")
    desk.panel.view.setFocus()
    desk.panel.view.setEnabled(False)
    assert focus() is desk.field("summary")
    desk.panel.view.setEnabled(True)


def test_a_window_that_is_gone_is_asked_nothing(qapp: QApplication) -> None:
    """Wayland takes the focus from a window after it was deleted, and before its children are."""
    window, other = QWidget(), QWidget()
    keeper = FocusKeeper(window, lambda _widget: True, lambda _widget: [])
    keeper.setParent(None)
    delete(window)
    qapp.focusChanged.emit(other, None)
    qapp.focusChanged.emit(None, other)
    delete(keeper)
