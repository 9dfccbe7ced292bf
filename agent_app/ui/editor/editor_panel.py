"""The right half of the window: the debtor, the form, Save and Discard."""

from collections.abc import Callable
from datetime import datetime, tzinfo
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from agent_app.domain.fields import FIELD_BY_NAME
from agent_app.domain.outcomes import NEXT_CALL, Outcome
from agent_app.domain.validation import Rule
from agent_app.models.calling_guard import CallingGuard
from agent_app.models.debt_card import DebtCard
from agent_app.models.edit_session import CONFLICTED, NOT_KEPT, EditSession, Progress
from agent_app.models.outcome_filler import OutcomeFiller
from agent_app.models.player import Player
from agent_app.models.sync_status import SyncStatus
from agent_app.models.unsaved_edits import REASON
from agent_app.text.labels import field_label, outcome_words, problem_words
from agent_app.text.numbers import telephone
from agent_app.text.refusals import refusal_words
from agent_app.ui.debtor.debt_panel import DebtPanel
from agent_app.ui.editor.action_bar import ActionBar
from agent_app.ui.editor.call_line import CallLine
from agent_app.ui.editor.conflict_panel import ConflictPanel
from agent_app.ui.editor.facts import Facts
from agent_app.ui.editor.form import Form
from agent_app.ui.editor.outcome_bar import OutcomeBar
from agent_app.ui.editor.player_bar import PlayerBar
from agent_app.ui.editor.reason_bar import ReasonBar
from agent_app.ui.editor.steady import Steady
from agent_app.ui.editor.whose import Whose
from agent_app.ui.widgets.announce import announce
from agent_app.ui.widgets.banner import Banner
from agent_app.ui.widgets.links import copy_text
from agent_app.ui.widgets.mnemonics import letters_of
from agent_app.ui.widgets.snippets import Snippets
from agent_app.ui.widgets.theme import Theme

EDGE = 8
"""What is beside the form at each side."""


def _nothing() -> None:
    """Nothing comes after a plain save."""


