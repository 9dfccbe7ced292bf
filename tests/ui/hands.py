"""Keys, clicks and the wheel as the window system hands them over: to the window, not to a widget."""

from itertools import count

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget

NONE = Qt.KeyboardModifier.NoModifier
_clock = count(1_000_000, 10_000)
"""Milliseconds; each press is long after the one before, unless a test says otherwise."""


def window_of(widget: QWidget) -> QWindow:
    handle = widget.window().windowHandle()
    assert handle is not None
    return handle


def key(
    window: QWindow,
    key: Qt.Key,
    text: str = "",
    modifiers: Qt.KeyboardModifier = NONE,
    *,
    place: int = 0,
    virtual: int = 0,
    held: bool = False,
    at: int = 0,
) -> bool:
    """Press a key as X does; says whether something took it before a widget or a shortcut did.

    *place* is the native code of the key, *virtual* its virtual one; *held*: it is repeated; *at*
    when (milliseconds).
    """
    at = at or next(_clock)

    def event(kind: QEvent.Type) -> QKeyEvent:
        made = QKeyEvent(kind, key, modifiers, place, virtual, 0, text, held)
        made.setTimestamp(at)
        made.ignore()
        return made

    asked = event(QEvent.Type.ShortcutOverride)
    QApplication.sendEvent(window, asked)
    if not asked.isAccepted():
        # Only Qt itself can try a shortcut, and does so for a key that it is given whole.
        return False
    pressed = event(QEvent.Type.KeyPress)
    QApplication.sendEvent(window, pressed)
    return True


def let_go(window: QWindow, key: Qt.Key, text: str = "", *, at: int) -> None:
    """Let a key go."""
    event = QKeyEvent(QEvent.Type.KeyRelease, key, NONE, 0, 0, 0, text)
    event.setTimestamp(at)
    QApplication.sendEvent(window, event)


def turn_wheel(widget: QWidget, by: int = -120) -> None:
    """Turn the wheel over a widget."""
    place = widget.mapTo(widget.window(), widget.rect().center())
    event = QWheelEvent(
        QPointF(place),
        QPointF(widget.mapToGlobal(widget.rect().center())),
        QPoint(),
        QPoint(0, by),
        Qt.MouseButton.NoButton,
        NONE,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(window_of(widget), event)


def click(widget: QWidget, *, at: int) -> None:
    """A click on a widget, at its middle, at a time (milliseconds)."""
    place = QPointF(widget.mapTo(widget.window(), widget.rect().center()))
    over = QPointF(widget.mapToGlobal(widget.rect().center()))
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    for kind, buttons in (
        (QEvent.Type.MouseButtonPress, left),
        (QEvent.Type.MouseButtonRelease, none),
    ):
        event = QMouseEvent(kind, place, over, left, buttons, NONE)
        event.setTimestamp(at)
        QApplication.sendEvent(window_of(widget), event)
