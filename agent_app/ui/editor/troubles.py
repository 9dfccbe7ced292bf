"""The line above the form: what the server or the local file has against this followup."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication

from agent_app.domain.fields import FIELD_BY_NAME
from agent_app.models.edit_session import EditSession
from agent_app.models.sync_status import SyncStatus
from agent_app.text.labels import field_label
from agent_app.text.refusals import refusal_words
from agent_app.ui.widgets.announce import announce
from agent_app.ui.widgets.banner import Banner
from agent_app.ui.widgets.theme import Theme


class Troubles(Banner):
    """Follows a session and the sync; hidden where all is well."""

    wanted = Signal(str)
    """The person wants to open this followup."""

    def __init__(
        self,
        session: EditSession,
        status: SyncStatus,
        theme: Theme,
        focus_field: Callable[[str], None],
    ) -> None:
        super().__init__(theme)
        self._session, self._status, self._focus_field = session, status, focus_field
        self._store_error = self._draft_trouble = self._wrong = ""
        session.opened.connect(self._on_opened)
        session.progressed.connect(self.look)
        status.changed.connect(self.look)

    def _on_opened(self) -> None:
        self._store_error = ""
        self.look()

    def show_store_error(self, words: str) -> None:
        """The local file refused ("": no more): what was typed is still in the form."""
        self._store_error = words
        self.look()

    def show_draft_trouble(self, words: str) -> None:
        """The local file does not take the draft for now."""
        self._draft_trouble = words
        self.look()

    def end_draft_trouble(self) -> None:
        """The draft is kept now; a save that was refused meanwhile was not made by that."""
        self._draft_trouble = ""
        if self._store_error:
            self._store_error = self.tr(
                "There is room on the disk again: what you typed is kept, but not saved yet. Save"
                " again."
            )
        self.look()

    def look(self) -> None:
        """Say what is the matter now, the gravest first."""
        if words := self._store_error or self._draft_trouble:
            self.say(words, tone="error")
        elif not self._status.state.may_write:
            self.say(
                self.tr("You have read-only access (followups:write is missing)."),
                tone="warning",
            )
        elif not self._say_gone():
            self._say_refusal()

    @property
    def _kind(self) -> str:
        """What kind of refusal there is, or ""."""
        entry = self._session.refusal
        return entry.refusal.kind if entry is not None and entry.refusal is not None else ""

    def _say_gone(self) -> bool:
        """Say that the server no longer has the followup, if so."""
        session = self._session
        is_missed = session.refusal is None and session.followup_id in self._status.state.gone
        if is_missed and not session.changed:
            self.say(
                self.tr(
                    "The server no longer has this followup. It leaves the list when you open another."
                ),
                tone="warning",
            )
            return True
        if self._kind == "not_there" or session.is_gone or is_missed:
            self.say(
                self.tr("The server no longer has this followup. Your text is kept here."),
                tone="error",
                action=self.tr("File as a new followup"),
                act=self._file_as_new,
                second=self.tr("Copy my text"),
                act_second=self._copy_text,
            )
            return True
        return False

    def _say_refusal(self) -> None:
        if self._kind == "conflict":
            self.say("")  # the panel below says it
            return
        self._wrong = next((n for n in FIELD_BY_NAME if self._session.problems(n)), "")
        self.say(
            self._refusal_words(),
            tone="error",
            action=self.tr("Go to the field") if self._wrong and self._kind == "rejected" else "",
            act=self._go_to_field,
        )

    def _go_to_field(self) -> None:
        self._focus_field(self._wrong)

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
        if entry is None or entry.refusal is None:
            return ""
        kind, message = entry.refusal.kind, entry.refusal.message
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
        if words := refusal_words(entry.refusal):
            says = self.tr("The server says: {message}")
            return "\n".join([words, *(says.format(message=one) for one in general)])
        head = message or self.tr("The server did not accept these values.")
        return "\n".join([self.tr("The server says: {message}").format(message=head), *general])
