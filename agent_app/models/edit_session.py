"""One open followup: what the agent changed, what is wrong, and how saving stands.

"base" is the followup as the store has it, with what already waits in the outbox; `mine` holds
only what the agent changed on top. What is typed is on disk DRAFT_MS later, however steadily the
typing goes on, and at once when the agent leaves the field or the row. A disk that refuses is asked
again with a growing pause.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from agent_app.domain.errors import StoreError
from agent_app.domain.fields import FIELD_BY_NAME, TEXT_KINDS, Kind, Value, same
from agent_app.domain.followup import Followup, with_changes
from agent_app.domain.outcomes import NEXT_CALL
from agent_app.domain.patch import FollowupPatch
from agent_app.domain.validation import Problem, Rule
from agent_app.models.call_reasons import CallReasons
from agent_app.models.calling_guard import CallingGuard
from agent_app.models.choices import Acts, State
from agent_app.models.commands import Commands, Undone
from agent_app.models.conflicts import Conflicts, FieldConflict, joined
from agent_app.models.debt_edits import DebtEdits
from agent_app.models.last_saved import LastSaved
from agent_app.models.person_debts import PersonDebts
from agent_app.models.problems import calls_of, judge
from agent_app.models.unsaved_edits import REASON, UnparsedText, UnsavedEdits
from agent_app.store.changes import Change
from agent_app.store.outbox import Entry, EntryState
from agent_app.store.store import Store

DRAFT_MS, MAX_DRAFT_MS = 300, 5_000
CONFLICTED = "conflicted"
"""What `EditSession.save` answers where a field in conflict is not decided."""
NOT_KEPT = "not kept"
"""What it answers where nothing can be saved: what was typed is still in the form."""


class Progress(StrEnum):
    """How the followup stands, as the form shows it."""

    CLEAN = "clean"
    EDITED = "edited"
    SAVING = "saving"
    WAITING = "waiting"
    SAVED = "saved"
    ATTENTION = "attention"


class EditSession(QObject):
    """The one followup that is open in the form. *now* gives UTC."""

    opened = Signal()
    """Another followup was opened, or none: fill the form anew."""
    renamed = Signal()
    """The server gave what is open an id of its own; all else stays as it is."""
    base_moved = Signal(set)
    """The store has new values for these fields, which the agent did not change."""
    edited = Signal(set)
    """These fields were changed, set back, or have other problems."""
    progressed = Signal()
    """`progress`, `may_save` or what stands above the form has changed."""
    store_refused = Signal(Exception)
    """The local file did not do what the agent asked for."""
    draft_refused = Signal(Exception)
    """The local file did not take what was typed; it is tried again by itself."""
    draft_taken = Signal()
    """The local file has taken what it had refused."""

    def __init__(
        self,
        store: Store,
        commands: Commands,
        now: Callable[[], datetime],
        guard: CallingGuard | None = None,
        debt: DebtEdits | None = None,
        person: PersonDebts | None = None,
    ) -> None:
        """*debt* and *person* are saved along: the debt's own edits, other debts of the debtor."""
        super().__init__()
        self._debt, self._person = debt, person
        if debt is not None:
            debt.changed.connect(self.progressed)
            debt.draft_refused.connect(self.draft_refused)
        self._reasons = CallReasons(guard) if guard is not None else None
        self._store = store
        self._commands = commands
        self._now = now
        self._base: Followup | None = None
        self._edits = UnsavedEdits()
        self._acts = Acts()
        self._begun = False
        self._server_words: dict[str, list[str]] = {}
        self._refusal: Entry | None = None
        self._saved = False
        self._dirty = self._had_trouble = False
        self._changed_by_server: frozenset[str] = frozenset()
        self._gone = False
        self._conflicts = Conflicts(store)
        self._back_to: dict[str, str] = {}
        self._problems: dict[str, list[Problem]] = {}
        self._draft_timer = QTimer(self, singleShot=True, interval=DRAFT_MS)
        # A coarse timer may be late by what the timers of others happen to be.
        self._draft_timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._draft_timer.timeout.connect(self.keep_draft)
        self.last_saved = LastSaved(store, commands, now)
        self._unlisten = store.changes.listen(self._on_change)

    def close(self) -> None:
        """Keep what was typed and stop following the store."""
        self.open("")
        if self._debt is not None:
            self._debt.close()
        self._draft_timer.stop()
        self._unlisten()

    # -- what is open

    @property
    def followup(self) -> Followup | None:
        """The base, or None where nothing is open."""
        return self._base

    @property
    def followup_id(self) -> str:
        """The id of what is open, or ""."""
        return self._base.id if self._base else ""

    def open(self, followup_id: str, back_to: str = "") -> None:
        """Open a followup ("": none), with its draft and with what the server had refused.

        *back_to* is the followup that a new one was begun from: discarding leads back there.
        """
        self.keep_draft()
        if back_to:
            self._back_to[followup_id] = back_to
        if self._begun and not self.changed and followup_id != self.followup_id:
            left, self._base = self.followup_id, None
            self._commands.forget_begun(left)
        self._base = self._store.followups.get(followup_id) if followup_id else None
        self._begun = self._store.is_begun(followup_id)
        self._edits, self._refusal = UnsavedEdits(), None
        self._acts.forget()
        self._saved, self._changed_by_server, self._gone = False, frozenset(), False
        self._conflicts.open(followup_id)
        self._take_refusal()
        if self._base is not None:
            draft = self._store.drafts.get(followup_id)
            if draft is not None:
                self._edits.take_draft(draft, self._base, self._refused_names())
            self._edits.drop_unchanged(self._base)
        self._judge()
        debt_id = self._base.debt_id if self._base else ""
        if self._debt is not None:
            self._debt.open(debt_id)
        if self._person is not None:
            self._person.show(debt_id)
        self.opened.emit()
        if self._base is not None:
            self._commands.opened(followup_id)

    def value(self, name: str) -> Value:
        """What the form should show for a field."""
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
        """The text of a field that cannot be read, or None."""
        return self._edits.unreadable[name].text if name in self._edits.unreadable else None

    def base_value(self, name: str) -> Value:
        """What the field was before the agent changed it."""
        if name == NEXT_CALL:
            return None
        return self._base.get(name) if self._base else None

    # -- what the agent does

    def set(self, name: str, value: Value) -> None:
        """The agent made *value* of a field; the base's value means "not changed"."""
        if self._base is None:
            return
        before = self._states({name})
        self._edits.set(name, value, self._base)
        self._note(before)
        self._server_words.pop(name, None)
        self._conflicts.told.pop(name, None)
        self._after_edit()

    def set_unreadable(self, name: str, rule: Rule, text: str) -> None:
        """*text* stands in a field and cannot be read; the reason is *rule*."""
        if self._base is None:
            return
        before = self._states({name})
        self._edits.unreadable[name] = UnparsedText(rule, text)
        self._note(before)
        self._server_words.pop(name, None)
        self._conflicts.told.pop(name, None)
        self._after_edit()

    def hold(self, name: str, value: Value) -> None:
        """A colleague changed a field in which the agent is composing a letter: what stands there
        is theirs from now on, and to be decided."""
        if self._base is None or name in self._edits.mine:
            return
        self._edits.set(name, value, self._base)
        if name in self._conflicts.told and name in self._edits.mine:
            self._edits.moved[name] = self._conflicts.told.pop(name)
        self._after_edit()

    def put(self, changes: Mapping[str, Value], next_call: datetime | None = None) -> None:
        """Make these values of fields at once, as unsaved changes (an outcome, a screen pop)."""
        if self._base is None:
            return
        names = set(changes) | ({NEXT_CALL} if next_call is not None else set())
        before = self._states(names)
        for name, value in changes.items():
            self._edits.set(name, value, self._base)
            self._server_words.pop(name, None)
            self._conflicts.told.pop(name, None)
        if next_call is not None:
            self._edits.set(NEXT_CALL, next_call, self._base)
        self._acts.note(before, self._states(names))
        self._after_edit()
        self.base_moved.emit(names)

    def set_back(self, name: str) -> None:
        """Undo the agent's change of one field."""
        self.set(name, self.base_value(name))
        self.base_moved.emit({name})

    @property
    def acts(self) -> int:
        """How many choices are not saved and can be taken back."""
        return self._acts.count

    def take_act_back(self) -> frozenset[str]:
        """Undo the last choice in this form that is not saved; returns the fields that are as they
        were. Words are never taken back by this: their field's own undo does that."""
        if self._base is None:
            return frozenset()
        back = self._acts.take(self._states({*FIELD_BY_NAME, NEXT_CALL}))
        for name, (value, unread) in back.items():
            self._edits.set(name, value, self._base)
            if unread is not None:
                self._edits.unreadable[name] = unread
        if back:
            self._after_edit()
            self.base_moved.emit(set(back))
        return frozenset(back)

    def _states(self, names: Iterable[str]) -> dict[str, State]:
        return {name: (self.value(name), self._edits.unreadable.get(name)) for name in names}

    def _note(self, before: dict[str, State]) -> None:
        """A field was set by hand. Words have an undo of their own."""
        (name,) = before
        kind = FIELD_BY_NAME[name].kind if name in FIELD_BY_NAME else Kind.MOMENT
        if kind not in TEXT_KINDS:
            self._acts.note(
                before, self._states({name}), joins=kind in (Kind.MOMENT, Kind.DURATION)
            )

    def type_reason(self, text: str) -> None:
        """The agent types why to go on in spite of a calling rule; kept like any text."""
        if self._base is None or text == self._edits.reason:
            return
        self._edits.reason, self._dirty = text, True
        self._keep_soon()

    @property
    def reason(self) -> str:
        """What was typed as a reason and not yet taken."""
        return self._edits.reason

    @property
    def reasons_needed(self) -> list[str]:
        """Fields against whose moment a calling rule speaks, and for which no reason is given."""
        if self._reasons is None or self._base is None:
            return []
        spoken = {n for n in self._calls() if any(p.rule is Rule.CALLING for p in self.problems(n))}
        calls = {name: at for name, at in self._calls().items() if name in spoken}
        return self._reasons.missing(calls, str(self.value("notes") or ""))

    def give_reason(self, reason: str) -> None:
        """Go on in spite of the calling rules: *reason* is written into the notes."""
        if self._reasons is not None and self.shown is not None and reason.strip():
            calls = self._calls()
            needed = {name: calls[name] for name in self.reasons_needed}
            notes = str(self.value("notes") or "")
            self.put({"notes": self._reasons.noted(self.shown, notes, needed, reason)})
        self._edits.reason = ""

    def dialled(self) -> None:
        """The debtor is called: what is known of the followup is read anew."""
        self._commands.dialled(self.followup_id)

    def note_call(self, at: datetime, reason: str) -> None:
        """A call is made now in spite of a rule: *reason* is written into the notes."""
        if self._reasons is not None and self.shown is not None:
            notes = str(self.value("notes") or "")
            self.put({"notes": self._reasons.noted(self.shown, notes, {"call_date": at}, reason)})
        self._edits.reason = ""

    def _calls(self) -> dict[str, datetime]:
        return calls_of(self._base, self._edits, begun=self._begun) if self._base else {}

    def save(self) -> str:
        """Save. Returns "" if that was done, else the name of the first field that is wrong, TORN,
        REASON or NOT_KEPT."""
        if self._base is None or not (self.changed or self._begun or self.debt_changed):
            return ""
        if self._gone:
            return NOT_KEPT
        if self.field_conflicts:
            return CONFLICTED
        wrong = [name for name in (*FIELD_BY_NAME, NEXT_CALL) if self.errors(name)]
        if wrong:
            return wrong[0]
        if self.reasons_needed:
            return REASON
        self._changed_by_server = frozenset()
        next_call, self._edits.next_call = self._edits.next_call, None
        begun, self._begun = self._begun, False
        debt = self._debt.patch if self._debt is not None else None
        others = self._person.settled(self.shown) if self._person is not None else ()
        try:
            self._commands.save(self.patch, next_call, debt=debt, others=others)
        except StoreError as error:
            self._edits.next_call, self._begun = next_call, begun
            self._dirty = self._had_trouble = True
            self._keep_soon()
            self.store_refused.emit(error)
            return NOT_KEPT
        self._draft_timer.stop()
        self._dirty = False
        self._acts.forget()
        if self._debt is not None and debt is not None:
            self._debt.saved(debt)
        if self._person is not None and others:
            self._person.untick()
        if next_call is not None:
            self.base_moved.emit({NEXT_CALL})
            self.progressed.emit()
        return ""

    def undo(self) -> str:
        """Take the last save back; returns the followup's id, or "" if it is too late."""
        try:
            followup_id = self._commands.undo()
        except StoreError as error:
            self.store_refused.emit(error)
            return ""
        if followup_id == self.followup_id and self._store.is_begun(followup_id):
            self.open(followup_id)  # what was typed is its draft again
        self.progressed.emit()
        return followup_id

    @property
    def may_take_back(self) -> bool:
        """Whether something waits to be sent for this followup, with nothing typed on top of it."""
        return self.progress is Progress.WAITING and self._commands.may_take_back(self.followup_id)

    def take_back(self) -> bool:
        """Make what waits to be sent what was typed and not saved; says whether that was done."""
        followup_id = self.followup_id
        if not self.may_take_back:
            return False
        base, self._base = self._base, None  # no news for the form before the draft is opened
        try:
            done = self._commands.take_back(followup_id)
        except StoreError as error:
            self._base = base
            self.store_refused.emit(error)
            return False
        self._base = base
        if done:
            self.open(followup_id)
        return done

    def file_as_new(self) -> str:
        """File what was typed as a new followup of the debt; returns its id."""
        assert self._base is not None
        self._draft_timer.stop()
        self._dirty = False
        try:
            return self._commands.file_as_new(self._base, dict(self._edits.mine))
        except StoreError as error:
            self.store_refused.emit(error)
            return ""

    def take_theirs(self, name: str) -> None:
        """Of a field in conflict, take what the server has."""
        self._decide(name, lambda field_conflicts: field_conflicts.theirs)

    def take_was(self, name: str) -> None:
        """Of a field in conflict, take what it was before either changed it."""
        self._decide(name, lambda field_conflicts: field_conflicts.was)

    def keep_mine(self, name: str) -> None:
        """Of a field in conflict, keep what this agent made of it."""
        self._decide(name, lambda field_conflicts: field_conflicts.mine)

    def keep_both(self, name: str) -> None:
        """Of a text in conflict, keep what either wrote."""
        self._decide(name, joined)

    def _decide(self, name: str, choose: Callable[[FieldConflict], Value]) -> None:
        field_conflicts = next((one for one in self.field_conflicts if one.name == name), None)
        if field_conflicts is None:
            return
        self._conflicts.decide(field_conflicts)
        chosen = choose(field_conflicts)
        if chosen is not field_conflicts.mine:
            self.set(name, chosen)
            self.base_moved.emit({name})
        if not self.field_conflicts and not self.changed and self._refusal is not None:
            self.discard()  # all was left as the colleague has it: nothing waits any more
            return
        self._dirty = True
        self._keep_soon()
        self.edited.emit({name})
        self.progressed.emit()

    def discard(self) -> None:
        """Forget what was typed, and what the server had refused."""
        if self._base is None:
            return
        self._draft_timer.stop()
        self._dirty = False
        followup_id = self._base.id
        self._edits, self._base, self._begun = UnsavedEdits(), None, False
        try:
            self._commands.discard(followup_id)
            if self._debt is not None:
                self._debt.discard()
        except StoreError as error:
            self.store_refused.emit(error)
        back = followup_id
        if self._store.followups.get(followup_id) is None:  # a new one is gone with its words
            back = self._store.server_id_of(self._back_to.pop(followup_id, ""))
        self.open(back)

    def keep_draft(self) -> None:
        """Put what was typed on disk now, with what the disk refused before."""
        self._draft_timer.stop()
        drafts = self._store.drafts
        try:
            if self._dirty and self._base is not None:
                self._dirty = False
                kept = self._edits.unreadable_kept()
                self._commands.keep_draft(self._draft, kept, self._edits.next_call)
            drafts.keep_held()
        except StoreError as error:
            self._had_trouble = True
            self._draft_timer.start(min(2 * self._draft_timer.interval(), MAX_DRAFT_MS))
            self.draft_refused.emit(error)
            return
        self._draft_timer.setInterval(DRAFT_MS)
        if self._had_trouble:
            self._had_trouble = False
            self.draft_taken.emit()

    def _keep_soon(self) -> None:
        """A timer that runs is left alone: started anew at each key, it would never end while the
        typing goes on."""
        if not self._draft_timer.isActive():
            self._draft_timer.start()

    # -- how it stands

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
        """What is wrong with a field, our own rules first."""
        return self._problems.get(name, [])

    def errors(self, name: str) -> list[Problem]:
        """Those of a field's problems that keep Save off."""
        return [p for p in self.problems(name) if not p.warning and p.rule is not None]

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
        """How a change of the debt alone stands; what was refused of it is said beside it."""
        if self._debt is None or self._debt.refusal is not None:
            return Progress.CLEAN
        if self._debt.sending:
            return Progress.SAVING
        return Progress.SAVED if self._debt.was_saved else Progress.CLEAN

    # -- how it follows the store

    def _on_change(self, change: Change) -> None:
        if self._base is None or self._base.id not in change.followups:
            return
        # Nothing is opened here: only a person does that.
        had_refusal = self._refusal is not None
        server_id_of = self._store.server_id_of(self._base.id)
        new = self._store.followups.get(self._base.id) or self._store.followups.get(server_id_of)
        if new is None:
            # The server has it no longer, or it is being discarded. What was typed stays in sight.
            self._gone = True
            self.progressed.emit()
            return
        self._gone = False
        old, self._base = self._base, new
        if new.id != old.id:
            self._begun = False
            self._back_to.pop(old.id, None)
            self._conflicts.open(new.id)
            self.renamed.emit()
        moved = {name for name in FIELD_BY_NAME if not same(name, old.get(name), new.get(name))}
        theirs = self._conflicts.look(self._edits)
        self._edits.drop_unchanged(self._base)
        self._saved |= change.outbox and not had_refusal
        if change.outbox:
            self._changed_by_server |= theirs - self._edits.mine.keys()
            mine_before = set(self._edits.mine)
            self._take_refusal()
            moved |= set(self._edits.mine) ^ mine_before
        self._judge()
        self.base_moved.emit(moved - (self._edits.mine.keys() - self._refused_names()))
        self.edited.emit(set(FIELD_BY_NAME))
        self.progressed.emit()

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
            name: list(said) for name, said in (entry.problem.fields if entry.problem else ())
        }
        for name, value in entry.patch.changes.items():
            self._edits.mine.setdefault(name, value)
        self._edits.drop_unchanged(base)

    def _after_edit(self) -> None:
        self._saved = False
        self._dirty = True
        self._judge()
        self._keep_soon()
        self.edited.emit(set(FIELD_BY_NAME))
        self.progressed.emit()

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
