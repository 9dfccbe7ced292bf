"""Room: ui. The editors of one line: text, and durations."""

from PySide6.QtWidgets import QLineEdit

from agent_app.domain.fields import Value
from agent_app.domain.text import splice
from agent_app.models.moments import duration_text, read_duration
from agent_app.ui.shared.editor import Editor


class LineEditor(Editor):
    """One line of text."""

    def __init__(self) -> None:
        self._line = QLineEdit()
        super().__init__(self._line)
        self._loaded: Value = None
        self._shown = ""
        self._line.textEdited.connect(self.typed)
        self._line.textChanged.connect(self._on_text)
        self._loading = False

    def load(self, value: Value, *, fresh: bool = True) -> None:
        """Show *value*."""
        self._put(self._text_of(value), fresh=fresh)
        self._loaded, self._shown = value, self._line.text()

    def show(self, value: Value) -> None:
        """Show *value* as an edit."""
        self._put(self._text_of(value), fresh=True)

    def text(self) -> str:
        """What stands in the line."""
        return self._line.text()

    def show_text(self, text: str) -> None:
        """Show a text as it was typed."""
        self._put(text, fresh=True)

    def _text_of(self, value: Value) -> str:
        return str(value or "")

    def _put(self, text: str, *, fresh: bool) -> None:
        if not fresh and text == self._line.text():
            return
        self._loading = True
        self._line.setText(text)
        self._line.setCursorPosition(0)
        self._loading = False

    def read(self) -> Value:
        """The text, None where there is none."""
        if self._line.text() == self._shown:
            return self._loaded
        return splice(str(self._loaded or ""), self._shown, self._line.text()) or None

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

    def read(self) -> Value:
        """Milliseconds, or None. Raises Unreadable."""
        if self._line.text() == self._shown:
            return self._loaded
        return read_duration(self._line.text())
