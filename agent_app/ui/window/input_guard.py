"""One act a press: what a hand does by accident does nothing, in every window of the program.

A key that is held acts once, unless it moves, types or erases where it was pressed. A doubled click
on a button acts once. The wheel scrolls; it changes no value on its way. Events are seen where they
enter a window (its QWindow), which costs nothing while widgets paint.
"""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QWheelEvent, QWindow
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QPushButton,
    QScrollBar,
    QTabBar,
    QWidget,
)
from shiboken6 import isValid

from agent_app.ui.widgets.keys import chooses_by_letter, may_repeat
from agent_app.ui.window.digit_keys import DigitKeys

KEYS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
WINDOWS = (Qt.WindowType.Window, Qt.WindowType.Dialog)
"""Tool tips and popups come and go by themselves, and are none to guard."""
WITH_VALUES = (QComboBox, QAbstractSpinBox, QAbstractSlider, QTabBar)
"""What changes by the wheel."""


class InputGuard(QObject):
    """Guards all windows until `close`. *digits* are asked first about a key that was pressed."""

    def __init__(self, digits: DigitKeys) -> None:
        super().__init__()
        self._digits = digits
        self._pressed: tuple[int, QWidget | None] = (0, None)
        """The key that was pressed last, and where."""
        self._released = (0, 0)
        """The key that was let go last, and when (milliseconds)."""
        self._is_taken = False
        self._clicked: tuple[QWidget | None, int] = (None, 0)
        """The button that was pressed last, and when (milliseconds)."""
        self._is_double = False
        self._watched: set[QWindow] = set()
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        self._app = app
        app.focusWindowChanged.connect(self._watch)
        self._watch()

    def _watch(self, _window: QWindow | None = None) -> None:
        self._digits.forget()
        self._watched = {one for one in self._watched if isValid(one)}
        for window in QGuiApplication.topLevelWindows():
            if window not in self._watched and window.type() in WINDOWS:
                self._watched.add(window)
                window.installEventFilter(self)

    def close(self) -> None:
        """Guard no more."""
        self._app.focusWindowChanged.disconnect(self._watch)
        for window in filter(isValid, self._watched):
            window.removeEventFilter(self)
        self._watched.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Return every key, click and turn of the wheel comes by."""
        kind = event.type()
        if kind in KEYS and isinstance(event, QKeyEvent):
            return self._on_key(event)
        if kind == QEvent.Type.KeyRelease and isinstance(event, QKeyEvent):
            self._released = (event.key(), event.timestamp())
            self._digits.let_go(event)
            return False
        if kind in PRESSES or kind == QEvent.Type.MouseButtonRelease:
            return isinstance(event, QMouseEvent) and self._on_mouse(watched, event)
        if kind == QEvent.Type.Wheel and isinstance(event, QWheelEvent):
            return self._on_wheel(watched, event)
        return False

    # -- keys

    def _on_key(self, event: QKeyEvent) -> bool:
        """Qt asks first who wants a key (ShortcutOverride), then tries shortcuts, then sends the key.
        What is taken at the first question comes by a second time, and ends there."""
        if event.type() == QEvent.Type.ShortcutOverride:
            self._is_taken = self._takes(event)
            keeps = self._is_taken or chooses_by_letter(event, QApplication.focusWidget())
            if keeps:  # no shortcut is tried
                event.accept()
            return keeps
        taken, self._is_taken = self._is_taken, False
        if taken:
            event.accept()
        return taken

    def _takes(self, event: QKeyEvent) -> bool:
        focus = QApplication.focusWidget()
        if self._is_held(event):
            key, where = self._pressed
            moved = key != event.key() or (where is not focus and event.key() not in TABS)
            return moved or not may_repeat(event, focus)
        self._pressed = (event.key(), focus)
        return self._digits.take(event)

    def _is_held(self, event: QKeyEvent) -> bool:
        """X tells a held key as let go and pressed at once, and Qt does not always see that."""
        key, at = self._released
        at_once = event.timestamp() and key == event.key() and event.timestamp() - at in (0, 1)
        return event.isAutoRepeat() or bool(at_once)

    # -- the mouse

    def _on_mouse(self, window: QObject, event: QMouseEvent) -> bool:
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        if event.type() == QEvent.Type.MouseButtonRelease:
            double, self._is_double = self._is_double, False
            return double
        if QApplication.activePopupWidget() is not None:
            return False
        button = _within(_widget_at(window, event.position()), (QPushButton,))
        if event.type() == QEvent.Type.MouseButtonDblClick:
            return self._is_double
        last, at = self._clicked
        self._clicked = (button, event.timestamp())
        quick = event.timestamp() - at < QApplication.doubleClickInterval()
        self._is_double = button is not None and button is last and quick
        return self._is_double

    def _on_wheel(self, window: QObject, event: QWheelEvent) -> bool:
        if QApplication.activePopupWidget() is not None:
            return False
        over = _widget_at(window, event.position())
        with_value = _within(over, WITH_VALUES)
        if with_value is None or isinstance(with_value, QScrollBar):
            return False
        area = _within(with_value.parentWidget(), (QAbstractScrollArea,))
        if isinstance(area, QAbstractScrollArea):
            inside = area.viewport()
            place = inside.mapFromGlobal(event.globalPosition())
            QApplication.sendEvent(
                inside,
                QWheelEvent(
                    place,
                    event.globalPosition(),
                    event.pixelDelta(),
                    event.angleDelta(),
                    event.buttons(),
                    event.modifiers(),
                    event.phase(),
                    event.inverted(),
                ),
            )
        return True


TABS = frozenset({Qt.Key.Key_Tab, Qt.Key.Key_Backtab})


def _widget_at(window: QObject, place: QPointF) -> QWidget | None:
    top = next(
        (one for one in QApplication.topLevelWidgets() if one.windowHandle() is window), None
    )
    return (top.childAt(place.toPoint()) or top) if top is not None else None


def _within(widget: QWidget | None, kinds: tuple[type[QWidget], ...]) -> QWidget | None:
    """Return the widget, or what it stands in, that is one of these kinds."""
    while widget is not None and not isinstance(widget, kinds):
        widget = None if widget.isWindow() else widget.parentWidget()
    return widget
