"""The form's half of an account's desk, and all that belongs to it.

It is imported and built when the list has been painted: nothing here is needed for that.
"""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from agent_app.features.palette import CommandPalette
from agent_app.features.preferences import Preferences
from agent_app.features.reminders import ReminderNotices
from agent_app.models.calling_guard import CallingGuard
from agent_app.models.commands import Commands
from agent_app.models.debt_card import DebtCard
from agent_app.models.edit_session import EditSession
from agent_app.models.outcome_filler import OutcomeFiller
from agent_app.models.player import Player
from agent_app.models.reminders import Reminders
from agent_app.models.sync_status import SyncStatus
from agent_app.store.store import Store
from agent_app.system.notifier import Notifier
from agent_app.ui.editor.editor_models import EditorModels
from agent_app.ui.editor.editor_panel import EditorPanel
from agent_app.ui.followups.list_panel import ListPanel
from agent_app.ui.widgets.snippets import Snippets
from agent_app.ui.widgets.theme import Theme
from agent_app.ui.window.main_window import MainWindow

if TYPE_CHECKING:
    from agent_app.features.report import SupervisorReport

Do = Callable[[Coroutine[Any, Any, None]], "asyncio.Task[None]"]


class Workplace(QObject):
    """Serves one account in one window, until `close`."""

    def __init__(
        self,
        window: MainWindow,
        panel: ListPanel,
        store: Store,
        commands: Commands,
        status: SyncStatus,
        theme: Theme,
        zone: tzinfo,
        now: Callable[[], datetime],
        preferences: Preferences,
        notifier: Notifier,
        words: Callable[[Exception], str],
        do: Do,
    ) -> None:
        super().__init__()
        self._window, self._panel, self._store, self._commands = window, panel, store, commands
        self._status, self._theme, self._zone, self._now = status, theme, zone, now
        self._preferences, self._words, self._do = preferences, words, do
        self.card = DebtCard(
            store,
            zone,
            lambda: status.state.may_read_debts,
            lambda: preferences.settings.country,
        )
        self.guard = CallingGuard(store, zone, lambda: preferences.book)
        self.session = EditSession(store, commands, now, self.guard)
        self.outcome_filler = OutcomeFiller(
            self.session, store, self.guard, now, zone, self._retry_rule
        )
        self.snippets = Snippets(
            lambda: preferences.templates,
            lambda: self.card.template_facts(preferences.settings.agent_name, now()),
        )
        self.player = Player(commands, words)
        models = EditorModels(
            session=self.session,
            card=self.card,
            status=status,
            outcome_filler=self.outcome_filler,
            guard=self.guard,
            snippets=self.snippets,
            player=self.player,
        )
        self.editor = EditorPanel(models, theme, zone, now, window.menu_letters)
        self.report: SupervisorReport | None = None
        self.palette = CommandPalette(window, theme, lambda: preferences.templates)
        self.reminders = ReminderNotices(
            window,
            store,
            Reminders(store, now, lambda: preferences.settings.reminders, panel.queue.skips),
            notifier,
            lambda: preferences.settings,
            self.show,
            do,
        )
        self._wire()

    def _wire(self) -> None:
        # Bound methods only: a lambda would keep its sender, and with it the account, for ever.
        session, editor, panel, window = self.session, self.editor, self._panel, self._window
        panel.chosen.connect(session.open)
        session.opened.connect(self._on_opened)
        session.renamed.connect(self._on_renamed)
        session.store_refused.connect(self._on_store_refused)
        session.draft_refused.connect(self._on_draft_refused)
        session.draft_taken.connect(editor.banner.end_draft_trouble)
        editor.wanted.connect(self.show)
        editor.new_wanted.connect(self.begin_new)
        editor.history_wanted.connect(self.show_history)
        panel.back_wanted.connect(self.open_report)
        panel.call_wanted.connect(editor.dialling.call_debtor)
        panel.copy_wanted.connect(editor.dialling.copy_number)
        self.palette.serve(self._store, self.snippets, self.show)
        window.settings_wanted.connect(self.ask_settings)
        window.report_wanted.connect(self.open_report)
        import phonenumbers  # noqa: F401  (numbers are spaced for reading from now on)

        panel.say_anew()
        window.put_editor(editor)
        if panel.current_id:  # somebody was quicker than we
            session.open(panel.current_id)
        self.reminders.begin()

    def close(self) -> None:
        """Keep what was typed, and let go of the account."""
        self._window.settings_wanted.disconnect(self.ask_settings)
        self._window.report_wanted.disconnect(self.open_report)
        self.palette.end()
        self.reminders.close()
        if self.report is not None:
            self.report.close()
            self.report = None
        self.player.close()
        self.session.close()
        self.card.close()

    # -- what is wanted

    def show(self, followup_id: str) -> None:
        """Open a followup; the list follows."""
        if followup_id == self.session.followup_id:
            self._panel.note_open(followup_id)  # brought into sight
        else:
            self.session.open(followup_id)

    def begin_new(self) -> None:
        """Begin a new call for the debt of what is open, planned by the team's rule."""
        shown = self.session.shown
        if shown is None or not self._status.state.may_write:
            return
        new_id = self._commands.begin(shown.id, self.outcome_filler.next_call(shown))
        if new_id:
            self.session.open(new_id, back_to=shown.id)
            self.editor.form.focus_field("scheduled_at")

    def show_history(self) -> None:
        """Read the debt's whole history."""
        if not self.card.has_debt:
            return
        from agent_app.ui.debtor.history_dialog import HistoryDialog

        dialog = HistoryDialog(self._window, self.card, self._theme)
        dialog.wanted.connect(self.show)
        dialog.open()

    def ask_settings(self) -> None:
        """Open the window of settings."""
        self._preferences.ask(self.outcome_filler.is_rule)

    def open_report(self) -> None:
        """Open the supervisors' part, which is built when it is first asked for."""
        if self.report is None:
            from agent_app.features.report import SupervisorReport

            self.report = SupervisorReport(
                self._window,
                self._store,
                self._commands,
                self._status,
                self._theme,
                self._zone,
                self._now,
                lambda: self._preferences.settings,
                lambda: self.session.followup_id,
                self._do,
            )
        self.report.open()

    def _on_opened(self) -> None:
        self._panel.note_open(self.session.followup_id)
        if self.report is not None:
            self.report.show_review()

    def _on_renamed(self) -> None:
        self._panel.note_open(self.session.followup_id, scroll=False)

    def _on_store_refused(self, error: Exception) -> None:
        self.editor.banner.show_store_error(self._words(error))

    def _on_draft_refused(self, error: Exception) -> None:
        self.editor.banner.show_draft_trouble(self._words(error))

    def _retry_rule(self) -> tuple[str, bool]:
        settings = self._preferences.settings
        return settings.retry, settings.retry_on_weekends
