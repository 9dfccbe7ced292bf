"""The list's questions: which followups, in what order, and the rows of a stretch.

A list holds integer keys only (8 bytes each) and reads the rows that are in sight, so its cost
does not grow with the number of followups.
"""

import time
from array import array
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from agent_app.domain import debt
from agent_app.domain.debt_status import GOING_ON, DebtStatus
from agent_app.domain.fields import DIALLED_TYPES
from agent_app.domain.list_row import ListRow
from agent_app.domain.outbox import EntryState
from agent_app.domain.part import MAX_SHARE
from agent_app.domain.promise import PAID
from agent_app.domain.reviews import LookFor
from agent_app.domain.views import TO_CALL_STATUSES, Column, Filter
from agent_app.store.calling_order import FACTS, LAST_CALL, hours_value, order_sql
from agent_app.store.codec import AMONG, from_ms, listed, loads, marks, to_ms
from agent_app.store.database import Database
from agent_app.store.search import search_of

SHORT_LIST = 4_000
"""Up to so many followups, a whole list is a matter of some milliseconds."""
FIRST_SCREEN, ONE_SCREEN = 64, 40
FIRST_S = 0.003
"""A first screen is looked for this long (seconds)."""
STRETCH_KEYS = 25_000
"""A search looks through so many followups at a time: some milliseconds."""
FIRST_SEARCH_S = 0.004
"""A first screen of a search takes no further stretch after this long (seconds)."""
MAX_AT_ONCE = 160
KEYS = "I"
"""The kind of array that keys are in: no store has four thousand million followups."""
SLICE_KEYS = 2_000

_OF_DEBT = {
    Column.AMOUNT: "amount",
    Column.TRIES: "tries",
    Column.LAST: "last_call",
    Column.LOCAL: "place",
    Column.CREDITOR: "creditor",
}
"""Columns that are sorted by what `debt_fact` says."""
_SORT = {
    Column.DEBTOR: "debtor_key",
    Column.TYPE: "type",
    Column.STATUS: "status",
    Column.SCHEDULED: "scheduled_at",
    Column.EXECUTED: "call_date",
    Column.PHONE: "phone",
    Column.SUMMARY: "summary collate nocase",
}


_DOC = "coalesce(f.local, f.server)"
_CELLS = {
    **{
        name: f"f.{name}" for name in ("id", "debt_id", "type", "status", "duration_ms", "is_retry")
    },
    **{name: f"f.{name}" for name in ("call_date", "scheduled_at", "processed_at", "direction")},
    "disconnection_reason": "f.reason",
    "triggered_payment": "f.paid",
    "email_opened": "case f.type when 'email' then f.opened end",
    "email_clicked": "case f.type when 'email' then f.clicked end",
    "debtor": "d.doc",
    "phone": "f.phone",
    "summary": f"{_DOC} ->> '$.summary'",
    "notes": f"{_DOC} ->> '$.notes'",
}
_FLAGS = frozenset({"is_retry", "triggered_payment", "email_opened", "email_clicked"})
_MOMENTS = frozenset({"call_date", "scheduled_at", "processed_at"})


