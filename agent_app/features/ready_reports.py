"""The provider's own reports: which are ready, and their files; with what is left of its credits."""

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog
from shiboken6 import isValid

from agent_app.domain.company import ReadyReport
from agent_app.domain.errors import ExternalError, LinkDead, LinkRefused
from agent_app.features.context import AppContext
from agent_app.models.commands import Commands
from agent_app.ui.report.ready_reports_dialog import ReadyReportsDialog


class ReadyReports(QObject):
    """Serves one account, until `close`."""

    def __init__(self, context: AppContext, commands: Commands) -> None:
        super().__init__()
        self._context, self._commands = context, commands
        self._works: list[asyncio.Task[None]] = []
        self.dialog: ReadyReportsDialog | None = None

    def close(self) -> None:
        """Fetch no more."""
        for work in self._works:
            work.cancel()
        self._works.clear()

    def open(self) -> None:
        """Show them, once they are read."""
        dialog = self.dialog = ReadyReportsDialog(self._context.window)
        dialog.wanted.connect(self._ask_file)
        dialog.open()
        self._start(self._read(dialog))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self._works = [one for one in self._works if not one.done()]
        self._works.append(self._context.tasks.start(work))

    async def _read(self, dialog: ReadyReportsDialog) -> None:
        company = self._commands.company
        try:
            reports = await company.reports() if company is not None else []
            left = await company.credits() if company is not None else None
        except ExternalError as error:
            if isValid(dialog):
                dialog.say(self._context.describe_error(error))
            return
        if isValid(dialog):
            dialog.show_reports(reports, left)

    def _ask_file(self, report: ReadyReport) -> None:
        ending = report.format.lower() if report.format.isalnum() else "pdf"
        asked = QFileDialog(self._context.window, self.tr("Report"), "", f"*.{ending}")
        asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        asked.setDefaultSuffix(ending)
        first, last = report.first or "", report.last or ""
        asked.selectFile(f"report-{first}-{last}.{ending}")

        def chosen(name: str) -> None:
            self._start(self.fetch(report, Path(name)))

        asked.fileSelected.connect(chosen)
        asked.open()

    async def fetch(self, report: ReadyReport, file: Path) -> None:
        """Write a report's file, and say how that ended."""
        company, dialog = self._commands.company, self.dialog
        if company is None:
            return
        try:
            await company.fetch_report(report.id, file)
            words = self.tr("Saved as {file}.").format(file=file.name)
        except (LinkDead, LinkRefused):
            words = self.tr("The server's link to this report is not good. Try again later.")
        except ExternalError as error:
            words = self._context.describe_error(error)
        except OSError as error:
            words = self.tr("The file cannot be written: {why}").format(why=error.strerror)
        if dialog is not None and isValid(dialog):
            dialog.say(words)
