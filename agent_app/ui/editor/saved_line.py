"""The answer to the last save: whose it was, what became of the call, what was planned, and Undo.

It has a line of its own, so that nothing moves when it has something to say, and it stays while the
person works on the next followup, for as long as the save can be taken back.
"""

from datetime import tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from agent_app.models.edit_session import EditSession
from agent_app.models.open_followup import Progress
from agent_app.ui.widgets.announce import announce
from agent_app.ui.widgets.words_label import WordsLabel


class SavedLine(QWidget):
    """Follows *session* when told to `show_last`."""

    undo_wanted = Signal()

    def __init__(self, session: EditSession, zone: tzinfo) -> None:
        super().__init__()
        self._session, self._zone = session, zone
        self._words = WordsLabel()
        self._words.setWordWrap(False)
        self._words.setProperty("muted", True)
        self._words.setObjectName("last_saved")
        self.undo_button = QPushButton(self.tr("Undo"))
        """Stands on the line above where there is room, else at the end of this one."""
        self.undo_button.setProperty("link", True)
        self.undo_button.setProperty("inline", True)
        self.undo_button.setObjectName("undo")
        self.undo_button.setToolTip(self.tr("Take the last save back (Ctrl+Z outside a text)"))
        self.undo_button.clicked.connect(self.undo_wanted)
        self.undo_button.hide()
        row = self.row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        self.setFixedHeight(self._words.fontMetrics().lineSpacing() + 2)

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    @property
    def may_undo(self) -> bool:
        """Whether the last save can be taken back here: never one that words are typed on top of."""
        session = self._session
        typing = session.progress in (Progress.EDITED, Progress.ATTENTION)
        last = session.last_saved.followup_id
        return bool(last) and not (typing and last == session.followup_id)

    def show_last(self) -> None:
        """Show the last save as it stands now, or how it was taken back."""
        last = self._session.last_saved
        words = last.words(self._zone)
        if not words and self._session.undone is None:
            words = last.undone()
        self.undo_button.setVisible(self.may_undo)
        self.undo_button.setAccessibleDescription(words)
        if words != self._words.text():
            self._words.setText(words)
            self.setFixedHeight(self._words.fontMetrics().lineSpacing() + 2)
            announce(self, words)
