"""The followup that is open: what the agent made of it, what is wrong, and how saving stands.

It only answers; `EditSession` changes it. "base" is the followup as the store has it, with what
already waits in the outbox; `mine` holds only what the agent changed on top.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from agent_app.domain.fields import FIELD_BY_NAME, Value
from agent_app.domain.followup import Followup, with_changes
from agent_app.domain.outcomes import NEXT_CALL
from agent_app.domain.patch import FollowupPatch
from agent_app.domain.validation import Problem, Rule
from agent_app.models.call_reasons import CallReasons
from agent_app.models.calling_guard import CallingGuard
from agent_app.models.choices import Acts, State
from agent_app.models.commands import Commands, Undone
from agent_app.models.conflicts import Conflicts, FieldConflict
from agent_app.models.debt_edits import DebtEdits
from agent_app.models.last_saved import LastSaved
from agent_app.models.problems import blanks_of, calls_of, judge
from agent_app.models.unsaved_edits import UnsavedEdits
from agent_app.store.outbox import Entry, EntryState
from agent_app.store.store import Store


class Progress(StrEnum):
    """How the followup stands, as the form shows it."""

    CLEAN = "clean"
    EDITED = "edited"
    SAVING = "saving"
    WAITING = "waiting"
    SAVED = "saved"
    ATTENTION = "attention"


class OpenFollowup(QObject):
    """What of one followup the form shows. *now* gives UTC."""

    opened = Signal()
    """Another followup was opened, or none: fill the form again."""
    renamed = Signal()
    """The server gave what is open an id of its own; all else stays as it is."""
    base_moved = Signal(set)
    """The store has new values for these fields, which the agent did not change."""
    edited = Signal(set)
    """These fields were changed, set back, or have other problems."""
    progressed = Signal()
    """`progress`, `may_save` or what stands above the form has changed."""

    def __init__(
        self,
        store: Store,
        commands: Commands,
        now: Callable[[], datetime],
        guard: CallingGuard | None = None,
        debt: DebtEdits | None = None,
    ) -> None:
        """*debt* has what is edited of the debt itself, which is saved along."""
        super().__init__()
        self._debt = debt
        self._store, self._commands, self._now = store, commands, now
        self._reasons = CallReasons(guard) if guard is not None else None
        self._base: Followup | None = None
        self._edits = UnsavedEdits()
        self._acts = Acts()
        self._begun = False
        self._server_words: dict[str, list[str]] = {}
        self._refusal: Entry | None = None
        self._saved = False
        self._changed_by_server: frozenset[str] = frozenset()
        self._gone = False
        self._conflicts = Conflicts(store)
        self._problems: dict[str, list[Problem]] = {}
        self.last_saved = LastSaved(store, commands, now)

    @property
    def followup(self) -> Followup | None:
        """The base, or None where nothing is open."""
        return self._base

    @property
    def followup_id(self) -> str:
        """The id of what is open, or ""."""
        return self._base.id if self._base else ""

    def value(self, name: str) -> Value:
        """Return what the form should show for a field."""
        if name == NEXT_CALL:
            return self._edits.next_call
        if name in self._edits.mine:
            return self._edits.mine[name]
        return self._base.get(name) if self._base else None

    @property
    def shown(self) -> Followup | None:
        """The followup as the form shows it: the base with what the agent changed."""
        return with_changes(self._base, self._edits.mine) if self._base else None

    @property
    def is_begun(self) -> bool:
        """Whether this is a new followup that was never saved."""
        return self._begun

    def unread_text(self, name: str) -> str | None:
        """Return the text of a field that cannot be read, or None."""
        return self._edits.unreadable[name].text if name in self._edits.unreadable else None

    def base_value(self, name: str) -> Value:
        """Return what the field was before the agent changed it."""
        if name == NEXT_CALL:
            return None
        return self._base.get(name) if self._base else None

    @property
    def acts(self) -> int:
        """How many choices are not saved and can be taken back."""
        return self._acts.count

    def _states(self, names: Iterable[str]) -> dict[str, State]:
        return {name: (self.value(name), self._edits.unreadable.get(name)) for name in names}

    @property
    def reason(self) -> str:
        """What was typed as a reason and not yet taken."""
        return self._edits.reason

    def aside(self, name: str) -> str:
        """Return what was begun under this name beside the form, or ""."""
        return self._edits.aside.get(name, "")

    @property
    def reasons_needed(self) -> list[str]:
        """Fields against whose moment a calling rule speaks, and for which no reason is given."""
        if self._reasons is None or self._base is None:
            return []
        spoken = {n for n in self._calls() if any(p.rule is Rule.CALLING for p in self.problems(n))}
        calls = {name: at for name, at in self._calls().items() if name in spoken}
        return self._reasons.missing(calls, str(self.value("notes") or ""))

    def _calls(self) -> dict[str, datetime]:
        return calls_of(self._base, self._edits, begun=self._begun) if self._base else {}

    @property
    def may_take_back(self) -> bool:
        """Whether something waits to be sent for this followup, with nothing typed on top of it."""
        return self.progress is Progress.WAITING and self._commands.may_take_back(self.followup_id)

    @property
    def patch(self) -> FollowupPatch:
        """The change that a save would make; what it was made on is the base."""
        assert self._base is not None
        base = {name: self._base.get(name) for name in self._edits.mine}
        return FollowupPatch(self._base.id, dict(self._edits.mine), base)

    @property
    def _draft(self) -> FollowupPatch:
        """The change as a draft keeps it: what is not decided is asked again after a restart."""
        patch = self.patch
        open_ = {one.name: one.was for one in self.field_conflicts if one.name in patch.changes}
        return FollowupPatch(patch.followup_id, patch.changes, {**patch.base, **open_})

    @property
    def changed(self) -> frozenset[str]:
        """Names of the fields that the agent changed, readable or not."""
        return self._edits.changed

    @property
    def debt_changed(self) -> frozenset[str]:
        """Names of the debt's own fields that the agent changed and that may be saved."""
        patch = self._debt.patch if self._debt is not None else None
        return frozenset(patch.changes) if patch is not None else frozenset()

    @property
    def may_discard(self) -> bool:
        """Whether there is something to forget: what was typed, or what the server had refused."""
        debt = self._debt is not None and (self._debt.mine or self._debt.refusal)
        return bool(self.changed or self._refusal is not None or debt)

    def problems(self, name: str) -> list[Problem]:
        """Return what is wrong with a field, our own rules first."""
        return self._problems.get(name, [])

    def errors(self, name: str) -> list[Problem]:
        """Those of a field's problems that keep Save off."""
        return [p for p in self.problems(name) if not p.warning and p.rule is not None]

    @property
    def unfilled(self) -> dict[str, list[str]]:
        """The fields in which a template is not filled in, with its blanks."""
        return blanks_of(self._base, self._edits) if self._base is not None else {}

    @property
    def refusal(self) -> Entry | None:
        """The entry that the server refused, if there is one."""
        return self._refusal

    @property
    def field_conflicts(self) -> list[FieldConflict]:
        """Fields in conflict that are still to be decided, in the order of the form."""
        return self._conflicts.field_conflicts(self._base, self._edits, self._refusal)

    @property
    def decided(self) -> int:
        """How many fields in conflict were decided."""
        return len(self._conflicts.decided - {one.name for one in self.field_conflicts})

    @property
    def told(self) -> Mapping[str, Value]:
        """Fields that a colleague changed since the followup was opened and that the agent has not
        touched, with what they were."""
        return self._conflicts.told

    @property
    def noticed(self) -> frozenset[str]:
        """Fields that a colleague had changed when the last save was answered."""
        return self._changed_by_server

    @property
    def undoable(self) -> bool:
        """Whether the last save was of this followup and can be taken back."""
        patch = self._commands.undoable()
        return (
            self._base is not None
            and patch is not None
            and (self._store.server_id_of(patch.followup_id) == self._base.id)
        )

    @property
    def undoes_many(self) -> bool:
        """Whether the last save was of rows that were selected in the list, and can be taken back."""
        return self._commands.last_is_of_list

    @property
    def undone(self) -> Undone | None:
        """How the last save of this followup was taken back, if it was."""
        undone = self._commands.undone
        if self._base is None or undone is None or undone.followup_id != self._base.id:
            return None
        return undone

    @property
    def is_gone(self) -> bool:
        """Whether what is open is no longer there: what was typed can be copied or filed anew."""
        return self._gone

    @property
    def general_words(self) -> list[str]:
        """The server's messages that name no field of the form."""
        return [
            f"{name}: {word}" if name else word
            for name, said in self._server_words.items()
            if name not in FIELD_BY_NAME
            for word in said
        ]

    @property
    def may_save(self) -> bool:
        """Whether something changed and nothing is wrong."""
        if self._base is None or self._gone or self._edits.unreadable or self.field_conflicts:
            return False
        typed = self._edits.mine or self._edits.next_call is not None or self._begun
        if not typed and not self.debt_changed:
            return False
        return not any(self.errors(name) for name in self._problems)

    @property
    def progress(self) -> Progress:
        """How the followup stands."""
        if self._base is None:
            return Progress.CLEAN
        if self._refusal is not None:
            return Progress.ATTENTION
        if self.changed or self._begun or self.debt_changed:
            return Progress.EDITED
        entries = self._store.outbox.of(self._base.id)
        if entries:
            first = entries[0]
            tried = first.attempts > (1 if first.state is EntryState.LEAVING else 0)
            return Progress.WAITING if tried or first.not_before else Progress.SAVING
        if self._saved:
            return Progress.SAVED
        return self._progress_of_debt()

    def _progress_of_debt(self) -> Progress:
        """Return how a change of the debt alone stands; what was refused of it is said beside it."""
        if self._debt is None or self._debt.refusal is not None:
            return Progress.CLEAN
        if self._debt.sending:
            return Progress.WAITING if self._debt.has_failed_to_leave else Progress.SAVING
        return Progress.SAVED if self._debt.was_saved else Progress.CLEAN

    def _refused_names(self) -> frozenset[str]:
        return frozenset(self._refusal.patch.changes) if self._refusal else frozenset()

    def _take_refusal(self) -> None:
        """Show the refused entry's values as the agent's own changes, with the server's words."""
        base, known = self._base, self._refusal
        entry = self._refusal = self._store.outbox.attention(base.id) if base else None
        if base is None or entry is None:
            self._server_words = {}
            return
        if known is not None and known.number == entry.number:
            return
        self._server_words = {
            name: list(said) for name, said in (entry.refusal.fields if entry.refusal else ())
        }
        for name, value in entry.patch.changes.items():
            self._edits.mine.setdefault(name, value)
        self._edits.drop_unchanged(base)

    def _judge(self) -> None:
        self._problems = {}
        if self._base is not None:
            self._problems = judge(
                self._base,
                self._edits,
                self._server_words,
                self._reasons,
                self._now(),
                begun=self._begun,
            )
