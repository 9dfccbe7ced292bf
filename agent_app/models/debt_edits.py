"""What the agent changed of the debt behind the open followup, and how saving it stands.

A debt's edit is kept, saved, merged and taken back with the followup that it was made from; it leaves
by itself like any other. A field that a colleague changed meanwhile is to be decided before it leaves.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from agent_app.domain.debt import Debt
from agent_app.domain.errors import StoreError
from agent_app.domain.fields import DEBT_FIELD_BY_NAME, Value, same
from agent_app.domain.patch import FollowupPatch
from agent_app.domain.subject import subject_of_debt
from agent_app.models.commands import Commands
from agent_app.models.draft_keeper import DraftKeeper
from agent_app.store.changes import Change
from agent_app.store.outbox import Entry, EntryState
from agent_app.store.store import Store

_NOT_CHANGED = "\0"
"""No value of a field: it stands as the debt has it."""


@dataclass(frozen=True, slots=True)
class DebtConflict:
    """A field that this agent and a colleague, or the provider, set to different values."""

    name: str
    theirs: Value
    mine: Value


class DebtEdits(QObject):
    """The edits of one debt at a time."""

    changed = Signal()
    """Other values, or saving stands otherwise."""
    draft_refused = Signal(Exception)
    """The local file did not take what was typed."""

    def __init__(self, store: Store, commands: Commands) -> None:
        super().__init__()
        self._store, self._commands = store, commands
        self._debt_id = ""
        self._mine: dict[str, Value] = {}
        self._base: dict[str, Value] = {}
        """What each changed field was when its edit began."""
        self._dirty = False
        self._choices: list[tuple[dict[str, Value], dict[str, Value]]] = []
        self._refusal: Entry | None = None
        self._server_words: dict[str, tuple[str, ...]] = {}
        self._saved: frozenset[str] = frozenset()
        self._keeper = DraftKeeper(self._put_on_disk)
        self._keeper.refused.connect(self.draft_refused)
        self._unlisten = store.changes.listen(self._on_change)

    def close(self) -> None:
        """Keep what was typed and stop following the store."""
        self.open("")
        self._unlisten()

    # -- what is open

    def open(self, debt_id: str) -> None:
        """Turn to a debt ("": none), with its draft and with what the server had refused."""
        self._keeper.keep()
        self._debt_id = debt_id
        self._mine, self._base, self._saved = {}, {}, frozenset()
        self._choices.clear()
        self._refusal, self._server_words = None, {}
        if debt_id:
            draft = self._store.drafts.get(self._subject)
            if draft is not None:
                self._take(draft.patch)
            self._take_refusal()
        self.changed.emit()

    @property
    def _subject(self) -> str:
        return subject_of_debt(self._debt_id)

    @property
    def debt_id(self) -> str:
        """The debt, or ""."""
        return self._debt_id

    @property
    def debt(self) -> Debt | None:
        """The debt with what already waits in the outbox, if it was ever read."""
        return self._store.debts.whole(self._debt_id) if self._debt_id else None

    def value(self, name: str) -> Value:
        """Return what a field holds, with the agent's change."""
        if name in self._mine:
            return self._mine[name]
        debt = self.debt
        return debt.get(name) if debt is not None else None

    @property
    def mine(self) -> Mapping[str, Value]:
        """The changes that are not saved, by field."""
        return self._mine

    # -- what the agent does

    def set(self, name: str, value: Value) -> None:
        """Make *value* of a field; the debt's own value means "not changed"."""
        self.put({name: value})

    def put(self, changes: Mapping[str, Value]) -> None:
        """Make these values of fields at once, as unsaved changes."""
        debt = self.debt
        if debt is None:
            return
        for name, value in changes.items():
            if name not in DEBT_FIELD_BY_NAME:
                raise ValueError(f"{name} of a debt cannot be written")
            self._server_words.pop(name, None)
            if same(name, value, self._base.get(name, debt.get(name))):
                self._drop(name)
            else:
                self._base.setdefault(name, debt.get(name))
                self._mine[name] = value
        self._saved = frozenset()
        self._keep_soon()
        self.changed.emit()

    def choose(self, changes: Mapping[str, Value]) -> None:
        """Make these values by one choice, which `take_choice_back` undoes."""
        before = {name: self._mine.get(name, _NOT_CHANGED) for name in changes}
        self.put(changes)
        after = {name: self._mine.get(name, _NOT_CHANGED) for name in changes}
        if before != after:
            self._choices.append((before, after))

    @property
    def choices(self) -> int:
        """How many choices are not saved and can be taken back."""
        return len(self._choices)

    def take_choice_back(self) -> frozenset[str]:
        """Undo the last choice, where nothing was made of its fields since; returns their names."""
        debt = self.debt
        while self._choices and debt is not None:
            before, after = self._choices.pop()
            now = {name: self._mine.get(name, _NOT_CHANGED) for name in after}
            if now == after:
                for name, value in before.items():
                    if value is _NOT_CHANGED:
                        self._drop(name)
                    else:
                        self._mine[name] = value
                self._keep_soon()
                self.changed.emit()
                return frozenset(before)
        return frozenset()

    def set_back(self, name: str) -> None:
        """Undo the change of one field; where nothing is left, what was refused goes too."""
        self._drop(name)
        if not self._mine:
            try:
                self.discard()
            except StoreError as error:
                self.draft_refused.emit(error)
            return
        self._keep_soon()
        self.changed.emit()

    def keep_mine(self, name: str) -> None:
        """Of a field in conflict, keep what this agent made of it."""
        debt = self.debt
        if debt is not None and name in self._mine:
            self._base[name] = debt.get(name)
            self._keep_soon()
            self.changed.emit()

    def take_theirs(self, name: str) -> None:
        """Of a field in conflict, leave what the server has."""
        self.set_back(name)

    def discard(self) -> None:
        """Forget what was typed and what the server had refused. Raises StoreError."""
        self._keeper.stop()
        self._dirty = False
        self._mine, self._base, self._server_words = {}, {}, {}
        self._choices.clear()
        if self._debt_id:
            self._store.discard(self._subject)
        self._refusal = None
        self.changed.emit()

    @property
    def may_take_back(self) -> bool:
        """Whether what is saved waits after a try in vain, and can be edited again."""
        waits = self.has_failed_to_leave and not self._mine
        return waits and self._commands.may_take_back(self._subject)

    def take_back(self) -> None:
        """Make what waits to be sent unsaved again."""
        try:
            if self.may_take_back and self._commands.take_back(self._subject):
                self.open(self._debt_id)
        except StoreError as error:
            self.draft_refused.emit(error)

    def saved(self, patch: FollowupPatch) -> None:
        """The changes of *patch* are in the outbox now."""
        self._keeper.stop()
        self._dirty = False
        self._saved = frozenset(patch.changes)
        self._mine, self._base, self._refusal, self._server_words = {}, {}, None, {}
        self._choices.clear()
        self.changed.emit()

    def _put_on_disk(self) -> None:
        """Keep what was typed. Raises StoreError; then the drafts hold it, and it is tried again."""
        if self._dirty and self._debt_id:
            self._dirty = False
            self._commands.keep_draft(self._patch, {})
        self._store.drafts.keep_held()

    # -- how it stands

    @property
    def _patch(self) -> FollowupPatch:
        return FollowupPatch(self._subject, dict(self._mine), dict(self._base))

    @property
    def patch(self) -> FollowupPatch | None:
        """The change that a save would make; None where there is none, or one is to be decided."""
        return self._patch if self._mine and not self.conflicts else None

    @property
    def conflicts(self) -> list[DebtConflict]:
        """Fields that somebody else changed since the edit began, to be decided."""
        debt = self.debt
        if debt is None:
            return []
        return [
            DebtConflict(name, debt.get(name), mine)
            for name, mine in self._mine.items()
            if not same(name, debt.get(name), self._base.get(name))
            and not same(name, debt.get(name), mine)
        ]

    @property
    def refusal(self) -> Entry | None:
        """What the server did not accept, if anything."""
        return self._refusal

    def server_words(self, name: str) -> tuple[str, ...]:
        """Return what the server said about a field's value."""
        return self._server_words.get(name, ())

    @property
    def sending(self) -> Mapping[str, Value]:
        """The changes that are saved here and on their way, by field."""
        entries = self._store.outbox.of(self._subject) if self._debt_id else []
        waiting = [one for one in entries if one.state is not EntryState.ATTENTION]
        return {name: value for one in waiting for name, value in one.patch.changes.items()}

    @property
    def has_failed_to_leave(self) -> bool:
        """Whether what is saved here waits after a try in vain."""
        entries = self._store.outbox.of(self._subject) if self._debt_id else []
        waiting = [one for one in entries if one.state is not EntryState.ATTENTION]
        return any(
            one.not_before is not None
            or one.attempts > (1 if one.state is EntryState.LEAVING else 0)
            for one in waiting
        )

    @property
    def was_saved(self) -> frozenset[str]:
        """Fields whose last save the server has, since the debt was opened."""
        return self._saved - self.sending.keys() - self._mine.keys()

    # -- how it follows the store

    def _on_change(self, change: Change) -> None:
        if not self._debt_id or self._debt_id not in change.debts:
            return
        self._take_refusal()
        debt = self.debt
        if debt is not None:
            for name in [n for n, mine in self._mine.items() if same(n, mine, debt.get(n))]:
                self._drop(name)
                self._keep_soon()
        self.changed.emit()

    def _take_refusal(self) -> None:
        """Show the refused changes as the agent's own, with the server's words."""
        known, entry = self._refusal, self._store.outbox.attention(self._subject)
        self._refusal = entry
        if entry is None or (known is not None and known.number == entry.number):
            return
        self._server_words = dict(entry.refusal.fields) if entry.refusal is not None else {}
        self._take(entry.patch)

    def _take(self, patch: FollowupPatch) -> None:
        for name, value in patch.changes.items():
            self._mine.setdefault(name, value)
            self._base.setdefault(name, patch.base.get(name))

    def _drop(self, name: str) -> None:
        self._mine.pop(name, None)
        self._base.pop(name, None)

    def _keep_soon(self) -> None:
        self._dirty = True
        self._keeper.soon()
