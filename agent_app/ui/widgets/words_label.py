"""A label for text that came from elsewhere: a word that is wider than the label is cut short, with the
whole text a hover away, and never pushes what stands beside it out of the window."""

import re

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel

MIN_LETTERS = 12
"""Below the width of so many letters a label asks for room."""


class WordsLabel(QLabel):
    """Plain text that wraps between words, or one line. `text` is the whole text, whatever is shown of it."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = self._tip = self._name = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def setText(self, text: str) -> None:
        """Show *text*."""
        self._whole = text
        self._fit()
        self.updateGeometry()

    def text(self) -> str:
        """Return the whole text."""
        return self._whole

    def minimumSizeHint(self) -> QSize:
        """No word decides how wide the window is."""
        hint = super().minimumSizeHint()
        most = self.fontMetrics().averageCharWidth() * MIN_LETTERS
        return QSize(min(hint.width(), most), hint.height())

    def sizeHint(self) -> QSize:
        """Return one line that does not wrap is as wide as the whole text, however much of it is shown."""
        hint = super().sizeHint()
        if self.wordWrap():
            return hint
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 4, hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other words fit now."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """It has its place now, and its width."""
        super().showEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """The text may be larger now."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        room, metrics = self.contentsRect().width() - 2, self.fontMetrics()

        def fitted(word: str) -> str:
            if (
                not self.isVisible()
                or len(word) < MIN_LETTERS
                or metrics.horizontalAdvance(word) <= room
            ):
                return word
            return metrics.elidedText(word, Qt.TextElideMode.ElideRight, room)

        parts = re.split(r"(\s+)", self._whole) if self.wordWrap() else [self._whole]
        shown = "".join(fitted(part) for part in parts)
        if shown != super().text():
            super().setText(shown)
        self._say_whole(self._whole if shown != self._whole else "")

    def _say_whole(self, text: str) -> None:
        """Tell by tip and by name what is cut ("": nothing); those that others set stay."""
        tip = text.replace("<", "‹").replace(">", "›")  # Qt takes what looks like HTML for HTML
        if tip or self.toolTip() == self._tip:
            self.setToolTip(tip)
        if text or self.accessibleName() == self._name:
            self.setAccessibleName(text)
        self._tip, self._name = tip, text
