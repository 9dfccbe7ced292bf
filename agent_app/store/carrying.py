"""Takes over what another store holds: the rows of a damaged file, or those of a store in memory.

One transaction: all of it or nothing. What exists on this computer alone comes first.
"""

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from agent_app.domain.patch import FollowupPatch
from agent_app.domain.subject import debt_of_subject
from agent_app.store.codec import from_ms, loads
from agent_app.store.database import Database, row_refused
from agent_app.store.debts import Debts
from agent_app.store.drafts import Drafts
from agent_app.store.followups import Followups
from agent_app.store.outbox import NEW_PREFIX, EntryKind, Outbox

log = logging.getLogger(__name__)

TABLES = ("outbox", "draft", "review", "pin", "own_save", "debt", "followup", "state")
"""All tables whose rows are carried over; the search's index is made anew."""
_PROGRESS = frozenset(
    {"loaded", "loaded_at", "load_page", "pages", "total", "days_read", "reach", "day_read"}
)
"""How far the list was read from the server: true only where every followup came along."""

Row = Mapping[str, Any]
Tables = Iterable[tuple[str, Iterable[Row]]]


class Carrying:
    """Serves one store."""

    def __init__(
        self,
        database: Database,
        debts: Debts,
        followups: Followups,
        drafts: Drafts,
        outbox: Outbox,
    ) -> None:
        self._database = database
        self._debts, self._followups = debts, followups
        self._drafts, self._outbox = drafts, outbox

    def snapshot(self) -> list[tuple[str, list[Row]]]:
        """Return all rows of all tables, as they lie there."""
        return [(table, self._rows(table)) for table in TABLES]

    def _rows(self, table: str) -> list[Row]:
        columns = self._columns(table)
        rows = self._database.read(f"select * from {table}")
        return [dict(zip(columns, row, strict=True)) for row in rows]

    def take_over(
        self, tables: Tables, is_whole: Callable[[], bool] = lambda: True
    ) -> dict[str, int]:
        """Take in the rows of another store, in the order of TABLES; returns how many of each.

        What this store has itself stays, and a row that cannot be taken in is left out. *is_whole*
        is asked at the end: whether no followup of the other store was lost.
        """
        count = dict.fromkeys(TABLES, 0)
        with self._database.transaction():
            for table, rows in tables:
                take = getattr(self, f"_take_{table}")
                for row in sorted(rows, key=_number) if table == "outbox" else rows:
                    if table == "state" and row.get("name") in _PROGRESS and not is_whole():
                        continue
                    count[table] += self._try(take, table, row)
            self._stand_in()
            self._outbox.recover()
            for (subject,) in self._database.read("select followup_id from outbox"):
                self._followups.refresh_local(subject)
                self._debts.refresh_local(debt_of_subject(subject))
        return count

    def _try(self, take: Callable[[Row], None], table: str, row: Row) -> bool:
        try:
            take(row)
        except (ValueError, TypeError, KeyError, *row_refused) as error:
            log.warning("a row of %s could not be taken over: %s", table, type(error).__name__)
            return False
        return True

    # -- one row of each table

    def _take_outbox(self, row: Row) -> None:
        """It gets a number of its own: this store may have given the same one to another entry."""
        self._insert("outbox", {name: row[name] for name in row if name != "number"})

    def _take_draft(self, row: Row) -> None:
        """Where both stores have a draft of a followup, the fields that only one has are kept."""
        followup_id, at = str(row["followup_id"]), from_ms(row["typed_at"])
        assert at is not None
        changes, base = loads(row["changes"]), loads(row["base"])
        unreadable = json.loads(row.get("unreadable") or "{}")
        next_at = from_ms(row.get("next_at"))
        known = self._drafts.get(followup_id)
        if known is not None:
            changes = {**known.patch.changes, **changes}
            base = {**known.patch.base, **base}
            unreadable = {**known.unreadable, **unreadable}
            next_at = next_at or known.next_at
        self._drafts.keep(FollowupPatch(followup_id, changes, base), at, unreadable, next_at)

    def _take_review(self, row: Row) -> None:
        known = self._database.read_one(
            "select at from review where followup_id = ?", [row["followup_id"]]
        )
        if known is None or known[0] < row["at"]:
            self._insert("review", row)

    def _take_pin(self, row: Row) -> None:
        """Where both stores have pinned something to a debt, both are kept."""
        known = self._database.read_one(
            "select text, at from pin where debt_id = ?", [row["debt_id"]]
        )
        if known is not None and known[0] != row["text"]:
            both = f"{known[0]}\n{row['text']}"
            row = {**row, "text": both, "at": max(known[1], row["at"])}
        self._insert("pin", row)

    def _take_own_save(self, row: Row) -> None:
        self._insert("own_save", {name: row[name] for name in row if name != "number"})

    def _take_debt(self, row: Row) -> None:
        at = from_ms(row["fetched_at"])
        assert at is not None
        self._debts.upsert([loads(row.get("server") or row["doc"])], at)

    def _take_followup(self, row: Row) -> None:
        """What can be worked out of it is worked out anew: the other store's layout may be older."""
        at = from_ms(row["fetched_at"])
        assert at is not None
        place = row.get("from_end")
        places = {} if place is None else {str(row["id"]): int(place)}
        self._followups.upsert([loads(row["server"])], at, places)

    def _take_state(self, row: Row) -> None:
        self._database.write(
            "insert or ignore into state (name, value) values (?, ?)", [row["name"], row["value"]]
        )

    # -- what else belongs to it

    def _stand_in(self) -> None:
        """A followup that was written here and whose row was lost is made of what was typed into it:
        the server cannot say it again."""
        lost = self._database.read(
            "select followup_id, changes, debt_id, saved_at from outbox where kind = ?"
            " union all select followup_id, changes, '', typed_at from draft",
            [EntryKind.CREATE],
        )
        for followup_id, changes, debt_id, at in lost:
            moment = from_ms(at)
            if followup_id.startswith(NEW_PREFIX) and self._followups.get(followup_id) is None:
                assert moment is not None
                payload = {"id": followup_id, "debt_id": debt_id, **loads(changes)}
                self._followups.upsert([payload], moment)

    def _insert(self, table: str, row: Row) -> None:
        names = [name for name in self._columns(table) if name in row]
        places = ", ".join("?" for _ in names)
        self._database.write(
            f"insert or replace into {table} ({', '.join(names)}) values ({places})",
            [row[name] for name in names],
        )

    def _columns(self, table: str) -> list[str]:
        return [row[1] for row in self._database.read(f"pragma table_info({table})")]


def _number(row: Row) -> int:
    return int(row["number"])
