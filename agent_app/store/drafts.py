"""Room: store. What was typed and not yet saved. A draft goes only when it is saved or discarded."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from agent_app.domain.patch import FollowupPatch
from agent_app.store.changes import Changes
from agent_app.store.codec import dumps, from_ms, loads, to_ms
from agent_app.store.database import Database


@dataclass(frozen=True, slots=True)
class Draft:
    """The changes that could be read, by field the text that could not, and the next call."""

    patch: FollowupPatch
    unreadable: Mapping[str, str] = field(default_factory=dict)
    next_at: datetime | None = None


class Drafts:
    """One draft a followup."""

    def __init__(self, database: Database, changes: Changes) -> None:
        self._database = database
        self._changes = changes

    def get(self, followup_id: str) -> Draft | None:
        """The draft of a followup, or None."""
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
        """Put this in the place of the followup's draft; an empty one removes it."""
        with self._database.transaction():
            if patch or unreadable or next_at:
                self._database.write(
                    "insert or replace into draft"
                    " (followup_id, changes, base, typed_at, unreadable, next_at)"
                    " values (?, ?, ?, ?, ?, ?)",
                    [
                        patch.followup_id,
                        dumps(patch.changes),
                        dumps(patch.base),
                        to_ms(at),
                        dumps(unreadable or {}),
                        to_ms(next_at),
                    ],
                )
                self._changes.touch(followup=patch.followup_id)
            else:
                self.drop(patch.followup_id)

    def drop(self, followup_id: str) -> None:
        """Remove the followup's draft, if there is one."""
        with self._database.transaction():
            self._database.write("delete from draft where followup_id = ?", [followup_id])
            self._changes.touch(followup=followup_id)

    def move(self, followup_id: str, new_id: str) -> None:
        """The draft of a followup that was written here belongs to the server's id of it."""
        self._database.write(
            "update or replace draft set followup_id = ? where followup_id = ?",
            [new_id, followup_id],
        )

    def ids(self) -> list[str]:
        """Ids of the followups that have a draft, the last typed first."""
        rows = self._database.read("select followup_id from draft order by typed_at desc")
        return [row[0] for row in rows]