class EditorPanel(QWidget):
    """Shows the followup that the session has open. *now* gives UTC."""

    wanted = Signal(str)
    """The person wants to open another followup of the debt."""
    new_wanted = Signal()
    """The person wants to plan a new call for the debt."""
    list_wanted = Signal()
    """Nothing is left to do here: the next key belongs to the list."""
    history_wanted = Signal()
    """The person wants to read the debt's whole history."""

    def __init__(
        self,
        session: EditSession,
        card: DebtCard,
        status: SyncStatus,
        theme: Theme,
        zone: tzinfo,
        now: Callable[[], datetime],
        menu_letters: str,
        outcome_filler: OutcomeFiller,
        guard: CallingGuard,
        snippets: Snippets,
        player: Player,
    ) -> None:
        """*menu_letters* are those that Alt opens a menu with."""
        super().__init__()
        self._session, self._card, self._status = session, card, status
        self._outcome_filler, self._guard, self._now = outcome_filler, guard, now
        self._player = player
        self.debt = DebtPanel(card, theme)
        self.debt.wanted.connect(self.wanted)
        self.debt.new_wanted.connect(self.new_wanted)
        self.debt.call_wanted.connect(self.call)
        self.debt.history_wanted.connect(self.history_wanted)
        self.outcome_bar = OutcomeBar()
        self.outcome_bar.chosen.connect(self.choose_outcome)
        self.reason = ReasonBar(theme)
        self.reason.typed.connect(session.type_reason)
        self.reason.given_up.connect(self._give_up_reason)
        self.banner = Banner(theme)
        self.call_line = CallLine(theme, now)
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
            lambda followup: guard.local_time(followup, now()),
        )
        self.form.call_wanted.connect(self.call)
        self.form.compare_wanted.connect(self.conflicts.ask)
        self.conflicts.reached.connect(self._bring_into_sight)
        self.conflicts.decided.connect(self._on_decided)
        for name in ("summary", "notes"):
            snippets.serve(self.form.rows[name].editor.focus)
        self.player = PlayerBar(player, theme)
        self.facts = Facts(session, zone)
        self.bar.save.connect(self.save)
        self.bar.discard.connect(self.discard)
        self.bar.undo.connect(self.undo_save)
        self.bar.take_back.connect(self.take_back)
        self._nothing = QLabel(self.tr("Choose a followup in the list."))
        self._nothing.setProperty("muted", True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages = QStackedWidget()
        # Larger text is laid out after the theme has told everybody.
        self._fit = QTimer(self, singleShot=True, interval=0)
        self._fit.timeout.connect(self._fit_width)
        self._lay_out()
        session.opened.connect(self._on_opened)
        session.renamed.connect(self._on_renamed)
        session.progressed.connect(self._on_progress)
        status.changed.connect(self._on_status)
        self._store_error = self._draft_trouble = ""
        self._may_write = True
        self._from_list = False
        """Whether the last outcome was chosen from outside the form."""
        # Larger text is laid out after the theme has told everybody.
        self._fit = QTimer(self, singleShot=True, interval=0)
        self._fit.timeout.connect(self._fit_width)
        theme.changed.connect(self._fit.start)
        self._on_opened()

    def _lay_out(self) -> None:
        content = self._content = QWidget()
        content.setObjectName("EditorContent")
        self._inside = inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 4, 0)
        inside.setSpacing(8)
        inside.addWidget(self.debt)
        inside.addWidget(self.banner)
        inside.addWidget(self.conflicts)
        inside.addWidget(self.outcome_bar)
        card = QFrame()
        card.setProperty("card", True)
        card_layout = QVBoxLayout(card)
        card_layout.setContentsMargins(0, 0, 0, 0)
        card_layout.addWidget(self.form)
        card_layout.addWidget(self.player)
        card_layout.addWidget(self.facts)
        inside.addWidget(card)
        inside.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(content)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._steady = Steady(self._scroll, content, card)
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
        layout.addWidget(self.call_line)
        layout.addWidget(self.reason)
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
            *self.form.details_order(),
            self.bar.discard_button,
        ]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A field that gets the focus by keyboard is brought into sight."""
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

    def save(self, then: Callable[[], None] = _nothing) -> None:
        """Save, and do what comes *then*; or go to the first field that is wrong. Where a reason is
        asked for, it goes on once that is given."""
        if not self._may_write:
            announce(self, self.banner.words)
            return
        self._store_error = ""
        wrong = self._session.save()
        if wrong == CONFLICTED:
            self.conflicts.ask()
        elif wrong == REASON:
            self._ask_reason(then)
        elif wrong == NOT_KEPT:
            announce(self, self.banner.words)
        elif wrong:
            self.form.focus_field(wrong)
        else:
            if self._from_list and self.form.rows[NEXT_CALL].editor.focus.hasFocus():
                self.list_wanted.emit()  # the plan is made: the next number is an outcome again
            then()

    def _ask_reason(self, then: Callable[[], None]) -> None:
        said = [
            problem_words(problem)
            for name in self._session.reasons_needed
            for problem in self._session.problems(name)
            if problem.rule is Rule.CALLING
        ]
        self.reason.ask(
            " ".join(dict.fromkeys(said)), self._session.reason, partial(self._save_with, then)
        )

    def _save_with(self, then: Callable[[], None], reason: str) -> None:
        self._session.give_reason(reason)
        self.save(then)

    def _give_up_reason(self) -> None:
        self._session.type_reason("")

    def choose_outcome(self, outcome: Outcome) -> None:
        """Fill an outcome in and go where a word is needed."""
        if self._session.followup is None or not self._may_write:
            return
        focus = QApplication.focusWidget()
        self._from_list = focus is None or not self.isAncestorOf(focus)
        name = self._outcome_filler.choose(outcome)
        if name:
            self.form.focus_field(name)
        announce(self, outcome_words(outcome))

    def call_debtor(self) -> None:
        """Dial the debtor's number."""
        if self.debt.number:
            self.call(self.debt.number)

    def copy_number(self) -> None:
        """Put the debtor's number on the clipboard, as telephones want it."""
        if self.debt.number:
            copy_text(self, self.debt.number)

    def call(self, number: str) -> None:
        """Dial a number with the telephone program, after the calling rules were asked."""
        followup = self._session.shown
        number = telephone(number, self._card.regions).dialled
        if followup is None or not number:
            return
        self._session.dialled()
        now = self._now()
        found = self._guard.findings(followup, now)
        if not found:
            self.call_line.call(number)
            return
        words = " ".join(self._guard.words(finding) for finding in found)

        def go_on(reason: str) -> None:
            self._session.note_call(now, reason)
            self.call_line.dial(number)

        self.reason.ask(words, self._session.reason, go_on)

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
        if not self._session.changed and self._session.progress is not Progress.ATTENTION:
            return
        question = QMessageBox(self)
        question.setIcon(QMessageBox.Icon.Question)
        question.setWindowTitle(self.tr("Discard changes"))
        question.setTextFormat(Qt.TextFormat.PlainText)
        question.setText(self.tr("Discard what was changed in this followup?"))
        question.setInformativeText(self.tr("What you typed here will be gone."))
        discard = question.addButton(
            self.tr("Discard changes"), QMessageBox.ButtonRole.DestructiveRole
        )
        keep = question.addButton(self.tr("Keep editing"), QMessageBox.ButtonRole.RejectRole)
        question.setDefaultButton(keep)
        question.setEscapeButton(keep)
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.finished.connect(
            lambda _: self._session.discard() if question.clickedButton() is discard else None
        )
        question.open()

    def show_store_error(self, words: str) -> None:
        """The local file refused: what was typed is still in the form."""
        self._store_error = words
        self._show_banner()

    def show_draft_trouble(self, words: str) -> None:
        """The local file does not take the draft for now."""
        self._draft_trouble = words
        self._show_banner()

    def end_draft_trouble(self) -> None:
        """The draft is kept now; a save that was refused meanwhile was not made by that."""
        self._draft_trouble = ""
        if self._store_error:
            self._store_error = self.tr(
                "There is room on the disk again: what you typed is kept, but not saved yet. Save"
                " again."
            )
        self._show_banner()

    # -- how it follows

    def _on_opened(self) -> None:
        self._from_list = False
        self._store_error = ""
        self.reason.end()
        self.call_line.end()
        if self._session.reason and self._session.reasons_needed:
            self._ask_reason(_nothing)
        followup = self._session.followup
        self._pages.setCurrentIndex(1 if followup is not None else 0)
        self._card.show(followup)
        self._show_player()
        self._scroll.verticalScrollBar().setValue(0)
        self._steady.begin_anew()
        self._show_banner()
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
            self._may_write = may_write
            self.form.set_read_only(not may_write)
            self.bar.set_may_write(may_write)
            self.outcome_bar.set_may_write(may_write)
        self._show_banner()

    def _on_progress(self) -> None:
        self._show_banner()
        self._show_player()

    def _show_banner(self) -> None:
        if self._store_error:
            self.banner.say(self._store_error, tone="error")
            return
        if self._draft_trouble:
            self.banner.say(self._draft_trouble, tone="error")
            return
        if not self._status.state.may_write:
            self.banner.say(
                self.tr("Your account may look but not save (followups:write is missing)."),
                tone="warning",
            )
            return
        entry = self._session.refusal
        kind = entry.problem.kind if entry is not None and entry.problem is not None else ""
        is_missed = entry is None and self._session.followup_id in self._status.state.gone
        if is_missed and not self._session.changed:
            self.banner.say(
                self.tr(
                    "The server no longer has this followup. It leaves the list when you open another."
                ),
                tone="warning",
            )
        elif kind == "not_there" or self._session.is_gone or is_missed:
            self.banner.say(
                self.tr("The server no longer has this followup. Your text is kept here."),
                tone="error",
                action=self.tr("File as a new followup"),
                act=self._file_as_new,
                second=self.tr("Copy my text"),
                act_second=self._copy_text,
            )
        elif kind == "conflict":
            self.banner.say("")  # the panel below says it
        else:
            wrong = next((n for n in FIELD_BY_NAME if self._session.problems(n)), "")
            self.banner.say(
                self._refusal_words(),
                tone="error",
                action=self.tr("Go to the field") if wrong and kind == "rejected" else "",
                act=lambda: self.form.focus_field(wrong),
            )

    @property
    def acts(self) -> int:
        """How many choices Ctrl+Z can take back."""
        return self._session.acts

    def undo(self) -> None:
        """Undo the nearest thing in what is open: the last choice that is not saved, or the last
        save where nothing is unsaved. The save of another followup is undone from its line."""
        session = self._session
        if names := session.take_act_back():
            inside = (name for name in (*FIELD_BY_NAME, NEXT_CALL) if name in names)
            fields = ", ".join(field_label(name) for name in inside)
            announce(self, self.tr("Undone: {fields}").format(fields=fields))
        elif session.changed or session.is_begun:
            announce(self, self.tr("Words are undone in their own field."))
        elif session.undoable:
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

    def _file_as_new(self) -> None:
        new_id = self._session.file_as_new()
        if new_id:
            self.wanted.emit(new_id)

    def _copy_text(self) -> None:
        """Put what was typed on the clipboard, field by field."""
        lines = [
            f"{field_label(name)}: {self._session.value(name)}"
            for name in FIELD_BY_NAME
            if name in self._session.changed
        ]
        QGuiApplication.clipboard().setText("\n".join(lines))
        announce(self, self.tr("Copied."))

    def _refusal_words(self) -> str:
        entry = self._session.refusal
        if entry is None or entry.problem is None:
            return ""
        kind, message = entry.problem.kind, entry.problem.message
        if kind == "not_allowed":
            return self.tr("Your account may not save this ({scope}). Your text is kept.").format(
                scope=message or "403"
            )
        if kind == "ambiguous":
            return self.tr(
                "This new followup may have been filed more than once. Look at the debt's others:"
                " discard this one if it is there, save it again if it is not."
            )
        general = self._session.general_words
        if words := refusal_words(entry.problem):
            says = self.tr("The server says: {message}")
            return "\n".join([words, *(says.format(message=one) for one in general)])
        head = message or self.tr("The server did not accept these values.")
        return "\n".join([self.tr("The server says: {message}").format(message=head), *general])
