"""Calling rules in the window: a warning beside the field, and a reason that goes into the notes."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest

from agent_app.domain.calling import read_spans
from agent_app.domain.outcomes import Outcome
from tests.ui.conftest import Driver
from tests.waiting import until

pytestmark = pytest.mark.anyio


class Telephone(QObject):
    """Stands in for the telephone program that the system would start."""

    def __init__(self) -> None:
        super().__init__()
        self.dialled: list[str] = []

    @Slot(QUrl)
    def dial(self, url: QUrl) -> None:
        self.dialled.append(url.toString())


@pytest.fixture
def telephone(qapp: Any) -> Any:
    phone = Telephone()
    QDesktopServices.setUrlHandler("tel", phone, "dial")  # type: ignore[arg-type]  # the stub is wrong
    yield phone
    QDesktopServices.unsetUrlHandler("tel")


def turn_on(desk: Driver, country: str = "FR", **changes: Any) -> None:
    preferences = desk.preferences
    preferences._book = replace(
        preferences.book,
        rules=tuple(
            replace(rule, enabled=True, **changes) if rule.country == country else rule
            for rule in preferences.book.rules
        ),
    )


def a_french_call(desk: Driver) -> dict[str, Any]:
    """The newest one; no reason was given for it in an earlier test."""
    for one in desk.sandbox.api("GET", "/followups?limit=100&type=call")[1]["data"]:
        debt = desk.store.debts.get(one["debt_id"])
        if debt is not None and debt.country == "FR" and debt.phone:
            if "Calling rule" in (one["notes"] or ""):
                continue
            return dict(one)
    raise AssertionError("the sandbox has no call in France")


async def test_off_by_default(desk: Driver) -> None:
    await desk.open(a_french_call(desk)["id"])
    desk.type("next_call", "sunday 3:00")
    assert desk.error("next_call") == ""
    assert not desk.preferences.book.any_on


async def test_a_night_call_warns_and_a_reason_goes_into_the_notes(desk: Driver) -> None:
    wanted = a_french_call(desk)
    await desk.open(wanted["id"])
    turn_on(desk, most=0, refusal_days=0)
    desk.type("next_call", "sunday 3:00")
    desk.field("summary").setFocus()
    await until(lambda: "outside permitted calling hours" in desk.error("next_call"))
    desk.save()
    bar = desk.editor.reason
    assert bar.isVisible()
    assert bar.line.hasFocus()
    assert desk.store.outbox.entries() == []
    QTest.keyClicks(bar.line, "asked for it, works nights")
    desk.session.keep_draft()
    draft = desk.store.drafts.get(wanted["id"])
    assert "works nights" in draft.unreadable["reason"]  # not lost if the program ends now
    QTest.keyClick(bar.line, Qt.Key.Key_Return)
    assert not bar.isVisible()
    await desk.saved()
    notes = desk.sandbox.followup(wanted["id"])["notes"]
    assert notes.startswith(wanted["notes"] or "Calling rule")
    assert "Calling rule, Next call" in notes
    assert notes.endswith("asked for it, works nights")


async def test_escape_leaves_the_choice(desk: Driver) -> None:
    wanted = a_french_call(desk)
    await desk.open(wanted["id"])
    turn_on(desk, most=0, refusal_days=0)
    desk.type("next_call", "sunday 3:00")
    desk.save()
    QTest.keyClick(desk.editor.reason.line, Qt.Key.Key_Escape)
    assert not desk.editor.reason.isVisible()
    assert desk.store.outbox.entries() == []
    assert desk.session.value("notes") == wanted["notes"]


async def test_a_reason_half_typed_comes_back(desk: Driver) -> None:
    wanted = a_french_call(desk)["id"]
    await desk.open(wanted)
    turn_on(desk, most=0, refusal_days=0)
    desk.type("next_call", "sunday 3:00")
    desk.save()
    QTest.keyClicks(desk.editor.reason.line, "because")
    await desk.open(desk.sandbox.some(type="email")["id"])
    assert not desk.editor.reason.isVisible()
    await desk.open(wanted)
    assert desk.editor.reason.isVisible()
    assert desk.editor.reason.line.text() == "because"


async def test_an_outcome_plans_the_next_call_inside_the_hours(desk: Driver) -> None:
    await desk.open(a_french_call(desk)["id"])
    turn_on(desk, most=0, refusal_days=0, holidays=False,
            hours={day: read_spans("10:00-12:00") for day in (2,)})  # fmt: skip
    desk.preferences.keep(replace(desk.preferences.settings, retry="tomorrow 10:30"))
    desk.editor.choose_outcome(Outcome.NO_ANSWER)
    planned = desk.session.value("next_call")
    assert planned is not None
    assert planned.astimezone().weekday() == 2
    assert datetime.now().astimezone() < planned < datetime.now().astimezone() + timedelta(days=9)


async def test_dialling_hands_over_e164_and_asks_first(desk: Driver, telephone: Telephone) -> None:
    await desk.open(a_french_call(desk)["id"])
    desk.panel.view.setFocus()
    debt = desk.store.debts.get(desk.session.followup.debt_id)
    desk.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert telephone.dialled == [f"tel:{debt.phone}"]
    desk.press(
        Qt.Key.Key_C,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert QGuiApplication.clipboard().text() == debt.phone
    assert debt.phone.startswith("+")
    assert " " in desk.editor.debt.call.text()  # shown as people read it
    desk.type("phone_number_used", "06 39 98 00 12")
    desk.editor.form._dial.trigger()
    assert telephone.dialled[-1] == "tel:+33639980012"  # the debt's country, not the computer's
    telephone.dialled.pop()
    desk.session.set_back("phone_number_used")
    never = {day: read_spans("3:00-3:01") for day in range(7)}
    turn_on(desk, hours=never, most=0, refusal_days=0)
    desk.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert len(telephone.dialled) == 1
    QTest.keyClicks(desk.editor.reason.line, "she asked for a call")
    QTest.keyClick(desk.editor.reason.line, Qt.Key.Key_Return)
    assert len(telephone.dialled) == 2
    assert desk.session.value("notes").endswith("she asked for a call")
    assert desk.store.outbox.entries() == []


async def test_a_copied_number_leaves_the_clipboard(
    desk: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agent_app.ui.widgets.links.CLIPBOARD_MS", 50)
    await desk.open(a_french_call(desk)["id"])
    clipboard = QGuiApplication.clipboard()
    desk.editor.dialling.copy_number()
    assert clipboard.text().startswith("+")
    await until(lambda: clipboard.text() == "")
    desk.editor.dialling.copy_number()
    clipboard.setText("copied by the agent since")
    await asyncio.sleep(0.1)
    assert clipboard.text() == "copied by the agent since"


async def test_calls_of_the_debt_are_counted(desk: Driver) -> None:
    wanted = a_french_call(desk)
    always = {day: read_spans("0:00-24:00") for day in range(7)}
    turn_on(desk, hours=always, holidays=False, most=1, in_days=365, refusal_days=0)
    debt_id = wanted["debt_id"]
    for _ in range(2):
        when = (datetime.now().astimezone() - timedelta(days=2)).isoformat()
        body = {"debt_id": debt_id, "type": "call", "status": "no_answer", "call_date": when}
        assert desk.sandbox.api("POST", "/followups", body)[0] < 300
    desk.desk._refresh()
    await until(lambda: len(desk.store.followups.of_debt(debt_id)) >= 3)
    await desk.open(wanted["id"])
    desk.type("next_call", "tomorrow 11")
    desk.field("summary").setFocus()
    await until(lambda: "used in the last 365 days" in desk.error("next_call"))


async def let_stand(desk: Driver, debt_id: str, status: str) -> None:
    """The debt has this status, here and on the server."""
    code, reply, _ = desk.sandbox.api("PUT", f"/debts/{debt_id}", {"status": status})
    assert code == 200
    desk.store.take_in_debts([reply["data"]], desk.desk.status.state.last_refresh)


@pytest.fixture
def standing(desk: Driver) -> Iterator[dict[str, Any]]:
    """A French call, whose debt goes on as it was when the test is over."""
    wanted = a_french_call(desk)
    yield wanted
    status = {"status": "status.default.in_progress"}
    desk.sandbox.api("PUT", f"/debts/{wanted['debt_id']}", status)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("status.default.paid", "is paid"),
        ("status.default.settled", "is settled"),
        ("status.default.archived", "is archived"),
        ("status.default.on_hold", "in dispute"),
        ("status.default.refused", "was refused"),
        ("status.default.invalid_phone", "known to be wrong"),
    ],
)
async def test_a_debt_that_is_over_is_called_with_a_reason_alone(
    desk: Driver, telephone: Telephone, standing: dict[str, Any], status: str, words: str
) -> None:
    assert not desk.preferences.book.any_on
    await desk.open(standing["id"])
    await let_stand(desk, standing["debt_id"], status)
    desk.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    bar = desk.editor.reason
    assert words in bar._words.text()
    assert telephone.dialled == []
    QTest.keyClicks(bar.line, "he asked me to")
    QTest.keyClick(bar.line, Qt.Key.Key_Return)
    assert len(telephone.dialled) == 1
    note = desk.text("notes").splitlines()[-1]
    assert note.startswith("Debt's status, Call date ")
    assert note.endswith("he asked me to")
    desk.session.discard()


@pytest.mark.parametrize("status", ["status.default.partial", "status.custom.bailiff"])
async def test_a_debt_that_goes_on_is_called_at_once(
    desk: Driver, telephone: Telephone, standing: dict[str, Any], status: str
) -> None:
    await desk.open(standing["id"])
    await let_stand(desk, standing["debt_id"], status)
    desk.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert len(telephone.dialled) == 1


async def test_a_planned_call_of_a_paid_debt_warns_and_a_recorded_one_does_not(
    desk: Driver, standing: dict[str, Any]
) -> None:
    await desk.open(standing["id"])
    await let_stand(desk, standing["debt_id"], "status.default.paid")
    desk.session.put({"call_date": datetime.now().astimezone(), "status": "deal_found"})
    assert desk.error("call_date") == ""
    assert desk.session.reasons_needed == []
    desk.type("next_call", "tomorrow 10:00")
    desk.field("summary").setFocus()
    await until(lambda: "is paid" in desk.error("next_call"))
    desk.save()
    assert desk.editor.reason.isVisible()
    desk.session.give_reason("to thank them")
    assert desk.session.reasons_needed == []
    assert "Debt's status, Next call" in desk.text("notes")
    desk.session.discard()


async def test_the_same_number_again_within_seconds_asks(
    desk: Driver, telephone: Telephone
) -> None:
    await desk.open(a_french_call(desk)["id"])
    line = desk.editor.call_line
    desk.editor.dialling.call_debtor()
    desk.editor.dialling.call_debtor()
    assert len(telephone.dialled) == 1
    assert "a moment ago" in line.words
    line.end()
    desk.editor.dialling.call_debtor()
    line._second.setFocus()
    QTest.keyClick(line._second, Qt.Key.Key_Space)
    assert len(telephone.dialled) == 2
    later = datetime.now(UTC) + timedelta(seconds=30)
    line._now = lambda: later
    desk.editor.dialling.call_debtor()
    assert len(telephone.dialled) == 3


@pytest.mark.parametrize("answer", ["", "gone-softphone.desktop"])
async def test_where_nobody_takes_numbers_it_is_said_and_the_number_can_be_copied(
    desk: Driver, telephone: Telephone, answer: str
) -> None:
    await desk.open(a_french_call(desk)["id"])
    line = desk.editor.call_line
    line._ask_system = ("/bin/echo", ("-n", answer))
    desk.editor.dialling.call_debtor()
    await until(lambda: "No program on this computer" in line.words)
    line._second.click()
    assert QGuiApplication.clipboard().text() == desk.editor.debt.number
    line._button.click()
    assert line.words == ""
    QGuiApplication.clipboard().clear()


async def test_where_the_system_opens_nothing_it_is_said(
    desk: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.open(a_french_call(desk)["id"])
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    desk.editor.dialling.call_debtor()
    assert desk.editor.debt.number in desk.editor.call_line.words


async def test_save_and_next_goes_on_once_the_reason_is_given(desk: Driver) -> None:
    wanted = a_french_call(desk)["id"]
    await desk.open(wanted)
    turn_on(desk, most=0, refusal_days=0)
    following = desk.panel.following_id()
    desk.type("next_call", "saturday 3:00")
    desk.press(
        Qt.Key.Key_Return,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert desk.session.followup_id == wanted
    QTest.keyClicks(desk.editor.reason.line, "works nights")
    QTest.keyClick(desk.editor.reason.line, Qt.Key.Key_Return)
    assert desk.session.followup_id == following
    assert desk.panel.view.hasFocus()
