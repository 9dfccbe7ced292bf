"""What the server said of a followup or debt, as plain JSON for colleagues' desks."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agent_app.store.codec import AMONG, from_ms, listed
from agent_app.store.database import Database


@dataclass(frozen=True, slots=True)
class Told:
    """All that the server ever said of it, its place counted from the list's end, and when it was
    asked last (UTC)."""

    row: dict[str, Any]
    place: int | None
    at: datetime


class ToldRows:
    """Reads for colleagues."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def followups(self, ids: Sequence[str]) -> list[Told]:
        """These followups, without what waits in the outbox."""
        rows = self._database.read(
            f"select server, from_end, fetched_at from followup where id in {AMONG}", [listed(ids)]
        )
        return [_told(*row) for row in rows]

    def debts(self, ids: Sequence[str]) -> list[Told]:
        """These debts, without what waits in the outbox."""
        rows = self._database.read(
            f"select coalesce(server, doc), null, fetched_at from debt where id in {AMONG}",
            [listed(ids)],
        )
        return [_told(*row) for row in rows]


def _told(text: str, place: int | None, at: int) -> Told:
    moment = from_ms(at)
    assert moment is not None
    return Told(json.loads(text), place, moment)
