"""Keeps the keyboard where the person works.

When the widget that has the focus is hidden or disabled, Qt hands the focus to whatever comes next:
a drop-down, the search. The next key is then typed into that. Here it goes back to the place where the
person worked last, on purpose.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


class FocusKeeper(QObject):
    """Serves one window. *is_place* says of a widget whether a person works there, as in the list
    and the fields of the form; *otherwise* gives places for when the last one cannot take keys."""

    def __init__(
        self,
        window: QWidget,
        is_place: Callable[[QWidget], bool],
        otherwise: Callable[[QWidget | None], list[QWidget]],
    ) -> None:
        super().__init__(window)
        self._window, self._is_place, self._otherwise = window, is_place, otherwise
        self._place: QWidget | None = None
        self._left: QWidget | None = None
        """What had the focus when another window took it."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus)

    def settle(self) -> None:
        """Go to where the person worked last."""
        place = self._place if self._place is not None and isValid(self._place) else None
        for one in (place, *self._otherwise(place)):
            if one is not None and _takes_keys(one):
                one.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _on_focus(self, old: QWidget | None, now: QWidget | None) -> None:
        if not isValid(self._window):  # Wayland says so late that a window is gone
            return
        if now is None:
            self._on_nowhere(old)
        elif now.window() is self._window:
            before = self._left if old is None or old.window() is not self._window else old
            self._left = None
            if before is not None and not (isValid(before) and _takes_keys(before)):
                self.settle()
            elif self._is_place(now):
                self._place = now
        elif old is not None and isValid(old) and old.window() is self._window:
            self._left = old

    def _on_nowhere(self, old: QWidget | None) -> None:
        ours = old is not None and isValid(old) and old.window() is self._window
        if ours and self._left is None:
            self._left = old
        if self._window.isActiveWindow() and QApplication.activeModalWidget() is None:
            self.settle()


def _takes_keys(widget: QWidget) -> bool:
    return (
        widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
    )
