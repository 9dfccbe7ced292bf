"""The form's half of an account's desk, and all that belongs to it.

It is imported and built when the list has been painted: nothing here is needed for that.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from agent_app.app.open_account import OpenAccount
from agent_app.domain.calling import Rulebook
from agent_app.features.bulk import Bulk
from agent_app.features.company import CompanyDetails
from agent_app.features.context import AppContext
from agent_app.features.my_day import MyDayFeature
from agent_app.features.own_views import OwnViews
from agent_app.features.palette import CommandPalette
from agent_app.features.reminders import ReminderNotices
from agent_app.models.bulk_changes import BulkChanges
from agent_app.models.calling_guard import CallingGuard
from agent_app.models.debt_card import DebtCard
from agent_app.models.debt_edits import DebtEdits
from agent_app.models.edit_session import EditSession
from agent_app.models.outcome_filler import OutcomeFiller
from agent_app.models.person_debts import PersonDebts
from agent_app.models.pinned_note import PinnedNote
from agent_app.models.player import Player
from agent_app.models.promise_maker import PromiseMaker
from agent_app.models.reminders import Reminders
from agent_app.runtime.scope import Scope
from agent_app.system.notifier import Notifier
from agent_app.text.numbers import enable_phone_spacing
from agent_app.ui.debtor.about_debt import AboutDebt
from agent_app.ui.editor.editor_models import EditorModels
from agent_app.ui.editor.editor_panel import EditorPanel
from agent_app.ui.widgets.snippets import Snippets

if TYPE_CHECKING:
    from agent_app.features.report import SupervisorReport
    from agent_app.models.sent_reviews import SentReviews
    from agent_app.ui.settings.dialog import SettingsDialog


PATIENCE_MS = 3_000
"""A first call is opened without the debtors' names after so long (milliseconds)."""
TEAM_PATIENCE_MS = 8_000
"""And without a team that is to be there."""


