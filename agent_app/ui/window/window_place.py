"""Where the window is: as it was left, or fitting the screen; and how it comes to the front."""

from PySide6.QtCore import QByteArray, QSettings, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow


def first_size(room: QSize) -> QSize:
    """Return how large the window is at its first start, where the screen has that *room*: not so wide that
    the eye wanders, and with room for the frame."""
    return QSize(min(1600, room.width() * 9 // 10), min(1000, room.height() * 9 // 10))


def is_small(room: QSize) -> bool:
    """Return whether the desk needs the whole screen."""
    return room.width() < 1500 or room.height() < 860


def restore_place(window: QMainWindow, keep: QSettings) -> None:
    """Put the window where it was, or where it fits."""
    geometry = keep.value("geometry")
    if not (isinstance(geometry, QByteArray) and window.restoreGeometry(geometry)):
        room = QGuiApplication.primaryScreen().availableSize()
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
