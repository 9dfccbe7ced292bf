"""One act a press: held keys, doubled clicks, and a wheel that only scrolls."""

from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QScrollBar,
    QTabBar,
    QWidget,
)

from agent_app.ui.widgets.keys import may_repeat
from tests.ui.conftest import Driver
from tests.ui.hands import click, key, let_go, turn_wheel, window_of
from tests.waiting import until

pytestmark = pytest.mark.anyio

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


def a_call(desk: Driver) -> str:
    return str(desk.sandbox.some(type="call", status="scheduled")["id"])


async def test_no_action_goes_on_while_its_keys_are_held(desk: Driver) -> None:
    actions = desk.desk.window.actions_.everything()
    assert len(actions) > 40
    go_on = ("previous", "next", "bigger", "smaller")
    for action in actions:
        assert action.autoRepeat() is (action.objectName() in go_on), action.text()


async def test_a_held_outcome_writes_nothing_into_the_next_field(desk: Driver) -> None:
    await desk.open(a_call(desk))
    desk.panel.view.setFocus()
    window = window_of(desk.panel)
    key(window, Key.Key_2, "2")
    assert desk.field("next_call").hasFocus()
    said = desk.text("next_call")
    for _ in range(10):
        key(window, Key.Key_2, "2", held=True)
    assert desk.text("next_call") == said
    desk.session.discard()


async def test_a_key_that_x_lets_go_and_presses_at_once_is_held(desk: Driver) -> None:
    await desk.open(a_call(desk))
    desk.panel.view.setFocus()
    window = window_of(desk.panel)
    key(window, Key.Key_2, "2", at=3_000_000)
    for at in range(3_000_600, 3_001_000, 40):
        let_go(window, Key.Key_2, "2", at=at)
        assert key(window, Key.Key_2, "2", at=at)  # taken, and written nowhere
    desk.session.discard()


@pytest.mark.parametrize(
    ("pressed", "modifiers"),
    [
        (Key.Key_D, CONTROL), (Key.Key_Return, CONTROL | SHIFT), (Key.Key_Return, CONTROL),
        (Key.Key_N, CONTROL), (Key.Key_F8, Qt.KeyboardModifier.NoModifier),
        (Key.Key_Return, Qt.KeyboardModifier.NoModifier), (Key.Key_V, CONTROL),
        (Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
        (Key.Key_3, Qt.KeyboardModifier.AltModifier),
    ],
)  # fmt: skip
async def test_what_is_held_acts_once(
    desk: Driver, pressed: Key, modifiers: Qt.KeyboardModifier
) -> None:
    await desk.open(a_call(desk))
    desk.field("summary").setFocus()
    window = window_of(desk.panel)
    for _ in range(3):  # taken, and given to nobody
        assert key(window, pressed, "", modifiers, held=True)


@pytest.mark.parametrize(
    ("pressed", "text", "modifiers"),
    [
        (Key.Key_A, "a", Qt.KeyboardModifier.NoModifier),
        (Key.Key_2, "2", Qt.KeyboardModifier.NoModifier),
        (Key.Key_Backspace, "\b", Qt.KeyboardModifier.NoModifier),
        (Key.Key_Left, "", CONTROL), (Key.Key_Z, "", CONTROL), (Key.Key_Plus, "+", CONTROL),
        (Key.Key_Down, "", CONTROL),
    ],
)  # fmt: skip
async def test_typing_moving_and_undo_go_on(
    desk: Driver, pressed: Key, text: str, modifiers: Qt.KeyboardModifier
) -> None:
    await desk.open(a_call(desk))
    field = desk.field("notes")
    field.setFocus()
    window = window_of(field)
    key(window, pressed, text, modifiers)
    held = QKeyEvent(QEvent.Type.KeyPress, pressed, modifiers, text, True)
    assert may_repeat(held, field)
    desk.session.discard()


async def test_a_doubled_click_acts_once(desk: Driver) -> None:
    await desk.open(a_call(desk))
    called: list[str] = []
    desk.editor.debt.call_wanted.connect(called.append)
    desk.editor.debt.call_wanted.disconnect(desk.editor.dialling.call)
    button = desk.editor.debt.call
    await until(lambda: button.isVisible() and button.isEnabled())
    click(button, at=1_000)
    click(button, at=1_150)
    assert len(called) == 1
    click(button, at=9_000)
    assert len(called) == 2


def with_values(top: QWidget) -> list[QWidget]:
    found: list[QWidget] = []
    for kind in (QComboBox, QAbstractSpinBox, QAbstractSlider, QTabBar):
        found += [
            one
            for one in top.findChildren(kind)
            if one.isVisible() and not one.visibleRegion().isEmpty()
            and not isinstance(one, QScrollBar)
        ]  # fmt: skip
    return found


def value_of(widget: QWidget) -> Any:
    if isinstance(widget, (QComboBox, QTabBar)):
        return widget.currentIndex()
    if isinstance(widget, QAbstractSpinBox):
        return widget.text()
    assert isinstance(widget, QAbstractSlider)
    return widget.value()


def assert_the_wheel_changes_nothing(top: QWidget) -> int:
    found = with_values(top)
    for one in found:
        for focus in (False, True):
            if focus:
                one.setFocus()
            before = value_of(one)
            turn_wheel(one)
            turn_wheel(one, 120)
            turn_wheel(one, 120)
            assert value_of(one) == before, one
    return len(found)


async def test_the_wheel_changes_no_value_in_the_window(desk: Driver) -> None:
    await desk.open(a_call(desk))
    assert assert_the_wheel_changes_nothing(desk.desk.window) >= 4


async def test_the_wheel_changes_no_value_in_a_dialog(desk: Driver) -> None:
    desk.form_desk.ask_settings()
    dialog = next(
        one
        for one in QApplication.topLevelWidgets()
        if isinstance(one, QDialog) and one.isVisible()
    )
    await until(lambda: QGuiApplication.focusWindow() is window_of(dialog))
    found = 0
    for tab in range(dialog._tabs.count()):  # type: ignore[attr-defined]
        dialog._tabs.setCurrentIndex(tab)  # type: ignore[attr-defined]
        found += assert_the_wheel_changes_nothing(dialog)
    assert found >= 5
    dialog.reject()


async def test_the_wheel_scrolls_the_form_from_over_a_choice(desk: Driver) -> None:
    desk.desk.window.resize(1000, 560)
    await desk.open(a_call(desk))
    bar = desk.editor._scroll.verticalScrollBar()
    await until(lambda: bar.maximum() > 0)
    field = desk.field("status")
    desk.editor._scroll.ensureWidgetVisible(field)
    before = bar.value()
    turn_wheel(field, -120)
    turn_wheel(field, -120)
    assert bar.value() > before or before == bar.maximum()


@pytest.mark.parametrize("letter", [Key.Key_O, Key.Key_C])
async def test_a_letter_in_a_choice_is_no_shortcut(desk: Driver, letter: Qt.Key) -> None:
    await desk.open(a_call(desk))
    desk.field("status").setFocus()
    window = window_of(desk.desk.window)
    assert key(window, letter, chr(letter).lower())  # no shortcut is tried
    desk.panel.view.setFocus()
    assert not key(window, letter, chr(letter).lower())  # there it is one
    desk.session.discard()
