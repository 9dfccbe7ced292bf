"""Followups as the server said them, and as they will be once the outbox is empty."""

from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import apsw

from agent_app.domain import followup as followups
from agent_app.domain.debt import Debt
from agent_app.domain.fields import DIALLED_TYPES, Value
from agent_app.domain.followup import Followup
from agent_app.domain.telephone import tail
from agent_app.domain.text import fold, well_formed
from agent_app.store.answers import Answers
from agent_app.store.changes import Changes
from agent_app.store.codec import AMONG, from_ms, listed, loads, marks, to_ms
from agent_app.store.database import Database
from agent_app.store.debts import Debts
from agent_app.store.followup_row import NAMES, phone_of, values_of
from agent_app.store.search import SEARCHED, searched_text

TIDY_ROWS, TIDY_PAGES = 10, 16
MAX_COMMITS = 40
"""Pages of a long list that are indexed before their pieces are merged."""
MERGE = "insert into search (search, rank) values ('merge', ?)"
WITHOUT_NAME = (
    "select distinct debt_id from followup where debt_id <> ''"
    " and debt_id not in (select id from debt)"
)
_DIALLED = sorted(DIALLED_TYPES)
_TO_CALL = f"status = 'scheduled' and type in ({marks(_DIALLED)})"


@dataclass(frozen=True, slots=True)
class DueCall:
    """A call that is to be made: which, and for when (UTC)."""

    followup_id: str
    debt_id: str
    at: datetime


