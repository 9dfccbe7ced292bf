"""Nothing moves away under the hands of a person who types or points."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QWidget

from agent_app.domain.outbox import Refusal, RefusalKind
from agent_app.ui.widgets.banner import UNSEEN_MS
from tests.ui.conftest import Driver
from tests.ui.test_conflicts import a_call, field_conflicts
from tests.waiting import until

pytestmark = pytest.mark.anyio


def height_of(desk: Driver, name: str) -> int:
    """Where a field begins in the window."""
    return desk.field(name).mapTo(desk.desk.window, QPoint()).y()


async def settled(desk: Driver) -> int:
    """Where the notes begin once the window has come to rest."""
    seen: list[int] = []

    def rests() -> bool:
        seen.append(height_of(desk, "notes"))
        return len(seen) > 20 and len(set(seen[-20:])) == 1

    await until(rests)
    return seen[-1]


async def test_a_conflict_leaves_the_field_that_is_typed_in_where_it_is(desk: Driver) -> None:
    followup_id = a_call(desk)
    await desk.open(followup_id)
    desk.type("notes", "half a sentence")
    before = await settled(desk)
    await field_conflicts(desk, followup_id, notes="their notes", status="on_hold")
    await until(lambda: desk.editor.conflicts.isVisible() and desk.editor.conflicts.height() > 50)
    await until(lambda: height_of(desk, "notes") == before)
    assert desk.field("notes").hasFocus()
    desk.press(Qt.Key.Key_X)
    assert desk.text("notes") == "half a sentencex"
    assert height_of(desk, "notes") == before


async def test_a_conflict_that_comes_with_a_letter_leaves_the_notes_where_they_are(
    desk: Driver,
) -> None:
    """The caret was followed first, and the same way was gone twice."""
    await desk.open(a_call(desk))
    assert desk.desk.engine is not None
    await desk.desk.engine.stop()
    desk.type("notes", "half a sentence")
    desk.save()
    before = await settled(desk)
    (entry,) = desk.store.outbox.entries()
    theirs = (("summary", "Never signed"), ("notes", "Dispute: he never signed. " * 9))
    desk.store.outbox.need_attention(entry, Refusal(RefusalKind.CONFLICT, theirs=theirs))
    notes = desk.field("notes")
    assert isinstance(notes, QPlainTextEdit)
    notes.moveCursor(QTextCursor.MoveOperation.Start)
    await until(lambda: desk.editor.conflicts.isVisible() and desk.editor.conflicts.height() > 50)
    assert abs(await settled(desk) - before) <= 2
    assert desk.field("notes").height() < desk.editor.height()


async def test_another_followup_is_shown_from_its_top(desk: Driver) -> None:
    await desk.open(a_call(desk))
    desk.type("notes", "words")
    desk.save()
    await desk.saved()
    await desk.open(str(desk.sandbox.some(type="email")["id"]))
    await settled(desk)
    assert desk.editor._scroll.verticalScrollBar().value() == 0


async def test_what_waits_does_not_move_the_window(desk: Driver) -> None:
    await desk.open(a_call(desk))
    bar = desk.desk.window.statusBar()
    before = bar.height()
    desk.sandbox.fault("PUT * status=503")
    desk.type("summary", "a word")
    desk.save()
    waits = bar.findChild(QPushButton, "outbox")
    await until(lambda: waits is not None and waits.isVisible())
    await settled(desk)
    assert bar.height() == before


async def test_an_empty_search_says_so_after_the_list_was_scrolled(desk: Driver) -> None:
    view = desk.panel.view
    view.scrollToBottom()
    desk.desk.window.search_field.setText("zzzqq")
    await until(lambda: desk.table.rowCount() == 0)
    words = next(one for one in view.findChildren(QLabel) if one.text() == "No followup matches.")
    assert words.isVisible() and not words.visibleRegion().isEmpty()
    assert view.viewport().rect().contains(words.mapTo(view, words.rect().center()))


async def test_escape_leaves_the_search(desk: Driver) -> None:
    followup_id = a_call(desk)
    await desk.open(followup_id)
    field = desk.desk.window.search_field
    desk.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert field.hasFocus()
    field.setText("zzzqq")
    await until(lambda: desk.table.rowCount() == 0)
    desk.press(Qt.Key.Key_Escape)
    assert field.text() == ""
    assert desk.panel.view.hasFocus()
    await until(lambda: desk.panel.current_id == followup_id)
    assert desk.session.followup_id == followup_id


async def test_down_in_the_search_goes_to_the_first_hit(desk: Driver) -> None:
    desk.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    desk.press(Qt.Key.Key_Down)
    assert desk.panel.view.hasFocus()
    desk.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    desk.desk.window.search_field.setText("a")
    desk.press(Qt.Key.Key_Down)
    assert desk.panel.view.hasFocus()
    assert desk.session.followup_id == desk.table.row_at(0).id


async def test_whose_followup_it_is_stays_in_sight(desk: Driver) -> None:
    desk.desk.window.resize(1366, 500)  # where the form has to be scrolled
    await desk.open(a_call(desk))
    await settled(desk)
    whose, bar = desk.editor.whose, desk.editor._scroll.verticalScrollBar()
    assert whose.isHidden()
    bar.setValue(bar.maximum())
    assert whose.isVisible()
    assert whose.text() == desk.editor.debt.title.text() != ""
    bar.setValue(0)
    assert whose.isHidden()


async def test_the_line_that_is_typed_is_in_sight(desk: Driver) -> None:
    desk.desk.window.resize(1366, 640)
    await desk.open(a_call(desk))
    notes = desk.field("notes")
    assert isinstance(notes, QPlainTextEdit)
    desk.type("notes", "")
    view = desk.editor._scroll.viewport()
    for _ in range(9):
        desk.press(Qt.Key.Key_X)
        desk.press(Qt.Key.Key_Return)
        await settled(desk)
        line = notes.cursorRect()
        ends = notes.viewport().mapTo(view, line.bottomLeft()).y()
        assert line.height() <= ends <= view.height()


def top_of(desk: Driver, widget: QWidget) -> QPoint:
    """Where a widget begins in the window."""
    return widget.mapTo(desk.desk.window, QPoint())


async def test_no_strip_moves_a_row_a_field_or_a_button(desk: Driver) -> None:
    await desk.open(a_call(desk))
    await settled(desk)
    window = desk.desk.window
    watched: list[QWidget] = [
        desk.panel.view.viewport(),
        desk.editor.outcome_bar,
        desk.editor.bar.save_button,
        desk.field("notes"),
        window.search_field,
        window.statusBar(),
    ]
    view = desk.panel.view
    view.scrollToTop()  # the row that is open is far below
    before = [top_of(desk, one) for one in watched]
    first = view.visualRect(desk.table.index(0, 0))
    for strip in (window.banner, window.notice, window.reminder):
        strip.say(
            "Something that somebody has to know about " * 3, action="Try again", second="Close"
        )
    desk.editor.banner.show_store_error("The disk is full " * 4)
    await settled(desk)
    assert window.banner.isVisible() and desk.editor.banner.isVisible()
    assert [top_of(desk, one) for one in watched] == before
    assert desk.panel.view.visualRect(desk.table.index(0, 0)) == first


async def test_the_refresh_button_keeps_its_width_while_it_loads(desk: Driver) -> None:
    window = desk.desk.window
    before = window.search_field.geometry()
    window.actions_["refresh"].setText(window._tools._refresh_words(loading=True))
    await settled(desk)
    assert window.search_field.geometry() == before


async def test_a_click_that_was_meant_for_a_row_answers_no_strip(
    desk: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    banner, answered = desk.desk.window.notice, []
    banner.say("A strip", action="Delete all", act=lambda: answered.append(1))
    monkeypatch.setattr(banner._button, "underMouse", lambda: True)
    banner._button.click()
    assert not answered
    await until(lambda: banner._shown_for.hasExpired(UNSEEN_MS))
    banner._button.click()
    assert answered
