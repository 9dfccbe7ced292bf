"""Saying things to people who do not see the window."""

from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say *text*; without one this does nothing."""
    if text:
        from PySide6.QtGui import (  # not for the first paint
            QAccessible,
            QAccessibleAnnouncementEvent,
        )

        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