class Listing:
    """Reads for the list."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keys(self, wanted: Filter, column: Column, descending: bool) -> "array[int]":
        """Keys of all that *wanted* lets through, sorted; rows without a value come last."""
        return self._keys(wanted, column, descending, None)

    def _keys(
        self, wanted: Filter, column: Column, descending: bool, among: Sequence[int] | None
    ) -> "array[int]":
        found = array(KEYS)
        for sql, values in self._queries(wanted, column, descending, among):
            found.extend(row[0] for row in self._database.read(sql, values))
        return found

    def _queries(
        self, wanted: Filter, column: Column, descending: bool, among: Sequence[int] | None
    ) -> Iterator[tuple[str, list[Any]]]:
        """Yield the two queries of a list: rows with a value in the column, then those without.

        *among* stands for the search's own matches where they were looked up already.
        """
        where, values = _where(wanted, among)
        order = "desc" if descending else "asc"
        if column is Column.REASON and wanted.now is not None:
            hours = hours_value(dict(wanted.hours))
            yield (
                order_sql(_source(wanted), where, wanted.now, wanted.start, order),
                [hours, *values],
            )
            return
        if column in _OF_DEBT:
            yield from _by_debt(wanted, where, values, _OF_DEBT[column], order)
            return
        sort = _SORT.get(column, _SORT[Column.SCHEDULED])
        bare = sort.split()[0]
        if sort in (_SORT[Column.SCHEDULED], _SORT[Column.EXECUTED]):
            groups = [f"{bare} is not null", f"{bare} is null"]
        else:
            groups = [f"{bare} <> ''", f"{bare} = ''"]
        ties = "key desc"
        if wanted.start is not None and column is Column.SCHEDULED:
            ties = f"(share - {wanted.start}) & {MAX_SHARE}, {ties}"
        for group in groups:
            yield (
                f"select key from {_source(wanted)} where {group} and {where}"
                f" order by {sort} {order}, {ties}",
                list(values),
            )

    def first_keys(
        self, wanted: Filter, column: Column, descending: bool, most: int = MAX_AT_ONCE
    ) -> "tuple[array[int], bool]":
        """Keys for a first screen at once, and whether they are all there are. *most* is how many
        matches of a search are looked for.

        Without a search they are the first of `keys`. Of a search that finds very much they are
        some that match, sorted; `keys_slowly` gives them all.
        """
        if self._highest() <= SHORT_LIST:
            return self.keys(wanted, column, descending), True
        search = search_of(wanted.text) if wanted.text.strip() else None
        if search is not None and search.match:
            some, whole = self._first_matches(search.match, most)
            return self._keys(wanted, column, descending, some), whole
        keys, began = array(KEYS), time.perf_counter()
        for chunk in self._chunks(wanted, column, descending, FIRST_SCREEN):
            keys.extend(self._holding(chunk, search.short) if search is not None else chunk)
            if len(keys) >= ONE_SCREEN or time.perf_counter() - began > FIRST_S:
                return keys, False
        return keys, True

    def _highest(self) -> int:
        row = self._database.read_one("select max(key) from followup")
        return int(row[0] or 0) if row else 0

    def _first_matches(self, match: str, most: int) -> tuple[list[int], bool]:
        """Return some keys that a search finds, the latest first, and whether they are all."""
        found: list[int] = []
        began = time.perf_counter()
        for keys, is_last in self._matches(match, most + 1):
            found += keys
            if len(found) > most:
                return found, False
            if time.perf_counter() - began > FIRST_SEARCH_S:
                return found, is_last
        return found, True

    def _matches(self, match: str, most: int = -1) -> Iterator[tuple[list[int], bool]]:
        """Yield what a search finds (of each stretch of keys *most* at most), a stretch after the other from
        the latest, and whether it is the last one: SQLite looks through all of a stretch before it
        can be asked to stop."""
        for top in range(self._highest(), 0, -STRETCH_KEYS):
            rows = self._database.read(
                "select rowid from search where search match ? and rowid between ? and ?"
                " order by rowid desc limit ?",
                [match, top - STRETCH_KEYS + 1, top, most],
            )
            yield [row[0] for row in rows], top <= STRETCH_KEYS

    def keys_slowly(
        self, wanted: Filter, column: Column, descending: bool
    ) -> "Iterator[array[int]]":
        """Yield all keys, a slice at a time, for whoever must not hold the window. To be begun anew after
        any write.

        A search's matches come first, as marks; then the list without the search in its order, of
        which those that match are kept: neither needs a sort, which would hold everything up.
        """
        search = search_of(wanted.text) if wanted.text.strip() else None
        matched = bytearray()
        if search is not None and search.match:
            matched = bytearray(self._highest() + 1)
            for keys, _ in self._matches(search.match):
                for key in keys:
                    matched[key] = 1
                yield array(KEYS)
        for chunk in self._chunks(wanted, column, descending, SLICE_KEYS):
            if search is not None and search.match:
                chunk = [key for key in chunk if key < len(matched) and matched[key]]
            yield array(KEYS, self._holding(chunk, search.short) if search is not None else chunk)

    def _chunks(
        self, wanted: Filter, column: Column, descending: bool, most: int
    ) -> Iterator[list[int]]:
        """Yield the list without its search, sorted, in slices."""
        bare = replace(wanted, text="")
        for sql, values in self._queries(bare, column, descending, None):
            for rows in self._database.read_slowly(sql, values, most):
                yield [row[0] for row in rows]

    def _holding(self, keys: Sequence[int], words: Sequence[str]) -> Sequence[int]:
        """Those of *keys* whose rows hold words that are too short for the index, in their order."""
        if not words or not keys:
            return keys
        condition, values = _like(words)
        rows = self._database.read(
            f"select key from followup where key in ({','.join(map(str, keys))}) and {condition}",
            values,
        )
        kept = {row[0] for row in rows}
        return [key for key in keys if key in kept]

    def count(self, wanted: Filter) -> int:
        """Return how many followups *wanted* lets through."""
        where, values = _where(wanted)
        row = self._database.read_one(
            f"select count(*) from {_source(wanted)} where {where}", values
        )
        return int(row[0]) if row else 0

    def begin_count(self, wanted: Filter) -> "Future[list[tuple[Any, ...]]]":
        """As `count`, beside the window's thread where the list is long: the one row's one value."""
        where, values = _where(wanted)
        sql = f"select count(*) from followup where {where}"
        if self._highest() > SHORT_LIST:
            return self._database.read_behind(sql, values)
        done: Future[list[tuple[Any, ...]]] = Future()
        done.set_result(self._database.read(sql, values))
        return done

    def end_count(self) -> None:
        """Nobody waits for what is being counted."""
        self._database.end_reading_behind()

    def rows(self, keys: Sequence[int]) -> dict[int, ListRow]:
        """Return the rows behind *keys*, by key."""
        found = self._database.read(
            "select f.key, f.id, f.debt_id, d.doc, f.type, f.status, f.scheduled_at,"
            " f.call_date, f.phone, f.summary,"
            " (select min(state) from outbox where followup_id in (f.id, 'debt:' || f.debt_id)),"
            " exists (select 1 from draft where followup_id in (f.id, 'debt:' || f.debt_id)),"
            " coalesce(debt_fact.person, f.debt_id), debt_fact.tries, debt_fact.last_call,"
            f" debt_fact.last_outcome, {LAST_CALL}, debt_fact.place, debt_fact.against"
            " from followup f left join debt d on d.id = f.debt_id"
            " left join debt_fact on of_debt = f.debt_id"
            f" where f.key in ({marks(keys)})",
            keys,
        )
        return {row[0]: _row(row) for row in found}

    def cells(self, keys: Sequence[int], names: Sequence[str]) -> list[list[Any]]:
        """Plain values of fields for a file, a row each in the order of *keys*.

        SQLite takes the texts out of the documents itself, which is five times as fast as reading
        whole followups.
        """
        columns = ", ".join(_CELLS[name] for name in names)
        rows = self._database.read(
            f"select f.key, {columns} from followup f left join debt d on d.id = f.debt_id"
            f" where f.key in ({marks(keys)})",
            list(keys),
        )
        found = {row[0]: [_cell(n, v) for n, v in zip(names, row[1:], strict=True)] for row in rows}
        return [found[key] for key in keys if key in found]

    def keys_of(self, ids: Sequence[str]) -> dict[str, int]:
        """Return the keys of the followups with these *ids*, by id."""
        rows = self._database.read(
            f"select id, key from followup where id in {AMONG}", [listed(ids)]
        )
        return {row[0]: row[1] for row in rows}

    def keys_of_debts(self, debt_ids: Sequence[str]) -> list[int]:
        """Keys of all followups of these debts."""
        rows = self._database.read(
            f"select key from followup where debt_id in {AMONG}", [listed(debt_ids)]
        )
        return [row[0] for row in rows]


def _source(wanted: Filter) -> str:
    """Return the table, by the index that has just the calls that are to be made where only those are wanted."""
    is_queue = wanted.statuses == TO_CALL_STATUSES and wanted.types == DIALLED_TYPES
    return "followup indexed by followup_to_call" if is_queue else "followup"


def _by_debt(
    wanted: Filter, where: str, values: list[Any], sort: str, order: str
) -> Iterator[tuple[str, list[Any]]]:
    """Yield the queries of a list that is sorted by its debts. Of a view with few rows those are sorted; a long
    list is read along the debts' index, so that its first rows come at once."""
    if wanted.statuses and wanted.types:
        yield (
            f"select key from {FACTS} where {where}"
            f" order by {sort} is null, {sort} {order}, key desc",
            list(values),
        )
        return
    yield (
        "select key from debt_fact cross join followup on debt_id = of_debt"
        f" where {sort} is not null and {where} order by {sort} {order}",
        list(values),
    )
    yield (
        f"select key from {FACTS} where {sort} is null and {where} order by key desc",
        list(values),
    )


