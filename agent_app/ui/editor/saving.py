"""Saves what is open, and asks first what has to be asked."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from agent_app.domain.validation import Rule
from agent_app.models.edit_session import CONFLICTED, NOT_KEPT, EditSession
from agent_app.models.unsaved_edits import REASON
from agent_app.text.labels import problem_words
from agent_app.ui.editor.conflict_panel import ConflictPanel
from agent_app.ui.editor.form import Form
from agent_app.ui.editor.reason_bar import ReasonBar
from agent_app.ui.editor.troubles import Troubles
from agent_app.ui.widgets.announce import announce

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
        troubles: Troubles,
    ) -> None:
        super().__init__()
        self._session, self._form, self._conflicts = session, form, conflicts
        self._reason, self._troubles = reason, troubles
        self.may_write = True
        reason.typed.connect(session.type_reason)
        reason.given_up.connect(self._give_up_reason)
        session.opened.connect(self._on_opened)

    def save(self, then: Then = nothing) -> None:
        """Save, and do what comes *then*; or go to the first field that is wrong. Where a reason is
        asked for, it goes on once that is given."""
        if not self.may_write:
            announce(self._form, self._troubles.words)
            return
        self._troubles.show_store_error("")
        wrong = self._session.save()
        if wrong == CONFLICTED:
            self._conflicts.ask()
        elif wrong == REASON:
            self._ask_reason(then)
        elif wrong == NOT_KEPT:
            announce(self._form, self._troubles.words)
        elif wrong:
            self._form.focus_field(wrong)
        else:
            self.done.emit()
            then()

    def _on_opened(self) -> None:
        self._reason.end()
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
        self.save(then)

    def _give_up_reason(self) -> None:
        self._session.type_reason("")
