"""What a person can do, as plain calls without a window."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from agent_app.domain.callers import LookUp
from agent_app.domain.fields import FIELDS, Direction, Status, Type, Value, alike
from agent_app.domain.followup import Followup, with_changes
from agent_app.domain.outbox import EntryState
from agent_app.domain.outcomes import next_call_of, outcome_for, type_planned
from agent_app.domain.own_save import OwnSave
from agent_app.domain.patch import FollowupPatch, diff
from agent_app.domain.subject import debt_of_subject
from agent_app.models.sync_port import CompanyReads, Sound, Sync
from agent_app.store.store import NextCall, Store

if TYPE_CHECKING:
    from agent_app.domain.periods import Period
    from agent_app.domain.reviews import Review


UNDO_FOR = timedelta(minutes=1)
"""How long a save can be taken back."""


@dataclass(frozen=True, slots=True)
class Undone:
    """The followup whose save was taken back. What the server cannot delete was *cancelled*."""

    followup_id: str
    cancelled: bool


class Commands:
    """Each method does one thing and returns at once. *now* gives UTC.

    They raise StoreError where the local file refuses: then nothing was done, and what was typed
    is still in the form. *planned_type* gives the team's rule for what planned calls are filed as.
    """

    def __init__(
        self,
        store: Store,
        now: Callable[[], datetime],
        planned_type: Callable[[], str] = lambda: Type.MANUAL_CALL,
    ) -> None:
        self._store = store
        self._now = now
        self._planned_type = planned_type
        self._sync: Sync | None = None
        self._last: OwnSave | None = None
        self._last_of_list = False
        self.undone: Undone | None = None
        """What was undone last, until the next save."""
        self.last_dialled = ""

    def close(self) -> None:
        """The account goes: there is no save to be taken back, and nobody to ask."""
        self._sync = self._last = None

    def attach(self, sync: Sync | None) -> None:
        """Let commands reach the sync, once there is one."""
        self._sync = sync

    def keep_draft(
        self,
        patch: FollowupPatch,
        unreadable: Mapping[str, str],
        next_at: datetime | None = None,
    ) -> None:
        """Put what was typed on disk; where nothing was, the draft is removed."""
        nothing = not patch and not unreadable and next_at is None
        if nothing and self._store.drafts.get(patch.followup_id) is None:
            return
        self._store.drafts.keep(patch, self._now(), unreadable, next_at)

    def save(
        self,
        patch: FollowupPatch,
        next_at: datetime | None = None,
        *,
        debt: FollowupPatch | None = None,
        others: Sequence[str] = (),
    ) -> None:
        """Save: from here on the change is kept, and leaves by itself.

        With *next_at* the debtor is called again then: a new followup of the debt is filed too. *debt*
        is a change of the debt itself. For each of the debts *others* of the same person the call is
        recorded as well. All of it is saved, or nothing.
        """
        now = self._now()
        begun = self._store.is_begun(patch.followup_id)
        followup = self._store.followups.get(patch.followup_id)
        saved = with_changes(followup, patch.changes) if followup is not None else None
        next_call = None
        if next_at is not None and not self._is_planned(saved, next_at):
            assert saved is not None
            values = next_call_of(saved, next_at, type_planned(self._planned_type(), saved))
            next_call = NextCall(saved.debt_id, values)
        created = [patch.followup_id] if begun else []
        also = [debt] if debt is not None else []
        with self._store.all_or_nothing():
            if next_id := self._store.save(patch, now, next_call):
                created.append(next_id)
            if debt is not None:
                self._store.save(debt, now)
            for debt_id in others if saved is not None else ():
                assert saved is not None
                if (found := self._record_for(saved, debt_id, now)) is not None:
                    also.append(found)
                else:
                    created.append(self._store.create(debt_id, outcome_for(saved), now))
            save = OwnSave(patch, now, tuple(created), next_at, tuple(also))
            number = self._store.own_saves.keep(save)
        self._last, self._last_of_list = replace(save, number=number), False
        self.undone = None

    def _is_planned(self, saved: Followup | None, at: datetime) -> bool:
        """Return whether the debt has a call at that time already: two calls that nobody answered are called
        again once."""
        if saved is None:
            return False
        found = self._store.followups.planned_at(saved.debt_id, at)
        return any(one != saved.id for one in found)

    def save_many(self, patches: Sequence[FollowupPatch]) -> None:
        """Save one change of many followups: all of them, or none. What is typed into one of them and is
        not saved yet stays a draft."""
        if not patches:
            return
        now = self._now()
        with self._store.all_or_nothing():
            for patch in patches:
                self._store.outbox.add(patch, now)
            save = OwnSave(patches[0], now, also=tuple(patches[1:]))
            number = self._store.own_saves.keep(save)
        self._last, self._last_of_list = replace(save, number=number), True
        self.undone = None

    def writes_left(self) -> int | None:
        """Return how many writes the company's hour has left, or None where that is not known."""
        return self._sync.writes_left() if self._sync is not None else None

    def _record_for(self, call: Followup, debt_id: str, now: datetime) -> FollowupPatch | None:
        """Record *call* in the call that is planned for another debt; None where none is planned."""
        planned = self._store.followups.planned_call(debt_id)
        if planned is None or self._store.is_begun(planned.id):
            return None
        patch = diff(planned, outcome_for(call, planned))
        self._store.save(patch, now)
        return patch

    def begin(self, followup_id: str, scheduled_at: datetime | None) -> str:
        """Begin a new call for the debt of a followup; returns its id, or "" without a debt."""
        old = self._store.followups.get(followup_id)
        if old is None or not old.debt_id:
            return ""
        values: dict[str, Value] = {
            "status": Status.SCHEDULED,
            "type": type_planned(self._planned_type(), old),
            "direction": Direction.OUTBOUND,
        }
        if scheduled_at is not None:
            values["scheduled_at"] = scheduled_at
        if old.phone_number_used:
            values["phone_number_used"] = old.phone_number_used
        return self._store.begin(old.debt_id, values, self._now())

    def begin_call(self, debt_id: str, number: str, direction: str) -> str:
        """Begin a call of a debt that is under way now; returns its id."""
        values: dict[str, Value] = {
            "status": Status.IN_PROGRESS,
            "type": Type.CALL,
            "direction": direction or Direction.INBOUND,
        }
        if number:
            values["phone_number_used"] = number
        return self._store.begin(debt_id, values, self._now())

    @property
    def last_save(self) -> OwnSave | None:
        """The last save, as long as it can be taken back."""
        if self._last is None or self._now() - self._last.at > UNDO_FOR:
            return None
        return self._last

    @property
    def last_is_of_list(self) -> bool:
        """Whether the last save changed rows that were selected in the list, and can be taken back."""
        return self._last_of_list and self.last_save is not None

    def undoable(self) -> FollowupPatch | None:
        """Return the change of the last save, as long as it can be taken back."""
        return self.last_save.patch if self.last_save is not None else None

    def undo(self) -> str:
        """Take the last save back; returns the followup's id, or "" if it is too late.

        The way back is saved like any edit: it undoes what still waits in the outbox, and is sent
        where the save has left. A new followup that has not left is unsaved again.
        """
        last = self.last_save
        self._last = None
        return self.take_save_back(last) if last is not None else ""

    def may_take_save_back(self, save: OwnSave) -> bool:
        """Return whether a save of today can be taken back: nobody changed since what it changed."""
        if save.undone:
            return False
        if save.patch.followup_id in save.created:
            return self._current(save.patch.followup_id) is not None
        for patch in (save.patch, *save.also):
            if debt_of_subject(patch.followup_id):
                continue
            now = self._current(patch.followup_id)
            if now is None:
                return False
            if not all(alike(name, now.get(name), value) for name, value in patch.changes.items()):
                return False
        return True

    def _current(self, followup_id: str) -> Followup | None:
        return self._store.followups.get(self._store.server_id_of(followup_id))

    def take_save_back(self, last: OwnSave) -> str:
        """Take a save back; returns the followup's id."""
        patch = last.patch
        cancelled = False
        for new_id in last.created:
            begun = patch if new_id == patch.followup_id else None
            cancelled |= self._take_back_new(new_id, begun)
        now_id = self._store.server_id_of(patch.followup_id)
        if last.is_bulk:
            self._put_back((patch, *last.also))
        elif patch.followup_id not in last.created:
            self._store.save(FollowupPatch(now_id, patch.base, patch.changes), self._now())
        for other in () if last.is_bulk else last.also:
            other_id = self._store.server_id_of(other.followup_id)
            self._store.save(FollowupPatch(other_id, other.base, other.changes), self._now())
        self._store.own_saves.note_undone(last.number)
        if self._last is not None and self._last.number == last.number:
            self._last = None
        self.undone = Undone(now_id, cancelled)
        return now_id

    def _put_back(self, patches: Sequence[FollowupPatch]) -> None:
        """Save the way back of each; drafts stay."""
        with self._store.all_or_nothing():
            for one in patches:
                now_id = self._store.server_id_of(one.followup_id)
                self._store.outbox.add(FollowupPatch(now_id, one.base, one.changes), self._now())

    def _take_back_new(self, new_id: str, begun: FollowupPatch | None) -> bool:
        """Take a new followup back; what was typed into one that the agent had *begun* is a draft
        again. One that has left cannot be deleted (CONTRACT): it is cancelled; says whether so."""
        if begun is not None and self._store.unfinish(begun, self._now()):
            return False
        if begun is None and self._store.withdraw(new_id):
            return False
        followup = self._store.followups.get(self._store.server_id_of(new_id))
        if followup is None:
            return False
        self._store.save(diff(followup, {"status": Status.CANCELLED}), self._now())
        return True

    def may_take_back(self, followup_id: str) -> bool:
        """Return whether something waits to be sent for a followup, or a debt by its `subject_of_debt`, and is
        not under way just now."""
        entries = self._store.outbox.of(followup_id)
        return bool(entries) and all(one.state is EntryState.WAITING for one in entries)

    def take_back(self, followup_id: str) -> bool:
        """Take what waits to be sent back into the followup's draft, to be changed, copied or
        discarded; says whether that could be done. Where a try of it had arrived unnoticed, the
        followup is as the server has it."""
        if not self._store.take_back(followup_id, self._now()):
            return False
        if (
            self._last is not None
            and self._store.server_id_of(self._last.patch.followup_id) == followup_id
        ):
            self._last = None
        if not debt_of_subject(followup_id):
            self.returned(followup_id)
        return True

    def create(self, debt_id: str, values: Mapping[str, Value]) -> str:
        """File a new followup of a debt; returns its id until the server gives one."""
        return self._store.create(debt_id, values, self._now())

    def file_as_new(self, old: Followup, changes: Mapping[str, Value]) -> str:
        """File what was typed for a followup that the server lost as a new one of its debt.

        Returns the new id; the old followup's text is dropped, as it lives on in the new one.
        """
        values = {
            field.name: value
            for field in FIELDS
            if (value := changes.get(field.name, old.get(field.name))) not in (None, "")
            and (field.name != "audio_url" or field.name in changes)
        }
        new_id = self.create(old.debt_id, values)
        self._store.discard(old.id)
        return new_id

    def discard(self, followup_id: str) -> None:
        """Forget what was typed, and what the server had refused."""
        self._store.discard(followup_id)

    def forget_begun(self, followup_id: str) -> None:
        """Forget a followup that was begun and into which nothing was typed."""
        if self._store.is_begun(followup_id) and self._store.drafts.get(followup_id) is None:
            self._store.discard(followup_id)

    def refresh(self) -> None:
        """Read the list anew, and try at once what waits."""
        if self._sync is not None:
            self._sync.refresh()

    def give_up_loading(self) -> None:
        """Stop loading the list; a refresh goes on where it stopped."""
        if self._sync is not None:
            self._sync.give_up_loading()

    def bring_older(self) -> None:
        """Bring in the followups that are older than what is here."""
        if self._sync is not None:
            self._sync.bring_older()

    def stop_older(self) -> None:
        """Stop bringing them in; what was read stays."""
        if self._sync is not None:
            self._sync.stop_older()

    def wake(self) -> None:
        """The computer slept, or its network changed."""
        if self._sync is not None:
            self._sync.wake()

    def looked_at(self, looked_at: bool) -> None:
        """Whether the window has the person's attention."""
        if self._sync is not None:
            self._sync.looked_at(looked_at)

    def load_period(self, period: "Period") -> None:
        """A supervisor looks at a period: bring in what is missing of it."""
        if self._sync is not None:
            self._sync.load_period(period.first, period.last)

    def stop_period(self) -> None:
        """Stop bringing it in."""
        if self._sync is not None:
            self._sync.stop_period()

    def review(self, review: "Review") -> None:
        """Keep a supervisor's review of a followup, on this computer."""
        self._store.reviews.keep(review)

    def recording(self, followup_id: str) -> Sound | None:
        """Return the followup's recording, or None where there is no connection yet."""
        return self._sync.recording(followup_id) if self._sync is not None else None

    def opened(self, followup_id: str) -> None:
        """A person looks at a followup: make sure that it is fresh."""
        if self._sync is not None:
            self._sync.opened(followup_id)

    def look_up(self, followup_id: str, told: Callable[[LookUp], None]) -> None:
        """Read a followup that is not here; *told* hears how that ended."""
        if self._sync is not None:
            self._sync.look_up(followup_id, told)
        else:
            told(LookUp.FAILED)

    def read_person(self, debt_id: str) -> None:
        """Read all debts of the debtor of a debt."""
        if self._sync is not None:
            self._sync.read_person(debt_id)

    @property
    def company(self) -> CompanyReads | None:
        """What the server says of the company, or None where there is no connection yet."""
        return self._sync.company if self._sync is not None else None

    def returned(self, followup_id: str) -> None:
        """A person comes back to a followup: make sure that it is quite fresh."""
        if self._sync is not None:
            self._sync.returned(followup_id)

    def dialled(self, followup_id: str) -> None:
        """A person calls the debtor: what they speak about is read at once."""
        self.last_dialled = followup_id
        if self._sync is not None:
            self._sync.dialled(followup_id)
