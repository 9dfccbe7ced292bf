"""What waits to be sent: one saved edit or new followup, and why one needs a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from agent_app.domain.fields import Value
from agent_app.domain.patch import FollowupPatch


class EntryState(StrEnum):
    """Where an entry is on its way."""

    WAITING = "waiting"
    LEAVING = "leaving"
    ATTENTION = "attention"


class EntryKind(StrEnum):
    """What an entry asks of the server."""

    UPDATE = "update"
    CREATE = "create"
    DEBT = "debt"


class RefusalKind(StrEnum):
    """Why an entry needs a person."""

    REJECTED = "rejected"
    """The server does not accept the values; message and fields are its words."""
    REFUSED = "refused"
    """Another 4xx; the message is the code, or ""."""
    TROUBLE = "trouble"
    """Nothing but 5xx or answers that cannot be read, for long; the message is the code, or ""."""
    NOT_TAKEN = "not_taken"
    """The server says that it saved, and did not; the message names the fields."""
    NOT_ALLOWED = "not_allowed"
    """A scope is missing, which the message names."""
    NOT_THERE = "not_there"
    """The server has no such followup."""
    CONFLICT = "conflict"
    """A colleague set the same fields; `theirs` holds the server's values."""
    AMBIGUOUS = "ambiguous"
    """A new followup may be there more than once."""
    MISTAKE = "mistake"
    """Our own."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an entry needs a person; `kind` says what the other fields hold."""

    kind: RefusalKind
    message: str = ""
    fields: tuple[tuple[str, tuple[str, ...]], ...] = ()
    theirs: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One saved edit of a followup or debt, or a new followup. Moments are UTC.

    For a new followup the patch's changes are its values. `known_ids` are the ids that its debt
    had before the first try; `looked` counts looks at the debt after an unclear try. `attempts`
    counts the writes that left for it, and `sent` holds what they asked for.
    """

    number: int
    patch: FollowupPatch
    state: EntryState
    attempts: int
    not_before: datetime | None
    refusal: Refusal | None
    saved_at: datetime
    kind: EntryKind
    debt_id: str
    known_ids: frozenset[str] | None
    looked: int
    sent: tuple[Mapping[str, Value], ...] = ()


def joined(entries: Sequence[Entry]) -> FollowupPatch:
    """Return what entries of one followup, the oldest first, do together."""
    first, *later = entries
    patch = first.patch
    for entry in later:
        if first.kind is EntryKind.CREATE:
            patch = FollowupPatch(patch.followup_id, {**patch.changes, **entry.patch.changes})
        else:
            patch = patch.then(entry.patch, sent=first.attempts > 0)
    return patch
