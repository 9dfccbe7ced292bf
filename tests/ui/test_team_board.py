"""What an agent does reaches the supervisor's board: who, what, since when, and what it came to."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QTableWidget

from agent_app.domain.outcomes import Outcome
from agent_app.domain.team import Activity, Event
from agent_app.models.told_events import TOLD
from tests.nats_server import RunningNats
from tests.ui.conftest import Driver
from tests.ui.test_team import Join, join, nats, shared  # noqa: F401  (fixtures)
from tests.waiting import until

pytestmark = pytest.mark.anyio


def events(desk: Driver) -> Any:
    return desk.desk.context.team.events()


def choose(desk: Driver, outcome: Outcome) -> str:
    """Record an outcome and save; returns the followup's id."""
    desk.editor.choose_outcome(outcome)
    followup_id: str = desk.session.followup_id
    QTest.mouseClick(desk.editor.bar.save_button, Qt.MouseButton.LeftButton)
    return followup_id


def row(card: Any, name: str) -> list[str]:
    """What the board says of somebody."""
    table = card.table
    for place in range(table.rowCount()):
        texts = [table.item(place, column).text() for column in range(table.columnCount())]
        if texts[0] == name:
            return texts
    return []


async def test_the_board_says_what_agents_do_and_what_it_came_to(join: Join) -> None:  # noqa: F811
    anna = await join("anna")
    anna.sandbox.set(role="supervisor")
    sofia = await join("sofia", role="supervisor")
    sofia.form_desk.open_report()
    table = sofia.desk.window.findChild(QTableWidget, "team_board")
    assert table is not None
    card: Any = table.parent()
    assert not card.isHidden()
    await until(lambda: row(card, "Anna"))
    await until(lambda: anna.session.followup_id)
    saved = choose(anna, Outcome.NO_ANSWER)
    await until(lambda: row(card, "Anna")[4:7] == ["1", "0 %", "0"])
    (event,) = [one for one in events(sofia) if one.followup_id == saved]
    assert (event.agent, event.status) == ("anna", "no_answer")
    assert event.debt_id == anna.session.shown.debt_id
    assert event.wrap_up_ms is not None and event.wrap_up_ms >= 0
    anna.type("summary", "Half a")
    await until(lambda: row(card, "Anna")[1].startswith("Wrapping up"))
    settings = sofia.preferences.settings
    sofia.preferences.keep(replace(settings, team_wrap_up_minutes=0))
    assert not any(one.is_late for one in card._board.rows())
    assert "due within the hour" in card.words.text()
    assert [one.activity for one in card._board.rows()] == [Activity.WRAPPING_UP]


async def test_an_undone_outcome_counts_no_more_and_what_was_done_alone_is_told_later(
    join: Join,  # noqa: F811
    nats: RunningNats,  # noqa: F811
) -> None:
    anna = await join("anna")
    await until(lambda: anna.session.followup_id)
    saved = choose(anna, Outcome.NO_ANSWER)
    await until(lambda: [one.status for one in events(anna)] == ["no_answer"])
    anna.editor.undo_save()
    await until(lambda: [one.status for one in events(anna)][1:] == ["scheduled"])
    nats.kill()
    await until(lambda: not anna.desk.context.team.state.is_live)
    await anna.open(saved)
    choose(anna, Outcome.DEAL_NOT_FOUND)
    await anna.saved_all()
    told = anna.store.state(TOLD)
    nats.start()
    anna.desk._scope.team_desk.wake()  # type: ignore[union-attr]
    await until(lambda: [one.status for one in events(anna)][-1] == "deal_not_found")
    await until(lambda: anna.store.state(TOLD) == told + 1)


async def test_a_desk_that_tells_no_figures_tells_no_events(join: Join) -> None:  # noqa: F811
    anna = await join("anna", figures=False)
    await until(lambda: anna.session.followup_id)
    choose(anna, Outcome.NO_ANSWER)
    await anna.saved_all()
    ben = await join("ben", role="supervisor")
    await until(lambda: len(ben.desk.context.team.people()) == 2)
    assert events(ben) == []
    assert events(anna) == []


async def test_my_day_counts_what_the_person_did_at_another_computer(join: Join) -> None:  # noqa: F811
    anna = await join("anna")
    await until(lambda: anna.session.followup_id)
    choose(anna, Outcome.NO_ANSWER)
    await until(lambda: events(anna))
    anna.form_desk.my_day.open()
    page = anna.form_desk.my_day._page
    calls = page.findChild(QLabel, "my_calls")
    assert calls.text() == "1"
    elsewhere = Event("x1", "", "another", "its debt", "deal_found", datetime.now(UTC))
    await anna.desk.context.team.tell(elsewhere)
    await until(lambda: calls.text() == "2")
    assert page.findChild(QLabel, "my_deals").text() == "1"
