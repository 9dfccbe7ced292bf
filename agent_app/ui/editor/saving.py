"""Saves what is open, and asks first what has to be asked."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from agent_app.domain.validation import Rule
from agent_app.models.edit_session import CONFLICTED, NOT_KEPT, UNFILLED, EditSession
from agent_app.models.unsaved_edits import REASON
from agent_app.text.labels import problem_words
from agent_app.ui.editor.conflict_panel import ConflictPanel
from agent_app.ui.editor.form import Form
from agent_app.ui.editor.reason_bar import ReasonBar
from agent_app.ui.editor.troubles import Troubles
from agent_app.ui.widgets.announce import announce
from agent_app.ui.widgets.banner import Banner
from agent_app.ui.widgets.blanks import select_blank

Then = Callable[[], None]


def nothing() -> None:
    """Nothing comes after a plain save."""


class Saving(QObject):
    """Serves one form."""

    done = Signal()
    """It was saved."""

    def __init__(
        self,
        session: EditSession,
        form: Form,
        conflicts: ConflictPanel,
        reason: ReasonBar,
        blanks: Banner,
        troubles: Troubles,
    ) -> None:
        """*blanks* is the line that asks about templates that are not filled in."""
        super().__init__()
        self._blanks = blanks
        self._then: Then = nothing
        self._session, self._form, self._conflicts = session, form, conflicts
        self._reason, self._troubles = reason, troubles
        self.may_write = True
        reason.typed.connect(session.type_reason)
        reason.given_up.connect(self._give_up_reason)
        session.opened.connect(self._on_opened)
        session.edited.connect(self._on_edited)

    def save(self, then: Then = nothing, *, with_blanks: bool = False) -> None:
        """Save, and do what comes *then*; or go to the first field that is wrong. Where a reason is
        asked for, it goes on once that is given; a template that is not filled in is asked about
        unless it is saved *with_blanks*."""
        if not self.may_write:
            announce(self._form, self._troubles.words)
            return
        self._troubles.show_store_error("")
        wrong = self._session.save(with_blanks=with_blanks)
        match wrong:
            case "":
                self._blanks.say("")
                self.done.emit()
                then()
            case _ if wrong == CONFLICTED:
                self._conflicts.ask()
            case _ if wrong == REASON:
                self._ask_reason(then)
            case _ if wrong == UNFILLED:
                self._ask_about_blanks(then)
            case _ if wrong == NOT_KEPT:
                announce(self._form, self._troubles.words)
            case _:
                self._form.focus_field(wrong)

    def _ask_about_blanks(self, then: Then) -> None:
        """Go to the first blank, where it can be typed over at once."""
        unfilled = self._session.unfilled
        self._then = then
        blanks = dict.fromkeys(one for names in unfilled.values() for one in names)
        self._blanks.say(
            self.tr("Still to be filled in: {blanks}. Tab goes from one to the next.").format(
                blanks=", ".join(blanks)
            ),
            tone="warning",
            action=self.tr("Save as it &is"),
            act=self._save_with_blanks,
        )
        name = next(iter(unfilled))
        self._form.focus_field(name)
        select_blank(self._form.rows[name].editor.focus, unfilled[name], from_start=True)

    def _save_with_blanks(self) -> None:
        self.save(self._then, with_blanks=True)

    def _on_edited(self) -> None:
        if self._blanks.words and not self._session.unfilled:
            self._blanks.say("")

    def _on_opened(self) -> None:
        self._reason.end()
        self._blanks.say("")
        if self._session.reason and self._session.reasons_needed:
            self._ask_reason(nothing)

    def _ask_reason(self, then: Then) -> None:
        said = [
            problem_words(problem)
            for name in self._session.reasons_needed
            for problem in self._session.problems(name)
            if problem.rule is Rule.CALLING
        ]
        words = " ".join(dict.fromkeys(said))
        self._reason.ask(words, self._session.reason, partial(self._save_with, then))

    def _save_with(self, then: Then, reason: str) -> None:
        self._session.give_reason(reason)
        self.save(then, with_blanks=True)  # that was asked before

    def _give_up_reason(self) -> None:
        self._session.type_reason("")
