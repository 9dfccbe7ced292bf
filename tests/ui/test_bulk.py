"""Many followups at once, by keys and by the mouse; and how the desk begins."""

from datetime import UTC
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from agent_app.app import form_desk
from agent_app.domain.views import Column, View
from agent_app.ui.followups.bulk_dialog import BulkDialog
from tests.sandbox import RunningSandbox
from tests.ui.conftest import Driver, Start
from tests.waiting import until

pytestmark = pytest.mark.anyio
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
async def agent(start: Start, tmp_path: Path) -> Driver:
    """A desk that has all followups, with the window as it is at its very first start."""
    before: Driver = await start()
    whole = before.sandbox.api("GET", "/followups?limit=1")[1]["pagination"]["total"]
    await until(lambda: before.store.followups.count() == whole)
    await before.desk.stop()
    (tmp_path / "window.ini").unlink(missing_ok=True)
    driver: Driver = await start(view=None)
    await until(lambda: driver.form_desk.has_begun)
    await until(lambda: driver.table.is_settled)
    return driver


def dialog() -> BulkDialog:
    (found,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, BulkDialog))
    return found


def rows_that_look_chosen(desk: Driver) -> set[int]:
    return {index.row() for index in desk.panel.view.selectionModel().selectedIndexes()}


def statuses(desk: Driver, ids: list[str]) -> set[str]:
    return {desk.store.followups.get(one).status for one in ids}


async def test_a_first_load_that_takes_its_time_opens_its_first_call_when_it_comes(
    start: Start, sandbox: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form_desk, "PATIENCE_MS", 1)
    sandbox.fault("GET */followups delay=0.5")
    desk: Driver = await start(view=None, loaded=False)
    await until(lambda: desk.session.followup_id)
    assert desk.panel.filters.view is View.TO_CALL_NOW
    assert desk.panel.current_id == desk.session.followup_id


async def test_the_first_call_is_open_without_a_key_and_the_view_is_remembered(
    agent: Driver, start: Start
) -> None:
    assert agent.panel.filters.view is View.TO_CALL_NOW
    assert agent.session.followup_id == agent.table.row_at(0).id
    assert QApplication.focusWidget() is agent.panel.view
    assert agent.panel.columns.sort == (Column.REASON, False)
    best = [agent.table.row_at(n).id for n in range(agent.table.rowCount())]
    agent.press(Qt.Key.Key_O)
    by_age = [agent.table.row_at(n).scheduled_at for n in range(agent.table.rowCount())]
    assert by_age == sorted(by_age)
    agent.press(Qt.Key.Key_O)
    assert [agent.table.row_at(n).id for n in range(agent.table.rowCount())] == best
    agent.panel.choose_view(View.WAITING)
    agent.panel.columns.toggle(Column.PHONE)
    shown = agent.panel.columns.layout.columns
    agent.desk.window.close()
    await agent.desk.stop()
    again = await start(view=None)
    assert again.panel.filters.view is View.WAITING
    assert again.panel.columns.layout.columns == shown
    assert again.session.followup_id == ""


async def test_rows_are_selected_by_keys_and_what_is_open_stays_open(agent: Driver) -> None:
    opened, panel = agent.session.followup_id, agent.panel
    agent.press(Qt.Key.Key_Down, SHIFT)
    agent.press(Qt.Key.Key_Down, SHIFT)
    assert panel.selected_ids() == [agent.table.row_at(n).id for n in range(3)]
    assert panel.selection_line.isVisible()
    assert panel.selection_line.words == "3 selected"
    agent.press(Qt.Key.Key_Up, SHIFT)
    assert len(panel.selected_ids()) == 2
    assert agent.session.followup_id == opened
    agent.press(Qt.Key.Key_Escape)
    assert panel.selected_ids() == []
    assert rows_that_look_chosen(agent) == {0}
    assert panel.open_line.isVisible()
    agent.press(Qt.Key.Key_A, CONTROL)
    assert len(panel.selected_ids()) == min(agent.table.rowCount(), 100)
    agent.press(Qt.Key.Key_Down)
    assert panel.selected_ids() == []
    assert agent.session.followup_id == agent.table.row_at(1).id


