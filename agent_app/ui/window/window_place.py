"""Where the window is: as it was left, or fitting the screen; and how it comes to the front."""

from PySide6.QtCore import QByteArray, QRect, QSettings, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow

from agent_app.domain.part import Part

PART = "part"
"""Says in the window's own file which of several begun together it is ("1 of 3"), at its first start."""
LEAST_WIDTH, FRAME = 900, 40
"""No window is narrower; so much is left above and below for its frame (pixels)."""


def first_size(room: QSize) -> QSize:
    """Return how large the window is at its first start, where the screen has that *room*: not so wide that
    the eye wanders, and with room for the frame."""
    return QSize(min(1600, room.width() * 9 // 10), min(1000, room.height() * 9 // 10))


def place_of(part: Part, screen: QRect) -> QRect:
    """Return where one of several windows stands that are begun side by side: each with a part of the screen,
    over one another's edge where that is too narrow."""
    width = min(max(screen.width() // part.whole, LEAST_WIDTH), screen.width())
    free = screen.width() - width
    left = free * (part.number - 1) // max(part.whole - 1, 1)
    return QRect(screen.left() + left, screen.top() + FRAME, width, screen.height() - 2 * FRAME)


def is_small(room: QSize) -> bool:
    """Return whether the desk needs the whole screen."""
    return room.width() < 1500 or room.height() < 860


def restore_place(window: QMainWindow, keep: QSettings) -> None:
    """Put the window where it was, or where it fits."""
    geometry = keep.value("geometry")
    if not (isinstance(geometry, QByteArray) and window.restoreGeometry(geometry)):
        screen = QGuiApplication.primaryScreen()
        room, part = screen.availableSize(), Part.read(str(keep.value(PART, "")))
        if part is not None:
            window.setGeometry(place_of(part, screen.availableGeometry()))
            return
        window.resize(first_size(room))
        if is_small(room):
            window.setWindowState(Qt.WindowState.WindowMaximized)


def ask_for_attention(window: QMainWindow) -> None:
    """Have the window be seen, and leave the keyboard to whoever has it."""
    if window.isActiveWindow():
        return
    if window.isMinimized() or not window.isVisible():
        window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, on=False)
    window.raise_()
    QApplication.alert(window)


def come_to_front(window: QMainWindow) -> None:
    """Show the window, and give it the keyboard."""
    if window.isMinimized():
        window.showNormal()
    window.show()
    window.raise_()
    window.activateWindow()
