"""How something stands, as a word on a ground of its colour."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from agent_app.ui.widgets.theme import NEUTRAL, STATUS_TONES


class StatusPill(QLabel):
    """Takes its colours from the style, by its property `pill`."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("pill", NEUTRAL[1])

    def say(self, status: str, words: str) -> None:
        """Show *words* in the colours of *status*; hidden without words."""
        self.setText(words)
        self.setVisible(bool(words))
        ground = STATUS_TONES.get(status, NEUTRAL)[1]
        if ground != self.property("pill"):
            self.setProperty("pill", ground)
            self.style().unpolish(self)
            self.style().polish(self)
