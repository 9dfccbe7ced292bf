"""What this desk's agent saved, for a day or two: what they did, and the way back."""

import json
from datetime import datetime, timedelta
from typing import Any

from agent_app.domain.own_save import OwnSave
from agent_app.domain.patch import FollowupPatch
from agent_app.store.changes import Changes
from agent_app.store.codec import dumps, from_ms, loads, to_ms
from agent_app.store.database import Database

KEPT = timedelta(days=2)
"""Older ones go with the next save: the server has what came of them."""


class OwnSaves:
    """The saves of this account on this computer."""

    def __init__(self, database: Database, changes: Changes) -> None:
        self._database, self._changes = database, changes

    def keep(self, save: OwnSave) -> int:
        """Keep a save; returns its number."""
        with self._database.transaction():
            self._database.write("delete from own_save where at < ?", [to_ms(save.at - KEPT)])
            self._database.write(
                "insert into own_save (at, doc) values (?, ?)", [to_ms(save.at), _doc(save)]
            )
            row = self._database.read_one("select last_insert_rowid()")
            self._changes.touch(followup=save.patch.followup_id)
        return int(row[0]) if row else 0

    def note_undone(self, number: int) -> None:
        """Note that a save was taken back."""
        with self._database.transaction():
            self._database.write("update own_save set undone = 1 where number = ?", [number])

    def get(self, number: int) -> OwnSave | None:
        """Return a save by its number."""
        row = self._database.read_one(
            "select number, at, doc, undone from own_save where number = ?", [number]
        )
        return _save(row) if row else None

    def after(self, number: int, or_since: datetime) -> list[OwnSave]:
        """Return the saves that came after the one of a number, and those since a moment, the oldest first."""
        rows = self._database.read(
            "select number, at, doc, undone from own_save where number > ? or at >= ? order by number",
            [number, to_ms(or_since)],
        )
        return [_save(row) for row in rows]

    def between(self, start: datetime, end: datetime) -> list[OwnSave]:
        """Return the saves from *start* to before *end*, the oldest first."""
        rows = self._database.read(
            "select number, at, doc, undone from own_save where at >= ? and at < ? order by number",
            [to_ms(start), to_ms(end)],
        )
        return [_save(row) for row in rows]


def _doc(save: OwnSave) -> str:
    return json.dumps(
        {
            "patch": _kept(save.patch),
            "created": list(save.created),
            "next_at": to_ms(save.next_at) if save.next_at is not None else None,
            "also": [_kept(one) for one in save.also],
        }
    )


def _kept(patch: FollowupPatch) -> list[str]:
    return [patch.followup_id, dumps(patch.changes), dumps(patch.base)]


def _patch(kept: list[str]) -> FollowupPatch:
    followup_id, changes, base = kept
    return FollowupPatch(followup_id, loads(changes), loads(base))


def _save(row: tuple[Any, ...]) -> OwnSave:
    number, at, doc, undone = row
    values: dict[str, Any] = json.loads(doc)
    moment = from_ms(at)
    assert moment is not None
    return OwnSave(
        patch=_patch(values["patch"]),
        at=moment,
        created=tuple(values["created"]),
        next_at=from_ms(values["next_at"]),
        also=tuple(_patch(one) for one in values["also"]),
        number=number,
        undone=bool(undone),
    )
