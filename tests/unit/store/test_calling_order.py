"""The list's order of calls is the one of the domain, and what it goes by follows every write."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent_app.domain.calling_order import CallFacts, Hours, rank
from agent_app.domain.debt_status import DebtStatus
from agent_app.domain.fields import Status
from agent_app.domain.list_row import ListRow
from agent_app.domain.part import share_of
from agent_app.domain.views import Column, View, filter_of
from agent_app.store.codec import to_ms
from agent_app.store.store import Store

NOW = datetime(2026, 11, 26, 10, 5, tzinfo=UTC)
HOURS = (("FR", Hours.OPEN), ("GB", Hours.CLOSING), ("DE", Hours.CLOSED))


@pytest.fixture
def store() -> Iterator[Store]:
    store = Store(None, None)
    yield store
    store.close()


def put(store: Store, id_: str, debt: str, **values: Any) -> None:
    said = {"id": id_, "debt_id": debt, "status": "scheduled", "type": "call", **values}
    store.followups.upsert([said], NOW)


def rows(store: Store, start: int | None = None) -> list[ListRow]:
    wanted = filter_of(View.TO_CALL_NOW, NOW, UTC, start=start)
    keys = store.listing.keys(replace(wanted, now=NOW, hours=HOURS), Column.REASON, False)
    found = store.listing.rows(keys)
    return [found[key] for key in keys]


def facts_of(row: ListRow) -> CallFacts:
    return CallFacts(
        to_ms(row.scheduled_at),
        row.status,
        row.amount or 0.0,
        row.tries,
        row.last_outcome,
        to_ms(row.person_called),
        row.against,
        dict(HOURS).get(row.place, Hours.OPEN),
        to_ms(row.last_call),
    )


minutes = st.integers(-20_000, 14)
debts = st.lists(
    st.fixed_dictionaries(
        {
            "country": st.sampled_from(["FR", "GB", "DE", ""]),
            "amount": st.one_of(st.none(), st.floats(0, 1e5, allow_nan=False)),
            "phone": st.sampled_from(["", "+33639981870", "+33 6 39 98 18 70", "+33639981871"]),
            "status": st.sampled_from(["", DebtStatus.PAID, DebtStatus.IN_PROGRESS]),
        }
    ),
    min_size=1,
    max_size=5,
)
contacts = st.lists(
    st.tuples(st.integers(0, 4), minutes, st.sampled_from([*Status]), st.booleans()), max_size=12
)
due = st.lists(st.tuples(st.integers(0, 4), minutes, st.booleans()), min_size=1, max_size=12)


@settings(max_examples=40, deadline=None)
@given(debts, contacts, due, st.one_of(st.none(), st.integers(0, 2**32 - 1)))
def test_sqlite_sorts_as_the_domain_does(
    some: list[dict[str, Any]],
    made: list[tuple[int, int, str, bool]],
    planned: list[tuple[int, int, bool]],
    start: int | None,
) -> None:
    store = Store(None, None)
    try:
        store.take_in_debts([{"id": f"d{n}", **one} for n, one in enumerate(some)], NOW)
        for n, (debt, ago, status, called) in enumerate(made):
            at = NOW + timedelta(minutes=ago)
            values = {"call_date": at if called else None, "scheduled_at": at - timedelta(days=90)}
            status = "failed" if status in ("scheduled", "in_progress") else status
            put(store, f"m{n}", f"d{debt}", status=status, **values)
        for n, (debt, ago, begun) in enumerate(planned):
            at = NOW + timedelta(minutes=ago)
            status = "in_progress" if begun else "scheduled"
            put(store, f"p{n}", f"d{debt}", status=status, scheduled_at=at)
        found = rows(store, start)
        assert len(found) == len(planned)

        def place(row: ListRow) -> int:
            turn = None if start is None else (share_of(row.debt_id) - start) & (2**32 - 1)
            return rank(facts_of(row), to_ms(NOW) or 0, turn)

        best: dict[str, int] = {}
        for row in found:
            best[row.person] = min(best.get(row.person, 2**63), place(row))
        expected = sorted(found, key=lambda r: (best[r.person], r.person, place(r), r.key))
        assert [row.id for row in found] == [row.id for row in expected]
    finally:
        store.close()


def test_tries_and_the_last_outcome_follow_every_write(store: Store) -> None:
    put(store, "now", "d", scheduled_at=NOW)

    def said() -> tuple[int, str]:
        (row,) = (one for one in rows(store) if one.id == "now")
        return row.tries, row.last_outcome

    assert said() == (0, "")
    for number in range(2):
        at = NOW - timedelta(days=5 - number)
        put(store, f"m{number}", "d", status="no_answer", call_date=at)
    assert said() == (2, "no_answer")
    put(store, "m1", "d", status="deal_not_found", call_date=NOW - timedelta(days=4))
    assert said() == (0, "deal_not_found")
    put(store, "m2", "d", status="failed", call_date=NOW - timedelta(days=1))
    assert said() == (1, "failed")
    put(store, "m2", "d", status="failed", type="sms", call_date=NOW - timedelta(days=1))
    assert said() == (0, "deal_not_found")
    put(store, "m1", "other", status="deal_not_found", call_date=NOW - timedelta(days=4))
    assert said() == (1, "no_answer")
    with store.all_or_nothing():
        store.followups.remove("m0")
    assert said() == (0, "")


def test_all_of_one_person_stand_together_where_the_best_of_them_is(store: Store) -> None:
    store.take_in_debts(
        [
            {"id": "a", "phone": "+33639981870", "amount": 40},
            {"id": "b", "phone": "06 39 98 18 70", "amount": 7_000},
            {"id": "c", "phone": "+33639981999", "amount": 900},
        ],
        NOW,
    )
    for debt in "abc":
        put(store, f"f-{debt}", debt, scheduled_at=NOW - timedelta(hours=1))
    assert [row.id for row in rows(store)] == ["f-b", "f-a", "f-c"]
    put(store, "m", "a", status="no_answer", call_date=NOW - timedelta(hours=2))
    assert [row.id for row in rows(store)] == ["f-c", "f-b", "f-a"] or [
        row.id for row in rows(store)
    ] == ["f-c", "f-a", "f-b"]
    assert rows(store)[1].person_called == NOW - timedelta(hours=2)


@pytest.mark.parametrize("column", list(Column))
@pytest.mark.parametrize("view", [View.ALL, View.TO_CALL_NOW])
def test_every_column_sorts_and_loses_no_row(store: Store, column: Column, view: View) -> None:
    store.take_in_debts([{"id": "a", "amount": 5, "company": "B", "country": "FR"}], NOW)
    for number, debt in enumerate("abc"):
        put(store, str(number), debt, scheduled_at=NOW - timedelta(hours=number))
    wanted = filter_of(view, NOW, UTC)
    for descending in (False, True):
        keys = store.listing.keys(wanted, column, descending)
        assert sorted(keys) == sorted(store.listing.keys(wanted, Column.SCHEDULED, False))
