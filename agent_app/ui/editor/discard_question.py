"""Asks before what was typed is thrown away."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


class DiscardQuestion(QMessageBox):
    """Opens itself; calls *discard* if that is what the person wants."""

    def __init__(self, parent: QWidget, discard: Callable[[], None]) -> None:
        super().__init__(parent)
        self._act = discard
        self.setIcon(QMessageBox.Icon.Question)
        self.setWindowTitle(self.tr("Discard changes"))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(self.tr("Discard your changes?"))
        self.setInformativeText(self.tr("This can't be undone."))
        self._discard = self.addButton(
            self.tr("Discard changes"), QMessageBox.ButtonRole.DestructiveRole
        )
        keep = self.addButton(self.tr("Keep editing"), QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(keep)
        self.setEscapeButton(keep)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.finished.connect(self._on_finished)
        self.open()

    def _on_finished(self) -> None:
        if self.clickedButton() is self._discard:
            self._act()
