"""The list's columns: all that a view says is there to be read, at any width, and nothing scrolls sideways."""

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtTest import QTest

from agent_app.domain.views import Column, View
from agent_app.models.followup_table import COLUMNS
from agent_app.models.second_line import folded
from agent_app.ui.followups.delegates import PAD
from tests.sandbox import RunningSandbox
from tests.ui.conftest import Driver, Start
from tests.waiting import until

pytestmark = pytest.mark.anyio


def shown(desk: Driver) -> list[Column]:
    """The columns that stand side by side, from the left."""
    header = desk.panel.view.horizontalHeader()
    places = sorted(range(len(COLUMNS)), key=header.visualIndex)
    return [COLUMNS[place] for place in places if not header.isSectionHidden(place)]


def said(desk: Driver, row: int) -> str:
    """What a screen reader hears of a row's debtor."""
    index = desk.table.index(row, COLUMNS.index(Column.DEBTOR))
    return str(index.data(Qt.ItemDataRole.AccessibleTextRole))


@pytest.mark.parametrize("width", [900, 1366, 1920])
async def test_all_that_a_view_says_is_there(desk: Driver, width: int) -> None:
    desk.desk.window.resize(width, 768)
    for view in View:
        desk.panel.choose_view(view)
        columns = desk.panel.columns.layout.columns
        there = {*shown(desk), *(one for line in desk.table.below.values() for one in line)}
        useful = {one for one in columns if desk.panel._is_useful(one)}
        assert there == useful, view
        assert not desk.panel.view.horizontalScrollBar().maximum(), view


async def test_why_a_call_is_next_is_read_in_full(desk: Driver) -> None:
    desk.panel.choose_view(View.TO_CALL_NOW)
    await until(lambda: desk.table.rowCount() > 0)
    advance = desk.panel.view.fontMetrics().horizontalAdvance
    for number in range(desk.table.rowCount()):
        row = desk.table.row_at(number)
        why = desk.table.cell(row, Column.REASON)
        if Column.REASON in shown(desk):
            place = COLUMNS.index(Column.REASON)
            assert advance(why) <= desk.panel.view.columnWidth(place) - 16
        else:
            assert desk.table.second_line(row, Column.DEBTOR)[0].text == why
            assert why in said(desk, number)
            assert desk.table.cell(row, Column.DEBTOR) in said(desk, number)


async def test_names_have_some_of_the_room_that_is_free(desk: Driver) -> None:
    widths = []
    for width in (1500, 1920):
        desk.desk.window.resize(width, 768)
        desk.panel.choose_view(View.OVERDUE)
        assert not desk.table.below
        widths.append(desk.panel.view.columnWidth(COLUMNS.index(Column.DEBTOR)))
    assert widths[1] > widths[0]


async def test_only_a_person_gives_a_column_another_width(desk: Driver) -> None:
    columns, header = desk.panel.columns, desk.panel.view.horizontalHeader()
    for width in (900, 1920, 1366, 1920):
        desk.desk.window.resize(width, 768)
        for view in (View.TO_CALL_NOW, View.ALL, View.OVERDUE):
            desk.panel.choose_view(view)
            for section in range(len(COLUMNS)):  # as Qt does by itself
                if header.isSectionHidden(section):
                    header.sectionResized.emit(section, 100, 0)
            assert columns.layout.widths == {}
            assert not desk.panel.view.horizontalScrollBar().isVisible()
    assert not desk.table.below
    amount = COLUMNS.index(Column.AMOUNT)
    border = header.sectionViewportPosition(amount) + header.sectionSize(amount) - 1
    before = header.sectionSize(amount)
    place, there = QPoint(border, 8), QPoint(border + 30, 8)
    QTest.mousePress(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseMove(header.viewport(), there)
    QTest.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, pos=there)
    assert columns.layout.widths == {Column.AMOUNT: before + 30}


async def test_what_is_late_is_coloured_in_a_second_line_too(desk: Driver) -> None:
    desk.panel.choose_view(View.OVERDUE)
    desk.table.below = folded((Column.DEBTOR, Column.AMOUNT, Column.SCHEDULED))[1]
    rows = map(desk.table.row_at, range(desk.table.rowCount()))
    tones = {desk.table.second_line(row, Column.AMOUNT)[0].tone for row in rows}
    assert "error" in tones
    assert tones <= {"error", "warning", "muted"}


@pytest.mark.parametrize("name", ["en_US", "en_GB", "fr_FR"])
async def test_the_local_time_in_a_second_line_is_whole(start: Start, name: str) -> None:
    """It is wider there than in a column of its own: "11:39 PM there"."""
    before = QLocale()
    QLocale.setDefault(QLocale(name))
    try:
        desk = await start(view=View.TO_CALL_NOW)
        desk.desk.window.resize(1000, 768)
        columns = desk.panel.columns
        for column in (Column.LOCAL, Column.SCHEDULED, Column.EXECUTED):
            if (column in columns._layout.columns) is not (column is Column.LOCAL):
                columns.toggle(column)
        assert desk.table.below[Column.AMOUNT] == (Column.LOCAL,)
        width = desk.panel.view.columnWidth(COLUMNS.index(Column.AMOUNT))
        metrics = desk.panel.view.fontMetrics()
        row = desk.table.row_at(0)
        (piece,) = desk.table.second_line(row, Column.AMOUNT)
        assert metrics.horizontalAdvance(piece.text) + 2 * PAD <= width
    finally:
        QLocale.setDefault(before)


async def test_what_is_reviewed_says_when_it_was_called(
    start: Start, sandbox: RunningSandbox
) -> None:
    sandbox.set(role="supervisor")
    desk = await start(view=View.TO_CALL_NOW)
    desk.form_desk.open_report()
    report = desk.form_desk.report
    await until(lambda: not report.model.counting)
    model = report.model
    desk.panel.show_slice(model.attempts(), "Attempted")
    said_of = {*shown(desk), *(one for line in desk.table.below.values() for one in line)}
    assert Column.EXECUTED in said_of
    assert said_of.isdisjoint({Column.REASON, Column.SCHEDULED})
    desk.panel.show_slice(model.late(), "Overdue now")
    said_of = {*shown(desk), *(one for line in desk.table.below.values() for one in line)}
    assert Column.SCHEDULED in said_of
    assert Column.EXECUTED not in said_of


def test_two_columns_stand_at_the_right_one_above_the_other() -> None:
    beside, below = folded((Column.DEBTOR, Column.TYPE, Column.SCHEDULED, Column.AMOUNT))
    assert beside is Column.AMOUNT
    assert below == {Column.AMOUNT: (Column.SCHEDULED,), Column.DEBTOR: (Column.TYPE,)}
    assert folded((Column.DEBTOR,)) == (None, {})
