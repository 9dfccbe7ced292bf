"""The list: views, filters, search, order; it keeps what is selected."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from agent_app.domain.views import Column, Filter, View
from agent_app.models.followup_table import COLUMNS, FollowupTable
from agent_app.store.listing import SHORT_LIST
from agent_app.store.store import Store
from tests.sandbox import RunningSandbox
from tests.ui.conftest import Driver, Start
from tests.waiting import until

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
OWN = (
    Column.DEBTOR,
    Column.TYPE,
    Column.STATUS,
    Column.SCHEDULED,
    Column.EXECUTED,
    Column.PHONE,
    Column.SUMMARY,
)
"""Columns of the followup's own; tests/unit/store/test_calling_order.py sorts by the others."""


@pytest.fixture
def store() -> Iterator[Store]:
    store = Store(None, None)
    yield store
    store.close()


@pytest.fixture
def table(store: Store, qapp: QApplication) -> Iterator[FollowupTable]:
    table = FollowupTable(store, lambda: NOW, UTC)
    tester = QAbstractItemModelTester(table, QAbstractItemModelTester.FailureReportingMode.Fatal)
    yield table
    table.close()
    del tester


def put(store: Store, *ids: str, **values: Any) -> None:
    said = [
        {
            "id": one,
            "debt_id": "d",
            "status": "scheduled",
            "type": "call",
            "scheduled_at": NOW + timedelta(minutes=int(one)),
            **values,
        }
        for one in ids
    ]
    store.followups.upsert(said, NOW)


def shown(table: FollowupTable) -> list[str]:
    rows = [table.row_at(place) for place in range(table.rowCount())]
    return [row.id for row in rows if row]


async def test_rows_come_go_and_move_without_losing_the_place(
    table: FollowupTable, store: Store
) -> None:
    put(store, *"123456789")
    table.show(Filter(status="scheduled"), Column.SCHEDULED, False)
    held = QPersistentModelIndex(table.index(4, 0))
    put(store, "0", "15")
    put(store, "2", "3", status="failed")
    put(store, "9", scheduled_at=NOW)
    table.renew()
    assert shown(table) == ["9", "0", "1", "4", "5", "6", "7", "8", "15"] or shown(table) == [
        "0",
        "9",
        "1",
        "4",
        "5",
        "6",
        "7",
        "8",
        "15",
    ]
    row = table.row_at(held.row())
    assert row is not None
    assert row.id == "5"


async def test_many_changes_at_once(table: FollowupTable, store: Store) -> None:
    put(store, *(str(n) for n in range(300)))
    table.show(Filter(status="scheduled"), Column.SCHEDULED, True)
    put(store, *(str(n) for n in range(0, 300, 2)), status="failed")
    put(store, *(str(n) for n in range(300, 500)))
    table.renew()
    assert shown(table) == [str(n) for n in range(499, -1, -1) if n >= 300 or n % 2]


async def test_a_row_that_left_and_changes_again_disturbs_nobody(
    table: FollowupTable, store: Store
) -> None:
    """Its change is announced inside a writer's transaction: what is raised there ends the sync."""
    put(store, *"123")
    table.show(Filter(status="scheduled"), Column.SCHEDULED, False)
    assert shown(table) == ["1", "2", "3"]
    put(store, "2", status="failed")
    table.renew()
    put(store, "2", summary="the server answers", status="failed")
    assert shown(table) == ["1", "3"]
    put(store, "2")
    table.renew()
    assert shown(table) == ["1", "2", "3"]


async def test_a_long_list_follows_while_there_are_writes_all_the_time(
    table: FollowupTable, store: Store
) -> None:
    """It is read in slices, begun anew with each write; now and then it is looked at all the same."""
    many = SHORT_LIST + 500
    put(store, *(str(n) for n in range(many)))
    table.show(Filter(), Column.SCHEDULED, True)
    table.complete_now()
    assert table.rowCount() == many
    number = many

    def another_write() -> bool:
        nonlocal number
        put(store, str(number))
        number += 1
        return table.rowCount() > many

    await until(another_write)
    await until(lambda: table.rowCount() == number)
    assert shown(table)[:2] == [str(number - 1), str(number - 2)]


@pytest.mark.parametrize("column", OWN)
async def test_sorting_by_any_column(table: FollowupTable, store: Store, column: Column) -> None:
    put(store, "1", summary="b", phone_number_used="+332", status="failed", type="sms", debt_id="x")
    put(store, "2", summary="A", phone_number_used="+331", call_date=NOW, debt_id="y")
    store.take_in_debts([{"id": "x", "lastname": "Éa"}, {"id": "y", "lastname": "Da"}], NOW)
    table.sort(COLUMNS.index(column), Qt.SortOrder.AscendingOrder)
    up = shown(table)
    table.sort(COLUMNS.index(column), Qt.SortOrder.DescendingOrder)
    assert sorted(up) == ["1", "2"]
    if column is not Column.EXECUTED:
        assert shown(table) == up[::-1]
    assert up == (
        ["1", "2"] if column is Column.STATUS or column is Column.SCHEDULED else ["2", "1"]
    )


async def test_server_text_is_never_rich_text(table: FollowupTable, store: Store) -> None:
    put(store, "1", summary="<img src=x>")
    table.show(Filter(), Column.SCHEDULED, False)
    index = table.index(0, COLUMNS.index(Column.SUMMARY))
    assert index.data() == "<img src=x>"
    assert not GuiQt.mightBeRichText(index.data(Qt.ItemDataRole.ToolTipRole))


# -- in the window


