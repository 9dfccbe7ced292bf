"""Calls the debtor of what is open, after the calling rules were asked."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from agent_app.text.numbers import telephone
from agent_app.ui.editor.call_line import CallLine
from agent_app.ui.editor.editor_models import EditorModels
from agent_app.ui.editor.reason_bar import ReasonBar
from agent_app.ui.widgets.links import copy_text


class Dialling:
    """Serves one form. Where a rule speaks against a call, *reason* asks why. *now* gives UTC."""

    def __init__(
        self, models: EditorModels, line: CallLine, reason: ReasonBar, now: Callable[[], datetime]
    ) -> None:
        self._session, self._card, self._guard = models.session, models.card, models.guard
        self._line, self._reason, self._now = line, reason, now
        self.may_call: Callable[[], bool] = lambda: True
        """Whether nobody else is calling there; a team puts its own answer here."""

    @property
    def number(self) -> str:
        """The debtor's number, as telephones want it; where none can be dialled, as it came."""
        found = self._card.telephones()
        return (found[0].dialled or found[0].text) if found else ""

    def call_debtor(self) -> None:
        """Dial the debtor's number."""
        if self.number:
            self.call(self.number)

    def copy_number(self) -> None:
        """Put the debtor's number on the clipboard."""
        if self.number:
            copy_text(self._line, self.number)

    def call(self, number: str) -> None:
        """Dial a number with the telephone program."""
        followup = self._session.shown
        number = telephone(number, self._card.regions).dialled
        if followup is None or not number or not self.may_call():
            return
        self._session.dialled()
        now = self._now()
        found = self._guard.findings(followup, now)
        if not found:
            self._line.call(number)
            return
        words = " ".join(self._guard.words(finding) for finding in found)
        self._reason.ask(words, self._session.reason, partial(self._call_with, number, now))

    def _call_with(self, number: str, at: datetime, reason: str) -> None:
        self._session.note_call(at, reason)
        self._line.dial(number)
