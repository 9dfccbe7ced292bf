"""One save of this desk's agent, and what a day of them comes to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType

from agent_app.domain.fields import DIALLED_TYPES, Status
from agent_app.domain.followup import Followup
from agent_app.domain.patch import FollowupPatch
from agent_app.domain.promise import promise_in
from agent_app.domain.reviews import REACHED

OUTCOMES = REACHED | {Status.NO_ANSWER, Status.FAILED}
"""What a call that was made ends with."""


@dataclass(frozen=True, slots=True)
class OwnSave:
    """What was saved, when (UTC), which new followups came with it, for when the next call was
    planned, and what else was changed: the debt, followups of the person's other debts. `number` is its
    place in the store (0: it is in none), `undone` says that it was taken back."""

    patch: FollowupPatch
    at: datetime
    created: tuple[str, ...] = ()
    next_at: datetime | None = None
    also: tuple[FollowupPatch, ...] = ()
    number: int = 0
    undone: bool = False

    @property
    def is_bulk(self) -> bool:
        """Whether one change was made of many followups."""
        same = all(one.changes == self.patch.changes for one in self.also)
        return (
            bool(self.also) and not self.created and same and "call_date" not in self.patch.changes
        )


@dataclass(frozen=True, slots=True)
class DayFigures:
    """Followups that got an outcome, those of them where somebody answered, deals, and what was promised
    by currency ("": none is named)."""

    calls: int = 0
    reached: int = 0
    deals: int = 0
    promised: tuple[tuple[str, Decimal], ...] = ()


def figures_of(
    saves: Iterable[OwnSave],
    followups: Mapping[str, Followup],
    elsewhere: Mapping[str, str] = MappingProxyType({}),
) -> DayFigures:
    """Return what the saves of a day, the oldest first, come to. A followup that was saved twice is one call
    with its last outcome. *followups* are those of the saves, by the ids that the saves name; *elsewhere* are
    outcomes, by followup, that the agent's team knows of: those of other computers count as well."""
    here = {one.id for one in followups.values()}
    outcome = {name: status for name, status in elsewhere.items() if name not in here}
    notes: dict[str, tuple[str, str]] = {}
    for save in saves:
        if save.undone:
            continue
        for patch in (save.patch, *save.also):
            followup = followups.get(patch.followup_id)
            if followup is None or followup.type not in DIALLED_TYPES:
                continue
            if (status := str(patch.changes.get("status") or "")) in OUTCOMES:
                outcome[followup.id] = status
        if "notes" in save.patch.changes:
            before = str(save.patch.base.get("notes") or "")
            first = notes.get(save.patch.followup_id, (before, ""))[0]
            notes[save.patch.followup_id] = (first, str(save.patch.changes["notes"] or ""))
    promised: dict[str, Decimal] = {}
    for before, after in notes.values():
        promise = promise_in(after)
        if promise is not None and promise != promise_in(before):
            sum_ = promised.get(promise.currency, Decimal())
            promised[promise.currency] = sum_ + promise.amount
    statuses = list(outcome.values())
    return DayFigures(
        calls=len(statuses),
        reached=sum(status in REACHED for status in statuses),
        deals=statuses.count(Status.DEAL_FOUND),
        promised=tuple(sorted(promised.items())),
    )
