"""Tells the person that a call is due: a strip in the window, and the system's notification.

The notification names nobody unless a setting lets it: third parties must not learn of a debt.
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

from agent_app.domain.settings import Settings
from agent_app.domain.views import View
from agent_app.models.reminders import Reminders
from agent_app.store.followups import DueCall
from agent_app.store.store import Store
from agent_app.system.notifier import Notifier
from agent_app.ui.window.main_window import MainWindow


class ReminderNotices(QObject):
    """Serves one account. *show* opens a followup, *do* runs what takes time."""

    def __init__(
        self,
        window: MainWindow,
        store: Store,
        reminders: Reminders,
        notifier: Notifier,
        settings: Callable[[], Settings],
        show: Callable[[str], None],
        do: Callable[[Coroutine[Any, Any, None]], asyncio.Task[None]],
    ) -> None:
        super().__init__()
        self._window, self._store, self._settings = window, store, settings
        self._reminders, self._notifier = reminders, notifier
        self._show, self._do = show, do
        self._due: list[DueCall] = []
        reminders.due.connect(self._on_due)
        notifier.opened.connect(self.open)
        notifier.snoozed.connect(self.snooze)

    def begin(self) -> None:
        """The account's desk stands: a damaged page that was met on the way would leave a clock
        behind that asks a closed store."""
        self._reminders.begin()

    def close(self) -> None:
        """The account goes."""
        self._reminders.close()
        self._notifier.opened.disconnect(self.open)
        self._notifier.snoozed.disconnect(self.snooze)
        self._window.reminder.say("")

    def _on_due(self, found: list[DueCall]) -> None:
        known = {one.followup_id for one in found}
        self._due = [*[one for one in self._due if one.followup_id not in known], *found]
        self._window.reminder.say(
            self._words(in_window=True),
            action=self.tr("Open"),
            act=self.open,
            second=self.tr("Snooze"),
            act_second=self.snooze,
        )
        state = QGuiApplication.applicationState()
        if state != Qt.ApplicationState.ApplicationActive:
            self._do(self._notify())

    async def _notify(self) -> None:
        await self._notifier.show(
            "Followup Desk",
            self._words(in_window=self._settings().show_debtor),
            self.tr("Open"),
            self.tr("Snooze"),
        )

    def _words(self, *, in_window: bool) -> str:
        count = len(self._due)
        if count == 1 and in_window:
            debt = self._store.debts.get(self._due[0].debt_id)
            name = (debt.debtor if debt else "") or self._due[0].debt_id
            return self.tr("A call is due: {debtor}").format(debtor=name)
        return self.tr("%n call(s) are due.", "", count)

    def open(self) -> None:
        """Open the call, or the list of those that are due."""
        due, self._due = self._due, []
        self._end()
        self._window.come_to_front()
        if len(due) == 1:
            self._show(due[0].followup_id)
        elif due and self._window.list_panel is not None:
            self._window.list_panel.choose_view(View.TO_CALL_NOW)

    def snooze(self) -> None:
        """Not now: again in a while."""
        due, self._due = self._due, []
        self._reminders.snooze(due, self._settings().snooze_minutes)
        self._end()

    def _end(self) -> None:
        self._window.reminder.say("")
        self._do(self._notifier.withdraw())
