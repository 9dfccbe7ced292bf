"""The digits in the main window: alone an outcome, with Alt an outcome from within a text, with Ctrl a
view; a quick run of them is a number that somebody types or scans, and is searched for.

The first digit acts at once. Where another follows faster than a hand that means two acts, the first
act is taken back and both begin a search. A 0 or a + stands for no outcome and begins one at once.
"""

import time

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication

from agent_app.ui.followups.row_view import RowView
from agent_app.ui.widgets.keys import OWN_DIGITS, digit_of, takes_text
from agent_app.ui.widgets.layer import layer_over
from agent_app.ui.window.main_window import MainWindow

RUN_MS = 250
"""Two digits within this time are no two outcomes."""
MAX_VIEWS = 6
"""Ctrl with a number chooses one of so many views."""
MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class DigitKeys:
    """Serves the main window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._last: tuple[int, int] | None = None
        """The outcome's digit that acted last, and when (milliseconds)."""
        self._acts_before = 0
        self._alt_gr = False

    def take(self, event: QKeyEvent) -> bool:
        """Do what a key that was pressed means; says whether it meant anything here."""
        last, self._last = self._last, None
        if event.key() == Qt.Key.Key_AltGr:  # X tells no modifier for it
            self._alt_gr = True
        if not self._serves:
            return False
        held = event.modifiers() & MODIFIERS
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        if self._alt_gr or held & both == both or held & Qt.KeyboardModifier.MetaModifier:
            return False  # AltGr writes signs
        digit = digit_of(event, QGuiApplication.platformName())
        if held == Qt.KeyboardModifier.AltModifier:
            # An outcome that does not fit what is open is no letter of its notes either.
            return digit > 0 and (self._outcome(digit) or takes_text(QApplication.focusWidget()))
        if held == Qt.KeyboardModifier.ControlModifier:
            return digit > 0 and self._view(digit)
        return self._take_plain(event, digit, last)

    def _take_plain(self, event: QKeyEvent, digit: int, last: tuple[int, int] | None) -> bool:
        now = _ms(event)
        if last is not None and digit >= 0 and now - last[1] <= RUN_MS:
            self._take_back()
            self._search(f"{last[0]}{digit}")
            return True
        focus = QApplication.focusWidget()
        if takes_text(focus) or (focus is not None and focus.property(OWN_DIGITS)):
            return False
        if isinstance(focus, RowView) and (digit == 0 or event.text() == "+"):
            self._search(event.text() if event.text() == "+" else "0")
            return True
        if digit > 0 and self._outcome(digit):
            self._last = (digit, now)
            return True
        return False

    def let_go(self, event: QKeyEvent) -> None:
        """A key was let go."""
        if event.key() == Qt.Key.Key_AltGr:
            self._alt_gr = False

    def forget(self) -> None:
        """Another window has the keyboard: what is held is let go there."""
        self._alt_gr = False
        self._last = None

    # -- what they do

    @property
    def _serves(self) -> bool:
        """Whether the person works in the window's list and form."""
        window = self._window
        elsewhere = (
            QApplication.activeModalWidget()
            or QApplication.activePopupWidget()
            or layer_over(window)
        )
        return (
            window.isActiveWindow()
            and window.shows_desk
            and not window.is_covered
            and elsewhere is None
        )

    def _outcome(self, number: int) -> bool:
        outcome = self._window.actions_.outcome_of(number)
        editor = self._window.editor
        if outcome is None or not outcome.isEnabled() or editor is None:
            return False
        self._acts_before = editor.acts
        outcome.trigger()
        return True

    def _take_back(self) -> None:
        editor = self._window.editor
        if editor is not None and editor.acts > self._acts_before:
            editor.undo()

    def _view(self, number: int) -> bool:
        views = list(self._window.actions_.views.values())
        if number > min(len(views), MAX_VIEWS) or not views[number - 1].isEnabled():
            return False
        views[number - 1].trigger()
        return True

    def _search(self, text: str) -> None:
        line = self._window.search_field
        line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        line.setText(text)
        line.deselect()
        line.end(False)


def _ms(event: QKeyEvent) -> int:
    """When the key was pressed (milliseconds): the system's word, however late we come to it."""
    return event.timestamp() or time.monotonic_ns() // 1_000_000