async def test_many_are_cancelled_and_taken_back_while_the_form_keeps_its_words(
    agent: Driver,
) -> None:
    agent.type("notes", "half a sentence")
    opened = agent.session.followup_id
    agent.panel.view.setFocus()
    for _ in range(2):
        agent.press(Qt.Key.Key_Down, SHIFT)
    ids = agent.panel.selected_ids()
    before = statuses(agent, ids)
    QTest.mouseClick(agent.panel.selection_line.cancel, Qt.MouseButton.LeftButton)
    QTest.mouseClick(dialog()._ok, Qt.MouseButton.LeftButton)
    assert statuses(agent, ids) == {"cancelled"}
    assert "and 2 more" in agent.session.last_saved.words(UTC)
    await agent.saved_all()
    assert (agent.session.followup_id, agent.text("notes")) == (opened, "half a sentence")
    assert {agent.sandbox.followup(one)["status"] for one in ids} == {"cancelled"}
    agent.session.undo()
    await agent.saved_all()
    assert statuses(agent, ids) == before
    assert agent.text("notes") == "half a sentence"


async def test_the_list_takes_a_change_of_many_back_by_its_key(agent: Driver) -> None:
    """Whatever is unsaved in the form, and whichever of them is open."""
    agent.type("notes", "half a sentence")
    agent.panel.view.setFocus()
    agent.press(Qt.Key.Key_2)
    agent.panel.view.setFocus()
    agent.press(Qt.Key.Key_Down, SHIFT)
    ids = agent.panel.selected_ids()
    before = statuses(agent, ids)
    QTest.mouseClick(agent.panel.selection_line.cancel, Qt.MouseButton.LeftButton)
    QTest.mouseClick(dialog()._ok, Qt.MouseButton.LeftButton)
    assert statuses(agent, ids) == {"cancelled"}
    assert QApplication.focusWidget() is agent.panel.view
    assert rows_that_look_chosen(agent) == {0}
    agent.press(Qt.Key.Key_Z, CONTROL)
    assert statuses(agent, ids) == before
    assert rows_that_look_chosen(agent) == {0}
    assert agent.text("notes") == "half a sentence"
    assert "status" in agent.session.changed  # the outcome that was chosen there stays chosen


async def test_a_change_of_one_is_taken_back_by_the_key_too(agent: Driver) -> None:
    agent.type("notes", "half a sentence")
    agent.panel.view.setFocus()
    agent.press(Qt.Key.Key_Down, SHIFT)
    agent.press(Qt.Key.Key_Up, SHIFT)
    (one,) = agent.panel.selected_ids()
    before = statuses(agent, [one])
    QTest.mouseClick(agent.panel.selection_line.cancel, Qt.MouseButton.LeftButton)
    QTest.mouseClick(dialog()._ok, Qt.MouseButton.LeftButton)
    agent.press(Qt.Key.Key_Z, CONTROL)
    assert statuses(agent, [one]) == before


async def test_escape_ends_a_selection_wherever_its_line_has_the_keyboard(agent: Driver) -> None:
    agent.press(Qt.Key.Key_Down, SHIFT)
    agent.panel.selection_line.cancel.setFocus()
    QTest.mouseClick(agent.panel.selection_line.cancel, Qt.MouseButton.LeftButton)
    dialog().reject()
    agent.panel.selection_line.cancel.setFocus()
    agent.press(Qt.Key.Key_Escape)
    assert agent.panel.selected_ids() == []
    assert QApplication.focusWidget() is agent.panel.view


async def test_rows_are_copied_as_lines_of_a_table(agent: Driver) -> None:
    clipboard = QApplication.clipboard()
    agent.press(Qt.Key.Key_C, CONTROL)
    row = agent.table.row_at(0)
    shown = [agent.table.cell(row, one) for one in agent.panel.columns.layout.columns]
    assert clipboard.text() == "\t".join(shown)
    agent.press(Qt.Key.Key_Down, SHIFT)
    agent.press(Qt.Key.Key_C, CONTROL)
    assert len(clipboard.text().splitlines()) == 2
    assert clipboard.text().startswith("\t".join(shown))


async def test_many_are_rescheduled_by_a_phrase(agent: Driver) -> None:
    agent.press(Qt.Key.Key_Down, SHIFT)
    ids = agent.panel.selected_ids()
    QTest.mouseClick(agent.panel.selection_line.reschedule, Qt.MouseButton.LeftButton)
    asked = dialog()
    line = asked.findChild(QLineEdit)
    assert line is not None
    QTest.keyClicks(line, "tomorrow 10")
    QTest.keyClick(line, Qt.Key.Key_Return)
    moments = {agent.store.followups.get(one).scheduled_at for one in ids}
    assert len(moments) == 1
    await agent.saved_all()


@pytest.mark.parametrize("width", [1366, 900])
async def test_nothing_is_to_be_scrolled_sideways(agent: Driver, width: int) -> None:
    agent.desk.window.resize(width, 768)
    for view in View:
        agent.panel.choose_view(view)
        await until(lambda: agent.panel.view.horizontalScrollBar().maximum() == 0)
