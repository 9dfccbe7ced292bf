"""Save, Discard, and how saving stands, in words."""

from datetime import tzinfo

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from agent_app.models.edit_session import EditSession
from agent_app.models.open_followup import Progress
from agent_app.models.sync_status import SyncStatus
from agent_app.text.labels import field_label
from agent_app.ui.editor.saved_line import SavedLine
from agent_app.ui.widgets.announce import announce
from agent_app.ui.widgets.restyle import restyle
from agent_app.ui.widgets.theme import Theme

UNDO_LOOK_MS = 1_000
WORDS, BESIDE = 15, 30
"""So many letters of what is said should fit into a line; what a button has beside its words (pixels)."""
ICON = 18
"""Width and height of the picture beside the words (pixels)."""


class ActionBar(QFrame):
    """Stands below the form, always in sight."""

    save = Signal()
    save_next = Signal()
    discard = Signal()
    undo = Signal()
    take_back = Signal()

    def __init__(
        self, session: EditSession, status: SyncStatus, theme: Theme, zone: tzinfo
    ) -> None:
        super().__init__()
        self.setObjectName("ActionBar")
        self._session, self._status, self._theme = session, status, theme
        self._may_write = True
        self._said: Progress | None = None
        self._picture = QLabel()
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setObjectName("save_state")
        self._words.setMinimumHeight(ICON)  # with and without it: nothing moves
        self.saved_line = SavedLine(session, zone)
        self.saved_line.undo_wanted.connect(self.undo)
        self.undo_button = self.saved_line.undo_button
        self.discard_button = QPushButton(self.tr("&Discard"))
        self.discard_button.setObjectName("discard")
        self.discard_button.clicked.connect(self.discard)
        self.save_button = QPushButton(self.tr("&Save"))
        self.save_button.setObjectName("save")
        self.save_button.setToolTip(self.tr("Save (Ctrl+Return)"))
        self.save_button.clicked.connect(self.save)
        self.next_button = QPushButton(self.tr("Save && next"))
        self.next_button.setProperty("primary", True)
        self.next_button.setObjectName("save_next")
        self.next_button.setToolTip(self.tr("Save and go to the next (Ctrl+Shift+Return)"))
        self.next_button.clicked.connect(self.save_next)
        self.take_back_button = QPushButton(self.tr("Edit again"))
        self.take_back_button.setProperty("link", True)
        self.take_back_button.setObjectName("take_back")
        self.take_back_button.setToolTip(
            self.tr("Do not send this: it can be changed, copied or discarded")
        )
        self.take_back_button.clicked.connect(self.take_back)
        self.take_back_button.hide()
        # A save can be taken back for a while only; afterwards the button goes.
        self._look_again = QTimer(self, interval=UNDO_LOOK_MS)
        self._look_again.timeout.connect(self._show)
        for button in (self.discard_button, self.save_button, self.next_button):
            button.setAutoDefault(button is not self.discard_button)  # Return does what it says
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 10, 8)
        row.setSpacing(8)
        said = QVBoxLayout()
        said.setSpacing(2)
        state = self._state_row = QHBoxLayout()
        state.addWidget(self._picture)
        state.addWidget(self._words, 1)
        said.addLayout(state, 1)
        said.addWidget(self.saved_line)
        row.addLayout(said, 1)
        row.addWidget(self.take_back_button)
        row.addWidget(self.discard_button)
        row.addWidget(self.save_button)
        row.addWidget(self.next_button)
        session.opened.connect(self._show)
        session.progressed.connect(self._show)
        status.changed.connect(self._show)
        theme.changed.connect(self._show)
        self._is_narrow = True
        self._fit(is_narrow=False)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside wide buttons and the words there may be no room for Undo."""
        super().resizeEvent(event)
        self._fit(is_narrow=self.width() < self._roomy_width())

    def _roomy_width(self) -> int:
        """Return the width in which the words, Undo and the buttons stand side by side (pixels)."""
        advance = self.fontMetrics().horizontalAdvance
        buttons = (self.discard_button, self.save_button, self.next_button)
        words = sum(advance(one.text()) + BESIDE for one in (*buttons, self.undo_button))
        return words + self.fontMetrics().averageCharWidth() * WORDS + 4 * ICON

    def _fit(self, *, is_narrow: bool) -> None:
        if is_narrow is self._is_narrow:
            return
        self._is_narrow = is_narrow
        for button in (self.discard_button, self.save_button, self.next_button):
            button.setProperty("tight", is_narrow)
            button.setMinimumWidth(0 if is_narrow else 84)
            restyle(button)
        row = self.saved_line.row if is_narrow else self._state_row
        row.addWidget(self.undo_button, 0, Qt.AlignmentFlag.AlignTop)

    def set_may_write(self, may_write: bool) -> None:
        """Whether the account may save at all."""
        self._may_write = may_write
        self._show()

    @property
    def words(self) -> str:
        """How saving stands."""
        return self._words.text()

    def _show(self) -> None:
        session = self._session
        for button in (self.save_button, self.next_button):
            button.setEnabled(self._may_write and session.may_save)
        lose = session.may_discard or session.progress in (Progress.ATTENTION, Progress.EDITED)
        self.discard_button.setEnabled(lose)
        self._show_undo()
        words, icon, colour = self._state()
        self._words.setText(words)
        if icon:
            self._picture.setPixmap(self._theme.icon(icon, colour).pixmap(QSize(ICON, ICON)))
        self._picture.setVisible(bool(icon))
        progress = session.progress
        if progress is not self._said and progress in (
            Progress.SAVED,
            Progress.WAITING,
            Progress.ATTENTION,
        ):
            announce(self, words)
        self._said = progress

    def _show_undo(self) -> None:
        self.saved_line.show_last()
        may = self.saved_line.may_undo
        taken_back = may and self._session.undoable
        self.take_back_button.setVisible(not taken_back and self._session.may_take_back)
        if may and not self._look_again.isActive():
            self._look_again.start()
        elif not may:
            self._look_again.stop()

    def _torn_words(self) -> str:
        names = ", ".join(field_label(one.name) for one in self._session.field_conflicts)
        return self.tr("Needs your decision: {fields}").format(fields=names)

    def _saved_words(self) -> str:
        others = ", ".join(sorted(field_label(name) for name in self._session.noticed))
        undone = self._session.undone
        if undone is not None and undone.cancelled:
            return self.tr("Save undone. The new call cannot be deleted: it is cancelled.")
        if undone is not None:
            return self.tr("Save undone")
        if not others:
            return self.tr("Saved")
        return self.tr("Saved. Also updated by a colleague: {fields}").format(fields=others)

    def _state(self) -> tuple[str, str, str]:
        changed = len(self._session.changed) + len(self._session.debt_changed)
        if self._session.field_conflicts:
            return self._torn_words(), "warning", "warning"
        match self._session.progress:
            case Progress.SAVING:
                undoing = self._session.undone is not None
                words = self.tr("Undoing…") if undoing else self.tr("Saving…")
                return words, "waiting", "muted"
            case Progress.WAITING:
                return self._waiting_words()
            case Progress.SAVED:
                return self._saved_words(), "done", "good"
            case Progress.ATTENTION:
                return self.tr("Not accepted"), "warning", "error"
            case Progress.EDITED:
                if self._session.is_begun:
                    return self.tr("New, not saved yet"), "draft", "muted"
                return self.tr("%n field(s) changed", "", changed), "draft", "muted"
            case Progress.CLEAN:
                return "", "", ""

    def _waiting_words(self) -> tuple[str, str, str]:
        if self._status.is_online:
            words = self.tr("Saved on this computer – the server has not taken it yet")
            return words, "waiting", "warning"
        words = self.tr("Saved on this computer – will be sent when back online")
        return words, "offline", "warning"
