"""Fields of the open followup that this agent and a colleague set to different values.

A conflict shows up in two ways: the followup was freshened while the agent types, or the sender found
it. Either way nothing is saved of the followup until each such field is decided.
"""

from dataclasses import dataclass
from enum import StrEnum

from agent_app.domain.differences import both
from agent_app.domain.fields import FIELD_BY_NAME, Kind, Value, same
from agent_app.domain.followup import Followup
from agent_app.domain.outbox import RefusalKind
from agent_app.models.colleagues import Colleagues, alike
from agent_app.models.unsaved_edits import UnsavedEdits
from agent_app.store.outbox import Entry
from agent_app.store.store import Store

MAX_SUMMARY = 300
"""Two summaries of so many characters together may become one."""


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """A field that this agent and a colleague set to different values."""

    name: str
    was: Value
    theirs: Value
    mine: Value


class Decision(StrEnum):
    """What is taken for a field in conflict."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"
    WAS = "was"
    """What it was before either changed it."""


class Conflicts:
    """Those of one followup at a time."""

    def __init__(self, store: Store) -> None:
        self._colleagues = Colleagues(store)
        self._decided: dict[str, Value] = {}
        self.told: dict[str, Value] = {}
        """Fields that a colleague changed since the followup was opened and that the agent has not
        touched, with what they were."""

    def open(self, followup_id: str) -> None:
        """Another followup is open, or none ("")."""
        self._decided, self.told = {}, {}
        self._colleagues.open(followup_id)

    def look(self, typed: UnsavedEdits) -> frozenset[str]:
        """Names of the fields that a colleague changed since the last look."""
        found = self._colleagues.look()
        for name, was in found.items():
            touched = name in typed.mine or name in typed.unreadable
            (typed.moved if touched else self.told).setdefault(name, was)
        return frozenset(found)

    def field_conflicts(
        self, base: Followup | None, typed: UnsavedEdits, refused: Entry | None
    ) -> list[FieldConflict]:
        """Return what is still to be decided, in the order of the form."""
        if base is None:
            return []
        bases = {**typed.moved, **_bases(refused)}
        found = []
        for name in FIELD_BY_NAME:
            theirs = self._colleagues.theirs(name)
            decided = name in self._decided and same(name, self._decided[name], theirs)
            if name not in bases or decided:
                continue
            unread = name in typed.unreadable
            mine = typed.unreadable[name].text if unread else typed.mine.get(name, base.get(name))
            if unread or not alike(name, mine, theirs):
                found.append(FieldConflict(name, bases[name], theirs, mine))
        return found

    def decide(self, conflict: FieldConflict, decision: Decision) -> Value:
        """Return the value that the agent chose; a newer change of a colleague's opens the field
        again."""
        self._decided[conflict.name] = conflict.theirs
        match decision:
            case Decision.MINE:
                return conflict.mine
            case Decision.THEIRS:
                return conflict.theirs
            case Decision.WAS:
                return conflict.was
            case Decision.BOTH:
                return joined(conflict)

    @property
    def decided(self) -> frozenset[str]:
        """Names of the fields that were decided."""
        return frozenset(self._decided)


def _bases(refused: Entry | None) -> dict[str, Value]:
    """Return what the fields were that the sender found in conflict."""
    if (
        refused is None
        or refused.refusal is None
        or refused.refusal.kind is not RefusalKind.CONFLICT
    ):
        return {}
    names = {name for name, _ in refused.refusal.theirs if name in refused.patch.changes}
    return {name: refused.patch.base.get(name) for name in names}


def may_join(field_conflicts: FieldConflict) -> bool:
    """Return whether a field can keep what either wrote: notes, and a short summary."""
    if not (field_conflicts.mine and field_conflicts.theirs):
        return False
    short = len(str(field_conflicts.mine)) + len(str(field_conflicts.theirs)) <= MAX_SUMMARY
    return field_conflicts.name == "notes" or (field_conflicts.name == "summary" and short)


def joined(field_conflicts: FieldConflict) -> str:
    """Return what either wrote, in one text."""
    gap = "\n\n" if FIELD_BY_NAME[field_conflicts.name].kind is Kind.TEXT else " / "
    was, theirs, mine = (
        str(value or "")
        for value in (field_conflicts.was, field_conflicts.theirs, field_conflicts.mine)
    )
    return both(was, theirs, mine, gap)
