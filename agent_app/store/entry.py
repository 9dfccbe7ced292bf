"""One saved edit or new followup in the outbox, as it is kept and read."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from agent_app.domain.fields import Value
from agent_app.domain.patch import FollowupPatch
from agent_app.store.codec import dumps, from_ms, loads


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


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an entry needs a person, by its `kind`:

    "rejected": the server does not accept the values; `message` and `fields` are its words.
    "refused": another 4xx, "trouble": nothing but 5xx or answers that cannot be read, for long;
    `message` is the code, or "".
    "not_taken": the server says that it saved, and did not; `message` names the fields.
    "not_allowed": a scope is missing, which `message` names. "not_there": the server has no such
    followup. "conflict": `theirs` holds the server's values of the fields in conflict.
    "ambiguous": a new followup may be there more than once. "mistake": our own.
    """

    kind: str
    message: str = ""
    fields: tuple[tuple[str, tuple[str, ...]], ...] = ()
    theirs: tuple[tuple[str, Value], ...] = ()

    def kept(self) -> str:
        """As text, for `problem_of`."""
        return json.dumps(
            {
                "kind": self.kind,
                "message": self.message,
                "fields": {name: list(words) for name, words in self.fields},
                "theirs": dumps(dict(self.theirs)),
            }
        )


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
    problem: Problem | None
    saved_at: datetime
    kind: EntryKind
    debt_id: str
    known_ids: frozenset[str] | None
    looked: int
    sent: tuple[Mapping[str, Value], ...] = ()


COLUMNS = (
    "number, followup_id, changes, base, state, attempts, not_before, problem, saved_at,"
    " kind, debt_id, known_ids, looked, sent"
)


def entry_of(row: tuple[Any, ...]) -> Entry:
    """An entry of a row of COLUMNS."""
    saved_at = from_ms(row[8])
    assert saved_at is not None
    return Entry(
        number=row[0],
        patch=FollowupPatch(row[1], loads(row[2]), loads(row[3])),
        state=EntryState(row[4]),
        attempts=row[5],
        not_before=from_ms(row[6]) if row[6] else None,
        problem=_problem_of(row[7]) if row[7] else None,
        saved_at=saved_at,
        kind=EntryKind(row[9]),
        debt_id=row[10],
        known_ids=frozenset(json.loads(row[11])) if row[11] else None,
        looked=row[12],
        sent=tuple(loads(one) for one in json.loads(row[13])),
    )


def _problem_of(text: str) -> Problem:
    payload = json.loads(text)
    fields = tuple((name, tuple(words)) for name, words in payload["fields"].items())
    theirs = tuple(loads(payload.get("theirs", "{}")).items())
    return Problem(payload["kind"], payload["message"], fields, theirs)


def joined(entries: Sequence[Entry]) -> FollowupPatch:
    """What entries of one followup, the oldest first, do together."""
    first, *later = entries
    patch = first.patch
    for entry in later:
        if first.kind is EntryKind.CREATE:
            patch = FollowupPatch(patch.followup_id, {**patch.changes, **entry.patch.changes})
        else:
            patch = patch.then(entry.patch, sent=first.attempts > 0)
    return patch
