"""The line that says how much of the server's list is not on this computer, and asks for it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget


class OlderLine(QWidget):
    """Shown where a person looks for what may be older than what is here, and while it comes."""

    wanted = Signal(bool)
    """The person wants the older followups, or (False) no more of them."""

    def __init__(self) -> None:
        super().__init__()
        self._looks_back = self._reading = False
        self._words = QLabel()
        self._words.setObjectName("older_words")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setProperty("muted", True)
        self._button = QPushButton()
        self._button.setObjectName("get_older")
        self._button.setProperty("link", True)
        self._button.setAutoDefault(False)
        self._button.clicked.connect(self._on_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        row.addWidget(self._button)
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def show_older(self, words: str, *, reading: bool) -> None:
        """Say *words* ("": all is here); while it is *reading*, that can be stopped."""
        self._reading = reading
        self._words.setText(words)
        self._button.setText(self.tr("Stop") if reading else self.tr("Get them"))
        self._button.setAccessibleDescription(words)
        self._show()

    def look_back(self, looks_back: bool) -> None:
        """Whether the person looks for what may be older."""
        self._looks_back = looks_back
        self._show()

    def _show(self) -> None:
        self.setVisible(bool(self.words) and (self._looks_back or self._reading))

    def _on_clicked(self) -> None:
        self.wanted.emit(not self._reading)
