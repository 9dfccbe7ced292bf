"""Room: commands. What a person can do, as plain calls without a window."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from agent_app.domain.fields import FIELDS, Value
from agent_app.domain.patch import FollowupPatch
from agent_app.store.store import Store


class Sync(Protocol):
    """What commands need of the sync."""

    def refresh(self) -> None: ...
    def opened(self, followup_id: str) -> None: ...
    def returned(self, followup_id: str) -> None: ...
    def wake(self) -> None: ...
    def give_up_loading(self) -> None: ...
    def looked_at(self, looked_at: bool) -> None: ...


UNDO_FOR = timedelta(minutes=1)
"""How long a save can be taken back."""


@dataclass(frozen=True, slots=True)
class LastSave:
    """What was saved last, and when (UTC)."""

    patch: FollowupPatch
    at: datetime


class Commands:
    """Each method does one thing and returns at once. *now* gives UTC.

    They raise StoreError where the local file refuses: then nothing was done, and what was typed
    is still in the form.
    """

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now
        self._sync: Sync | None = None
        self._last: LastSave | None = None

    def attach(self, sync: Sync | None) -> None:
        """Let commands reach the sync, once there is one."""
        self._sync = sync

    def keep_draft(self, patch: FollowupPatch, unreadable: Mapping[str, str]) -> None:
        """Put what was typed on disk; where nothing was, the draft is removed."""
        if not patch and not unreadable and self._store.drafts.get(patch.followup_id) is None:
            return
        self._store.drafts.keep(patch, self._now(), unreadable)

    def save(self, patch: FollowupPatch) -> None:
        """Save: from here on the change is kept, and leaves by itself."""
        now = self._now()
        self._store.save(patch, now)
        self._last = LastSave(patch, now)

    def undoable(self) -> FollowupPatch | None:
        """The last save, as long as it can be taken back."""
        if self._last is None or self._now() - self._last.at > UNDO_FOR:
            return None
        return self._last.patch

    def undo(self) -> str:
        """Take the last save back; returns the followup's id, or "" if it is too late.

        The way back is saved like any edit: it undoes what still waits in the outbox, and is sent
        where the save has left.
        """
        patch = self.undoable()
        if patch is None:
            return ""
        self._last = None
        now_id = self._store.became(patch.followup_id)
        self._store.save(FollowupPatch(now_id, patch.base, patch.changes), self._now())
        return now_id

    def create(self, debt_id: str, values: Mapping[str, Value]) -> str:
        """File a new followup of a debt; returns its id until the server gives one."""
        return self._store.create(debt_id, values, self._now())

    def file_as_new(self, followup_id: str, changes: Mapping[str, Value]) -> str:
        """File what was typed for a followup that the server lost as a new one of its debt.

        Returns the new id; the old followup's text is dropped, as it lives on in the new one.
        """
        old = self._store.followups.get(followup_id)
        if old is None:
            raise ValueError("there is no such followup")
        values = {
            field.name: value
            for field in FIELDS
            if (value := changes.get(field.name, old.get(field.name))) not in (None, "")
            and (field.name != "audio_url" or field.name in changes)
        }
        new_id = self.create(old.debt_id, values)
        self._store.discard(followup_id)
        return new_id

    def discard(self, followup_id: str) -> None:
        """Forget what was typed, and what the server had refused."""
        self._store.discard(followup_id)

    def refresh(self) -> None:
        """Read the list anew, and try at once what waits."""
        if self._sync is not None:
            self._sync.refresh()

    def give_up_loading(self) -> None:
        """Stop loading the list; a refresh goes on where it stopped."""
        if self._sync is not None:
            self._sync.give_up_loading()

    def wake(self) -> None:
        """The computer slept, or its network changed."""
        if self._sync is not None:
            self._sync.wake()

    def looked_at(self, looked_at: bool) -> None:
        """Whether the window has the person's attention."""
        if self._sync is not None:
            self._sync.looked_at(looked_at)

    def opened(self, followup_id: str) -> None:
        """A person looks at a followup: make sure that it is fresh."""
        if self._sync is not None:
            self._sync.opened(followup_id)

    def returned(self, followup_id: str) -> None:
        """A person comes back to a followup: make sure that it is quite fresh."""
        if self._sync is not None:
            self._sync.returned(followup_id)
