"""Takes in a page of followups, most of it beside the window's thread.

What is new, and what only was read anew, is written in the background in one transaction a page: SQLite
works on one text of JSON and lets the window go on. What a colleague has changed, and what waits for it
in the outbox, is merged on the window's thread, as everything else is.
"""

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import apsw

from agent_app.domain import followup as followups
from agent_app.domain.text import fold, well_formed
from agent_app.store.changes import Changes
from agent_app.store.codec import AMONG, dumps, listed, loads, to_ms
from agent_app.store.database import Database
from agent_app.store.debts import Debts
from agent_app.store.followup_row import NAMES, values_of
from agent_app.store.followups import Followups
from agent_app.store.search import searched_text

TURN_S = 0.0015
"""The window has its turn after so long (seconds)."""
WRITTEN_AT_ONCE = 50
"""New rows in a transaction of the background: a save that comes meanwhile waits for it."""
MERGED_AT_ONCE = 4
"""Rows that are merged on the window's thread between two turns."""
LINKS = frozenset({"audio_url", "pdf_url", "media_urls_expire_at"})
"""Signed links are others with every read. No column but the document holds them."""
COLUMNS = (*NAMES, "fetched_at", "from_end")
INSERT = (
    f"insert into followup (key, {', '.join(COLUMNS)}) select ?1 + key, "
    + ", ".join(f"value ->> {n}" for n in range(len(COLUMNS)))
    + " from json_each(?2)"
)
INDEX = (
    f"insert into search (rowid, text) select ?1 + key, value ->> {len(COLUMNS)} from json_each(?2)"
)

Row = Mapping[str, Any]


