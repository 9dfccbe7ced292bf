"""Asks who signed in, where the server does not say it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

MAX_NAME = 80


class PersonDialog(QDialog):
    """*names* are those who worked here before, the last one first ("": nobody knows their name)."""

    chosen = Signal(int, str)
    """Which of the names it is, or -1 and the name that was typed."""

    def __init__(self, parent: QWidget, names: Sequence[str]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Who signs in?"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 12)
        layout.setSpacing(8)
        words = QLabel(
            self.tr(
                "Several people may work at this computer. What one of them has typed or saved is not"
                " shown to another, nor sent in their name."
            )
        )
        words.setWordWrap(True)
        layout.addWidget(words)
        self.buttons: list[QRadioButton] = []
        for name in names:
            button = QRadioButton(name.replace("&", "&&") or self.tr("Who worked here before"))
            self.buttons.append(button)
            layout.addWidget(button)
        self.other = QRadioButton(self.tr("Somebody &else"))
        layout.addWidget(self.other)
        label = QLabel(self.tr("Your &name"))
        self.name = QLineEdit()
        self.name.setObjectName("person_name")
        self.name.setMaxLength(MAX_NAME)
        self.name.setAccessibleName(self.tr("Your name"))
        label.setBuddy(self.name)
        layout.addWidget(label)
        layout.addWidget(self.name)
        box = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        box.accepted.connect(self._on_accept)
        box.rejected.connect(self.reject)
        self._ok = box.button(QDialogButtonBox.StandardButton.Ok)
        layout.addWidget(box)
        self.other.toggled.connect(self._look)
        self.name.textChanged.connect(self._look)
        first = self.buttons[0] if self.buttons else self.other
        first.setChecked(True)
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._look()

    def _look(self) -> None:
        is_other = self.other.isChecked()
        self.name.setEnabled(is_other)
        self._ok.setEnabled(not is_other or bool(self.name.text().strip()))

    def _on_accept(self) -> None:
        for number, button in enumerate(self.buttons):
            if button.isChecked():
                self.chosen.emit(number, "")
                break
        else:
            self.chosen.emit(-1, self.name.text().strip())
        self.accept()
