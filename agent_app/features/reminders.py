"""Tell the person that a call is due: a strip in the window, and the system's notification.

The notification names nobody unless a setting lets it: third parties must not learn of a debt.
"""

from collections.abc import Callable

from PySide6.QtCore import QLocale, QObject, Qt
from PySide6.QtGui import QGuiApplication

from agent_app.domain.views import View
from agent_app.features.context import AppContext
from agent_app.models.reminders import Reminders
from agent_app.runtime.scope import Scope
from agent_app.store.followups import DueCall
from agent_app.store.store import Store
from agent_app.system.notifier import Notifier
from agent_app.text.moments import clock_text


class ReminderNotices(QObject):
    """Serves one account. *show* opens a followup."""

    def __init__(
        self,
        context: AppContext,
        store: Store,
        reminders: Reminders,
        notifier: Notifier,
        show: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._context, self._window, self._store = context, context.window, store
        self._reminders, self._notifier, self._show = reminders, notifier, show
        self._due: list[DueCall] = []
        self._scope = Scope()
        self._scope.at_end(self._say_nothing)
        self._scope.adopt(reminders)
        self._scope.connect(reminders.due, self._on_due)
        self._scope.connect(notifier.opened, self.open)
        self._scope.connect(notifier.snoozed, self.snooze)
        self._scope.connect(context.window.covered, self._on_covered)

    def begin(self) -> None:
        """Look for due calls from now on. Called when the account's desk is whole: a damaged page met
        while it is built must not leave a timer behind that asks a closed store."""
        self._reminders.begin()

    def close(self) -> None:
        """Stop looking, and take the strip away."""
        self._scope.close()

    def _say_nothing(self) -> None:
        self._window.reminder.say("")

    def _on_due(self, found: list[DueCall]) -> None:
        known = {one.followup_id for one in found}
        self._due = [*[one for one in self._due if one.followup_id not in known], *found]
        self._say()
        state = QGuiApplication.applicationState()
        if state != Qt.ApplicationState.ApplicationActive:
            self._context.tasks.start(self._notify())

    def _on_covered(self) -> None:
        if self._due:
            self._say()

    def _say(self) -> None:
        """Say it in the window. Behind a cover nobody is named: a screen reader says what is there."""
        self._window.reminder.say(
            self._words(in_window=not self._window.is_covered),
            action=self.tr("Open"),
            act=self.open,
            second=self.tr("Snooze"),
            act_second=self.snooze,
        )

    async def _notify(self) -> None:
        await self._notifier.show(
            "Followup Desk",
            self._words(in_window=self._context.settings.show_debtor),
            self.tr("Open"),
            self.tr("Snooze"),
        )

    def _words(self, *, in_window: bool) -> str:
        count = len(self._due)
        if not in_window or not count:
            return self.tr("%n call(s) due.", "", count)
        first = min(self._due, key=lambda one: one.at)
        debt = self._store.debts.get(first.debt_id)
        name = (debt.debtor if debt else "") or first.debt_id
        if count == 1:
            return self.tr("Call due now: {debtor}").format(debtor=name)
        at = clock_text(first.at.astimezone(self._context.clock.zone), QLocale())
        words = self.tr("%n call(s) due (first: {time}, {debtor}).", "", count)
        return words.replace("{time}", at).replace("{debtor}", name)

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
        self._reminders.snooze(due, self._context.settings.snooze_minutes)
        self._end()

    def _end(self) -> None:
        self._say_nothing()
        self._context.tasks.start(self._notifier.withdraw())
