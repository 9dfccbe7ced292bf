"""The support bundle: asks where, looks at this computer, writes the file, says so."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from agent_app.diagnostics.bundle import write_bundle
from agent_app.diagnostics.checks import CheckupTarget, examine, report
from agent_app.domain.errors import BadSetting
from agent_app.features.context import AppContext


class SupportRequest(QObject):
    """Serves one window. *target* gives what is looked at."""

    def __init__(self, context: AppContext, target: Callable[[], CheckupTarget]) -> None:
        super().__init__()
        self._context, self._window, self._target = context, context.window, target

    def ask(self) -> None:
        """Ask where the file goes."""
        place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DesktopLocation)
        dialog = QFileDialog(self._window, self.tr("Create support bundle"), place, "ZIP (*.zip)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("zip")
        dialog.selectFile(f"followup-desk-support-{datetime.now().astimezone():%Y-%m-%d}.zip")
        dialog.fileSelected.connect(self._on_file)
        dialog.open()

    def _on_file(self, name: str) -> None:
        self._context.tasks.start(self.make(Path(name)))

    async def make(self, file: Path) -> None:
        """Look at everything and write it down."""
        notice = self._window.notice
        notice.say(self.tr("Looking at this computer for the support bundle…"))
        target = self._target()
        findings = await examine(target)
        try:
            await asyncio.to_thread(
                write_bundle, file, report(target, findings), target.folder / "log"
            )
        except BadSetting as error:
            notice.say(str(error), tone="warning")
            return
        notice.say(
            self.tr("Support bundle saved: {file} (contains no debtor data).").format(
                file=file.name
            ),
            action=self.tr("Show the folder"),
            act=lambda: open_folder(file.parent),
            second=self.tr("Close"),
            act_second=lambda: notice.say(""),
        )


def open_folder(folder: Path) -> None:
    """Show a folder as the system does."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
