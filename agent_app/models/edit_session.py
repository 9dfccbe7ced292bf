"""The edit of the one followup that is open in the form.

What is typed is on disk soon (`DraftKeeper`), however steadily the typing goes on, and at once when
the agent leaves the field or the row.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import Signal

from agent_app.domain.errors import StoreError
from agent_app.domain.fields import FIELD_BY_NAME, TEXT_KINDS, Kind, Value, same
from agent_app.domain.outcomes import NEXT_CALL
from agent_app.domain.validation import Rule
from agent_app.models.calling_guard import CallingGuard
from agent_app.models.choices import State
from agent_app.models.commands import Commands
from agent_app.models.conflicts import Decision
from agent_app.models.debt_edits import DebtEdits
from agent_app.models.draft_keeper import DraftKeeper
from agent_app.models.open_followup import OpenFollowup
from agent_app.models.person_debts import PersonDebts
from agent_app.models.unsaved_edits import REASON, UnparsedText, UnsavedEdits
from agent_app.store.changes import Change
from agent_app.store.store import Store

CONFLICTED = "conflicted"
"""What `EditSession.save` answers where a field in conflict is not decided."""
UNFILLED = "unfilled"
"""What it answers where a template is not filled in."""
NOT_KEPT = "not kept"
"""What it answers where nothing can be saved: what was typed is still in the form."""


class EditSession(OpenFollowup):
    """Opens one followup at a time, takes the agent's edits and saves them. *now* gives UTC."""

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
        super().__init__(store, commands, now, guard, debt)
        self._person = person
        if debt is not None:
            debt.changed.connect(self.progressed)
            debt.draft_refused.connect(self.draft_refused)
        self._dirty = False
        self._back_to: dict[str, str] = {}
        self._keeper = DraftKeeper(self._put_on_disk)
        self._keeper.refused.connect(self.draft_refused)
        self._keeper.taken.connect(self.draft_taken)
        self._unlisten = store.changes.listen(self._on_change)

    def close(self) -> None:
        """Keep what was typed and stop following the store."""
        self.open("")
        if self._debt is not None:
            self._debt.close()
        self._keeper.stop()
        self._unlisten()

    # -- what is open

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
        self._keeper.soon()

    def type_aside(self, name: str, text: str) -> None:
        """The agent types *text* beside the form ("": nothing is left of it); kept like any text."""
        if self._base is None or text == self.aside(name):
            return
        if text:
            self._edits.aside[name] = text
        else:
            del self._edits.aside[name]
        self._dirty = True
        self._keeper.soon()

    def give_reason(self, reason: str) -> None:
        """Go on in spite of the calling rules: *reason* is written into the notes."""
        calls = self._calls()
        self._note_reason({name: calls[name] for name in self.reasons_needed}, reason)

    def dialled(self) -> None:
        """The debtor is called: what is known of the followup is read anew."""
        self._commands.dialled(self.followup_id)

    def note_call(self, at: datetime, reason: str) -> None:
        """A call is made now in spite of a rule: *reason* is written into the notes."""
        self._note_reason({"call_date": at}, reason)

    def _note_reason(self, calls: Mapping[str, datetime], reason: str) -> None:
        if self._reasons is not None and self.shown is not None and reason.strip():
            notes = str(self.value("notes") or "")
            self.put({"notes": self._reasons.noted(self.shown, notes, calls, reason)})
        self._edits.reason = ""

    def save(self, *, with_blanks: bool = False) -> str:
        """Save. Returns "" if that was done, else the name of the first field that is wrong,
        CONFLICTED, UNFILLED (unless *with_blanks*), REASON or NOT_KEPT."""
        if self._base is None or not (self.changed or self._begun or self.debt_changed):
            return ""
        if self._gone:
            return NOT_KEPT
        if self.field_conflicts:
            return CONFLICTED
        wrong = [name for name in (*FIELD_BY_NAME, NEXT_CALL) if self.errors(name)]
        if wrong:
            return wrong[0]
        if self.unfilled and not with_blanks:
            return UNFILLED
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
            self._dirty = True
            self._keeper.note_trouble()
            self.store_refused.emit(error)
            return NOT_KEPT
        self._keeper.stop()
        self._dirty = False
        self._acts.forget()
        self._edits.aside.clear()
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
        self._keeper.stop()
        self._dirty = False
        try:
            return self._commands.file_as_new(self._base, dict(self._edits.mine))
        except StoreError as error:
            self.store_refused.emit(error)
            return ""

    def decide(self, name: str, decision: Decision) -> None:
        """Take one of the values of a field in conflict."""
        conflict = next((one for one in self.field_conflicts if one.name == name), None)
        if conflict is None:
            return
        value = self._conflicts.decide(conflict, decision)
        if value is not conflict.mine:
            self.set(name, value)
            self.base_moved.emit({name})
        if not self.field_conflicts and not self.changed and self._refusal is not None:
            self.discard()  # all was left as the colleague has it: nothing waits any more
            return
        self._dirty = True
        self._keeper.soon()
        self.edited.emit({name})
        self.progressed.emit()

    def discard(self) -> None:
        """Forget what was typed, and what the server had refused."""
        if self._base is None:
            return
        self._keeper.stop()
        self._dirty = False
        followup_id = self._base.id
        self._edits, self._base, self._begun = UnsavedEdits(), None, False
        try:
            self._commands.discard(followup_id)
            if self._debt is not None:
                self._debt.discard()
            if self._person is not None:
                self._person.untick()
        except StoreError as error:
            self.store_refused.emit(error)
        back = followup_id
        if self._store.followups.get(followup_id) is None:  # a new one is gone with its words
            back = self._store.server_id_of(self._back_to.pop(followup_id, ""))
        self.open(back)

    def keep_draft(self) -> None:
        """Put what was typed on disk now, with what the disk refused before."""
        self._keeper.keep()

    def _put_on_disk(self) -> None:
        if self._dirty and self._base is not None:
            self._dirty = False
            kept = self._edits.unreadable_kept()
            self._commands.keep_draft(self._draft, kept, self._edits.next_call)
        self._store.drafts.keep_held()

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

    def _after_edit(self) -> None:
        self._saved = False
        self._dirty = True
        self._judge()
        self._keeper.soon()
        self.edited.emit(set(FIELD_BY_NAME))
        self.progressed.emit()
