"""What was typed and not yet saved, into a followup or a debt (by its `subject_of_debt`). A draft
goes only when it is saved or discarded.

A draft that the disk refused is held in memory, is given out as if it lay there, and is written as
soon as the disk takes it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from agent_app.domain.errors import StoreError
from agent_app.domain.patch import FollowupPatch
from agent_app.domain.subject import debt_of_subject
from agent_app.store.changes import Changes
from agent_app.store.codec import dumps, from_ms, loads, to_ms
from agent_app.store.database import Database


@dataclass(frozen=True, slots=True)
class Draft:
    """The changes that could be read, by field the text that could not, and the next call."""

    patch: FollowupPatch
    unreadable: Mapping[str, str] = field(default_factory=dict)
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A draft that the disk has refused so far, and when it was typed (UTC)."""

    patch: FollowupPatch
    at: datetime
    unreadable: Mapping[str, str]
    next_at: datetime | None


class Drafts:
    """One draft a followup."""

    def __init__(self, database: Database, changes: Changes) -> None:
        self._database = database
        self._changes = changes
        self._held: dict[str, Held] = {}

    def get(self, followup_id: str) -> Draft | None:
        """Return the draft of a followup, or None."""
        held = self._held.get(followup_id)
        if held is not None:
            return Draft(held.patch, held.unreadable, held.next_at)
        row = self._database.read_one(
            "select changes, base, unreadable, next_at from draft where followup_id = ?",
            [followup_id],
        )
        if row is None:
            return None
        patch = FollowupPatch(followup_id, loads(row[0]), loads(row[1]))
        return Draft(patch, json.loads(row[2]), from_ms(row[3]))

    def keep(
        self,
        patch: FollowupPatch,
        at: datetime,
        unreadable: Mapping[str, str] | None = None,
        next_at: datetime | None = None,
    ) -> None:
        """Put this in the place of the followup's draft; an empty one removes it.

        Raises StoreError where the disk refuses it: then it is held, see `keep_held`.
        """
        held = Held(patch, at, unreadable or {}, next_at)
        try:
            self._write(held)
        except StoreError:
            self._held[patch.followup_id] = held
            raise

    @property
    def held(self) -> tuple[Held, ...]:
        """What the disk has refused so far."""
        return tuple(self._held.values())

    def keep_held(self) -> None:
        """Try again to write what the disk refused. Raises StoreError where it still does."""
        for held in self.held:
            self._write(held)

    def _write(self, held: Held) -> None:
        patch = held.patch
        if not (patch or held.unreadable or held.next_at):
            self.drop(patch.followup_id)
            return
        with self._database.transaction():
            self._database.write(
                "insert or replace into draft"
                " (followup_id, changes, base, typed_at, unreadable, next_at)"
                " values (?, ?, ?, ?, ?, ?)",
                [
                    patch.followup_id,
                    dumps(patch.changes),
                    dumps(patch.base),
                    to_ms(held.at),
                    dumps(held.unreadable),
                    to_ms(held.next_at),
                ],
            )
            self._let_go(patch.followup_id)

    def _let_go(self, followup_id: str) -> None:
        """What was held of a followup is settled with the transaction under way."""
        if followup_id in self._held:
            self._database.after_commit(partial(self._forget_held, followup_id))
        debt_id = debt_of_subject(followup_id)
        self._changes.touch(followup="" if debt_id else followup_id, debt=debt_id)

    def _forget_held(self, followup_id: str) -> None:
        self._held.pop(followup_id, None)

    def drop(self, followup_id: str) -> None:
        """Remove the followup's draft, if there is one."""
        with self._database.transaction():
            self._database.write("delete from draft where followup_id = ?", [followup_id])
            self._let_go(followup_id)

    def move(self, followup_id: str, new_id: str) -> None:
        """The draft of a followup that was written here belongs to the server's id of it."""
        self._database.write(
            "update or replace draft set followup_id = ? where followup_id = ?",
            [new_id, followup_id],
        )
        held = self._held.pop(followup_id, None)
        if held is not None:
            self._held[new_id] = replace(held, patch=replace(held.patch, followup_id=new_id))

    def ids(self) -> list[str]:
        """Ids of the followups that have a draft, the last typed first."""
        rows = self._database.read("select followup_id from draft order by typed_at desc")
        kept = [row[0] for row in rows if row[0] not in self._held]
        return [*reversed(self._held), *kept]
