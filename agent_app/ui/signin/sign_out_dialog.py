"""Asks what becomes of the local data when a person signs out."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget


class SignOutDialog(QDialog):
    """*kept* says in words what was not sent yet ("": nothing): then the local data stays. *is_only_here*:
    there are reviews or pinned words, which no server has."""

    confirmed = Signal(bool)
    """The person signs out; whether the local data is to be removed."""

    def __init__(self, parent: QWidget, kept: str, *, is_only_here: bool = False) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Sign out"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 12)
        layout.setSpacing(10)
        words = QLabel(
            self.tr("Until you sign in again, nothing is shown of what is kept on this computer.")
        )
        words.setWordWrap(True)
        layout.addWidget(words)
        self.remove = QCheckBox(self.tr("&Remove my local data from this computer"))
        self.remove.setObjectName("remove_local_data")
        layout.addWidget(self.remove)
        self.remove.setEnabled(not kept)
        note = kept
        if is_only_here and not kept:
            note = self.tr("Reviews and pinned words are on this computer alone: they go with it.")
        if note:
            label = QLabel(note)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setProperty("muted", True)
            self.remove.setAccessibleDescription(note)
            layout.addWidget(label)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = box.addButton(self.tr("&Sign out"), QDialogButtonBox.ButtonRole.AcceptRole)
        box.accepted.connect(self._on_accept)
        box.rejected.connect(self.reject)
        layout.addWidget(box)
        self.go.setDefault(True)
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_accept(self) -> None:
        self.confirmed.emit(self.remove.isChecked())
        self.accept()
