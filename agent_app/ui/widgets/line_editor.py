"""The editors of one line: text, and durations."""

from PySide6.QtWidgets import QLineEdit

from agent_app.domain.fields import Value
from agent_app.domain.text import one_line, place_in, splice
from agent_app.text.moments import duration_text, read_duration
from agent_app.ui.widgets.editor import Editor


class LineEditor(Editor):
    """One line of text. What is pasted with line ends, tabs or unseen marks means the text without
    them, and the line shows it so when it is left; what nobody touched stays as it is. *exact* is
    for numbers, IDs and links."""

    def __init__(self, *, exact: bool = False) -> None:
        self._line = QLineEdit()
        self._exact = exact
        super().__init__(self._line)
        self._loaded: Value = None
        self._shown = ""
        self._line.textEdited.connect(self.typed)
        self._line.textChanged.connect(self._on_text)
        self.left.connect(self._tidy)
        self._loading = False
        self._meant: tuple[str, Value] | None = None
        """A text that was typed, and what it was read as."""

    def load(self, value: Value, *, fresh: bool = True) -> None:
        """Show *value*."""
        if not fresh and self._meant == (self._line.text(), value):
            self.rebase(value)  # "tomorrow 10" was saved: it stays as it was typed
            return
        self._meant = None
        self._put(self._text_of(value), fresh=fresh)
        self._loaded, self._shown = value, self._line.text()

    def rebase(self, value: Value) -> None:
        """*value* is what the field holds now; what is shown stays."""
        likewise = QLineEdit()  # a line makes something else of some characters
        likewise.setText(self._text_of(value))
        self._loaded, self._shown = value, likewise.text()

    def show(self, value: Value) -> None:
        """Show *value* as an edit."""
        if self._meant != (self._line.text(), value):
            self._put(self._text_of(value), fresh=False)

    def text(self) -> str:
        """Return what stands in the line."""
        return self._line.text()

    def show_text(self, text: str) -> None:
        """Show a text as it was typed."""
        self._put(text, fresh=False)

    def _text_of(self, value: Value) -> str:
        return str(value or "")

    def _put(self, text: str, *, fresh: bool) -> None:
        if text == self._line.text() and not fresh:
            return
        cursor = 0 if fresh else place_in(text, self._line.text(), self._line.cursorPosition())
        self._loading = True
        self._line.setText(text)
        self._line.setCursorPosition(cursor)
        self._loading = False

    def read(self) -> Value:
        """Return what the text means, None where there is none. Raises `Unreadable`."""
        text = self._line.text()
        if text == self._shown:
            return self._loaded
        if self._meant is not None and self._meant[0] == text:
            return self._meant[1]  # "in 2h" does not move on with time
        value = self._read(text)
        self._meant = (text, value)
        return value

    def _read(self, text: str) -> Value:
        clean = one_line(text, exact=self._exact)
        if clean == one_line(self._shown, exact=self._exact):
            return self._loaded  # a blank more at an edge is no change
        if clean != text:
            return clean or None
        return splice(str(self._loaded or ""), self._shown, text) or None

    def _tidy(self) -> None:
        """Show what was typed as it is kept."""
        text = self._line.text()
        if text == self._shown or self._line.isReadOnly():
            return
        clean = one_line(text, exact=self._exact)
        if clean != text:
            value = self.read()
            self._put(clean, fresh=False)
            self._meant = (clean, value)

    def set_read_only(self, read_only: bool) -> None:
        """Let the person look and copy."""
        self._line.setReadOnly(read_only)

    def _on_text(self) -> None:
        if not self._loading and not self._line.isModified():
            self.typed.emit()  # set by assistive technology


class DurationEditor(LineEditor):
    """A duration as h:mm:ss, kept in milliseconds."""

    def _text_of(self, value: Value) -> str:
        return duration_text(value if isinstance(value, int) else None)

    def _read(self, text: str) -> Value:
        return read_duration(text)

    def _tidy(self) -> None:
        """It stays as it was typed."""
