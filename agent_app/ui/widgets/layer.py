"""A layer: something over the window that takes the keyboard at once and gives it back.

It is a widget of the window, no window of its own: no letter that is typed after its key is lost on the
way to it. Escape, or a click beside it, closes it.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QVBoxLayout, QWidget
from shiboken6 import isValid

EDGE = 24
"""The least room that is left between a layer and the window's edge (pixels)."""
TOP = 72
"""How far below the window's top it begins, where there is room (pixels)."""
CORNER = 6
"""Room at the edge that holds the round corners (pixels)."""
SHADE = 90
"""How dark what is behind it becomes (of 255)."""


class _Shade(QWidget):
    """Darkens what is behind a layer, and takes the clicks there."""

    clicked = Signal()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Darken."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(0, 0, 0, SHADE))

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """A click beside the layer."""
        self.clicked.emit()


class Layer(QFrame):
    """Fill `rows`, then `show_over` its window. It is deleted when it is closed."""

    closed = Signal()

    def __init__(self, window: QWidget, title: str, wanted: QSize) -> None:
        """*wanted* is its size where the window has room for it."""
        self._shade, self._edge = _Shade(window), QFrame(window)
        super().__init__(window)
        self._over, self._wanted = window, wanted
        self._before: QWidget | None = None
        self._is_closed = False
        self.setObjectName("Layer")
        self._edge.setObjectName("LayerEdge")
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title = QLabel(title)
        self.title.setProperty("title", True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(16 - CORNER, 14 - CORNER, 16 - CORNER, 14 - CORNER)
        self.rows.setSpacing(8)
        self._shade.clicked.connect(self.dismiss)
        for part in self._parts:
            part.hide()

    def show_over(self, first: QWidget | None = None) -> None:
        """Show it; *first* gets the keyboard."""
        for other in self._over.findChildren(Layer):
            if other is not self:
                other.dismiss()
        self._before = QApplication.focusWidget()
        self._over.installEventFilter(self)
        self._place()
        for part in self._parts:
            part.show()
            part.raise_()
        (first or self).setFocus(Qt.FocusReason.PopupFocusReason)

    def dismiss(self) -> None:
        """Close it; the keyboard goes back to where it was, if it is not elsewhere by now."""
        if self._is_closed:
            return
        self._is_closed = True
        self._over.removeEventFilter(self)
        focus = QApplication.focusWidget()
        has_focus = focus is None or focus is self or self.isAncestorOf(focus)
        before = self._before
        if has_focus and before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self.closed.emit()

    @property
    def before(self) -> QWidget | None:
        """What had the keyboard before."""
        return self._before

    def event(self, event: QEvent) -> bool:
        """Keys without Ctrl or Alt are its own: no number is an outcome here."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
            if not event.modifiers() & held and not Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes; nothing goes on to what is behind."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window has another size."""
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self._place()
        return False

    @property
    def _parts(self) -> tuple[QWidget, ...]:
        """What it is made of, from below. Its edge is a widget of its own, as its corners are round: with them
        the layer would not be opaque, and Qt would paint all that is behind it whenever a part of it changes
        (8 ms at a key in the palette)."""
        return self._shade, self._edge, self

    def _place(self) -> None:
        room = self._over.size()
        self._shade.setGeometry(self._over.rect())
        top = min(TOP, max(EDGE, (room.height() - self._wanted.height()) // 2))
        size = QSize(
            min(self._wanted.width(), room.width() - 2 * EDGE),
            min(self._wanted.height(), room.height() - top - EDGE),
        )
        whole = QRect(QPoint((room.width() - size.width()) // 2, top), size)
        self._edge.setGeometry(whole)
        self.setGeometry(whole.adjusted(CORNER, CORNER, -CORNER, -CORNER))


def layer_over(window: QWidget) -> Layer | None:
    """Return the layer that is open over a window, if one is."""
    inside = window.findChildren(Layer, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return next((one for one in inside if one.isVisible()), None)
