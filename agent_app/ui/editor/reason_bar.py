"""Asks why a call is to be made in spite of a calling rule; the answer goes into the
notes."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from agent_app.ui.widgets.announce import announce
from agent_app.ui.widgets.theme import Theme

MAX_CHARACTERS = 300


class ReasonBar(QFrame):
    """Hidden until it asks. Return goes on with the reason, Escape goes back."""

    typed = Signal(str)
    given_up = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("Banner")
        self.setProperty("tone", "warning")
        self._theme = theme
        self._act: Callable[[str], None] = lambda _reason: None
        self._picture, self._words = QLabel(), QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        label = QLabel(self.tr("Reason"))
        self.line = _Line()
        self.line.setMaxLength(MAX_CHARACTERS)
        self.line.setObjectName("reason")
        self.line.setAccessibleName(label.text())
        label.setBuddy(self.line)
        self._go = QPushButton(self.tr("Save anyway"))
        self._go.setAutoDefault(False)
        self._go.clicked.connect(self._on_go)
        self.line.returnPressed.connect(self._on_go)
        self.line.escaped.connect(self.give_up)
        self.line.textEdited.connect(self.typed)
        self.line.textChanged.connect(self._on_text)
        self._lay_out(label)
        theme.changed.connect(self._paint)
        self._paint()
        self.asked_from: QWidget | None = None
        """Where the keyboard was when it was asked, until it is answered."""
        self.hide()

    def _on_text(self, text: str) -> None:
        self._go.setEnabled(bool(text.strip()))

    def _lay_out(self, label: QLabel) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 8, 8, 8)
        whole.setSpacing(6)
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self._words, 1)
        whole.addLayout(top)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self.line, 1)
        row.addWidget(self._go)
        whole.addLayout(row)

    def ask(self, words: str, begun: str, act: Callable[[str], None]) -> None:
        """Ask, with what was typed before; *act* gets the reason."""
        self._act, self.asked_from = act, QApplication.focusWidget()
        self._words.setText(words)
        self.line.setText(begun)
        self._go.setEnabled(bool(begun.strip()))
        self.show()
        self.line.setFocus()
        announce(self, words)

    def end(self) -> None:
        """Stop asking."""
        self.hide()
        self.line.clear()
        self.asked_from = None

    def give_up(self) -> None:
        """The person would rather not."""
        self.end()
        self.given_up.emit()

    def _on_go(self) -> None:
        reason = self.line.text().strip()
        if reason:
            act, asked_from = self._act, self.asked_from
            self.end()
            self.asked_from = asked_from
            act(reason)
            self.asked_from = None

    def _paint(self) -> None:
        self._picture.setPixmap(self._theme.icon("warning", "warning").pixmap(QSize(20, 20)))


class _Line(QLineEdit):
    escaped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives up."""
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            return
        super().keyPressEvent(event)
