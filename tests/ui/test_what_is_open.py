"""What is open changes by a person's act alone; the list follows the form, never the form the list."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from agent_app.domain.views import Column, View
from agent_app.models.commands import Commands
from agent_app.models.edit_session import EditSession
from agent_app.models.followup_table import COLUMNS, FollowupTable
from agent_app.models.view_counts import ViewCounts
from agent_app.store.store import Store
from agent_app.system.paths import resources
from agent_app.ui.followups.list_panel import ListPanel
from agent_app.ui.widgets.theme import Theme
from tests.ui.conftest import Driver
from tests.waiting import until

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
MANY = 90
"""More than the table lets come and go one by one."""


@dataclass
class Desk:
    """List and session as the workplace ties them, without a server."""

    store: Store
    table: FollowupTable
    panel: ListPanel
    session: EditSession
    believed: str = ""
    """What the person believes to be open."""
    said: list[str] = field(default_factory=list)

    def put(self, *ids: int, **values: object) -> None:
        said = [
            {
                "id": f"f{one}",
                "debt_id": f"d{one % 7}",
                "status": "scheduled",
                "type": "call",
                "scheduled_at": NOW - timedelta(minutes=one),
                **values,
            }
            for one in ids
        ]
        self.store.followups.upsert(said, NOW)

    def ids(self) -> list[str]:
        rows = [self.table.row_at(place) for place in range(self.table.rowCount())]
        return [row.id for row in rows if row is not None]

    def check(self, what: str) -> None:
        """The two truths are one."""
        self.said.append(what)
        story = "; ".join(self.said)
        assert self.session.followup_id == self.believed, story
        view, ids = self.panel.view, self.ids()
        current = view.currentIndex().row()
        selected = {index.row() for index in view.selectionModel().selectedIndexes()}
        if self.believed in ids:
            assert ids[current] == self.believed, story
            assert selected == {current}, story
        else:
            assert current == -1, story
            assert not selected, story
        assert bool(self.panel.open_line.words) == (
            bool(self.believed) and self.believed not in ids
        ), story


@contextmanager
def a_desk(app: QApplication) -> Iterator[Desk]:
    store = Store(None, None)
    table = FollowupTable(store, lambda: NOW, UTC)
    tester = QAbstractItemModelTester(table, QAbstractItemModelTester.FailureReportingMode.Fatal)
    counts = ViewCounts(store, lambda: NOW, UTC)
    panel = ListPanel(table, counts, Theme(app, resources()), lambda: NOW, UTC)
    session = EditSession(store, Commands(store, lambda: NOW), lambda: NOW)
    panel.chosen.connect(session.open)
    session.opened.connect(lambda: panel.note_open(session.followup_id))
    desk = Desk(store, table, panel, session)
    desk.put(*range(8))
    panel.resize(700, 500)
    panel.show()
    panel.choose_view(View.TO_CALL_NOW)
    table.renew()
    try:
        yield desk
    finally:
        session.close()
        counts.close()
        table.close()
        panel.close()
        panel.deleteLater()
        store.close()
        del tester


number = st.integers(0, 9)
world = st.one_of(
    st.tuples(st.just("leaves"), st.lists(number, min_size=1, max_size=4)),
    st.tuples(st.just("comes"), st.lists(number, min_size=1, max_size=4)),
    st.tuples(st.just("moves"), number, st.integers(-500, 500)),
    st.tuples(st.just("many come"), st.just(0)),
    st.tuples(st.just("many leave"), st.just(0)),
    st.tuples(st.just("time goes on"), st.just(0)),
    st.tuples(st.just("is read again"), number),
    st.tuples(st.just("view"), st.sampled_from(list(View))),
    st.tuples(st.just("search"), st.sampled_from(["", "zzzqq", "f1", "calls"])),
    st.tuples(st.just("sort"), st.sampled_from(COLUMNS), st.booleans()),
)
KEYS = (
    Qt.Key.Key_Down,
    Qt.Key.Key_Up,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
)
person = st.one_of(
    st.tuples(st.just("key"), st.sampled_from(KEYS)),
    st.tuples(st.just("click"), number),
    st.tuples(st.just("elsewhere"), number),
    st.tuples(st.just("first"), st.just(0)),
)


def change(desk: Desk, step: tuple[object, ...]) -> None:
    match step:
        case ("leaves", list() as ids):
            desk.put(*ids, status="deal_found", call_date=NOW)
        case ("comes", list() as ids):
            desk.put(*ids)
        case ("moves", int() as one, int() as minutes):
            desk.put(one, scheduled_at=NOW - timedelta(minutes=minutes))
        case ("many come", _):
            desk.put(*range(100, 100 + MANY))
        case ("many leave", _):
            desk.put(*range(100, 100 + MANY), status="cancelled")
        case ("time goes on", _):
            desk.panel._on_minute()
        case ("is read again", int() as one):
            desk.put(one, status="no_answer", summary="calls back")
            desk.table.renew()
            desk.put(one, status="no_answer", summary="called back")
        case ("view", View() as view):
            desk.panel.choose_view(view)
        case ("search", str() as text):
            desk.panel.search(text)
            desk.panel._show_anew()
        case ("sort", Column() as column, bool() as up):
            order = Qt.SortOrder.AscendingOrder if up else Qt.SortOrder.DescendingOrder
            desk.panel.view.sortByColumn(COLUMNS.index(column), order)
    desk.table.renew()
    desk.table.complete_now()


def act(desk: Desk, step: tuple[object, ...]) -> None:
    """What a person does; notes what they believe to be open then."""
    view, ids = desk.panel.view, desk.ids()
    row = view.currentIndex().row()
    match step:
        case ("key", Qt.Key() as key):
            QTest.keyClick(view, key)
            if key is Qt.Key.Key_Down and 0 <= row < len(ids) - 1:
                assert desk.session.followup_id == ids[row + 1]
            if key is Qt.Key.Key_Up and row > 0:
                assert desk.session.followup_id == ids[row - 1]
            if not ids:
                assert desk.session.followup_id == desk.believed
            else:
                assert desk.session.followup_id in ids
        case ("click", int() as place) if ids:
            place %= min(len(ids), 8)
            index = desk.table.index(place, 0)
            at = view.visualRect(index).center()
            if view.viewport().rect().contains(at):
                QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
                assert desk.session.followup_id == ids[place]
        case ("elsewhere", int() as one):  # the palette, the history, a call card
            wanted = f"f{one}"
            desk.session.open(wanted)
            known = desk.store.followups.get(wanted) is not None
            assert desk.session.followup_id == (wanted if known else "")
        case ("first", _) if ids:
            desk.panel.open_first()
            assert desk.session.followup_id == ids[0]
    desk.believed = desk.session.followup_id


@given(
    st.lists(
        st.one_of(world.map(lambda s: (False, s)), person.map(lambda s: (True, s))), max_size=14
    )
)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_only_a_person_opens_and_the_list_follows(
    qapp: QApplication, steps: list[tuple[bool, tuple[object, ...]]]
) -> None:
    with a_desk(qapp) as desk:
        desk.check("a start with nothing open")
        for by_person, step in steps:
            (act if by_person else change)(desk, step)
            desk.check(" ".join(map(str, step)))


def test_after_a_row_left_the_arrow_goes_to_what_stands_in_its_place(qapp: QApplication) -> None:
    with a_desk(qapp) as desk:
        ids = desk.ids()
        desk.panel.choose(ids[3])
        change(desk, ("leaves", [int(ids[3][1:]), int(ids[2][1:])]))
        assert desk.session.followup_id == ids[3]
        assert ids[3] not in desk.ids()
        QTest.keyClick(desk.panel.view, Qt.Key.Key_Down)
        assert desk.session.followup_id == ids[4]
        desk.panel.choose(ids[5])
        change(desk, ("leaves", [int(ids[5][1:])]))
        QTest.keyClick(desk.panel.view, Qt.Key.Key_Up)
        assert desk.session.followup_id == ids[4]


def test_a_hand_that_moves_while_it_clicks_opens_what_it_pressed(qapp: QApplication) -> None:
    with a_desk(qapp) as desk:
        ids, view = desk.ids(), desk.panel.view
        first, third = (view.visualRect(desk.table.index(row, 0)).center() for row in (1, 3))
        QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=first)
        QTest.mouseMove(view.viewport(), third)
        QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=third)
        assert desk.session.followup_id == ids[1]
        QTest.mouseClick(
            view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, view.viewport().height() - 3)
        )
        desk.believed = ids[1]
        desk.check("a click below the rows")


# -- in the window


async def in_to_call_now(desk: Driver, place: int = 1) -> str:
    """The id of a row of To call now that the keyboard chose."""
    desk.press(Qt.Key.Key_1, CONTROL)
    desk.panel.view.setFocus()
    for _ in range(place + 1):
        desk.press(Qt.Key.Key_Down)
    followup_id: str = desk.session.followup_id
    assert followup_id == desk.table.row_at(place).id
    return followup_id


async def saved_and_gone(desk: Driver, outcome: Qt.Key) -> str:
    """A row of To call now that was saved and has left the view; the form still shows it."""
    followup_id = await in_to_call_now(desk)
    desk.press(outcome)
    desk.save()
    await until(lambda: desk.table.place_of(followup_id) < 0)
    assert desk.session.followup_id == followup_id
    return followup_id


@pytest.mark.anyio
async def test_what_another_program_opens_is_what_is_shown(desk: Driver) -> None:
    await saved_and_gone(desk, Qt.Key.Key_2)
    other = desk.sandbox.some(type="email")["id"]
    desk.form_desk.show(other)
    assert desk.session.followup_id == other
    await desk.saved_all()
    assert desk.session.followup_id == other


@pytest.mark.anyio
async def test_a_new_call_after_a_save_is_for_who_is_open(desk: Driver) -> None:
    followup_id = await saved_and_gone(desk, Qt.Key.Key_2)
    debt = desk.session.followup.debt_id
    desk.press(Qt.Key.Key_N, CONTROL)
    assert desk.session.is_begun
    assert desk.session.followup.debt_id == debt
    begun = desk.session.followup_id
    desk.table.renew()
    assert desk.session.followup_id == begun
    desk.session.discard()
    assert desk.session.followup_id == followup_id


@pytest.mark.anyio
async def test_a_new_call_begun_in_a_view_that_has_not_its_followup(desk: Driver) -> None:
    followup_id = desk.sandbox.some(type="call", status="deal_not_found")["id"]
    await desk.open(followup_id)
    debt = desk.session.followup.debt_id
    desk.press(Qt.Key.Key_1, CONTROL)
    assert desk.session.followup_id == followup_id
    assert "Open: " in desk.panel.open_line.words
    desk.press(Qt.Key.Key_N, CONTROL)
    desk.type("scheduled_at", "tomorrow 10")
    desk.save()
    await desk.saved_all()
    assert desk.session.followup.debt_id == debt
    assert debt in str(desk.sandbox.requests("POST", "/followups")[-1])


@pytest.mark.anyio
async def test_a_discarded_new_call_leads_back(desk: Driver) -> None:
    followup_id = desk.sandbox.some(type="call", status="deal_not_found")["id"]
    await desk.open(followup_id)
    desk.press(Qt.Key.Key_N, CONTROL)
    assert desk.session.is_begun
    desk.editor.bar.discard_button.click()
    assert desk.session.followup_id == followup_id
    assert desk.panel.current_id == followup_id


@pytest.mark.anyio
async def test_save_and_next_goes_to_what_was_next_at_the_key(desk: Driver) -> None:
    await in_to_call_now(desk)
    following = desk.table.row_at(2).id
    desk.press(Qt.Key.Key_2)
    desk.press(Qt.Key.Key_Return, CONTROL | SHIFT)
    assert desk.session.followup_id == following
    await desk.saved_all()
    await until(lambda: desk.panel.current_id == following)
    assert desk.session.followup_id == following
    assert QApplication.focusWidget() is desk.panel.view


@pytest.mark.anyio
async def test_what_is_open_is_not_mixed_into_a_search(desk: Driver) -> None:
    window = desk.desk.window
    ids = [desk.table.row_at(place).id for place in range(10)]
    followup_id = ids[0]
    await desk.open(followup_id)
    desk.press(Qt.Key.Key_F, CONTROL)
    QTest.keyClicks(window.search_field, "zzzqq")
    await until(lambda: desk.table.rowCount() == 0)
    assert desk.panel._nothing.isVisible()
    assert desk.table.heading(followup_id) in desk.panel.open_line.words
    desk.press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is window.search_field
    other = next(one for one in ids if one != followup_id)
    window.search_field.setText("")
    QTest.keyClicks(window.search_field, other)
    desk.press(Qt.Key.Key_Return)  # before the list was asked anew
    assert desk.session.followup_id == other
    assert desk.panel.current_id == other
    assert desk.panel.open_line.words == ""
    assert QApplication.focusWidget() is desk.panel.view


@pytest.mark.anyio
async def test_what_is_open_can_be_shown_in_all(desk: Driver) -> None:
    followup_id = desk.sandbox.some(type="call", status="deal_not_found")["id"]
    await desk.open(followup_id)
    window = desk.desk.window
    window.search_field.setText("zzzqq")
    await until(lambda: desk.table.rowCount() == 0)
    height = desk.panel.open_line.height()
    assert desk.panel.open_line._show.isVisible()
    desk.panel.open_line._show.click()
    assert desk.panel.current_id == followup_id
    assert desk.panel.open_line.height() == height
    assert window.search_field.text() == ""
    assert QApplication.focusWidget() is desk.panel.view