def _cell(name: str, value: Any) -> Any:
    if name in _FLAGS:
        return None if value is None else bool(value)
    if name in _MOMENTS:
        return from_ms(value)
    return _debtor(value) if name == "debtor" else value


def _debtor(doc: str | None) -> str:
    return _told(doc).debtor


_NOBODY = debt.Debt("")


@lru_cache(maxsize=4096)
def _told(doc: str | None) -> debt.Debt:
    return debt.from_values(loads(doc)) if doc else _NOBODY


def _row(row: tuple[Any, ...]) -> ListRow:
    told = _told(row[3])
    status = told.status or ""
    return ListRow(
        key=row[0],
        id=row[1],
        debt_id=row[2],
        debtor=told.debtor,
        type=row[4],
        status=row[5],
        scheduled_at=from_ms(row[6]),
        call_date=from_ms(row[7]),
        phone=row[8],
        summary=row[9],
        pending=EntryState(row[10]) if row[10] else None,
        drafted=bool(row[11]),
        debt_status="" if status in GOING_ON else status,
        amount=told.amount,
        currency=told.currency or "",
        amount_text=told.amount_text or "",
        creditor=told.company or "",
        person=row[12],
        tries=row[13] or 0,
        last_call=from_ms(row[14]),
        last_outcome=row[15] or "",
        person_called=from_ms(row[16]),
        place=row[17] or "",
        against=bool(row[18]),
    )


