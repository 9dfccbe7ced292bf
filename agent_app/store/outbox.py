"""Saved edits of followups and debts, and new followups, that the server has not confirmed.

"Saved" means: in here. An entry goes when the server has answered that it holds; one that cannot
get better by itself stays for a person ("attention"). Entries of one followup leave in order, one
at a time, and are merged while they wait. So do those of a debt: its `subject_of_debt` stands where
a followup's id does.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from agent_app.domain.fields import Value, alike
from agent_app.domain.outbox import Entry, EntryKind, EntryState, Refusal, joined
from agent_app.domain.patch import FollowupPatch
from agent_app.domain.subject import debt_of_subject
from agent_app.store.changes import Changes
from agent_app.store.codec import AMONG, dumps, from_ms, to_ms
from agent_app.store.database import Database
from agent_app.store.debts import Debts
from agent_app.store.entry import COLUMNS, entry_of, kept
from agent_app.store.followups import Followups

__all__ = ["NEW_PREFIX", "Entry", "EntryKind", "EntryState", "Outbox", "Refusal"]

NEW_PREFIX = "new:"
"""An id that begins so is ours: the server does not know the followup yet."""

MAX_SENT = 20


class Outbox:
    """The entries of this account."""

    def __init__(
        self, database: Database, changes: Changes, followups: Followups, debts: Debts
    ) -> None:
        self._database = database
        self._changes = changes
        self._followups, self._debts = followups, debts

    # -- in

    def add(self, patch: FollowupPatch, at: datetime) -> None:
        """Keep *patch* until the server confirms it.

        It joins what still waits for the same followup. It takes the place of what needed
        attention, which the form had shown and which *patch* therefore holds as far as the
        agent kept it. One that is leaving is left alone and goes first.
        """
        with self._database.transaction():
            row = self._database.read_one(
                f"select {COLUMNS} from outbox where followup_id = ? and state <> 'leaving'"
                " order by number desc",
                [patch.followup_id],
            )
            if row is None:
                if patch:
                    debt_id = debt_of_subject(patch.followup_id)
                    kind = EntryKind.DEBT if debt_id else EntryKind.UPDATE
                    self._insert(patch, at, kind, debt_id)
            else:
                self._put_in_place(entry_of(row), patch, at)
            self._touched(patch.followup_id)

    def add_new(self, followup_id: str, debt_id: str, values: FollowupPatch, at: datetime) -> None:
        """Keep a new followup of a debt until the server confirms it."""
        with self._database.transaction():
            payload = {"id": followup_id, "debt_id": debt_id, **values.changes}
            self._followups.upsert([payload], at)
            self._insert(values, at, EntryKind.CREATE, debt_id)
            self._touched(followup_id)

    def _insert(self, patch: FollowupPatch, at: datetime, kind: EntryKind, debt_id: str) -> None:
        self._database.write(
            "insert into outbox (followup_id, changes, base, state, saved_at, kind, debt_id)"
            " values (?, ?, ?, 'waiting', ?, ?, ?)",
            [patch.followup_id, dumps(patch.changes), dumps(patch.base), to_ms(at), kind, debt_id],
        )

    def _put_in_place(self, earlier: Entry, patch: FollowupPatch, at: datetime) -> None:
        """Let *patch* join *earlier*, which waits, or take its place, which needed attention."""
        attempts = earlier.attempts if earlier.state is EntryState.WAITING else 0
        if earlier.kind is EntryKind.CREATE:
            values = {**earlier.patch.changes, **patch.changes}
            patch = FollowupPatch(patch.followup_id, values)
        elif earlier.state is EntryState.WAITING:
            patch = earlier.patch.then(patch, sent=attempts > 0)
            at = earlier.saved_at
        if not patch:
            self._database.write("delete from outbox where number = ?", [earlier.number])
            return
        # A new followup's look-up after an unclear try goes on with the new values; a wait that
        # was asked for goes on too.
        self._database.write(
            "update outbox set changes = ?, base = ?, state = 'waiting', problem = null,"
            " attempts = ?, saved_at = ? where number = ?",
            [dumps(patch.changes), dumps(patch.base), attempts, to_ms(at), earlier.number],
        )

    # -- out

    def next(self, now: datetime, last: Collection[int] = ()) -> Entry | None:
        """Return the oldest entry that may leave at *now*, or None. Those whose numbers are in *last* come
        after all others, the one that has waited longest first."""
        order = "number"
        values: list[Any] = [to_ms(now)]
        if last:  # all that wait are put in order; without, the first is found at once
            order = f"iif(number in {AMONG}, not_before, -1), number"
            values.append(json.dumps(list(last)))
        row = self._database.read_one(
            f"select {COLUMNS} from outbox o where state = 'waiting' and not_before <= ?"
            " and not exists (select 1 from outbox p where p.followup_id = o.followup_id"
            " and p.number < o.number and p.state <> 'attention')"
            f" order by {order}",
            values,
        )
        return entry_of(row) if row else None

    def next_due(self) -> datetime | None:
        """When the next waiting entry may leave (UTC), or None if none waits."""
        row = self._database.read_one("select min(not_before) from outbox where state = 'waiting'")
        return from_ms(row[0]) if row else None

    def hold(self, entry: Entry) -> None:
        """Note that the entry is being sent, and let nothing join it; no request has left yet."""
        self._set(entry, "state = 'leaving'", durable=False)

    def mark_leaving(
        self, entry: Entry, changes: Mapping[str, Value] | None = None, *, durable: bool = True
    ) -> None:
        """Note that the entry's request, for *changes* or all of it, is under way, and so may
        arrive.

        A PUT need not be *durable*: where a power cut undoes the note, what the PUT has left on the
        server is ours, and the entry is sent once more or found to be there. A POST is looked for.
        """
        asked = entry.patch.changes if changes is None else changes
        sent = [dumps(one) for one in (*entry.sent, asked)][-MAX_SENT:]
        self._set(
            entry,
            "state = 'leaving', attempts = attempts + 1, sent = ?",
            json.dumps(sent),
            durable=durable,
        )

    def rebase(self, entry: Entry, patch: FollowupPatch) -> None:
        """Put the patch as it was carried over to the server's newer values."""
        with self._database.transaction():
            self._set(entry, "changes = ?, base = ?", dumps(patch.changes), dumps(patch.base))
            self._touched(entry.patch.followup_id)

    def note_known_ids(self, entry: Entry, ids: Iterable[str]) -> None:
        """Note which followups the debt had before a new one was first sent; `mark_leaving` makes it
        durable."""
        self._set(entry, "known_ids = ?", json.dumps(sorted(ids)), durable=False)

    def put_back(self, entry: Entry, not_before: datetime, *, looked: int = 0) -> None:
        """Let the entry wait until *not_before* and join what was saved meanwhile."""
        with self._database.transaction():
            self._set(
                entry,
                "state = 'waiting', not_before = ?, looked = ?",
                to_ms(not_before),
                looked,
            )
            self._join(entry.patch.followup_id)

    def need_attention(self, entry: Entry, problem: Refusal) -> None:
        """Keep the entry for a person to look at; what was saved meanwhile joins it."""
        with self._database.transaction():
            self._set(entry, "state = 'attention', problem = ?", kept(problem))
            self._join(entry.patch.followup_id)
            self._touched(entry.patch.followup_id)

    def confirm(
        self, entry: Entry, payload: Mapping[str, Any] | None = None, at: datetime | None = None
    ) -> None:
        """The server holds the change: the entry may go; what its reply said (*payload*) at a moment (UTC) is
        taken in.

        Not durable: where a power cut undoes it, the entry was leaving, and is sent once more or
        looked for.
        """
        followup_id = entry.patch.followup_id
        with self._database.transaction(durable=False):
            self._database.write("delete from outbox where number = ?", [entry.number])
            self.carry_on(entry, payload or {})
            if entry.kind is EntryKind.DEBT:
                self._debts.answers.saved(entry.debt_id, entry.patch.changes)
                if payload is not None and at is not None:
                    self._followups.reindex_debts(self._debts.upsert([payload], at))
                self._touched(followup_id)
                return
            self._followups.answers.saved(followup_id, entry.patch.changes)
            if payload is None or at is None or not self._followups.upsert([payload], at):
                self._followups.refresh_local(followup_id)
            self._touch(followup_id)

    def carry_on(self, entry: Entry, payload: Mapping[str, Any]) -> None:
        """The server tells in its own way what it holds of *entry*: what was saved on top of ours
        was saved on top of that."""
        for later in self.of(entry.patch.followup_id):
            told = {
                name: payload[name]
                for name, was in later.patch.base.items()
                if name in payload
                and name in entry.patch.changes
                and alike(name, was, entry.patch.changes[name])
            }
            if told:
                base = dumps({**later.patch.base, **told})
                self._set(later, "base = ?", base, durable=False)

    def take_back(self, followup_id: str) -> FollowupPatch | None:
        """Take what waits for a followup out again; None where nothing waits, or a request is under
        way just now. What an earlier try did to the server stays there."""
        with self._database.transaction():
            entries = self.of(followup_id)
            if not entries or any(one.state is not EntryState.WAITING for one in entries):
                return None
            self._database.write("delete from outbox where followup_id = ?", [followup_id])
            self._touched(followup_id)
            return joined(entries)

    def drop(self, followup_id: str) -> None:
        """Discard what needed attention for a followup."""
        with self._database.transaction():
            new = self._database.read_one(
                "select 1 from outbox where followup_id = ? and state = 'attention'"
                " and kind = 'create'",
                [followup_id],
            )
            self._database.write(
                "delete from outbox where followup_id = ? and state = 'attention'",
                [followup_id],
            )
            if new is not None:
                self._followups.remove(followup_id)
            self._touched(followup_id)

    def withdraw(self, followup_id: str) -> bool:
        """Drop a new followup that no request has left for; says whether there was one."""
        with self._database.transaction():
            row = self._database.read_one(
                "select number from outbox where followup_id = ? and kind = 'create'"
                " and state = 'waiting' and attempts = 0 and looked = 0",
                [followup_id],
            )
            if row is None:
                return False
            self._database.write("delete from outbox where followup_id = ?", [followup_id])
            self._touched(followup_id)
            return True

    def move(self, followup_id: str, new_id: str) -> None:
        """What waits for a followup that was written here waits for the server's id of it."""
        self._database.write(
            "update outbox set followup_id = ? where followup_id = ?", [new_id, followup_id]
        )

    def retry_all(self) -> None:
        """Let everything that waits leave now."""
        with self._database.transaction():
            self._database.write(
                "update outbox set not_before = 0 where state = 'waiting' and looked = 0"
            )
            self._changes.touch(outbox=True)

    def recover(self) -> None:
        """After a start: what was under way when the program ended waits again.

        A new followup that was under way may have arrived: it is looked for first.
        """
        with self._database.transaction():
            ids = self._database.read("select followup_id from outbox where state = 'leaving'")
            self._database.write(
                "update outbox set looked = 1 where state = 'leaving' and kind = 'create'"
                " and known_ids is not null and looked = 0 and attempts > 0"
            )
            self._database.write(
                "update outbox set state = 'waiting', not_before = 0 where state = 'leaving'"
            )
            for (followup_id,) in ids:
                self._join(followup_id)

    # -- looked at

    def attention(self, followup_id: str) -> Entry | None:
        """Return the entry of a followup that needs a person, or None."""
        row = self._database.read_one(
            f"select {COLUMNS} from outbox where followup_id = ? and state = 'attention'",
            [followup_id],
        )
        return entry_of(row) if row else None

    def entries(self) -> list[Entry]:
        """Return all entries, the oldest first."""
        rows = self._database.read(f"select {COLUMNS} from outbox order by number")
        return [entry_of(row) for row in rows]

    def get(self, number: int) -> Entry | None:
        """Return an entry by its number, or None if it is gone."""
        row = self._database.read_one(f"select {COLUMNS} from outbox where number = ?", [number])
        return entry_of(row) if row else None

    def of(self, followup_id: str) -> list[Entry]:
        """Return all entries of a followup, the oldest first."""
        rows = self._database.read(
            f"select {COLUMNS} from outbox where followup_id = ? order by number",
            [followup_id],
        )
        return [entry_of(row) for row in rows]

    def counts(self) -> tuple[int, int]:
        """Return how many entries are on their way, and how many need attention."""
        row = self._database.read_one(
            "select count(*) filter (where state <> 'attention'),"
            " count(*) filter (where state = 'attention') from outbox"
        )
        return (int(row[0]), int(row[1])) if row else (0, 0)

    def debts_on_their_way(self, most: int) -> list[str]:
        """Debts whose followups, or which themselves, have a save that has not left, the newest first."""
        rows = self._database.read(
            "select coalesce(nullif(o.debt_id, ''), f.debt_id, '') from outbox o"
            " left join followup f on f.id = o.followup_id"
            " where o.state <> 'attention' order by o.number desc limit ?",
            [most],
        )
        return [row[0] for row in rows if row[0]]

    def _set(self, entry: Entry, assignments: str, *values: Any, durable: bool = True) -> None:
        """Note something of an entry. How its followup looks changes with what waits alone: whoever
        changes that says `_touched` as well."""
        with self._database.transaction(durable=durable):
            self._database.write(
                f"update outbox set {assignments} where number = ?", [*values, entry.number]
            )
            self._touch(entry.patch.followup_id)

    def _join(self, followup_id: str) -> None:
        """Make one of the entries of a followup; it needs attention if any of them does."""
        entries = self.of(followup_id)
        if len(entries) < 2:
            return
        first = entries[0]
        patch = joined(entries)
        for entry in entries[1:]:
            self._database.write("delete from outbox where number = ?", [entry.number])
        if patch:
            self._database.write(
                "update outbox set changes = ?, base = ? where number = ?",
                [dumps(patch.changes), dumps(patch.base), first.number],
            )
        else:
            self._database.write("delete from outbox where number = ?", [first.number])
        self._touched(followup_id)

    def _touched(self, subject: str) -> None:
        """What waits for *subject* is another now: work out how it looks."""
        debt_id = debt_of_subject(subject)
        if not debt_id:
            self._followups.refresh_local(subject)
        elif self._debts.refresh_local(debt_id):
            self._followups.reindex_debts([debt_id])
        self._touch(subject)

    def _touch(self, subject: str) -> None:
        debt_id = debt_of_subject(subject)
        self._changes.touch(followup="" if debt_id else subject, debt=debt_id, outbox=True)
