"""The search looks everywhere, says how many and where, marks what it found, and gives way."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from agent_app.domain.views import Column, View
from agent_app.models.followup_table import COLUMNS
from tests.ui.conftest import Driver
from tests.waiting import until

pytestmark = pytest.mark.anyio

CONTROL = Qt.KeyboardModifier.ControlModifier


def words(desk: Driver) -> str:
    said: str = desk.panel.open_line._count.text()
    return said


async def a_done_one(desk: Driver, marker: str) -> str:
    """A followup that is in no view of open calls and whose notes have *marker*."""
    row = desk.sandbox.some(type="call", status="deal_not_found")
    await desk.open(row["id"])
    desk.type("notes", f"He works nights and talks of {marker} all day")
    desk.save()
    await desk.saved()
    return str(row["id"])


async def test_a_search_from_to_call_now_finds_what_is_done(desk: Driver) -> None:
    followup_id = await a_done_one(desk, "zebrafish")
    desk.press(Qt.Key.Key_1, CONTROL)
    await until(lambda: desk.panel.filters.view is View.TO_CALL_NOW)
    rows = desk.table.rowCount()
    desk.press(Qt.Key.Key_F, CONTROL)
    desk.desk.window.search_field.setText("zebrafish")
    await until(lambda: desk.table.rowCount() == 1)
    await until(lambda: words(desk) == "1 in All · 0 in To call now")
    notes = desk.table.text(desk.table.row_at(0), Column.SUMMARY)
    assert notes.startswith("Notes: …") and "zebrafish" in notes
    desk.press(Qt.Key.Key_Return)
    assert desk.session.followup_id == followup_id
    assert desk.panel.view.hasFocus()
    desk.press(Qt.Key.Key_Escape)  # from the list too
    assert desk.desk.window.search_field.text() == ""
    await until(lambda: desk.panel.filters.view is View.TO_CALL_NOW)
    await until(lambda: desk.table.rowCount() == rows)
    assert desk.session.followup_id == followup_id


async def test_filters_come_back_after_a_search_and_a_view_narrows_it(desk: Driver) -> None:
    followup_id = await a_done_one(desk, "quokka")
    filters = desk.panel.filters
    desk.press(Qt.Key.Key_3, CONTROL)
    filters._kind.setCurrentIndex(filters._kind.findData("sms"))
    before = filters.chosen
    field = desk.desk.window.search_field
    field.setText("quokka")
    await until(lambda: desk.table.rowCount() == 1)
    assert not filters.is_narrowed
    desk.press(Qt.Key.Key_1, CONTROL)
    await until(lambda: desk.table.rowCount() == 0)
    await until(lambda: words(desk).startswith("0 in To call now · 1 in All · "))
    show = next(one for one in desk.panel._nothing.findChildren(QPushButton) if one.isVisible())
    assert show.text() == "Show 1 in All"
    field.setFocus()
    desk.press(Qt.Key.Key_Return)
    assert desk.session.followup_id == followup_id
    field.clear()
    await until(lambda: filters.chosen == before)


async def test_the_views_count_the_hits(desk: Driver) -> None:
    await a_done_one(desk, "axolotl")
    tabs = desk.panel.filters._tabs
    whole = tabs.tabText(5)
    desk.desk.window.search_field.setText("axolotl")
    await until(lambda: tabs.tabText(4).endswith(" 1") and tabs.tabText(0).endswith(" 0"))
    desk.desk.window.search_field.setText("")
    await until(lambda: tabs.tabText(5) == whole)


async def test_what_was_found_is_marked_in_the_row(desk: Driver) -> None:
    row = next(r for place in range(20) if (r := desk.table.row_at(place)).debtor)
    desk.desk.window.search_field.setText(row.debtor)
    await until(lambda: desk.table.hits.words)
    await until(lambda: desk.table.rowCount() > 0)
    place = COLUMNS.index(Column.DEBTOR)
    rect = desk.panel.view.visualRect(desk.table.index(0, place))
    picture = desk.panel.view.viewport().grab(rect).toImage()
    colours = {
        picture.pixelColor(x, y).name()
        for x in range(0, picture.width(), 2)
        for y in range(0, picture.height(), 2)
    }
    assert desk.panel._theme.colours.hit in colours
