"""The editor of several lines of plain text, which may be very long."""

from PySide6.QtCore import QLocale, QSize, Qt
from PySide6.QtGui import QTextDocument, QTextOption
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from agent_app.domain.fields import Value
from agent_app.domain.text import place_in, splice
from agent_app.ui.widgets.editor import Editor
from agent_app.ui.widgets.long_text import LongText

SMOOTH_CHARACTERS = 1_000_000
"""Up to here a text opens in under 200 ms and takes a key in under 30."""
PART_CHARACTERS = 20_000
"""How much of a longer one is shown until it is asked for."""


class FillingText(LongText):
    """Plain text that takes the height that is free, and some lines at least; Tab leaves it."""

    MIN_LINES = 5

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        # Long text without spaces freezes the layout of whole words.
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def lines_height(self, lines: int) -> int:
        """Return how high it is with so many lines of text (pixels)."""
        edge = self.height() - self.viewport().height() if self.isVisible() else 2 * 4
        inside = round(2 * self.document().documentMargin())
        return self.fontMetrics().lineSpacing() * lines + inside + edge

    def minimumSizeHint(self) -> QSize:
        """Return some lines."""
        return QSize(super().minimumSizeHint().width(), self.lines_height(self.MIN_LINES))

    def sizeHint(self) -> QSize:
        """No more than it needs: what is free comes on top."""
        return QSize(super().sizeHint().width(), self.lines_height(self.MIN_LINES))


def as_shown(text: str) -> str:
    """Return what a text field makes of *text*."""
    document = QTextDocument()
    document.setPlainText(text)
    return document.toPlainText()


class TextEditor(Editor):
    """Several lines of plain text.

    A very long one is shown in part and read-only, since laying it out would hold the window; a
    button loads all of it for editing.
    """

    def __init__(self) -> None:
        self._text = FillingText()
        whole = QWidget()
        super().__init__(self._text, whole)
        self._loaded: Value = None
        self._shown = ""
        self._loading = False
        self._read_only = False
        self._in_part = False
        self._all = QPushButton()
        self._all.setProperty("link", True)
        self._all.clicked.connect(self._show_all)
        self._all.hide()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._text)
        column.addWidget(self._all)
        self._text.textChanged.connect(self._on_text)

    def load(self, value: Value, *, fresh: bool = True) -> None:
        """Show *value*."""
        text = str(value or "")
        self._in_part = len(text) > SMOOTH_CHARACTERS
        self._put(text[:PART_CHARACTERS] if self._in_part else text, fresh=fresh)
        self._loaded, self._shown = value, self._text.toPlainText()
        self._all.setVisible(self._in_part)
        self._all.setText(
            self.tr("This text is very long ({n} characters). Load all of it to edit").format(
                n=QLocale().toString(len(text))
            )
        )
        self._text.setReadOnly(self._read_only or self._in_part)

    def rebase(self, value: Value) -> None:
        """*value* is what the field holds now; what is shown stays."""
        self._loaded, self._shown = value, as_shown(str(value or ""))

    def show(self, value: Value) -> None:
        """Show *value* as an edit."""
        if self._in_part:
            self._show_all()
        self._put(str(value or ""), fresh=False)

    def _show_all(self) -> None:
        self._in_part = False
        self._all.hide()
        self._put(str(self._loaded or ""), fresh=True)
        self._shown = self._text.toPlainText()
        self._text.setReadOnly(self._read_only)
        self._text.setFocus()

    def _put(self, text: str, *, fresh: bool) -> None:
        shown = self._text.toPlainText()
        if not fresh and as_shown(text) == shown:
            return
        place = 0 if fresh else place_in(text, shown, self._text.place)
        self._loading = True
        self._text.setPlainText(text)
        self._text.go_to(place)
        self._loading = False

    def read(self) -> Value:
        """Return the text, None where there is none; untouched stretches as they were loaded."""
        shown = self._text.toPlainText()
        if self._in_part or shown == self._shown:
            return self._loaded
        return splice(str(self._loaded or ""), self._shown, shown) or None

    def set_read_only(self, read_only: bool) -> None:
        """Let the person look and copy."""
        self._read_only = read_only
        self._text.setReadOnly(read_only or self._in_part)

    def _on_text(self) -> None:
        if not self._loading:
            self.typed.emit()
