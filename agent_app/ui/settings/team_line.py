"""A line of the settings about the whole team: who decided it, and whether this is for all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QMenu, QPushButton, QWidget


@dataclass(frozen=True, slots=True)
class TeamNote:
    """How the team stands to one thing. `is_set`: it decided, or this person wants it to; `value` is that
    decision, None for none. `may_write`: this person decides for all. `earlier` are the versions, in words
    and with their values, the newest first."""

    words: str
    is_set: bool
    value: Any
    may_write: bool
    earlier: Sequence[tuple[str, Any]] = ()


class TeamLine(QWidget):
    """Shows a note; `is_for_all` gives back what was chosen. *put* shows an earlier version's value."""

    def __init__(self, note: TeamNote, put: Callable[[Any], None], *, has_box: bool = True) -> None:
        super().__init__()
        self._note, self._put = note, put
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 10)
        row.setSpacing(12)
        self.box = QCheckBox(self.tr("For the &whole team"))
        self.box.setObjectName("for_team")
        self.box.setChecked(note.is_set)
        self.box.setVisible(has_box and note.may_write)
        row.addWidget(self.box)
        self.words = QLabel(note.words)
        self.words.setObjectName("team_words")
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setProperty("muted", True)
        row.addWidget(self.words, 1)
        self.earlier = QPushButton(self.tr("Earlier versions…"))
        self.earlier.setObjectName("earlier")
        self.earlier.setProperty("link", True)
        self.earlier.setAutoDefault(False)
        self.earlier.setVisible(note.may_write and len(note.earlier) > 1)
        self.earlier.clicked.connect(self._offer)
        row.addWidget(self.earlier, 0, Qt.AlignmentFlag.AlignRight)

    @property
    def is_for_all(self) -> bool:
        """Whether this is to be the team's."""
        return self.box.isChecked() if self._note.may_write else self._note.is_set

    def _offer(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, value in self._note.earlier:
            action = menu.addAction(words.replace("&", "&&"))
            action.setEnabled(value is not None)
            action.triggered.connect(partial(self._put, value))
        menu.popup(self.earlier.mapToGlobal(self.earlier.rect().bottomLeft()))
