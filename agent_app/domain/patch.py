"""An agent's edit: only what changed, with the base that it was made on.

"base" is the value when the edit began, "mine" what the agent made of it, "theirs" what the
server has now. A field set back to its base is not a change; a moment that was not touched is
never in a patch, so its exact text on the server never changes (CONTRACT, "What follows").
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from agent_app.domain.fields import FIELD_BY_NAME, Value, alike, same
from agent_app.domain.followup import Followup


class Values(Protocol):
    """A followup, or a debt, as somebody has it."""

    def get(self, name: str) -> Value: ...


@dataclass(frozen=True, slots=True)
class FollowupPatch:
    """What to change on one followup, or on a debt: then `followup_id` is its `subject_of_debt`.
    `base` holds the old value of each changed field."""

    followup_id: str
    changes: Mapping[str, Value] = field(default_factory=dict)
    base: Mapping[str, Value] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.changes)

    def then(self, later: "FollowupPatch", *, sent: bool = False) -> "FollowupPatch":
        """Return one patch that does what this one and *later*, made on top of it, do together.

        What ends at its base is dropped, except where this one may have reached the server
        already (*sent*): there the way back has to be sent too.
        """
        if later.followup_id != self.followup_id:
            raise ValueError("patches of two followups cannot be joined")
        base = {**later.base, **self.base}
        changes = {
            name: value
            for name, value in {**self.changes, **later.changes}.items()
            if (sent and name in self.changes) or not same(name, value, base.get(name))
        }
        return FollowupPatch(self.followup_id, changes, {name: base.get(name) for name in changes})


def diff(base: Followup, mine: Mapping[str, Value]) -> FollowupPatch:
    """Return the patch that turns *base* into *mine*; names that are not writable are an error."""
    changes: dict[str, Value] = {}
    for name, value in mine.items():
        if name not in FIELD_BY_NAME:
            raise ValueError(f"{name} cannot be written")
        if not same(name, value, base.get(name)):
            changes[name] = value
    return FollowupPatch(base.id, changes, {name: base.get(name) for name in changes})


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field changed on both sides to different values."""

    name: str
    base: Value
    mine: Value
    theirs: Value


@dataclass(frozen=True, slots=True)
class Merge:
    """What is left to send after the server moved on, and what only a person can decide."""

    patch: FollowupPatch
    conflicts: tuple[Conflict, ...] = ()


def three_way(
    patch: FollowupPatch, theirs: Values, sent: Sequence[Mapping[str, Value]] = ()
) -> Merge:
    """Carry *patch* over to the followup, or debt, as the server has it now.

    A field that only we changed stays ours; one that only they changed stays theirs; one that
    both changed to the same value needs nothing; both to different values is a conflict. What
    stands there because an earlier, unclear try of ours (one of *sent*) arrived is no other's, nor
    is a text of ours that the server has tidied.
    """
    changes: dict[str, Value] = {}
    base: dict[str, Value] = {}
    conflicts: list[Conflict] = []
    for name, mine in patch.changes.items():
        now = theirs.get(name)
        if alike(name, mine, now):
            continue
        ours = any(name in one and alike(name, one[name], now) for one in sent)
        # A recording's link is read back signed, anew each time: it cannot tell us anything.
        if ours or name == "audio_url" or alike(name, patch.base.get(name), now):
            changes[name] = mine
            base[name] = now
        else:
            conflicts.append(Conflict(name, patch.base.get(name), mine, now))
    return Merge(FollowupPatch(patch.followup_id, changes, base), tuple(conflicts))