class FormDesk(QObject):
    """Serves one account in one window, until `close`."""

    def __init__(self, context: AppContext, account: OpenAccount, notifier: Notifier) -> None:
        super().__init__()
        self._context, self._account = context, account
        self._scope = Scope()
        store, panel, window = account.store, account.panel, context.window
        self._had_rows = store.followups.count() > 0
        self._patience = QTimer(self, singleShot=True)
        self._patience.timeout.connect(self._begin_now)
        self._has_waited = False
        self.has_begun = False
        """Whether the first call was opened, or it was seen that there is none."""
        preferences, clock = context.preferences, context.clock
        self.card = DebtCard(
            store,
            clock.zone,
            lambda: context.status.state.may_read_debts,
            lambda: preferences.settings.country,
        )
        self.guard = CallingGuard(store, clock.zone, lambda: preferences.book)
        self.debt_edits = DebtEdits(store, account.commands)
        self.person = PersonDebts(store, account.commands.read_person)
        self.session = EditSession(
            store, account.commands, clock.now, self.guard, self.debt_edits, self.person
        )
        self.outcome_filler = OutcomeFiller(
            self.session, store, self.guard, clock.now, clock.zone, self._retry_rule
        )
        self.snippets = Snippets(
            lambda: preferences.templates,
            lambda: self.card.template_facts(preferences.settings.agent_name, clock.now()),
        )
        self.player = Player(account.commands, context.describe_error)
        self.pinned = PinnedNote(store, clock.now)
        models = EditorModels(
            session=self.session,
            card=self.card,
            status=context.status,
            outcome_filler=self.outcome_filler,
            guard=self.guard,
            snippets=self.snippets,
            player=self.player,
            pinned=self.pinned,
        )
        self.editor = EditorPanel(models, context.theme, clock.zone, clock.now, window.menu_letters)
        self.editor.put_about_debt(self._about_debt())
        self.company = self._scope.adopt(CompanyDetails(context, account.commands))
        changes = BulkChanges(store, account.commands, self.guard, panel.queue.is_taken)
        self.own_views = OwnViews(context, panel)
        self.bulk = Bulk(context, panel, changes, self.session.progressed.emit)
        self.report: SupervisorReport | None = None
        self.sent_reviews: SentReviews | None = None
        """Takes reviews to their agents, where there is a team."""
        self.palette = CommandPalette(context, store, self.snippets, self.show)
        self.my_day = MyDayFeature(context, store, account.commands, self.show)
        self.reminders = ReminderNotices(
            context,
            store,
            Reminders(store, clock.now, lambda: preferences.settings.reminders, panel.queue.skips),
            notifier,
            self.show,
        )
        for part in (
            self.bulk,
            self.own_views,
            self.card,
            self.person,
            self.session,
            self.player,
            self.pinned,
            self.reminders,
            self.palette,
            self.my_day,
        ):
            self._scope.adopt(part)
        self._wire()

    def _about_debt(self) -> AboutDebt:
        """Return what belongs to the debt below its card."""
        status, clock = self._context.status, self._context.clock
        promises = PromiseMaker(
            self.session,
            self.card,
            self.outcome_filler,
            self._account.store,
            clock.now,
            clock.zone,
            lambda: self._context.settings.promise_words,
        )
        return AboutDebt(
            self.card,
            self.session,
            self.debt_edits,
            self.person,
            promises,
            lambda: status.state.may_write_debts,
        )

    def _wire(self) -> None:
        # Bound methods only: a lambda would keep its sender, and with it the account, for ever.
        session, editor, panel = self.session, self.editor, self._account.panel
        panel.chosen.connect(session.open)
        session.opened.connect(self._on_opened)
        session.renamed.connect(self._on_renamed)
        session.store_refused.connect(self._on_store_refused)
        session.draft_refused.connect(self._on_draft_refused)
        session.draft_taken.connect(editor.banner.end_draft_trouble)
        self.pinned.refused.connect(self._on_draft_refused)
        self.pinned.taken.connect(editor.banner.end_draft_trouble)
        editor.wanted.connect(self.show)
        panel.back_wanted.connect(self._go_back_to_report)
        panel.call_wanted.connect(editor.dialling.call_debtor)
        panel.copy_wanted.connect(editor.dialling.copy_number)
        window = self._context.window
        for name, act in (
            ("settings", self.ask_settings),
            ("report", self.open_report),
            ("sample", self._review_sample),
            ("new", self.begin_new),
            ("history", editor.focus_history),
        ):
            self._scope.connect(window.actions_[name].triggered, act)
        enable_phone_spacing()
        panel.queue.follow_rules(self._book)
        panel.say_anew()
        window.put_editor(editor)
        if panel.current_id:  # the person chose a row before the form was there
            session.open(panel.current_id)
        self._scope.connect(self._context.status.changed, self._begin_work)
        self._scope.connect(panel.settled, self._begin_work)
        self._scope.connect(self._context.team.changed, self._begin_work)
        self._scope.at_end(self._patience.stop)
        self._begin_work()
        self.reminders.begin()

    def close(self) -> None:
        """Keep what was typed, and let go of the account."""
        self._scope.close()

    def _begin_work(self) -> None:
        """Open the first call of the queue, as soon as it is known which one that is; a person who opened
        something, or looks at something else, is left alone."""
        panel, state = self._account.panel, self._context.status.state
        if self._has_waited:
            self._begin_now()  # with whatever is there
            return
        if self.has_begun or not (self._had_rows or state.last_refresh is not None):
            return
        if self._context.team.is_awaited:  # it may know that a colleague has the first call
            if not self._patience.isActive():
                self._patience.start(TEAM_PATIENCE_MS)
            return
        reads = state.refreshing or state.progress is not None
        if not self._had_rows and (reads or not panel.knows_first_rows(state.may_read_debts)):
            if not self._patience.isActive():
                self._patience.start(PATIENCE_MS)  # debtors, and what came before, are on their way
            return
        self._begin_now()

    def _begin_now(self) -> None:
        """Open the first call; where there is none and the list is still being read, the first that comes."""
        if self.has_begun:
            return
        panel, state = self._account.panel, self._context.status.state
        self._patience.stop()
        self._has_waited = True
        is_free = not self.session.followup_id and not panel.is_searched
        is_wanted = is_free and panel.is_queue
        is_read = state.last_refresh is not None and not state.refreshing
        self.has_begun = not is_wanted or panel.open_first() or is_read

    # -- what is wanted

    def show(self, followup_id: str) -> None:
        """Open a followup; the list follows."""
        self._context.window.bring_desk()
        if followup_id == self.session.followup_id:
            self._account.panel.note_open(followup_id)  # brought into sight
        else:
            self.session.open(followup_id)

    def begin_new(self) -> None:
        """Begin a new call for the debt of what is open, planned by the team's rule."""
        shown = self.session.shown
        if shown is None or not self._context.status.state.may_write:
            return
        new_id = self._account.commands.begin(shown.id, self.outcome_filler.next_call(shown))
        if new_id:
            self.session.open(new_id, back_to=shown.id)
            self.editor.form.focus_field("scheduled_at")

    def ask_settings(self) -> None:
        """Open the window of settings."""
        self._context.preferences.ask(self.outcome_filler.is_rule, self._on_settings)

    def _on_settings(self, dialog: "SettingsDialog") -> None:
        self.company.offer_names(dialog)
        dialog.say_team(self._context.team.sentence())

    def open_report(self) -> None:
        """Open the supervisors' view, or leave it."""
        self._supervisors().toggle()

    def _go_back_to_report(self) -> None:
        self._supervisors().open()

    def _review_sample(self) -> None:
        self._supervisors().review_sample()

    def _supervisors(self) -> "SupervisorReport":
        """Return the supervisors' part, which is built when it is first asked for."""
        if self.report is None:
            from agent_app.features.report import SupervisorReport  # after the first paint

            self.report = self._scope.adopt(
                SupervisorReport(
                    self._context,
                    self._account.store,
                    self._account.commands,
                    self._open_id,
                    self.sent_reviews,
                )
            )
        return self.report

    def _open_id(self) -> str:
        return self.session.followup_id

    def _on_opened(self) -> None:
        self._account.panel.note_open(self.session.followup_id)
        if self.report is not None:
            self.report.show_review()

    def _on_renamed(self) -> None:
        self._account.panel.note_open(self.session.followup_id, scroll=False)

    def _on_store_refused(self, error: Exception) -> None:
        self.editor.banner.show_store_error(self._context.describe_error(error))

    def _on_draft_refused(self, error: Exception) -> None:
        self.editor.banner.show_draft_trouble(self._context.describe_error(error))

    def _book(self) -> Rulebook:
        return self._context.preferences.book

    def _retry_rule(self) -> tuple[str, bool]:
        settings = self._context.settings
        return settings.retry, settings.retry_on_weekends
