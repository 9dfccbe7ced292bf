"""The field of what is pinned to a debt: a line that grows with its words."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from agent_app.models.pinned_note import MAX_CHARACTERS, PinnedNote

MAX_LINES = 4


class PinField(QPlainTextEdit):
    """Follows a `PinnedNote`."""

    left = Signal()
    """Escape: the person goes on elsewhere."""

    def __init__(self, note: PinnedNote) -> None:
        super().__init__()
        self._note = note
        self._loading = False
        self.setObjectName("pinned")
        self.setAccessibleName(self.tr("Pinned note"))
        self.setPlaceholderText(self.tr("Pin a note to this debt"))
        self.setToolTip(
            self.tr("Always in sight for this debt. It stays on this computer, encrypted.")
        )
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._on_text)
        self.document().documentLayout().documentSizeChanged.connect(self.updateGeometry)
        note.shown.connect(self._show)
        self._show()

    def _show(self) -> None:
        text = self._note.text
        if text != self.toPlainText():
            self._loading = True
            self.setPlainText(text)
            self._loading = False
        self.setEnabled(bool(self._note.debt_id))
        self._mark()

    def _on_text(self) -> None:
        if not self._loading:
            text = self.toPlainText()
            if len(text) > MAX_CHARACTERS:
                cursor = self.textCursor()
                cursor.deletePreviousChar()
                return
            self._note.set(text)
        self._mark()

    def _mark(self) -> None:
        """What is pinned stands out; an empty field does not."""
        filled = bool(self.toPlainText().strip())
        if self.property("filled") != filled:
            self.setProperty("filled", filled)
            self.style().unpolish(self)
            self.style().polish(self)

    def sizeHint(self) -> QSize:
        """As high as its words, up to MAX_LINES."""
        lines = min(max(int(self.document().size().height()), 1), MAX_LINES)
        height = self.fontMetrics().lineSpacing() * lines + 2 * 7
        return QSize(super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        """As high as it wants to be."""
        return QSize(80, self.sizeHint().height())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed is kept when the field is left."""
        super().focusOutEvent(event)
        self._note.keep()

    def changeEvent(self, event: QEvent) -> None:
        """Larger text is higher."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the field."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)
