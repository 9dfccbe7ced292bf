"""A label for text that came from elsewhere: a word that is wider than the label is cut short, with the
whole text a hover away, and never pushes what stands beside it out of the window."""

import re

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel

LEAST_LETTERS = 12
"""Below the width of so many letters a label asks for room."""


class WordsLabel(QLabel):
    """Plain text that wraps between words. `text` is the whole text, whatever is shown of it."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def setText(self, text: str) -> None:
        """Show *text*."""
        self._whole = text
        self._fit()

    def text(self) -> str:
        """The whole text."""
        return self._whole

    def minimumSizeHint(self) -> QSize:
        """No word decides how wide the window is."""
        hint = super().minimumSizeHint()
        most = self.fontMetrics().averageCharWidth() * LEAST_LETTERS
        return QSize(min(hint.width(), most), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other words fit now."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """The text may be larger now."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        room, metrics = self.contentsRect().width() - 2, self.fontMetrics()

        def fitted(word: str) -> str:
            if len(word) < LEAST_LETTERS or metrics.horizontalAdvance(word) <= room:
                return word
            return metrics.elidedText(word, Qt.TextElideMode.ElideRight, room)

        shown = "".join(fitted(part) for part in re.split(r"(\s+)", self._whole))
        if shown != super().text():
            super().setText(shown)
        cut = shown != self._whole
        # Qt takes a tool tip that begins like HTML for HTML.
        self.setToolTip(self._whole.replace("<", "‹").replace(">", "›") if cut else "")
        self.setAccessibleName(self._whole if cut else "")