class Followups:
    """The followups of this account. Every write tells the listeners after its commit."""

    def __init__(self, database: Database, changes: Changes, debts: Debts) -> None:
        self._database = database
        self._changes = changes
        self._debts = debts
        self.answers = Answers()
        self._indexed_rows, self._pieces, self._commits = 0, 0.0, 0

    def get(self, followup_id: str) -> Followup | None:
        """Return the followup with what waits in the outbox already applied."""
        row = self._database.read_one(
            "select coalesce(local, server) from followup where id = ?", [followup_id]
        )
        return followups.from_values(loads(row[0])) if row else None

    def from_server(self, followup_id: str) -> Followup | None:
        """Return the followup as the server last said it."""
        row = self._database.read_one("select server from followup where id = ?", [followup_id])
        return followups.from_values(loads(row[0])) if row else None

    def fetched_at(self, followup_id: str) -> datetime | None:
        """Return when the server last said anything of it (UTC)."""
        row = self._database.read_one("select fetched_at from followup where id = ?", [followup_id])
        return from_ms(row[0]) if row else None

    def of_debt(self, debt_id: str) -> list[Followup]:
        """Return all stored followups of a debt, the latest first."""
        rows = self._database.read(
            "select coalesce(local, server) from followup where debt_id = ?"
            " order by coalesce(call_date, scheduled_at) desc, key desc",
            [debt_id],
        )
        return [followups.from_values(loads(row[0])) for row in rows]

    def of_person(self, debt_id: str) -> list[Followup]:
        """Return all stored followups of a debt, and of other debts of the same person: those whose
        debtor has the same telephone, or the same reference."""
        ids = self._debts.of_same_person(debt_id)
        rows = self._database.read(
            "select coalesce(local, server) from followup"
            f" where debt_id in {AMONG} order by call_date desc",
            [listed(ids)],
        )
        return [followups.from_values(loads(row[0])) for row in rows]

    def debts_without_name(self) -> list[str]:
        """Ids of debts that followups name and the store does not hold."""
        return [row[0] for row in self._database.read(WITHOUT_NAME)]

    def find_debts_without_name(self) -> "Future[list[tuple[Any, ...]]]":
        """Return the same beside the window's thread, a row each: with 300,000 followups it takes 0.1 s."""
        return self._database.read_behind(WITHOUT_NAME)

    def due(self, first: datetime, last: datetime, fetched_before: datetime) -> str:
        """Return the id of the scheduled followup that is due next between two moments and was not read
        since *fetched_before*; or ""."""
        row = self._database.read_one(
            "select id from followup where status = 'scheduled' and scheduled_at between ? and ?"
            " and fetched_at < ? order by scheduled_at",
            [to_ms(first), to_ms(last), to_ms(fetched_before)],
        )
        return str(row[0]) if row else ""

    def became_due(self, after: datetime, until: datetime) -> list[DueCall]:
        """Scheduled calls whose time came after one moment and until another, in their order."""
        rows = self._database.read(
            f"select id, debt_id, scheduled_at from followup where {_TO_CALL}"
            " and scheduled_at > ? and scheduled_at <= ? order by scheduled_at",
            [*_DIALLED, to_ms(after), to_ms(until)],
        )
        return [_due_call(row) for row in rows]

    def planned_call(self, debt_id: str) -> Followup | None:
        """Return the debt's planned call that comes next, or None."""
        row = self._database.read_one(
            "select coalesce(local, server) from followup where debt_id = ?"
            f" and status in ('scheduled', 'on_hold') and type in ({marks(_DIALLED)})"
            " order by scheduled_at is null, scheduled_at limit 1",
            [debt_id, *_DIALLED],
        )
        return followups.from_values(loads(row[0])) if row else None

    def planned_at(self, debt_id: str, at: datetime) -> list[str]:
        """Ids of the debt's calls that are planned for that minute."""
        rows = self._database.read(
            f"select id from followup where debt_id = ? and {_TO_CALL}"
            " and abs(scheduled_at - ?) < 60000",
            [debt_id, *_DIALLED, to_ms(at)],
        )
        return [row[0] for row in rows]

    def due_call(self, followup_id: str, now: datetime) -> DueCall | None:
        """Return the followup, if it is a call that is to be made by *now*."""
        row = self._database.read_one(
            f"select id, debt_id, scheduled_at from followup where {_TO_CALL}"
            " and id = ? and scheduled_at <= ?",
            [*_DIALLED, followup_id, to_ms(now)],
        )
        return _due_call(row) if row else None

    def count(self) -> int:
        """Return how many followups are stored."""
        row = self._database.read_one("select count(*) from followup")
        return int(row[0]) if row else 0

    def upsert(
        self,
        payload: Iterable[Mapping[str, Any]],
        at: datetime,
        offset_from_end: Mapping[str, int] | None = None,
        *,
        asked: int | None = None,
    ) -> int:
        """Merge what replies said into what is known; returns how many rows that changed.

        A key that a reply lacks is "not said", so the known value stays (CONTRACT,
        "Replies are uneven"). *at* is when they were read (UTC). *offset_from_end* tells by id where in
        the server's whole list a row stood, counted from its end. *asked* is the question's place
        in `answers`: what became known after it stays.
        """
        changed = 0
        places = offset_from_end or {}
        with self._database.transaction(durable=False):
            for values in payload:
                news = values if asked is None else self.answers.news(values, asked)
                if news:
                    changed += self._merge(news, at, places.get(str(values["id"])))
        return changed

    @property
    def is_untidy(self) -> bool:
        """Whether there is enough to `tidy`."""
        return self._pieces >= 1

    def tidy(self) -> None:
        """Merge a little of the search's index: it gets a piece with every commit, and SQLite merges
        them when they are 64, in the middle of whatever is done then. Half a millisecond, in the
        background where there is one; once for every piece, or every TIDY_ROWS rows in it, keeps up."""
        self._pieces = max(0.0, self._pieces - 1)
        if self._database.write_behind(_merge_some) is None:
            with self._database.transaction(durable=False):
                self._database.write(MERGE, [TIDY_PAGES])

    def tidy_all(self) -> None:
        """Merge what came since, at rest."""
        while self.is_untidy:
            self.tidy()

    def note_indexed(self, rows: int) -> None:
        """So many rows were put into the search's index in the background, in one piece."""
        self._pieces += max(1.0, rows / TIDY_ROWS)
        self._commits += 1
        if self._commits >= MAX_COMMITS:
            self._commits = 0
            self.tidy_all()

    def refresh_local(self, followup_id: str) -> None:
        """Work out anew how the followup looks with what waits in the outbox."""
        row = self._database.read_one(
            "select key, server, local from followup where id = ?", [followup_id]
        )
        if row:
            server = loads(row[1])
            self._write(row[0], server, loads(row[2]) if row[2] else server, None)

    def remove(self, followup_id: str) -> None:
        """Forget a followup that the server never had."""
        row = self._database.read_one("select key from followup where id = ?", [followup_id])
        if row is None:
            return
        self._database.write("delete from search where rowid = ?", [row[0]])
        self._database.write("delete from followup where key = ?", [row[0]])
        self._changes.touch(followup=followup_id)

    def assign_server_id(self, followup_id: str, new_id: str) -> None:
        """A followup that was written here now has the server's id; its row stays its row."""
        if self._database.read_one("select 1 from followup where id = ?", [new_id]):
            self.remove(followup_id)
            return
        row = self._database.read_one(
            "select key, server from followup where id = ?", [followup_id]
        )
        if row is not None:
            server = loads(row[1])
            self._write(row[0], {**server, "id": new_id}, server, None)
            self._changes.touch(followup=followup_id)

    def reindex_debts(self, debt_ids: Iterable[str]) -> None:
        """Let the followups of these debts be found and sorted by their debtor's name."""
        for debt_id in debt_ids:
            debt = self._debts.get(debt_id)
            for key, local in self._database.read(
                "select key, coalesce(local, server) from followup where debt_id = ?",
                [debt_id],
            ):
                now = followups.from_values(loads(local))
                number = phone_of(now, debt)
                self._database.write(
                    "update followup set debtor_key = ?, phone = ?, phone_tail = ? where key = ?",
                    [fold(debt.debtor) if debt else "", number, tail(number), key],
                )
                self._index(key, now, debt)

    def _merge(self, payload: Mapping[str, Any], at: datetime, place: int | None) -> bool:
        row = self._database.read_one(
            "select key, server, local, from_end from followup where id = ?", [payload["id"]]
        )
        if row is None:
            self._write(None, payload, {}, at, place)
            return True
        known = loads(row[1])
        merged = followups.joined(known, payload)
        if place == row[3]:
            place = None  # its index is left alone
        if merged == known:
            self._database.write(
                f"update followup set fetched_at = ?{', from_end = ?' if place else ''} where key = ?",
                [to_ms(at), *([place] if place else []), row[0]],
            )
            return False
        self._write(row[0], merged, loads(row[2]) if row[2] else known, at, place)
        return True

    def _write(
        self,
        key: int | None,
        server: Mapping[str, Any],
        before: Mapping[str, Any],
        at: datetime | None,
        place: int | None = None,
    ) -> None:
        """Write a row as the *server* says it; *before* is how it looked so far, {} if it is new."""
        waiting = self._waiting(str(server["id"]))
        local = {**server, **waiting}
        now = followups.from_values(local)
        debt = self._debts.get(now.debt_id)
        values = values_of(server, local if waiting else None, now, debt)
        columns = dict(zip(NAMES, values, strict=True))
        if at is not None:
            columns["fetched_at"] = to_ms(at)
        if place is not None:
            columns["from_end"] = place
        if key is None:
            key = self._insert(columns)
        else:
            self._update(key, columns)
        if any(before.get(name) != local.get(name) for name in SEARCHED):
            self._index(key, now, debt)
        self._changes.touch(followup=now.id)

    def _insert(self, columns: Mapping[str, Any]) -> int:
        names, places = ", ".join(columns), marks(columns)
        self._database.write(
            f"insert into followup ({names}) values ({places})", list(columns.values())
        )
        return self._database.last_key()

    def _update(self, key: int, columns: Mapping[str, Any]) -> None:
        """Write the columns that are other ones now: SQLite takes each that is named out of its index
        and puts it in again, and all those pages are encrypted and written."""
        names = list(columns)
        old = self._database.read_one(
            f"select {', '.join(names)} from followup where key = ?", [key]
        )
        assert old is not None
        other = [name for name, was in zip(names, old, strict=True) if columns[name] != was]
        if other:
            pairs = ", ".join(f"{name} = ?" for name in other)
            values = [columns[name] for name in other]
            self._database.write(f"update followup set {pairs} where key = ?", [*values, key])

    def _waiting(self, followup_id: str) -> dict[str, Value]:
        changes: dict[str, Value] = {}
        for (text,) in self._database.read(
            "select changes from outbox where followup_id = ? and state <> 'attention'"
            " order by number",
            [followup_id],
        ):
            changes.update(loads(text))
        return changes

    def _index(self, key: int, followup: Followup, debt: Debt | None) -> None:
        text = fold(well_formed(searched_text(followup, debt)))
        self._database.write(
            "insert or replace into search (rowid, text) values (?, ?)", [key, text]
        )
        self._indexed_rows += 1
        self._database.after_commit(self._count_pieces)

    def _count_pieces(self) -> None:
        self._pieces += max(1.0, self._indexed_rows / TIDY_ROWS)
        self._indexed_rows = 0


def _merge_some(connection: apsw.Connection) -> None:
    connection.execute(MERGE, [TIDY_PAGES])


def _due_call(row: tuple[Any, ...]) -> DueCall:
    at = from_ms(row[2])
    assert at is not None
    return DueCall(row[0], row[1], at)
