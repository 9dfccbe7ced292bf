"""What a key means on any keyboard: which digit it stands for, and whether holding it may repeat it.

French, Czech, Slovak, Lithuanian … layouts have letters or signs where others have digits. The key
itself is known by its place, which each system tells in its own way.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

Key, Modifier = Qt.Key, Qt.KeyboardModifier
OWN_DIGITS = "own_digits"
"""The property of a widget that uses digits itself."""

_MAC_KEYS = {18: 1, 19: 2, 20: 3, 21: 4, 23: 5, 22: 6, 26: 7, 28: 8, 25: 9, 29: 0}
"""Virtual key codes of the digit row (kVK_ANSI_1 …)."""
_KEYPAD_WITHOUT_NUMLOCK = {
    Key.Key_Insert: 0, Key.Key_End: 1, Key.Key_Down: 2, Key.Key_PageDown: 3, Key.Key_Left: 4,
    Key.Key_Clear: 5, Key.Key_Right: 6, Key.Key_Home: 7, Key.Key_Up: 8, Key.Key_PageUp: 9,
}  # fmt: skip
_MOVING = frozenset(
    {
        Key.Key_Up, Key.Key_Down, Key.Key_Left, Key.Key_Right, Key.Key_PageUp, Key.Key_PageDown,
        Key.Key_Home, Key.Key_End, Key.Key_Tab, Key.Key_Backtab,
    }
)  # fmt: skip
_ERASING = frozenset({Key.Key_Backspace, Key.Key_Delete})
_RETURN = frozenset({Key.Key_Return, Key.Key_Enter})
_SIZING = frozenset({Key.Key_Plus, Key.Key_Minus, Key.Key_Equal, Key.Key_Underscore})
_UNDOING = frozenset({Key.Key_Z, Key.Key_Y})
"""Undo and redo of a text."""


def digit_of(event: QKeyEvent, platform: str) -> int:
    """Return the digit that a key stands for, whatever its layout writes with it, or -1. *platform* is Qt's
    name of the window system."""
    key, modifiers = Key(event.key()), event.modifiers()
    if Key.Key_0 <= key <= Key.Key_9:
        return int(key) - int(Key.Key_0)
    text = event.text()
    if len(text) == 1 and text.isascii() and text.isdigit():
        return int(text)
    if modifiers & Modifier.KeypadModifier and key in _KEYPAD_WITHOUT_NUMLOCK:
        return _KEYPAD_WITHOUT_NUMLOCK[key]
    if modifiers & Modifier.ShiftModifier:  # then the layout decides, and it wrote no digit
        return -1
    return _digit_by_place(event, platform)


def _digit_by_place(event: QKeyEvent, platform: str) -> int:
    if platform == "cocoa":
        return _MAC_KEYS.get(event.nativeVirtualKey(), -1)
    # The digit row is 2 … 11 by Windows' scan codes and evdev's codes; X adds 8 to those.
    if platform == "windows":
        place = event.nativeScanCode() - 2
    elif platform.startswith("wayland") or platform == "xcb":
        place = event.nativeScanCode() - 10
    else:
        return -1
    return (place + 1) % 10 if 0 <= place <= 9 else -1


def may_repeat(event: QKeyEvent, focus: QWidget | None) -> bool:
    """Return whether holding a key goes on: moving, typing, erasing, undo in a text, text size."""
    key, modifiers = Key(event.key()), event.modifiers()
    held = modifiers & ~(Modifier.KeypadModifier | Modifier.ShiftModifier)
    in_text = takes_text(focus)
    if key in _MOVING:
        return not modifiers & Modifier.AltModifier
    if held == Modifier.ControlModifier:
        return key in _SIZING or (in_text and key in (_ERASING | _UNDOING))
    if held & ~Modifier.GroupSwitchModifier:
        return False
    if key in _RETURN:
        return isinstance(focus, (QPlainTextEdit, QTextEdit)) and not modifiers
    return in_text and (key in _ERASING or (bool(event.text()) and event.text().isprintable()))


def chooses_by_letter(event: QKeyEvent, focus: QWidget | None) -> bool:
    """Return whether a letter is for the choice that has the keyboard: it goes to what begins with it."""
    held = Modifier.ControlModifier | Modifier.AltModifier | Modifier.MetaModifier
    return isinstance(focus, QComboBox) and event.text().isalpha() and not event.modifiers() & held


def takes_text(widget: QWidget | None) -> bool:
    """Return whether letters that are typed are written there."""
    if isinstance(widget, (QPlainTextEdit, QTextEdit, QLineEdit, QAbstractSpinBox)):
        return True
    if isinstance(widget, QComboBox):
        return widget.isEditable()
    return QApplication.activePopupWidget() is not None