async def test_search_as_one_types_and_clear(desk: Driver) -> None:
    everything = desk.table.rowCount()
    row = desk.table.row_at(0)
    desk.desk.window.search_field.setText(row.debtor)
    await until(lambda: 0 < desk.table.rowCount() < everything)
    assert all(desk.table.row_at(n).debtor == row.debtor for n in range(desk.table.rowCount()))
    desk.desk.window.search_field.setText("no such thing anywhere")
    await until(lambda: desk.table.rowCount() == 0)
    assert desk.panel._nothing.isVisible()
    desk.panel._nothing.cleared.emit()
    await until(lambda: desk.table.rowCount() == everything)
    assert not desk.panel._nothing.isVisible()


async def test_views_and_filters(desk: Driver) -> None:
    desk.panel.choose_view(View.DONE)
    open_ones = {"scheduled", "on_hold", "in_progress", "sent"}
    assert desk.table.rowCount() > 0
    assert not open_ones & {desk.table.row_at(n).status for n in range(desk.table.rowCount())}
    combo = desk.panel.filters._status
    combo.setCurrentIndex(combo.findData("no_answer"))
    assert {desk.table.row_at(n).status for n in range(desk.table.rowCount())} == {"no_answer"}
    desk.panel.filters._first.setText("2001-01-01")
    desk.panel.filters._last.setText("2001-01-02")
    assert desk.table.rowCount() == 0
    desk.panel.clear_filters()
    desk.panel.choose_view(View.ALL)
    assert desk.table.rowCount() == desk.store.followups.count()


async def test_another_view_begins_at_its_top_where_it_has_not_what_is_open(desk: Driver) -> None:
    desk.panel.view.verticalScrollBar().setValue(60)
    done = desk.sandbox.some(type="email", status="delivered")["id"]
    await desk.open(done)
    desk.panel.view.verticalScrollBar().setValue(60)
    desk.panel.choose_view(View.TO_CALL_NOW)
    assert desk.table.rowCount() > 12  # more than fit
    assert desk.panel.view.verticalScrollBar().value() == 0
    assert desk.session.followup_id == done


async def test_the_views_tell_their_counts(desk: Driver) -> None:
    tabs = desk.panel.filters._tabs
    place = list(View).index(View.ALL)
    await until(lambda: tabs.tabText(place).endswith(str(desk.store.followups.count())))
    assert tabs.accessibleTabName(place) == "All"


async def test_the_selection_survives_a_refresh_and_a_new_order(desk: Driver) -> None:
    followup_id = desk.sandbox.some(type="email")["id"]
    await desk.open(followup_id)
    desk.table.sort(COLUMNS.index(Column.DEBTOR), Qt.SortOrder.AscendingOrder)
    assert desk.panel.current_id == followup_id
    seen = desk.desk.status.state.last_refresh
    desk.press(Qt.Key.Key_F5)
    await until(lambda: desk.desk.status.state.last_refresh != seen)
    assert desk.panel.current_id == followup_id


async def test_a_colleagues_change_arrives_with_a_refresh(desk: Driver) -> None:
    followup_id = desk.sandbox.some(type="call")["id"]
    await desk.open(followup_id)
    desk.type("summary", "mine")
    desk.sandbox.put(followup_id, notes="theirs")
    desk.press(Qt.Key.Key_F5)
    await until(lambda: desk.text("notes") == "theirs")
    assert desk.text("summary") == "mine"
    assert desk.session.changed == {"summary"}
    desk.session.discard()


async def test_a_load_can_be_stopped_and_goes_on_where_it_stopped(
    start: Start, sandbox: RunningSandbox
) -> None:
    sandbox.fault("GET */followups delay=0.2")
    desk = await start(loaded=False)
    await until(lambda: desk.desk.status.state.progress is not None)
    desk.press(Qt.Key.Key_F5)
    await until(lambda: not desk.desk.status.state.refreshing)
    stored = desk.store.followups.count()
    total = sandbox.api("GET", "/followups")[1]["pagination"]["total"]
    assert 0 < stored < total
    sandbox.no_faults()
    sandbox.forget_requests()
    desk.press(Qt.Key.Key_F5)
    await until(lambda: desk.store.followups.count() >= total)
    pages = [one["query"] for one in sandbox.requests("GET", "/followups")]
    assert not pages[0].startswith("page=1&")


async def test_the_keyboard_in_the_list_chooses_no_row(desk: Driver) -> None:
    desk.desk.window.search_field.setFocus()
    desk.panel.view.setFocus()
    desk.press(Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    assert desk.session.followup_id == ""
    assert not desk.panel.view.currentIndex().isValid()
    desk.press(Qt.Key.Key_Down)
    assert desk.session.followup_id == desk.table.row_at(0).id


async def test_the_keys_of_the_search(desk: Driver) -> None:
    search = desk.desk.window.search_field
    desk.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(search, "kavanagh")
    QTest.keyClick(search, Qt.Key.Key_Down)
    first = desk.table.row_at(0)
    assert "Kavanagh" in first.debtor
    assert desk.session.followup_id == first.id
    assert desk.panel.view.hasFocus()


async def test_letters_in_the_list_open_nothing(desk: Driver) -> None:
    desk.panel.view.setFocus()
    before = desk.session.followup_id
    QTest.keyClicks(desk.panel.view, "zoe")
    assert desk.session.followup_id == before


async def test_other_rows_are_laid_out_before_they_are_painted(desk: Driver) -> None:
    """Qt would do it in the middle of painting, and then paint everything once more."""
    view, bar = desk.panel.view, desk.panel.view.verticalScrollBar()
    assert bar.maximum() > 0
    few = Filter(text="no such words anywhere")
    desk.table.show(few, Column.SCHEDULED, descending=True)
    assert bar.maximum() == 0
    desk.table.show(Filter(), Column.SCHEDULED, descending=True)
    assert bar.maximum() > 0 and view.rowAt(view.viewport().height() // 2) > 0
