"""Asks before many followups are changed at once: what will be saved, what stays, what it costs."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from agent_app.models.bulk_changes import BulkPlan, LeftOut
from agent_app.text.moments import Unreadable
from agent_app.ui.widgets.moment_editor import MomentEditor

LOOK_MS = 150
"""A typed time is looked at when typing pauses for so long."""


class BulkDialog(QDialog):
    """Opens itself. *plan_for* gives the plan for a time (None where *when* is None), *save* saves it,
    *writes_left* says how many writes the company's hour has left."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        plan_for: Callable[[datetime | None], BulkPlan],
        save: Callable[[BulkPlan], None],
        writes_left: Callable[[], int | None],
        when: MomentEditor | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setObjectName("bulk")
        self._plan_for, self._save, self._left, self._when = plan_for, save, writes_left, when
        self._plan = BulkPlan()
        self._what, self._stays, self._cost = QLabel(), QLabel(), QLabel()
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        self._look = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._look.timeout.connect(self._show)
        if when is not None:
            label = QLabel(self.tr("New &time, for example tomorrow 9"))
            label.setBuddy(when.focus)
            layout.addWidget(label)
            layout.addWidget(when.whole)
            self._understood = QLabel()
            self._understood.setProperty("muted", True)
            layout.addWidget(self._understood)
            when.understood.connect(self._understood.setText)
            when.typed.connect(self._look.start)
        for line in (self._what, self._stays, self._cost):
            line.setTextFormat(Qt.TextFormat.PlainText)
            line.setWordWrap(True)
            layout.addWidget(line)
        for line in (self._stays, self._cost):
            line.setProperty("muted", True)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._ok = self._buttons.addButton(title, QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.accepted.connect(self._on_accepted)
        self._buttons.rejected.connect(self.reject)
        layout.addWidget(self._buttons)
        self.setMinimumWidth(420)
        self._show()
        self.open()
        (when.focus if when is not None else self._ok).setFocus()

    def _at(self) -> datetime | None:
        if self._when is None:
            return None
        try:
            found = self._when.read()
        except Unreadable:
            return None
        return found if isinstance(found, datetime) else None

    def _show(self) -> None:
        """Say what would be saved."""
        at = self._at()
        waits = self._when is not None and at is None
        self._plan = BulkPlan() if waits else self._plan_for(at)
        count, stays = len(self._plan.patches), sum(self._plan.left_out.values())
        self._what.setText("" if waits else self.tr("%n followup(s) will be changed.", "", count))
        self._stays.setText(
            f"{self.tr('%n stay(s) as is:', '', stays)} {self._reasons()}" if stays else ""
        )
        self._stays.setVisible(bool(stays))
        self._cost.setText(self._cost_words(count) if count else "")
        self._ok.setEnabled(waits or count > 0)  # what is typed is read at Return

    def _cost_words(self, count: int) -> str:
        words = self.tr("%n save(s), which leave by themselves.", "", count)
        left = self._left()
        if left is None:
            return words
        told = self.tr("Your company has {n} left this hour.").format(n=left)
        if count > left:
            told += " " + self.tr("The others wait for the next.")
        return f"{words} {told}"

    def _reasons(self) -> str:
        said = {
            LeftOut.DONE: self.tr("done already, or somebody works on it ({n})"),
            LeftOut.REFUSED: self.tr("needs your attention first ({n})"),
            LeftOut.NOT_SAVED: self.tr("not saved yet ({n})"),
            LeftOut.RULES: self.tr("against the calling rules, or the debt's status ({n})"),
            LeftOut.SAME: self.tr("is so already ({n})"),
        }
        return ", ".join(said[why].format(n=n) for why, n in self._plan.left_out.items()) + "."

    def _on_accepted(self) -> None:
        self._look.stop()
        self._show()  # of what is typed at this very moment
        if self._plan.patches:
            self._save(self._plan)
            self.accept()