@dataclass(slots=True)
class Batch:
    """A page on its way in; *at* is when it was read (UTC), *asked* the question's place in `answers`."""

    rows: Sequence[Row]
    at: datetime
    places: Mapping[str, int]
    asked: int | None
    new: dict[str, list[Any]] = field(default_factory=dict)
    """The columns and the searched text of what is not here yet, by id."""
    seen: list[tuple[int, int | None]] = field(default_factory=list)
    """Keys of what is as it was, each with a place that is another one, or None."""
    signed: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Key and document of what has other links only, by id."""
    merged: list[Row] = field(default_factory=list)


class Bulk:
    """Serves one store."""

    def __init__(
        self, database: Database, changes: Changes, followups_: Followups, debts: Debts
    ) -> None:
        self._database, self._changes = database, changes
        self._followups, self._debts = followups_, debts

    def sort(self, batch: Batch) -> Iterator[None]:
        """Find out what of *batch* is new; gives the window its turns."""
        ids = [str(row["id"]) for row in batch.rows]
        known = {
            row[0]: row
            for row in self._database.read(
                f"select id, key, server, local, from_end from followup where id in {AMONG}",
                [listed(ids)],
            )
        }
        waiting = {row[0] for row in self._database.read("select followup_id from outbox")}
        debts = self._debts.get_some({str(row.get("debt_id") or "") for row in batch.rows})
        yield
        met: set[str] = set()
        began = time.perf_counter()
        for row in batch.rows:
            said = row
            if batch.asked is not None:
                said = self._followups.answers.news(row, batch.asked)
            followup_id = str(row["id"])
            if not said:
                continue
            if followup_id in waiting or followup_id in met:
                batch.merged.append(row)  # in their order, where a page has one twice
            elif followup_id in known:
                self._compare(batch, said, known[followup_id])
            else:
                now = followups.from_values(said)
                debt = debts.get(now.debt_id)
                place, read = batch.places.get(followup_id), to_ms(batch.at)
                text = fold(well_formed(searched_text(now, debt)))
                batch.new[followup_id] = [*values_of(said, None, now, debt), read, place, text]
            met.add(followup_id)
            if time.perf_counter() - began > TURN_S:
                yield
                began = time.perf_counter()

    def _compare(self, batch: Batch, said: Row, row: tuple[Any, ...]) -> None:
        followup_id, key, server, local, place = row
        known = loads(server)
        merged = followups.joined(known, said)
        if merged == known:
            there = batch.places.get(followup_id)
            batch.seen.append((key, there if there != place else None))
        elif local is None and _differing(known, merged) <= LINKS:
            there = batch.places.get(followup_id)
            batch.seen.append((key, there if there != place else None))
            batch.signed[followup_id] = (key, dumps(merged))
        else:
            batch.merged.append(said)

    def write(self, batch: Batch) -> "list[Future[list[str]]]":
        """Begin to write what can be written in the background; the futures have the ids of what came
        meanwhile, and is left to be merged. Without a background there is none."""
        ids = list(batch.new)
        works = [
            _Work(batch, ids[start : start + WRITTEN_AT_ONCE], is_first=start == 0)
            for start in range(0, max(len(ids), 1), WRITTEN_AT_ONCE)
        ]
        writing = []
        for work in works:
            if work.has_odd_letters:
                odd = [row for row in batch.rows if str(row["id"]) in work.ids]
                batch.merged = [*odd, *batch.merged]
                for one in work.ids:
                    del batch.new[one]
                work.drop_rows()
            if work and (future := self._database.write_behind(work)) is not None:
                writing.append(future)
        return writing

    def finish(self, batch: Batch, left: Sequence[str]) -> Iterator[None]:
        """Tell of what was written, and merge the rest; gives the window its turns."""
        written = (batch.new.keys() | batch.signed.keys()) - set(left)
        if batch.new:
            self._followups.note_indexed(len(batch.new))
        if written:
            self._changes.announce(written)
        rest = [*batch.merged, *(row for row in batch.rows if str(row["id"]) in set(left))]
        for start in range(0, len(rest), MERGED_AT_ONCE):
            rows = rest[start : start + MERGED_AT_ONCE]
            self._followups.upsert(rows, batch.at, batch.places, asked=batch.asked)
            yield


def _differing(one: Row, other: Row) -> set[str]:
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}


class _Work:
    """What the background does with a part of a batch, as texts: nothing of the window is touched."""

    def __init__(self, batch: Batch, ids: Sequence[str], *, is_first: bool = True) -> None:
        self.ids = list(ids)
        self._rows = _text([batch.new[one] for one in ids])
        self._read = to_ms(batch.at)
        seen = batch.seen if is_first else []
        self._keys = _text([key for key, _ in seen])
        self._places = _text([[key, place] for key, place in seen if place is not None])
        self._signed = _text(list(batch.signed.values()) if is_first else [])
        self._has_seen = bool(seen)

    def __bool__(self) -> bool:
        return bool(self.ids) or self._has_seen

    @property
    def has_odd_letters(self) -> bool:
        """Whether a text holds a NUL, which SQLite's JSON ends it at."""
        return "\\u0000" in self._rows

    def drop_rows(self) -> None:
        """Its rows are merged on the window's thread."""
        self.ids, self._rows = [], "[]"

    def __call__(self, connection: apsw.Connection) -> list[str]:
        run: Callable[..., Any] = connection.execute
        run(
            "update followup set fetched_at = max(fetched_at, ?1)"
            " where key in (select value from json_each(?2))",
            [self._read, self._keys],
        )
        run(
            "update followup set from_end = j.value ->> 1 from json_each(?) j"
            " where followup.key = j.value ->> 0",
            [self._places],
        )
        run(
            "update followup set server = j.value ->> 1 from json_each(?1) j"
            " where followup.key = j.value ->> 0 and fetched_at <= ?2 and local is null",
            [self._signed, self._read],
        )
        present = [
            row[0]
            for row in run(f"select id from followup where id in {AMONG}", [listed(self.ids)])
        ]
        rows = self._rows
        if present:
            there = set(present)
            rows = _text([row for row in json.loads(rows) if row[0] not in there])
        if len(present) < len(self.ids):
            (last,) = run("select coalesce(max(key), 0) from followup").fetchall()[0]
            run(INSERT, [last + 1, rows])
            run(INDEX, [last + 1, rows])
        return present


def _text(values: object) -> str:
    return well_formed(json.dumps(values, ensure_ascii=False, separators=(",", ":")))
