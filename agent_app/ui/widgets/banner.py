"""A message across an area: what happened, and what to do about it."""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from agent_app.ui.widgets.announce import announce
from agent_app.ui.widgets.restyle import restyle
from agent_app.ui.widgets.theme import Theme
from agent_app.ui.widgets.words_label import WordsLabel

NARROW = 520
"""Below this width the buttons are under the words (pixels)."""
UNSEEN_MS = 350
"""A click so soon after it came in was meant for what was there before (milliseconds)."""


class Banner(QFrame):
    """Hidden until it has something to say; says it to screen readers too."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Banner")
        self._theme = theme
        self._tone = "info"
        self._act: Callable[[], None] = lambda: None
        self._picture = QLabel()
        self._words = WordsLabel()
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._button = QPushButton()
        self._button.clicked.connect(self._on_button)
        self._second = QPushButton()
        self._second.clicked.connect(self._on_second)
        self._act_second: Callable[[], None] = lambda: None
        self._shown_for = QElapsedTimer()
        said = QHBoxLayout()
        said.setSpacing(10)
        said.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(self._words, 1)
        self._buttons = QWidget()
        buttons = QHBoxLayout(self._buttons)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.addStretch(1)
        buttons.addWidget(self._second)
        buttons.addWidget(self._button)
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._parts.setContentsMargins(12, 8, 8, 8)
        self._parts.setSpacing(10)
        self._parts.addLayout(said, 1)
        self._parts.addWidget(self._buttons, 0, Qt.AlignmentFlag.AlignTop)
        theme.changed.connect(self._paint)
        self.hide()

    def say(
        self,
        words: str,
        *,
        tone: str = "info",
        action: str = "",
        act: Callable[[], None] = lambda: None,
        second: str = "",
        act_second: Callable[[], None] = lambda: None,
    ) -> None:
        """Show *words* ("": hide) in the tone "info", "warning" or "error"; up to two actions."""
        self._act, self._act_second = act, act_second
        self._second.setText(second)
        self._second.setVisible(bool(second))
        self._button.setText(action)
        self._button.setVisible(bool(action))
        self._buttons.setVisible(bool(action or second))
        changed = words != self._words.text()
        self._words.setText(words)
        self._tone = tone
        self._paint()
        if self.isHidden():
            self._shown_for.start()
        self.setVisible(bool(words))
        if words and changed:
            announce(self, words)

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text() if not self.isHidden() else ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words and buttons side by side, where there is room for both."""
        super().resizeEvent(event)
        fit_side_by_side(self._parts, self.width())

    def _on_button(self) -> None:
        if self._is_meant():
            self._act()

    def _on_second(self) -> None:
        if self._is_meant():
            self._act_second()

    def _is_meant(self) -> bool:
        """Return whether a click can be an answer to what is said. A press of a key always is."""
        under_mouse = self._button.underMouse() or self._second.underMouse()
        return not under_mouse or self._shown_for.hasExpired(UNSEEN_MS)

    def _paint(self) -> None:
        if not self._words.text():
            return  # nobody sees it
        self.setProperty("tone", self._tone)
        for widget in (self, self._words):
            restyle(widget)
        icon, colour = {
            "warning": ("warning", "warning"),
            "error": ("warning", "error"),
        }.get(self._tone, ("info", "accent"))
        self._picture.setPixmap(self._theme.icon(icon, colour).pixmap(QSize(20, 20)))


def fit_side_by_side(parts: QBoxLayout, width: int) -> None:
    """Put words and buttons side by side, where a strip of this *width* (pixels) has room for both."""
    way = QBoxLayout.Direction
    parts.setDirection(way.TopToBottom if width < NARROW else way.LeftToRight)
