"""The list's model without a window: whatever is written, it shows what the store would show anew."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtTest import QAbstractItemModelTester

from agent_app.domain.outbox import EntryState
from agent_app.domain.patch import diff
from agent_app.domain.views import Column, Filter
from agent_app.models.followup_table import FollowupTable
from agent_app.store.store import Store

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
OPEN = Filter(statuses=frozenset({"scheduled"}))


@contextmanager
def a_table(many: int = 0) -> Iterator[tuple[Store, FollowupTable]]:
    app = QCoreApplication.instance() or QCoreApplication([])
    store = Store(None, None)
    table = FollowupTable(store, lambda: NOW, UTC)
    tester = QAbstractItemModelTester(table, QAbstractItemModelTester.FailureReportingMode.Fatal)
    put(store, range(many))
    try:
        yield store, table
    finally:
        table.close()
        store.close()
        del tester, app


def put(store: Store, ids: range | list[int], **values: object) -> None:
    said = [
        {
            "id": f"f{one}",
            "debt_id": f"d{one % 3}",
            "type": "call",
            "status": "scheduled",
            "scheduled_at": NOW + timedelta(minutes=one),
            **values,
        }
        for one in ids
    ]
    store.followups.upsert(said, NOW)


def shown(table: FollowupTable) -> list[str]:
    rows = [table.row_at(place) for place in range(table.rowCount())]
    return [row.id for row in rows if row is not None]


def anew(store: Store, wanted: Filter, column: Column, descending: bool) -> list[str]:
    """What a table that was just made shows."""
    table = FollowupTable(store, lambda: NOW, UTC)
    table.show(wanted, column, descending)
    table.complete_now()
    try:
        return shown(table)
    finally:
        table.close()


number = st.integers(0, 11)
act = st.one_of(
    st.tuples(st.just("comes"), number),
    st.tuples(st.just("moves"), number, st.integers(-200, 200)),
    st.tuples(st.just("leaves"), number),
    st.tuples(st.just("says"), number, st.text("ab", max_size=2)),
)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(
    acts=st.lists(act, max_size=20),
    column=st.sampled_from([Column.SCHEDULED, Column.SUMMARY, Column.STATUS]),
    descending=st.booleans(),
)
def test_what_is_written_is_followed(
    acts: list[tuple[object, ...]], column: Column, descending: bool
) -> None:
    with a_table(8) as (store, table):
        table.show(OPEN, column, descending)
        for name, one, *more in acts:
            assert isinstance(one, int)
            match name:
                case "comes":
                    put(store, [one])
                case "moves":
                    minutes = more[0]
                    assert isinstance(minutes, int)
                    put(store, [one], scheduled_at=NOW + timedelta(minutes=minutes))
                case "leaves":
                    put(store, [one], status="no_answer")
                case "says":
                    put(store, [one], summary=more[0])
            table.renew()
            table.complete_now()
            assert shown(table) == anew(store, OPEN, column, descending)


def test_a_save_is_seen_in_its_row_at_once() -> None:
    with a_table(3) as (store, table):
        table.show(Filter(), Column.SCHEDULED, False)
        followup = store.followups.get("f1")
        assert followup is not None
        patch = diff(followup, {"summary": "rang twice"})
        store.save(patch, NOW)
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        table.renew()
        row = table.row_at(table.place_of("f1"))
        assert row is not None
        assert (row.summary, row.pending) == ("rang twice", EntryState.WAITING)
        assert table.pending_words(row)


def test_the_place_of_what_is_not_there_is_none() -> None:
    with a_table(2) as (_store, table):
        table.show(Filter(), Column.SCHEDULED, False)
        assert table.place_of("f9") == -1
        assert table.row_at(7) is None
