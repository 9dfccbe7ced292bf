"""The right half of the window: the debtor, the form, Save and Discard."""

from collections.abc import Callable
from datetime import date, datetime, tzinfo
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from agent_app.domain.fields import FIELD_BY_NAME
from agent_app.domain.outcomes import NEXT_CALL, Outcome
from agent_app.text.labels import field_label, outcome_words
from agent_app.ui.debtor.about_debt import AboutDebt
from agent_app.ui.debtor.debt_panel import DebtPanel
from agent_app.ui.debtor.history_panel import HistoryPanel
from agent_app.ui.editor.action_bar import ActionBar
from agent_app.ui.editor.call_line import CallLine
from agent_app.ui.editor.conflict_panel import ConflictPanel
from agent_app.ui.editor.dialling import Dialling
from agent_app.ui.editor.discard_question import DiscardQuestion
from agent_app.ui.editor.editor_models import EditorModels
from agent_app.ui.editor.facts import Facts
from agent_app.ui.editor.form import Form
from agent_app.ui.editor.outcome_bar import OutcomeBar
from agent_app.ui.editor.player_bar import PlayerBar
from agent_app.ui.editor.reason_bar import ReasonBar
from agent_app.ui.editor.saving import Saving, Then, nothing
from agent_app.ui.editor.steady import Steady
from agent_app.ui.editor.troubles import Troubles
from agent_app.ui.editor.whose import Whose
from agent_app.ui.widgets.announce import announce
from agent_app.ui.widgets.banner import Banner
from agent_app.ui.widgets.mnemonics import letters_of
from agent_app.ui.widgets.moment_editor import MomentEditor, is_weekend
from agent_app.ui.widgets.theme import Theme

EDGE = 8
"""What is beside the form at each side."""


