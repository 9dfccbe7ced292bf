"""The one face of all editors.

`load` shows a value and remembers what the editor made of it; `read` gives the loaded value back
as long as what is shown was not changed, so that nothing an editor does by itself is ever taken
for the agent's edit. `read` raises `Unreadable` for text that means nothing.
"""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from agent_app.domain.fields import Value


class Editor(QObject):
    """What every editor can do."""

    typed = Signal()
    """The person changed what is shown."""
    left = Signal()
    """The focus went elsewhere."""
    understood = Signal(str)
    """How what was typed is understood, in words ("": nothing to say)."""

    def __init__(self, focus: QWidget, whole: QWidget | None = None) -> None:
        """*focus* is what takes the keyboard, *whole* what goes into a layout."""
        super().__init__(focus)
        self.focus = focus
        self.whole = whole or focus
        self.is_composing = False
        """Whether an input method is in the middle of a letter: then nothing may be put in."""
        focus.installEventFilter(self)

    def load(self, value: Value, *, fresh: bool = True) -> None:
        """Show *value* as what the field holds; unless *fresh*, keep the editor's undo."""
        raise NotImplementedError

    def rebase(self, value: Value) -> None:
        """*value* is what the field holds now; what is shown is the person's edit of it and stays,
        with cursor and undo."""
        raise NotImplementedError

    def show(self, value: Value) -> None:
        """Show *value* as the person's edit of what was loaded; where it stands there already,
        cursor and undo are kept."""
        raise NotImplementedError

    def read(self) -> Value:
        """Return the field's value. Raises `Unreadable`."""
        raise NotImplementedError

    def text(self) -> str:
        """Return what stands in the field, whether it can be read or not."""
        return ""

    def show_text(self, text: str) -> None:
        """Show a text that `text` gave, whether it can be read or not."""

    def set_read_only(self, read_only: bool) -> None:
        """Let the person look only."""
        self.whole.setEnabled(not read_only)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that the focus leaves, and letters that are being composed."""
        if event.type() == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self.is_composing = bool(event.preeditString())
        if (
            event.type() == QEvent.Type.FocusOut
            and isinstance(event, QFocusEvent)
            and event.reason() != Qt.FocusReason.PopupFocusReason
        ):
            self.left.emit()
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            return self._leaves_undo(event)
        return False

    def _leaves_undo(self, event: QKeyEvent) -> bool:
        """Where a text has nothing to undo, Ctrl+Z is the form's: a field takes it otherwise, even
        for nothing."""
        if not event.matches(QKeySequence.StandardKey.Undo):
            return False
        field = self.focus
        may = (isinstance(field, QLineEdit) and field.isUndoAvailable()) or (
            isinstance(field, QPlainTextEdit) and field.document().isUndoAvailable()
        )
        if not may:
            event.ignore()
        return not may
