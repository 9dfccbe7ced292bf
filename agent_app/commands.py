"""Room: commands. What a person can do, as plain calls without a window."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from agent_app.domain.patch import FollowupPatch
from agent_app.store.store import Store


class Sync(Protocol):
    """What commands need of the sync."""

    def refresh(self) -> None: ...
    def opened(self, followup_id: str) -> None: ...


class Commands:
    """Each method does one thing and returns at once. *now* gives UTC.

    They raise StoreError where the local file refuses: then nothing was done, and what was typed
    is still in the form.
    """

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now
        self._sync: Sync | None = None

    def attach(self, sync: Sync | None) -> None:
        """Let commands reach the sync, once there is one."""
        self._sync = sync

    def keep_draft(self, patch: FollowupPatch) -> None:
        """Put what was typed on disk; an empty patch removes the draft."""
        if not patch and self._store.drafts.get(patch.followup_id) is None:
            return
        self._store.drafts.keep(patch, self._now())

    def save(self, patch: FollowupPatch) -> None:
        """Save: from here on the change is kept, and leaves by itself."""
        self._store.save(patch, self._now())

    def discard(self, followup_id: str) -> None:
        """Forget what was typed, and what the server had refused."""
        self._store.discard(followup_id)

    def refresh(self) -> None:
        """Read the list anew, and try at once what waits."""
        if self._sync is not None:
            self._sync.refresh()

    def opened(self, followup_id: str) -> None:
        """A person looks at a followup: make sure that it is fresh."""
        if self._sync is not None:
            self._sync.opened(followup_id)
