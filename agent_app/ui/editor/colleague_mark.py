"""A line below a field that a colleague changed while the followup is open."""

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from agent_app.ui.widgets.announce import announce
from agent_app.ui.widgets.flow_layout import FlowLayout

MAX_SAID = 120
"""Of a text (characters)."""


class ColleagueMark(QFrame):
    """Says what changed; of a field that the agent has typed in, it offers the choice at once."""

    chosen = Signal(str)
    """One of "mine", "theirs", "both" and "compare"."""

    def __init__(self, field: QWidget, label: str) -> None:
        super().__init__()
        self.setObjectName("ColleagueMark")
        self._field, self._label, self._said = field, label, ""
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setObjectName(f"{field.objectName()}_colleague")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.setSpacing(0)
        layout.addWidget(self._words)
        self._choices = QWidget()
        row = FlowLayout(self._choices, spacing=14)
        self._links: dict[str, QPushButton] = {}
        for name, said in (
            ("mine", self.tr("Keep mine")),
            ("theirs", self.tr("Take theirs")),
            ("both", self.tr("Keep both")),
            ("compare", self.tr("Compare")),
        ):
            link = QPushButton(said)
            link.setProperty("link", True)
            link.setAutoDefault(True)
            link.setAccessibleName(f"{said}: {label}")
            link.clicked.connect(self._on_clicked)
            row.addWidget(link)
            self._links[name] = link
        layout.addWidget(self._choices)
        self.hide()

    def follow(self) -> None:
        """Come after the field for Tab, once both are in one window."""
        for before, after in pairwise((self._field, *self._links.values())):
            QWidget.setTabOrder(before, after)

    def say(self, words: str, choices: frozenset[str] = frozenset()) -> None:
        """Show *words* ("": nothing) and these choices."""
        self._words.setText(words)
        for name, link in self._links.items():
            link.setVisible(name in choices)
        self._choices.setVisible(bool(choices))
        self.setVisible(bool(words))
        if words and words != self._said:
            announce(self._field, f"{self._label}: {words}")
        self._said = words

    @property
    def words(self) -> str:
        """What is said."""
        return self._said

    def _on_clicked(self) -> None:
        name = next(name for name, link in self._links.items() if link is self.sender())
        self._field.setFocus()  # the link goes away
        self.chosen.emit(name)


def in_brief(text: str) -> str:
    """Return a text in one line, cut if it is long."""
    line = " ".join(text[: 2 * MAX_SAID].split())
    return line if len(line) <= MAX_SAID and len(text) <= 2 * MAX_SAID else f"{line[:MAX_SAID]}…"