class EditorPanel(QWidget):
    """Shows the followup that the session has open. *now* gives UTC."""

    wanted = Signal(str)
    """The person wants to open another followup of the debt."""
    new_wanted = Signal()
    """The person wants to plan a new call for the debt."""
    save_next_wanted = Signal()
    take_over_wanted = Signal()
    """The person wants the debt that a colleague has."""
    list_wanted = Signal()
    """Nothing is left to do here: the next key belongs to the list."""

    def __init__(
        self,
        models: EditorModels,
        theme: Theme,
        zone: tzinfo,
        now: Callable[[], datetime],
        menu_letters: str,
    ) -> None:
        """*menu_letters* are those that Alt opens a menu with."""
        super().__init__()
        session, card, status = models.session, models.card, models.status
        self._session, self._card, self._status = session, card, status
        self._guard = models.guard
        self._outcome_filler, self._player = models.outcome_filler, models.player
        self.debt = DebtPanel(card, theme)
        self.debt.new_wanted.connect(self.new_wanted)
        self.history = HistoryPanel(card, models.pinned, theme)
        self.history.wanted.connect(self.wanted)
        self.history.left.connect(self._back_from_history)
        self.outcome_bar = OutcomeBar(session, theme)
        self.outcome_bar.chosen.connect(self.choose_outcome)
        self.reason = ReasonBar(theme)
        self.call_line = CallLine(theme, now)
        self.dialling = Dialling(models, self.call_line, self.reason, now)
        self.debt.call_wanted.connect(self.dialling.call)
        self.bar = ActionBar(
            session, status, theme, zone
        )  # before the conflicts: their end leads to its Save
        self.conflicts = ConflictPanel(session, theme, zone)
        buttons = (self.bar.save_button.text(), self.bar.discard_button.text())
        self.form = Form(
            session,
            theme,
            zone,
            now,
            menu_letters + letters_of(buttons),
            lambda followup: models.guard.local_time(followup, now()),
        )
        self.form.call_wanted.connect(self.dialling.call)
        self.banner = Troubles(session, status, theme, self.form.focus_field)
        self.banner.wanted.connect(self.wanted)
        self.blanks = Banner(theme)
        self.saving = Saving(
            session, self.form, self.conflicts, self.reason, self.blanks, self.banner
        )
        self.saving.done.connect(self._on_saved)
        self.form.compare_wanted.connect(self.conflicts.ask)
        self.conflicts.reached.connect(self._bring_into_sight)
        self.conflicts.decided.connect(self._on_decided)
        for name in ("summary", "notes"):
            field = self.form.rows[name].editor.focus
            models.snippets.serve(field, partial(self._blanks_of, name))
        for name in ("scheduled_at", NEXT_CALL):
            moment = self.form.rows[name].editor
            if isinstance(moment, MomentEditor):
                moment.is_closed = self._is_closed
        self.player = PlayerBar(models.player, theme)
        self.facts = Facts(session, zone)
        self.bar.save.connect(self.save)
        self.bar.save_next.connect(self.save_next_wanted)
        self.bar.discard.connect(self.discard)
        self.bar.undo.connect(self.undo_save)
        self.bar.take_back.connect(self.take_back)
        self._nothing = QLabel(self.tr("Select a followup to start."))
        self._nothing.setProperty("muted", True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages = QStackedWidget()
        # Larger text is laid out after the theme has told everybody.
        self._fit = QTimer(self, singleShot=True, interval=0)
        self._fit.timeout.connect(self._fit_width)
        self._lay_out()
        session.opened.connect(self._on_opened)
        session.renamed.connect(self._on_renamed)
        session.progressed.connect(self._show_player)
        status.changed.connect(self._on_status)
        self._may_write = True
        self.about_debt: AboutDebt | None = None
        self._from_list = False
        """Whether the last outcome was chosen from outside the form."""
        theme.changed.connect(self._fit.start)
        self._on_opened()

    def _lay_out(self) -> None:
        content = self._content = QWidget()
        content.setObjectName("EditorContent")
        self._inside = inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 4, 0)
        inside.setSpacing(8)
        inside.addWidget(self.debt)
        inside.addWidget(self.conflicts)
        inside.addWidget(self.outcome_bar)
        card = QFrame()
        card.setProperty("card", True)
        card_layout = QVBoxLayout(card)
        card_layout.setContentsMargins(0, 0, 0, 0)
        card_layout.addWidget(self.form, 1)
        card_layout.addWidget(self.facts)
        self.form.arrangement.put_beside(self.history)
        inside.addWidget(card, 1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(content)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._steady = Steady(self._scroll, content, card=card, first=self.outcome_bar)
        notes = self.form.rows["notes"].editor.focus
        if isinstance(notes, QPlainTextEdit):
            self._steady.serve(notes)
        self.whose = Whose(self._scroll, self.debt.title, self._card)
        self._fit_width()
        filled = QWidget()
        layout = QVBoxLayout(filled)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self.player)
        layout.addWidget(self.banner)
        layout.addWidget(self.call_line)
        layout.addWidget(self.reason)
        layout.addWidget(self.blanks)
        layout.addWidget(self.bar)
        self._pages.addWidget(self._nothing)
        self._pages.addWidget(filled)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)
        for field in (*self.form.tab_order(), *self.form.details_order()):
            field.installEventFilter(self)
        self._set_tab_order()

    def _fit_width(self) -> None:
        """Nothing is cut at the side, however large the text: the list gives way, up to three fifths
        of the window; beyond that one scrolls."""
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        wide = (
            max(self.form.wide_enough() + 2 * EDGE, self._content.minimumSizeHint().width()) + bar
        )
        self._scroll.setMinimumWidth(min(wide, self.window().width() * 3 // 5))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The window may be wider or narrower."""
        super().resizeEvent(event)
        self._fit.start()

    def _set_tab_order(self) -> None:
        """Notes lead to Save; Discard comes last of all."""
        order = [
            *self.form.tab_order(),
            self.bar.save_button,
            self.bar.next_button,
            self.history.pinned,
            self.history.events,
            *self.form.details_order(),
            self.bar.discard_button,
        ]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Return a field that gets the focus by keyboard is brought into sight."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self._scroll.ensureWidgetVisible(watched, 0, 80)
        return False

    def _bring_into_sight(self, widget: QWidget) -> None:
        self._scroll.ensureWidgetVisible(widget, 0, 40)

    def _on_decided(self) -> None:
        """All conflicts are decided: Return saves; where nothing is left to save, on with the list."""
        if self.bar.save_button.isEnabled():
            self.bar.save_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.list_wanted.emit()

    def put_about_debt(self, about: AboutDebt) -> None:
        """Show below the debt's card what else belongs to the debt."""
        self.about_debt = about
        self.debt.about_wanted.connect(self.ask_about_debt)
        self.saving.done.connect(about.layer.end)
        self._inside.insertWidget(self._inside.indexOf(self.debt) + 1, about)

    def put_claim_line(self, line: Banner) -> None:
        """Say below the debt's card which colleague has the debt."""
        self._inside.insertWidget(self._inside.indexOf(self.debt) + 1, line)

    def ask_about_debt(self) -> None:
        """Open the choices of what the call said about the debt."""
        if self.about_debt is not None and self._may_write:
            self.about_debt.ask()
            self._bring_into_sight(self.about_debt.layer)

    def _blanks_of(self, name: str) -> list[str]:
        return self._session.unfilled.get(name, [])

    def put_review_bar(self, bar: QWidget) -> None:
        """Show a supervisor's review above the form."""
        if bar.parent() is None:
            self._inside.insertWidget(self._inside.indexOf(self.outcome_bar), bar)
        bar.show()

    # -- what the person does

    def focus_form(self) -> None:
        """Go to the first field."""
        if self._session.followup is not None:
            self.form.focus_first()

    def focus_history(self) -> None:
        """Go to what was done before."""
        if self._card.has_debt:
            self.history.focus()
            self._bring_into_sight(self.history)

    def _back_from_history(self) -> None:
        self.form.focus_field("notes")

    def save(self, then: Then = nothing) -> None:
        """Save, and do what comes *then*; or ask what has to be asked first."""
        if self.about_debt is None or self.about_debt.layer.finish():
            self.saving.save(then)

    def _is_closed(self, day: date) -> bool:
        """Return whether nobody calls the debtor on a day: it is a weekend, or no rule leaves a minute."""
        followup = self._session.shown
        return is_weekend(day) or (followup is not None and self._guard.is_closed(followup, day))

    def _on_saved(self) -> None:
        next_call = self.form.rows[NEXT_CALL].editor.focus
        if self._from_list and (next_call.hasFocus() or self.reason.asked_from is next_call):
            self.list_wanted.emit()  # the plan is made: the next number is an outcome again

    def choose_outcome(self, outcome: Outcome) -> None:
        """Fill an outcome in and go where a word is needed."""
        if self._session.followup is None or not self._may_write:
            return
        if outcome not in self.outcome_bar.offer.all:
            return  # a key of another type
        focus = QApplication.focusWidget()
        self._from_list = focus is None or not self.isAncestorOf(focus)
        name = self._outcome_filler.choose(outcome)
        if name:
            self.form.focus_field(name)
        announce(self, outcome_words(outcome))

    def set_back_focused(self) -> None:
        """Set back the field that has the focus."""
        for name, row in self.form.rows.items():
            if row.editor.focus.hasFocus() and name in self._session.changed:
                self._session.set_back(name)

    def discard(self) -> None:
        """Discard, after asking: there is something to lose."""
        if self._session.is_begun and not self._session.changed:
            self._session.discard()
            return
        if not self._session.may_discard:
            return
        DiscardQuestion(self, self._session.discard)

    # -- how it follows

    def _on_opened(self) -> None:
        self._from_list = False
        self.call_line.end()
        followup = self._session.followup
        self._pages.setCurrentIndex(1 if followup is not None else 0)
        self._card.show(followup)
        self._show_player()
        self._scroll.verticalScrollBar().setValue(0)
        self._steady.begin_anew()
        self._on_status()

    def _on_renamed(self) -> None:
        self._card.show(self._session.followup)
        self._show_player()

    def _show_player(self) -> None:
        followup = self._session.followup
        self._player.show(self._session.followup_id)
        self.player.setVisible(followup is not None and bool(followup.audio_url))

    def _on_status(self) -> None:
        may_write = self._status.state.may_write
        if may_write != self._may_write:
            self._may_write = self.saving.may_write = may_write
            self.form.set_read_only(not may_write)
            self.bar.set_may_write(may_write)
            self.outcome_bar.set_may_write(may_write)

    @property
    def acts(self) -> int:
        """How many choices Ctrl+Z can take back."""
        of_debt = self.about_debt.choices if self.about_debt is not None else 0
        return self._session.acts + of_debt

    def undo(self) -> None:
        """Undo the nearest thing in what is open: the last choice that is not saved, or the last
        save where nothing is unsaved. The save of another followup is undone from its line. Outside of
        the form the nearest thing is a change of many rows, if that was the last save."""
        session = self._session
        focus = QApplication.focusWidget()
        if session.undoes_many and (focus is None or not self.isAncestorOf(focus)):
            self.undo_save()
            return
        of_debt = self.about_debt.take_choice_back() if self.about_debt is not None else ""
        if of_debt:
            announce(self, self.tr("Undone: {fields}").format(fields=of_debt))
        elif names := session.take_act_back():
            inside = (name for name in (*FIELD_BY_NAME, NEXT_CALL) if name in names)
            fields = ", ".join(field_label(name) for name in inside)
            announce(self, self.tr("Undone: {fields}").format(fields=fields))
        elif session.changed or session.is_begun or session.debt_changed:
            announce(self, self.tr("Words are undone in their own field."))
        elif session.undoable or session.undoes_many:
            self.undo_save()
        else:
            announce(self, self.tr("Nothing to undo."))

    def undo_save(self) -> None:
        """Take the last save back, whosever it is; what is open stays open."""
        whose = self._session.last_saved.who
        followup_id = self._session.undo()
        if not followup_id:
            announce(self, self.tr("Nothing to undo."))
        elif followup_id == self._session.followup_id:
            announce(self, self.tr("Save undone."))
        else:
            announce(self, self.tr("{name}: save undone.").format(name=whose))

    def take_back(self) -> None:
        """Stop sending what waits for this followup; it is unsaved again."""
        if self._session.take_back():
            changed = self._session.changed
            self.form.focus_field(
                next(n for n in ("notes", "summary", *FIELD_BY_NAME) if n in changed)
            )
            announce(self, self.tr("Not sent. You can change it, copy it or discard it."))
