"""One change of many followups at once: what of it can be done, and doing it.

Only what waits to be done is changed: what was done is a record. What the team's rules, or the person
themselves, would have to look at first is left alone and said.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from agent_app.domain.fields import Status, Value
from agent_app.domain.followup import Followup, with_changes
from agent_app.domain.patch import FollowupPatch, diff
from agent_app.models.commands import Commands
from agent_app.store.store import Store

if TYPE_CHECKING:
    from agent_app.models.calling_guard import CallingGuard

MAX_AT_ONCE = 100
"""Each followup is a write of the hour's 500, which the whole company shares (CONTRACT)."""
WAITS = frozenset({Status.SCHEDULED, Status.ON_HOLD, Status.IN_PROGRESS})
"""Statuses of what can still be planned otherwise."""


class LeftOut(StrEnum):
    """Why a followup stays as it is."""

    DONE = "done"
    REFUSED = "refused"
    NOT_SAVED = "not_saved"
    RULES = "rules"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class BulkPlan:
    """What will be saved, and how many followups stay as they are, by reason."""

    patches: tuple[FollowupPatch, ...] = ()
    left_out: Mapping[LeftOut, int] = field(default_factory=dict)


class BulkChanges:
    """Plans and saves for one account. *is_taken* says whether a colleague has a debt just now."""

    def __init__(
        self,
        store: Store,
        commands: Commands,
        guard: "CallingGuard",
        is_taken: Callable[[str], bool] = lambda _debt_id: False,
    ) -> None:
        self._store, self._commands, self._guard = store, commands, guard
        self._is_taken = is_taken

    def reschedule(self, ids: Sequence[str], at: datetime) -> BulkPlan:
        """Plan followups for another time (aware)."""
        return self._plan(ids, {"scheduled_at": at, "status": Status.SCHEDULED}, at)

    def cancel(self, ids: Sequence[str]) -> BulkPlan:
        """Cancel followups."""
        return self._plan(ids, {"status": Status.CANCELLED}, None)

    def set_type(self, ids: Sequence[str], type_: str) -> BulkPlan:
        """Have followups done in another way."""
        return self._plan(ids, {"type": type_}, None)

    def save(self, plan: BulkPlan) -> None:
        """Save a plan: an entry of the outbox for each followup, one undo for all. Raises StoreError."""
        self._commands.save_many(plan.patches)

    def writes_left(self) -> int | None:
        """Return how many writes the company's hour has left, as far as is known."""
        return self._commands.writes_left()

    def _plan(
        self, ids: Sequence[str], changes: Mapping[str, Value], at: datetime | None
    ) -> BulkPlan:
        patches, left_out = [], Counter[LeftOut]()
        for followup_id in ids[:MAX_AT_ONCE]:
            followup = self._store.followups.get(followup_id)
            if followup is None:
                continue
            reason = self._against(followup, changes, at)
            if reason is not None:
                left_out[reason] += 1
            else:
                patches.append(diff(followup, dict(changes)))
        return BulkPlan(tuple(patches), dict(left_out))

    def _against(
        self, followup: Followup, changes: Mapping[str, Value], at: datetime | None
    ) -> LeftOut | None:
        if self._store.is_begun(followup.id):
            return LeftOut.NOT_SAVED
        if self._store.outbox.attention(followup.id) is not None:
            return LeftOut.REFUSED
        if followup.status not in WAITS or self._is_taken(followup.debt_id):
            return LeftOut.DONE
        if not diff(followup, dict(changes)):
            return LeftOut.SAME
        if at is not None and self._guard.findings(with_changes(followup, changes), at):
            return LeftOut.RULES
        return None
