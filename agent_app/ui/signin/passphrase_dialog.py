"""Asks for the passphrase that guards the local data where there is no keyring."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

LEAST = 8


class PassphraseDialog(QDialog):
    """Chooses a new passphrase (typed twice), or asks for the one of a file that is there."""

    given = Signal(str)

    def __init__(self, parent: QWidget, *, new: bool, wrong: bool = False) -> None:
        super().__init__(parent)
        self._new = new
        self.setWindowTitle(self.tr("Passphrase for the local data"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(8)
        words = (
            self.tr(
                "Followups are kept on this computer encrypted with this passphrase. Nobody can"
                " open them without it, and nobody can tell you what it was."
            )
            if new
            else self.tr("Your followups on this computer are encrypted with your passphrase.")
        )
        explained = QLabel(words)
        explained.setWordWrap(True)
        explained.setMinimumWidth(380)
        layout.addWidget(explained)
        self._first = self._field(layout, self.tr("&Passphrase"), "passphrase")
        self._again = QLineEdit()
        if new:
            self._again = self._field(layout, self.tr("&Again"), "passphrase_again")
        self._problem = QLabel(self.tr("This passphrase does not open the data.") if wrong else "")
        self._problem.setProperty("problem", "error")
        self._problem.setWordWrap(True)
        layout.addWidget(self._problem)
        buttons = QDialogButtonBox()
        go = buttons.addButton(
            self.tr("Keep with passphrase") if new else self.tr("Open"),
            QDialogButtonBox.ButtonRole.AcceptRole,
        )
        go.setProperty("primary", True)
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._on_accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)

    def _field(self, layout: QVBoxLayout, text: str, name: str) -> QLineEdit:
        label, field = QLabel(text), QLineEdit()
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setObjectName(name)
        field.setAccessibleName(text.replace("&", ""))
        label.setBuddy(field)
        layout.addWidget(label)
        layout.addWidget(field)
        return field

    def _on_accept(self) -> None:
        words = self._first.text()
        if self._new and len(words) < LEAST:
            self._say(self.tr("At least {n} characters, please.").format(n=LEAST))
        elif self._new and words != self._again.text():
            self._say(self.tr("The two are not the same."))
        elif words:
            self.accept()
            self.given.emit(words)

    def _say(self, words: str) -> None:
        self._problem.setText(words)
        self._first.setAccessibleDescription(words)
        self._first.setFocus()
