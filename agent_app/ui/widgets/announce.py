"""Saying things to people who do not see the window.

Qt has an event for that, which Orca speaks from version 45 on. Every Orca speaks the description of what
has the focus when that changes. So on Linux, where Orca reads, a text comes by that way alone (it would be
said twice otherwise), and after a moment: where the focus moves too, Orca falls silent for the new place
first. Orca 43.1 was heard to say the rows, the outcome, "Saved" with whose it was, a wrong value, a call and
the lost network (27 November 2026, its log of speech); a field's own description, such as what is wrong
there, it says again after the news.
"""

from functools import partial
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

AFTER_MS = 150
"""How long after the text what has the focus is asked for (milliseconds)."""
WITH_ORCA = frozenset({"xcb", "wayland"})


@runtime_checkable
class Describing(Protocol):
    """A view whose current cell has a description for as long as that is told."""

    def describe(self, text: str) -> None:
        """Tell *text* as the description of the current cell."""


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say *text*; without one this does nothing."""
    from PySide6.QtGui import (
        QAccessible,  # its enumerations take 5 ms, and nothing is said before there are rows
    )

    if not text or not QAccessible.isActive():
        return
    if QGuiApplication.platformName() in WITH_ORCA:
        QTimer.singleShot(AFTER_MS, widget, partial(_describe, widget, text))
    else:
        _announce(widget, text)


def _announce(widget: QWidget, text: str) -> None:
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # as in `announce`

    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


def _describe(widget: QWidget, text: str) -> None:
    """Tell *text* where the focus is; what its description has told already is not said again."""
    focus = QApplication.focusWidget()
    if isinstance(focus, Describing):
        focus.describe(text)
    elif focus is None or isinstance(focus, QAbstractItemView):
        _announce(widget, text)
    elif not (before := focus.accessibleDescription()) or before not in text:
        focus.setAccessibleDescription(text)
        focus.setAccessibleDescription(before)
