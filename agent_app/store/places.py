"""Where the followups stand in the server's whole list, counted from its end.

The newest come first, so a place stays the same while others are added. Places that no row holds,
and places that two hold, tell which pages of the server's list are worth a read.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from agent_app.store.codec import to_ms
from agent_app.store.database import Database

_OURS = "id >= 'new:' and id < 'new;'"
"""Followups that were written here, which the server does not know yet (`NEW_PREFIX`)."""
SLICE = 2_000


class Places:
    """The places of this account's followups."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self) -> int:
        """Return how many followups are stored that the server has, or had."""
        row = self._database.read_one(
            f"select (select count(*) from followup) - (select count(*) from followup where {_OURS})"
        )
        return int(row[0]) if row else 0

    def of(self, followup_id: str) -> int | None:
        """Return the place at which a followup was last seen, or None."""
        row = self._database.read_one("select from_end from followup where id = ?", [followup_id])
        return row[0] if row else None

    def held_from(self, first: int) -> int:
        """Return how many followups have a place from *first* on."""
        row = self._database.read_one("select count(*) from followup where from_end >= ?", [first])
        return int(row[0]) if row else 0

    def slowly(self, first: int = 1) -> Iterator[list[tuple[int, int]]]:
        """Yield all places from *first* on and how many followups are at each, in their order, some at a
        time."""
        last = first - 1
        while rows := self._database.read(
            "select from_end, count(*) from followup where from_end > ?"
            " group by from_end order by from_end limit ?",
            [last, SLICE],
        ):
            yield [(row[0], row[1]) for row in rows]
            last = rows[-1][0]

    def held(self, first: int, last: int | None) -> list[str]:
        """Ids of the followups with a place from *first* to *last* (None: or above)."""
        rows = self._database.read(
            "select id from followup where from_end between ? and ?",
            [first, 2**62 if last is None else last],
        )
        return [row[0] for row in rows]

    def filled(self, first: int, last: int) -> int:
        """Return how many of the places from *first* to *last* are held."""
        row = self._database.read_one(
            "select count(distinct from_end) from followup where from_end between ? and ?",
            [first, last],
        )
        return int(row[0]) if row else 0

    def put(self, places: Mapping[str, int | None]) -> None:
        """Note other places for followups."""
        with self._database.transaction(durable=False):
            for followup_id, place in places.items():
                self._database.write(
                    "update followup set from_end = ? where id = ?", [place, followup_id]
                )

    def without(self, before: datetime, most: int) -> list[str]:
        """Ids of followups of the server that have no place and were last read *before* that."""
        rows = self._database.read(
            "select id from followup where from_end is null and fetched_at < ?"
            f" and not ({_OURS}) limit ?",
            [to_ms(before), most],
        )
        return [row[0] for row in rows]

    def unread_since(self, moment: datetime, most: int) -> list[str]:
        """Ids of followups of the server that no reply has spoken of since *moment*."""
        rows = self._database.read(
            f"select id from followup where fetched_at < ? and not ({_OURS}) limit ?",
            [to_ms(moment), most],
        )
        return [row[0] for row in rows]


def pages_to_read(
    counts: Mapping[int, tuple[int, bool]],
    total: int,
    page_rows: int,
    most: int,
    reach: int = 1,
) -> list[int]:
    """Numbers of pages that hold rows which are not known, or rows that are not there any more.

    *counts* has by page how many of its places are accounted for, and whether one is held twice.
    At most *most* are told, the newest first. Places below *reach* do not matter.
    """
    found: list[int] = []
    for number in range(1, page_of(reach, total, page_rows) + 1 if total >= reach else 1):
        first = max(total - number * page_rows + 1, reach)
        wanted = total - (number - 1) * page_rows - first + 1
        filled, twice = counts.get(number, (0, False))
        if twice or filled < wanted:
            found.append(number)
            if len(found) >= most:
                break
    return found


def page_of(place: int, total: int, page_rows: int) -> int:
    """Return the number of the page on which a place is while the list has *total* rows."""
    return max(0, total - place) // page_rows + 1
