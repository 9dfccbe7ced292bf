"""What of the server's list is not on this computer yet is said where a person looks for it, and comes
when they ask."""

from collections.abc import AsyncIterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from agent_app.domain.views import View
from agent_app.sync import first_start
from tests.sandbox import RunningSandbox
from tests.ui.conftest import Driver, Start
from tests.waiting import until

pytestmark = pytest.mark.anyio
ROWS = 600


@pytest.fixture
async def day(start: Start, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Driver]:
    """A desk that has an agent's day only."""
    monkeypatch.setattr(first_start, "SHORT_PAGES", 1)
    server = RunningSandbox("--followups", str(ROWS), "--reads", "1000000")
    driver = await start(server)
    await until(lambda: driver.store.state("loaded") and not driver.store.state("day_read"))
    yield driver
    server.stop()


def line(desk: Driver) -> tuple[bool, str]:
    shown = desk.panel.older_line
    return shown.isVisible(), shown.words


async def test_it_is_said_where_one_looks_back_and_comes_when_asked(day: Driver) -> None:
    assert 0 < day.store.followups.count() < ROWS
    missing = ROWS - day.store.followups.count()
    day.panel.choose_view(View.TODAY)
    assert not line(day)[0]
    day.desk.window.search_field.setFocus()
    QTest.keyClicks(day.desk.window.search_field, "call")
    await until(lambda: line(day)[0])
    assert line(day)[1].startswith(f"{missing} older followup")
    day.desk.window.search_field.clear()
    await until(lambda: not line(day)[0])
    day.panel.choose_view(View.ALL)
    assert line(day)[0]
    (button,) = day.panel.older_line.findChildren(QPushButton)
    assert button.text() == "Get them"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    await until(lambda: day.store.followups.count() == ROWS)
    await until(lambda: not line(day)[0])
    assert not day.desk.window.actions_["older"].isVisible()
    await until(lambda: day.table.rowCount() == ROWS)


async def test_it_can_be_stopped_by_the_action_of_the_menu(day: Driver) -> None:
    action = day.desk.window.actions_["older"]
    assert action.isVisible()
    day.sandbox.fault("GET */followups delay=0.3")
    action.trigger()
    await until(lambda: day.desk.status.state.older.reading)
    assert action.text() == "Stop &getting older followups"
    assert line(day)[0]  # in any view
    action.trigger()
    await until(lambda: not day.desk.status.state.older.reading)
    assert day.desk.status.state.older.missing > 0
