"""The outcomes that fit what is open, the one it has, and "call back"."""

from datetime import datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from agent_app.domain.outcomes import NEXT_CALL, Outcome
from tests.ui.conftest import Driver
from tests.waiting import until

pytestmark = pytest.mark.anyio

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def bar(desk: Driver) -> Any:
    return desk.editor.outcome_bar


def chosen(desk: Driver) -> list[Outcome]:
    return [
        one
        for one, button in bar(desk).buttons.items()
        if button.isVisible() and button.isChecked()
    ]


async def a_call(desk: Driver) -> str:
    followup_id = str(desk.sandbox.some(type="call", status="scheduled")["id"])
    await desk.open(followup_id)
    return followup_id


async def test_a_call_has_its_usual_outcomes_large_and_the_rest_in_a_menu(desk: Driver) -> None:
    await a_call(desk)
    shown = [one for one, button in bar(desk).buttons.items() if button.isVisible()]
    assert shown == [
        Outcome.DEAL_FOUND, Outcome.NO_ANSWER, Outcome.DEAL_NOT_FOUND, Outcome.CALL_BACK,
    ]  # fmt: skip
    tops = {bar(desk).buttons[one].y() for one in shown} | {bar(desk).more.y()}
    assert len(tops) == 1  # one line
    in_menu = [one for one, act in bar(desk).acts.items() if act.isVisible()]
    assert Outcome.BAD_BEHAVIOR in in_menu and Outcome.DELIVERED not in in_menu


async def test_a_message_can_be_delivered_and_not_called_back(desk: Driver) -> None:
    await desk.open(str(desk.sandbox.some(type="sms")["id"]))
    assert bar(desk).buttons[Outcome.DELIVERED].isVisible()
    assert not bar(desk).buttons[Outcome.CALL_BACK].isVisible()
    actions = desk.desk.window.actions_
    assert not actions.outcomes[Outcome.CALL_BACK].isVisible()
    desk.panel.view.setFocus()
    desk.press(Qt.Key.Key_5)
    assert desk.session.value("status") == "delivered"
    desk.session.discard()


async def test_what_is_chosen_is_shown_as_chosen(desk: Driver) -> None:
    await a_call(desk)
    assert chosen(desk) == []
    QTest.mouseClick(bar(desk).buttons[Outcome.NO_ANSWER], Qt.MouseButton.LeftButton)
    assert chosen(desk) == [Outcome.NO_ANSWER]
    QTest.mouseClick(bar(desk).buttons[Outcome.NO_ANSWER], Qt.MouseButton.LeftButton)
    assert chosen(desk) == [Outcome.NO_ANSWER]
    status = desk.field("status")
    assert isinstance(status, QComboBox)
    status.setCurrentIndex(status.findData("bad_behavior"))
    assert chosen(desk) == []
    assert bar(desk).more.isChecked() and bar(desk).more.text() == "Bad behaviour"
    desk.session.discard()
    assert not bar(desk).more.isChecked() and bar(desk).more.text() == "More"


async def test_the_menu_chooses_too(desk: Driver) -> None:
    await a_call(desk)
    bar(desk).show_more()
    await until(lambda: bar(desk).menu.isVisible())
    bar(desk).acts[Outcome.FAILED].trigger()
    bar(desk).menu.hide()
    assert desk.session.value("status") == "failed"
    assert bar(desk).acts[Outcome.FAILED].isChecked()
    desk.session.discard()


async def test_call_back_on_monday_takes_two_keystrokes_and_the_words(desk: Driver) -> None:
    followup_id = await a_call(desk)
    desk.panel.view.setFocus()
    desk.press(Qt.Key.Key_5)
    assert desk.field("next_call").hasFocus()
    QTest.keyClicks(desk.field("next_call"), "mon 10:30")
    assert chosen(desk) == [Outcome.CALL_BACK]
    planned = desk.session.value(NEXT_CALL)
    assert isinstance(planned, datetime)
    desk.press(Qt.Key.Key_Return, CONTROL | SHIFT)
    await desk.saved_all()
    said = desk.sandbox.followup(followup_id)
    assert said["status"] == "deal_not_found" and said["call_date"]
    reply = desk.sandbox.api("GET", f"/followups/debt/{said['debt_id']}")[1]["data"]
    new = [one for one in reply if one["status"] == "scheduled" and one["is_retry"]]
    assert any(datetime.fromisoformat(one["scheduled_at"]) == planned for one in new)


async def test_another_type_has_other_outcomes(desk: Driver) -> None:
    await a_call(desk)
    kind = desk.field("type")
    assert isinstance(kind, QComboBox)
    kind.setCurrentIndex(kind.findData("email"))
    assert bar(desk).buttons[Outcome.DELIVERED].isVisible()
    assert not bar(desk).buttons[Outcome.CALL_BACK].isVisible()
    desk.session.discard()
    assert bar(desk).buttons[Outcome.CALL_BACK].isVisible()
