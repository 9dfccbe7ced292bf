"""The usual call on a screen of 1366 by 768: all that it takes is in sight at once."""

from functools import partial

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from tests.ui.conftest import Driver
from tests.waiting import until

pytestmark = pytest.mark.anyio

SCREEN = (1366, 768)
LINES = 10


def place_of(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint()), widget.size())


def lines_of(notes: QPlainTextEdit) -> int:
    """How many lines of text a field shows whole."""
    inside = notes.viewport().height() - 2 * notes.document().documentMargin()
    return int(inside // notes.fontMetrics().lineSpacing())


def in_sight(desk: Driver, widget: QWidget) -> bool:
    """Whether a widget is shown whole, and nothing lies over it."""
    window = desk.desk.window
    seen = widget.visibleRegion().boundingRect()
    return (
        widget.isVisible()
        and seen == widget.rect()
        and window.rect().contains(place_of(widget, window))
    )


def usual(desk: Driver) -> list[QWidget]:
    editor = desk.editor
    names = ("status", "type", "call_date", "scheduled_at", "summary", "notes", "next_call")
    outcomes = [editor.outcome_bar.buttons[one] for one in editor.outcome_bar.offer.usual]
    return [
        *(desk.field(name) for name in names),
        *outcomes,
        editor.outcome_bar.more,
        editor.debt.title,
        editor.debt.call,
        editor.history.events,
        editor.history.pinned,
        editor.bar.save_button,
        editor.bar.next_button,
    ]


def a_call(desk: Driver) -> str:
    """A call to be made, for a debt that has a history."""
    rows = desk.sandbox.api("GET", "/followups?limit=100&type=call&status=scheduled")[1]["data"]
    return str(next(one["id"] for one in rows if _others(desk, one["debt_id"]) > 1))


def _others(desk: Driver, debt_id: str) -> int:
    return int(desk.sandbox.api("GET", f"/followups/debt/{debt_id}")[1]["pagination"]["total"])


async def opened(desk: Driver) -> None:
    desk.desk.window.resize(*SCREEN)
    await desk.open(a_call(desk))
    await until(lambda: desk.editor.history.events.count() > 0)


async def test_the_usual_call_needs_no_scrolling(desk: Driver) -> None:
    await opened(desk)
    notes = desk.field("notes")
    assert isinstance(notes, QPlainTextEdit)
    bar = desk.editor._scroll.verticalScrollBar()
    await until(lambda: bar.maximum() == 0)
    for widget in usual(desk):
        await until(partial(in_sight, desk, widget))
    assert lines_of(notes) >= LINES


async def test_the_outcome_and_the_next_call_need_none_either(desk: Driver) -> None:
    await opened(desk)
    desk.panel.view.setFocus()
    desk.press(Qt.Key.Key_2)
    assert desk.field("next_call").hasFocus()
    for widget in usual(desk):
        await until(partial(in_sight, desk, widget))
    desk.session.discard()


async def test_a_taller_window_gives_the_notes_what_is_free(desk: Driver) -> None:
    await opened(desk)
    notes = desk.field("notes")
    assert isinstance(notes, QPlainTextEdit)
    before = notes.height()
    desk.desk.window.resize(1366, 1068)
    await until(lambda: notes.height() >= before + 290)
    assert desk.editor._scroll.verticalScrollBar().maximum() == 0


async def test_the_player_and_the_notes_are_in_sight_together(desk: Driver) -> None:
    desk.desk.window.resize(*SCREEN)
    rows = desk.sandbox.api("GET", "/followups?limit=100&type=call")[1]["data"]
    await desk.open(next(one["id"] for one in rows if one.get("audio_url")))
    desk.field("notes").setFocus()
    for widget in (desk.editor.player.play, desk.editor.player.slider, desk.field("notes")):
        await until(partial(in_sight, desk, widget))
    assert not desk.field("audio_url").isVisible()  # the raw link is folded away