def _where(wanted: Filter, among: Sequence[int] | None = None) -> tuple[str, list[Any]]:
    parts: list[str] = []
    values: list[Any] = []

    def also(sql: str, *bound: Any) -> None:
        parts.append(sql)
        values.extend(bound)

    # Within stretches of call dates their index is the way in: a plus keeps SQLite from another.
    by = "+" if wanted.spans else ""
    if wanted.statuses:
        also(f"{by}status in ({_literal(wanted.statuses)})")
    if wanted.not_statuses:
        also(f"{by}status not in ({marks(wanted.not_statuses)})", *sorted(wanted.not_statuses))
    if wanted.types:
        also(f"{by}type in ({_literal(wanted.types)})")
    if wanted.status:
        also(f"{by}status = ?", wanted.status)
    if wanted.type:
        also(f"{by}type = ?", wanted.type)
    if wanted.scheduled_until:
        also("scheduled_at < ?", to_ms(wanted.scheduled_until))
    if wanted.touched_from and wanted.touched_until:
        span = (to_ms(wanted.touched_from), to_ms(wanted.touched_until))
        also(
            "((scheduled_at >= ? and scheduled_at < ?) or (call_date >= ? and call_date < ?))",
            *span,
            *span,
        )
    if wanted.day_from:
        also("day >= ?", to_ms(wanted.day_from))
    if wanted.day_until:
        also("day < ?", to_ms(wanted.day_until))
    for table in (("outbox",) if wanted.unsent else ()) + (("draft",) if wanted.unsaved else ()):
        waits = f"(select followup_id from {table})"
        also(f"(id in {waits} or 'debt:' || debt_id in {waits})")
    if wanted.spans:
        # Promises are few: they are looked through by their own index, not all calls of the time.
        date = "+call_date" if wanted.has_promise or wanted.promise is not None else "call_date"
        one = f"({date} >= ? and {date} < ?)"
        bounds = [to_ms(moment) for span in wanted.spans for moment in span]
        also(f"({' or '.join([one] * len(wanted.spans))})", *bounds)
    if wanted.inbound is not None:
        also("direction = 'inbound'" if wanted.inbound else "direction <> 'inbound'")
    for name, flag in (
        ("is_retry", wanted.retry),
        ("paid", wanted.paid),
        ("opened", wanted.opened),
        ("clicked", wanted.clicked),
    ):
        if flag is not None:
            also(f"{name} = ?", int(flag))
    if wanted.reason is not None:
        also("reason = ?", wanted.reason)
    if wanted.talked_from_ms is not None:
        also("duration_ms >= ?", wanted.talked_from_ms)
    if wanted.talked_until_ms is not None:
        also("duration_ms < ?", wanted.talked_until_ms)
    if wanted.look_for is not None:
        also(*_looked_for(wanted.look_for, wanted.now))
    if wanted.part is not None:
        also("share % ? = ?", wanted.part.whole, wanted.part.number - 1)
    if wanted.has_promise:
        also("promised_on is not null")
    if wanted.promise is not None and wanted.today is not None:
        also(_STANDING, wanted.today.isoformat(), wanted.promise)
    if wanted.ids:
        also(f"id in {AMONG}", listed(sorted(wanted.ids)))
    if wanted.creditor is not None:
        also("debt_id in (select of_debt from debt_fact where creditor = ?)", wanted.creditor)
    if wanted.currency is not None:
        of_debt = "(select json_extract(doc, '$.currency') from debt where id = debt_id)"
        also(f"coalesce({of_debt}, '') = ?", wanted.currency)
    for limit, sign in ((wanted.amount_from, ">="), (wanted.amount_until, "<")):
        if limit is not None:
            also(f"debt_id in (select of_debt from debt_fact where amount {sign} ?)", limit)
    if wanted.debt_id:
        also("debt_id = ?", wanted.debt_id)
    if wanted.debt_status:
        also(
            "debt_id in (select id from debt where json_extract(doc, '$.status') = ?)",
            wanted.debt_status,
        )
    if wanted.text.strip():
        search = search_of(wanted.text)
        if among is not None:
            also(f"key in ({','.join(map(str, among)) or 'null'})")
        elif search.match:
            also("key in (select rowid from search where search match ?)", search.match)
        if search.short:
            condition, bound = _like(search.short)
            also(condition, *bound)
    return " and ".join(parts) or "true", values


