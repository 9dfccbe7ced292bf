"""A message across an area: what happened, and what to do about it."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from agent_app.ui.widgets.announce import announce
from agent_app.ui.widgets.restyle import restyle
from agent_app.ui.widgets.theme import Theme
from agent_app.ui.widgets.words_label import WordsLabel


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
        self._button.clicked.connect(lambda: self._act())
        self._second = QPushButton()
        self._second.clicked.connect(lambda: self._act_second())
        self._act_second: Callable[[], None] = lambda: None
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(10)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        row.addWidget(self._second, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._button, 0, Qt.AlignmentFlag.AlignTop)
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
        changed = words != self._words.text()
        self._words.setText(words)
        self._tone = tone
        self._paint()
        self.setVisible(bool(words))
        if words and changed:
            announce(self, words)

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text() if not self.isHidden() else ""

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
