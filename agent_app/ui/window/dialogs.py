"""The window's small boxes: what the program is, and whether to quit with a full outbox."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from agent_app import __version__
from agent_app.ui.widgets.theme import Theme


class About(QMessageBox):
    """Says what this is."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("About Followup Desk"))
        self.setIconPixmap(theme.app_icon().pixmap(64, 64))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(f"Followup Desk {__version__}")
        self.setInformativeText(self.tr("Collections desk for calls and follow-ups."))


class QuitQuestion(QMessageBox):
    """Quitting with a full outbox is safe where there is a disk: says which it is, and calls *leave*
    if the person still wants to. *waiting* is how many changes are not sent."""

    def __init__(
        self, parent: QWidget, waiting: int, *, on_disk: bool, leave: Callable[[], None]
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setIcon(QMessageBox.Icon.Information)
        self.setWindowTitle(self.tr("Not everything is sent"))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(self.tr("%n change(s) did not reach the server yet.", "", waiting))
        self.setInformativeText(
            self.tr("They are kept on this computer, encrypted, and leave when you start again.")
            if on_disk
            else self.tr("Nothing is kept on this computer: if you quit now, they are lost.")
        )
        quits = self.addButton(self.tr("Quit"), QMessageBox.ButtonRole.AcceptRole)
        stays = self.addButton(self.tr("Stay"), QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(quits if on_disk else stays)
        self.setEscapeButton(stays)
        self._quits, self._leave = quits, leave
        self.finished.connect(self._on_finished)

    def _on_finished(self) -> None:
        if self.clickedButton() is self._quits:
            self._leave()
