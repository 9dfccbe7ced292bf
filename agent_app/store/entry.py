"""The rows of the outbox: how an entry is written, and read again."""

import json
from typing import Any

from agent_app.domain.outbox import Entry, EntryKind, EntryState, Refusal, RefusalKind
from agent_app.domain.patch import FollowupPatch
from agent_app.store.codec import dumps, from_ms, loads

COLUMNS = (
    "number, followup_id, changes, base, state, attempts, not_before, problem, saved_at,"
    " kind, debt_id, known_ids, looked, sent"
)


def entry_of(row: tuple[Any, ...]) -> Entry:
    """Return an entry of a row of COLUMNS."""
    saved_at = from_ms(row[8])
    assert saved_at is not None
    return Entry(
        number=row[0],
        patch=FollowupPatch(row[1], loads(row[2]), loads(row[3])),
        state=EntryState(row[4]),
        attempts=row[5],
        not_before=from_ms(row[6]) if row[6] else None,
        refusal=_refusal_of(row[7]) if row[7] else None,
        saved_at=saved_at,
        kind=EntryKind(row[9]),
        debt_id=row[10],
        known_ids=frozenset(json.loads(row[11])) if row[11] else None,
        looked=row[12],
        sent=tuple(loads(one) for one in json.loads(row[13])),
    )


def kept(refusal: Refusal) -> str:
    """Return a refusal as text, for its column."""
    return json.dumps(
        {
            "kind": refusal.kind,
            "message": refusal.message,
            "fields": {name: list(words) for name, words in refusal.fields},
            "theirs": dumps(dict(refusal.theirs)),
        }
    )


def _refusal_of(text: str) -> Refusal:
    payload = json.loads(text)
    fields = tuple((name, tuple(words)) for name, words in payload["fields"].items())
    theirs = tuple(loads(payload.get("theirs", "{}")).items())
    return Refusal(RefusalKind(payload["kind"]), payload["message"], fields, theirs)
