"""Hands numbers to the telephone program, and says what stands in the way: a number that was dialled a
moment ago, or a computer on which no program takes numbers."""

import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QProcess, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices

from agent_app.runtime.weak import weakly
from agent_app.ui.widgets.banner import Banner
from agent_app.ui.widgets.links import copy_text
from agent_app.ui.widgets.theme import Theme

AGAIN = timedelta(seconds=10)
"""The same number within this time is most often a slip of the hand."""
ASK_SYSTEM = ("xdg-mime", ("query", "default", "x-scheme-handler/tel"))


class CallLine(Banner):
    """A line that is hidden as long as calls go through. *now* gives UTC."""

    def __init__(
        self,
        theme: Theme,
        now: Callable[[], datetime],
        ask_system: tuple[str, tuple[str, ...]] | None = ASK_SYSTEM
        if sys.platform.startswith("linux")
        else None,
    ) -> None:
        super().__init__(theme)
        self._now, self._ask_system = now, ask_system
        self._last: tuple[str, datetime] | None = None

    def call(self, number: str) -> None:
        """Dial a number; one that was dialled a moment ago only after asking."""
        if self._was_just_dialled(number):
            self.say(
                self.tr("{number} was dialled a moment ago.").format(number=number),
                action=self.tr("Leave it"),
                act=self.end,
                second=self.tr("Dial a&gain"),
                act_second=partial(self.dial, number),
            )
            return
        self.dial(number)

    def _was_just_dialled(self, number: str) -> bool:
        if self._last is None or self._last[0] != number:
            return False
        return timedelta() <= self._now() - self._last[1] < AGAIN

    def dial(self, number: str) -> None:
        """Hand a number (E.164 where it is known) to the telephone program."""
        self.end()
        self._last = (number, self._now())
        url = QUrl()
        url.setScheme("tel")
        url.setPath(number)
        if not QDesktopServices.openUrl(url):
            self._say_nobody(number)
        elif self._ask_system is not None:
            self._look_who_takes_it(number)

    def end(self) -> None:
        """Nothing stands in the way any more."""
        self.say("")

    def _look_who_takes_it(self, number: str) -> None:
        """Where no program is set for numbers, the desktop opens none and says nothing."""
        assert self._ask_system is not None
        program, arguments = self._ask_system
        process = QProcess(self)
        process.finished.connect(weakly(self._on_answer, process, number))
        process.errorOccurred.connect(process.deleteLater)  # then nobody knows, and nothing is said
        process.start(program, list(arguments))

    def _on_answer(self, process: QProcess, number: str) -> None:
        name = bytes(process.readAllStandardOutput().data()).decode("utf-8", "replace").strip()
        process.deleteLater()
        applications = QStandardPaths.StandardLocation.ApplicationsLocation
        if not name or not QStandardPaths.locate(applications, name):
            self._say_nobody(number)

    def _say_nobody(self, number: str) -> None:
        self.say(
            self.tr(
                "No program on this computer takes telephone numbers. Dial {number} by hand, or ask"
                " your administrator to set one for tel: links."
            ).format(number=number),
            tone="warning",
            action=self.tr("Close"),
            act=self.end,
            second=self.tr("Copy the number"),
            act_second=partial(copy_text, self, number),
        )
