"""Room: store. Saved edits that the server has not confirmed.

"Saved" means: in here. An entry goes when the server has answered that it holds; a rejected
one stays, with its errors, until a person saves or discards it. Entries of one followup leave
in order, one at a time, and are merged while they wait.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from agent_app.domain.patch import FollowupPatch
from agent_app.store.changes import Changes
from agent_app.store.codec import dumps, from_ms, loads, to_ms
from agent_app.store.database import Database
from agent_app.store.followups import Followups


class EntryState(StrEnum):
    """Where an entry is on its way."""

    WAITING = "waiting"
    LEAVING = "leaving"
    ATTENTION = "attention"


@dataclass(frozen=True, slots=True)
class RejectedFor:
    """Why the server refused an entry: an error's name, its words, and messages by field."""

    kind: str
    message: str = ""
    fields: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One saved edit. Moments are UTC."""

    number: int
    patch: FollowupPatch
    state: EntryState
    attempts: int
    not_before: datetime | None
    problem: RejectedFor | None
    saved_at: datetime


_COLUMNS = "number, followup_id, changes, base, state, attempts, not_before, problem, saved_at"


class Outbox:
    """The entries of this account."""

    def __init__(self, database: Database, changes: Changes, followups: Followups) -> None:
        self._database = database
        self._changes = changes
        self._followups = followups

    def add(self, patch: FollowupPatch, at: datetime) -> None:
        """Keep *patch* until the server confirms it.

        It joins what still waits for the same followup. It takes the place of what was
        rejected, which the form had shown and which *patch* therefore holds as far as the
        agent kept it. One that is leaving is left alone and goes first.
        """
        with self._database.transaction():
            row = self._database.read_one(
                f"select {_COLUMNS} from outbox where followup_id = ? and state <> 'leaving'"
                " order by number desc",
                [patch.followup_id],
            )
            attempts = 0
            if row is not None:
                earlier = _entry(row)
                if earlier.state is EntryState.WAITING:
                    attempts = earlier.attempts
                    patch = earlier.patch.then(patch, sent=attempts > 0)
                self._database.write("delete from outbox where number = ?", [row[0]])
            if patch:
                self._database.write(
                    "insert into outbox (followup_id, changes, base, state, attempts, saved_at)"
                    " values (?, ?, ?, 'waiting', ?, ?)",
                    [
                        patch.followup_id,
                        dumps(patch.changes),
                        dumps(patch.base),
                        attempts,
                        to_ms(at),
                    ],
                )
            self._touched(patch.followup_id)

    def next(self, now: datetime) -> Entry | None:
        """The oldest entry that may leave at *now*, or None."""
        row = self._database.read_one(
            f"select {_COLUMNS} from outbox o where state = 'waiting' and not_before <= ?"
            " and not exists (select 1 from outbox p where p.followup_id = o.followup_id"
            " and p.number < o.number and p.state <> 'attention') order by number",
            [to_ms(now)],
        )
        return _entry(row) if row else None

    def next_due(self) -> datetime | None:
        """When the next waiting entry may leave (UTC), or None if none waits."""
        row = self._database.read_one("select min(not_before) from outbox where state = 'waiting'")
        return from_ms(row[0]) if row else None

    def mark_leaving(self, entry: Entry) -> None:
        """Note that the entry's request is under way."""
        self._set(entry, "state = 'leaving', attempts = attempts + 1")

    def put_back(self, entry: Entry, not_before: datetime) -> None:
        """Let the entry wait until *not_before* and join what was saved meanwhile."""
        with self._database.transaction():
            self._set(entry, "state = 'waiting', not_before = ?", to_ms(not_before))
            self._join(entry.patch.followup_id)

    def reject(self, entry: Entry, problem: RejectedFor) -> None:
        """Keep the entry for a person to look at; what was saved meanwhile joins it."""
        with self._database.transaction():
            text = json.dumps(
                {
                    "kind": problem.kind,
                    "message": problem.message,
                    "fields": {name: list(words) for name, words in problem.fields},
                }
            )
            self._set(entry, "state = 'attention', problem = ?", text)
            self._join(entry.patch.followup_id)

    def confirm(self, entry: Entry) -> None:
        """The server holds the change: the entry may go."""
        with self._database.transaction():
            self._database.write("delete from outbox where number = ?", [entry.number])
            self._touched(entry.patch.followup_id)

    def drop(self, followup_id: str) -> None:
        """Discard what was rejected for a followup."""
        with self._database.transaction():
            self._database.write(
                "delete from outbox where followup_id = ? and state = 'attention'",
                [followup_id],
            )
            self._touched(followup_id)

    def retry_all(self) -> None:
        """Let everything that waits leave now."""
        with self._database.transaction():
            self._database.write("update outbox set not_before = 0 where state = 'waiting'")
            self._changes.touch(outbox=True)

    def recover(self) -> None:
        """After a start: what was under way when the program ended waits again."""
        with self._database.transaction():
            ids = self._database.read("select followup_id from outbox where state = 'leaving'")
            self._database.write(
                "update outbox set state = 'waiting', not_before = 0 where state = 'leaving'"
            )
            for (followup_id,) in ids:
                self._join(followup_id)

    def rejected(self, followup_id: str) -> Entry | None:
        """The rejected entry of a followup, or None."""
        row = self._database.read_one(
            f"select {_COLUMNS} from outbox where followup_id = ? and state = 'attention'",
            [followup_id],
        )
        return _entry(row) if row else None

    def entries(self) -> list[Entry]:
        """All entries, the oldest first."""
        rows = self._database.read(f"select {_COLUMNS} from outbox order by number")
        return [_entry(row) for row in rows]

    def of(self, followup_id: str) -> list[Entry]:
        """All entries of a followup, the oldest first."""
        rows = self._database.read(
            f"select {_COLUMNS} from outbox where followup_id = ? order by number",
            [followup_id],
        )
        return [_entry(row) for row in rows]

    def counts(self) -> tuple[int, int]:
        """How many entries are on their way, and how many need attention."""
        row = self._database.read_one(
            "select count(*) filter (where state <> 'attention'),"
            " count(*) filter (where state = 'attention') from outbox"
        )
        return (int(row[0]), int(row[1])) if row else (0, 0)

    def _set(self, entry: Entry, assignments: str, *values: Any) -> None:
        with self._database.transaction():
            self._database.write(
                f"update outbox set {assignments} where number = ?", [*values, entry.number]
            )
            self._touched(entry.patch.followup_id)

    def _join(self, followup_id: str) -> None:
        """Make one of the entries of a followup; rejected if any of them is."""
        entries = self.of(followup_id)
        if len(entries) < 2:
            return
        first, *later = entries
        patch = first.patch
        for entry in later:
            patch = patch.then(entry.patch, sent=first.attempts > 0)
            self._database.write("delete from outbox where number = ?", [entry.number])
        if patch:
            self._database.write(
                "update outbox set changes = ?, base = ? where number = ?",
                [dumps(patch.changes), dumps(patch.base), first.number],
            )
        else:
            self._database.write("delete from outbox where number = ?", [first.number])
        self._touched(followup_id)

    def _touched(self, followup_id: str) -> None:
        self._followups.refresh_local(followup_id)
        self._changes.touch(followup=followup_id, outbox=True)


def _entry(row: tuple[Any, ...]) -> Entry:
    problem = None
    if row[7]:
        said = json.loads(row[7])
        fields = tuple((name, tuple(words)) for name, words in said["fields"].items())
        problem = RejectedFor(said["kind"], said["message"], fields)
    saved_at = from_ms(row[8])
    assert saved_at is not None
    return Entry(
        number=row[0],
        patch=FollowupPatch(row[1], loads(row[2]), loads(row[3])),
        state=EntryState(row[4]),
        attempts=row[5],
        not_before=from_ms(row[6]) if row[6] else None,
        problem=problem,
        saved_at=saved_at,
    )