_PAID = ", ".join(f"'{status}'" for status in sorted(PAID))
_STANDING = (
    "promised_on is not null and case"
    f" when debt_id in (select id from debt where json_extract(doc, '$.status') in ({_PAID})"
    f" or promised_times > 1 and json_extract(doc, '$.status') = '{DebtStatus.PARTIAL}')"
    " or exists (select 1 from followup p where p.debt_id = followup.debt_id and p.paid"
    " and coalesce(p.call_date, p.scheduled_at)"
    " >= coalesce(followup.call_date, followup.scheduled_at, 0)) then 'kept'"
    " when promised_on < ? then 'broken' else 'open' end = ?"
)
"""What became of a promise, as `domain/promise.py` has it."""


def _literal(values: Collection[str]) -> str:
    """Return values as SQL writes them: the index `followup_to_call` is used only where its condition stands there
    letter for letter."""
    quoted = (one.replace("'", "''") for one in sorted(values))
    return ", ".join(f"'{one}'" for one in quoted)


def _like(words: Sequence[str]) -> tuple[str, list[str]]:
    """Return the condition that a row holds each of *words*, which are too short for the index."""
    one = (
        "(debtor_key like ? escape '\\' or summary like ? escape '\\' or phone like ? escape '\\')"
    )
    values = []
    for word in words:
        like = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        values += [like] * 3
    return " and ".join([one] * len(words)), values


def _looked_for(rule: LookFor, now: datetime | None) -> tuple[Any, ...]:
    """Return the condition behind a rule to look for, and its values."""
    match rule:
        case LookFor.DEAL_WITHOUT_SUMMARY:
            return ("bare",)
        case LookFor.SHORT_BUT_REACHED:
            return ("short",)
        case LookFor.RECORDED_LATE:
            return ("late",)
        case LookFor.SCHEDULED_AND_FORGOTTEN:
            return (
                "key in (select key from followup indexed by followup_by_forgotten"
                " where status = 'scheduled' and call_date is null and scheduled_at < ?)"
                " and id not in (select followup_id from outbox union select followup_id from draft)",
                to_ms(now),
            )
        case LookFor.SECRET_IN_NOTES:
            return ("secret",)
