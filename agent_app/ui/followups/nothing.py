"""What a list without rows says, in its middle."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QTableView, QVBoxLayout, QWidget


class Nothing(QWidget):
    """Covers the list's rows while there are none."""

    cleared = Signal()

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)  # what lies in the viewport would scroll away with the rows
        self._around = view.viewport()
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setProperty("muted", True)
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._button = QPushButton()
        self._button.clicked.connect(self.cleared)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(self._words)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)
        view.viewport().installEventFilter(self)
        self.hide()

    def say(self, words: str, action: str) -> None:
        """Show *words*, with a button where *action* is given."""
        self._words.setText(words)
        self._button.setText(action)
        self._button.setVisible(bool(action))
        self.setGeometry(self._around.geometry())
        self.show()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Stay where the rows would be."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self.setGeometry(self._around.geometry())
        return False
