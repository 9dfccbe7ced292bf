"""The last save in a line: whose it was, what became of the call, and what was planned."""

from collections.abc import Callable
from datetime import datetime, tzinfo

from PySide6.QtCore import QCoreApplication, QLocale

from agent_app.domain.followup import Followup
from agent_app.models.commands import Commands
from agent_app.store.store import Store
from agent_app.text.labels import value_label
from agent_app.text.moments import brief_moment_text

MAX_NAME = 40
"""A longer name is cut, so that the line stays a line (characters)."""
translate = QCoreApplication.translate


class LastSaved:
    """Tells of the save that Undo would take back, wherever the person is by now. *now* gives UTC."""

    def __init__(self, store: Store, commands: Commands, now: Callable[[], datetime]) -> None:
        self._store, self._commands, self._now = store, commands, now

    @property
    def followup_id(self) -> str:
        """The followup that was saved, or "" where it is too late to take anything back."""
        patch = self._commands.undoable()
        return self._store.server_id_of(patch.followup_id) if patch is not None else ""

    @property
    def is_refused(self) -> bool:
        """Whether the server did not accept it."""
        return bool(self.followup_id) and self._store.outbox.attention(self.followup_id) is not None

    @property
    def who(self) -> str:
        """The debtor whose followup it was, or ""."""
        return self._named(self.followup_id)

    def undone(self) -> str:
        """Return what is said where it was taken back from another followup's form."""
        undone = self._commands.undone
        name = self._named(undone.followup_id) if undone is not None else ""
        if undone is None or not name:
            return ""
        said = translate("LastSaved", "{name}: save undone").format(name=name)
        if not undone.cancelled:
            return said
        return f"{said} · {translate('LastSaved', 'the new call is cancelled')}"

    def _named(self, followup_id: str) -> str:
        followup = self._store.followups.get(followup_id) if followup_id else None
        return self._who(followup) if followup is not None else ""

    def words(self, zone: tzinfo) -> str:
        """Return the line, or ""."""
        followup = self._store.followups.get(self.followup_id) if self.followup_id else None
        if followup is None:
            return ""
        what = [translate("LastSaved", "not accepted")] if self.is_refused else self._what(zone)
        return f"{self._whose(followup)}: {' · '.join(what)}"

    def _whose(self, followup: Followup) -> str:
        last = self._commands.last_save
        if last is None or not last.is_bulk:
            return self._who(followup)
        words = translate("LastSaved", "{name} and {n} more")
        return words.format(name=self._who(followup), n=len(last.also))

    def plan(self, zone: tzinfo) -> str:
        """Return what was planned with it, or ""."""
        last = self._commands.last_save
        if last is None or last.next_at is None:
            return ""
        when = brief_moment_text(last.next_at, self._now(), zone, QLocale())
        return translate("LastSaved", "next call {moment}").format(moment=when)

    def _what(self, zone: tzinfo) -> list[str]:
        last = self._commands.last_save
        assert last is not None
        status = str(last.patch.changes.get("status") or "")
        known = value_label("status", status) if status else translate("LastSaved", "saved")
        return [part for part in (known, self.plan(zone)) if part]

    def _who(self, followup: Followup) -> str:
        debt = self._store.debts.get(followup.debt_id) if followup.debt_id else None
        name = (debt.debtor if debt else "") or followup.debt_id
        return name if len(name) <= MAX_NAME else f"{name[: MAX_NAME - 1]}…"
