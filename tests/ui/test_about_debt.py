"""What a call says about the debt: chosen with a key, sent with the followup, taken back, decided."""

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from agent_app.domain.promise import promise_in
from agent_app.domain.subject import subject_of_debt
from tests.sandbox import RunningSandbox
from tests.ui.conftest import Driver, Start
from tests.waiting import until

pytestmark = pytest.mark.anyio

PROGRESS, PAID, HOLD, INVALID = (
    f"status.default.{name}" for name in ("in_progress", "paid", "on_hold", "invalid_phone")
)


async def call_of(desk: Driver, **values: Any) -> str:
    """Open a planned call whose debt stands so on the server; returns the debt's id."""
    followup = desk.sandbox.some(type="manual_call", status="scheduled")
    debt_id = str(followup["debt_id"])
    plain = {"status": PROGRESS, "phone": "+33199000001", "city": "Lyon", "summary": None}
    code, reply, _ = desk.sandbox.api("PUT", f"/debts/{debt_id}", plain | values)
    assert code == 200
    await desk.open(followup["id"])
    refreshed_at = desk.desk.status.state.last_refresh
    assert refreshed_at is not None
    read_at = refreshed_at - timedelta(hours=1)
    desk.store.take_in_debts([reply["data"]], read_at)
    desk.form_desk.card.changed.emit()
    desk.sandbox.forget_requests()
    return debt_id


def layer(desk: Driver) -> Any:
    return desk.editor.about_debt.layer


def strip(desk: Driver) -> Any:
    return desk.editor.about_debt.strip


def there(desk: Driver, debt_id: str) -> Any:
    return desk.sandbox.api("GET", f"/debts/{debt_id}")[1]["data"]


def ask(desk: Driver) -> None:
    desk.press(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)


def say(desk: Driver, number: int) -> None:
    ask(desk)
    desk.press(Qt.Key(int(Qt.Key.Key_0) + number))


def write(text: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, text)


async def test_disputed_with_two_keys_and_a_word_and_saved_with_the_call(desk: Driver) -> None:
    debt_id = await call_of(desk)
    desk.panel.view.setFocus()
    say(desk, 5)
    assert not layer(desk).isHidden()
    write("never had the contract")
    desk.press(Qt.Key.Key_Return)
    assert layer(desk).isHidden()
    assert desk.panel.view.hasFocus()
    assert "On hold – not saved yet" in strip(desk).words
    assert "Disputes the debt: never had the contract" in str(desk.session.value("notes"))
    desk.save()
    await desk.saved_all()
    assert there(desk, debt_id)["status"] == HOLD
    (put,) = desk.sandbox.requests("PUT", "/debts/")
    assert put["body"] == f'{{"status":"{HOLD}"}}'
    assert "Saved: Debt's status" in strip(desk).words
    assert desk.editor.debt.status.text() == "On hold"


async def test_a_choice_alone_can_be_saved_and_one_undo_takes_it_back(desk: Driver) -> None:
    debt_id = await call_of(desk)
    desk.panel.view.setFocus()
    say(desk, 6)
    assert layer(desk).isHidden()  # nothing is to be typed
    assert desk.session.may_save
    assert desk.editor.bar.words == "1 field changed"
    desk.save()
    await desk.saved_all()
    assert there(desk, debt_id)["status"] == PAID
    await until(lambda: desk.editor.bar.words.startswith("Saved"))
    desk.panel.view.setFocus()
    desk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    await desk.saved_all()
    assert there(desk, debt_id)["status"] == PROGRESS


async def test_ctrl_z_takes_an_unsaved_choice_back(desk: Driver) -> None:
    await call_of(desk)
    desk.panel.view.setFocus()
    say(desk, 3)
    assert desk.form_desk.debt_edits.value("status") == INVALID
    desk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not desk.form_desk.debt_edits.mine
    assert strip(desk).isHidden()


async def test_a_new_number_is_typed_and_ends_that_the_old_one_was_wrong(desk: Driver) -> None:
    debt_id = await call_of(desk, status=INVALID)
    desk.panel.view.setFocus()
    say(desk, 2)
    write("+33199007788")
    draft = subject_of_debt(debt_id)
    await until(lambda: desk.store.drafts.get(draft) is not None, deadline_s=2)
    desk.press(Qt.Key.Key_Return)
    desk.save()
    await desk.saved_all()
    now = there(desk, debt_id)
    assert (now["phone"], now["status"]) == ("+33199007788", PROGRESS)
    assert desk.editor.debt.number == "+33199007788"


async def test_moved_sends_only_what_is_another(desk: Driver) -> None:
    debt_id = await call_of(desk)
    say(desk, 4)
    focus = layer(desk).lines["city"]
    focus.setFocus()
    focus.selectAll()
    QTest.keyClicks(focus, "Nice")
    desk.save()
    await desk.saved_all()
    (put,) = desk.sandbox.requests("PUT", "/debts/")
    assert put["body"] == '{"city":"Nice"}'
    assert there(desk, debt_id)["address"].endswith("Nice")
    await until(lambda: "Nice" in desk.editor.debt._address.text())


async def test_escape_closes_and_digits_in_the_list_are_outcomes_again(desk: Driver) -> None:
    await call_of(desk)
    desk.panel.view.setFocus()
    ask(desk)
    desk.press(Qt.Key.Key_Escape)
    assert layer(desk).isHidden()
    assert desk.panel.view.hasFocus()
    desk.press(Qt.Key.Key_3)
    assert desk.session.value("status") == "deal_not_found"
    assert not desk.form_desk.debt_edits.mine


async def test_what_the_server_refuses_stands_beside_the_change(desk: Driver) -> None:
    debt_id = await call_of(desk)
    sentence = "Invalid phone: must be a number"
    desk.sandbox.fault(f"PUT */debts/{debt_id} status=400", count=1, message=sentence)
    say(desk, 2)
    write("12")
    desk.save()
    await until(lambda: sentence in strip(desk).words)
    assert "Phone: 12 – not saved yet" in strip(desk).words
    say(desk, 2)
    layer(desk).lines["phone"].selectAll()
    write("+33199007799")
    desk.save()
    await desk.saved_all()
    assert there(desk, debt_id)["phone"] == "+33199007799"


async def test_somebody_else_was_quicker_and_the_agent_decides(desk: Driver) -> None:
    debt_id = await call_of(desk)
    desk.sandbox.api("PUT", f"/debts/{debt_id}", {"status": PAID})
    say(desk, 5)
    desk.press(Qt.Key.Key_Return)
    desk.save()
    await until(lambda: "meanwhile it became Paid" in strip(desk).words)
    assert there(desk, debt_id)["status"] == PAID
    assert not desk.session.may_save
    button = strip(desk).findChild(QPushButton, "debt_mine_status")
    button.click()
    desk.save()
    await desk.saved_all()
    assert there(desk, debt_id)["status"] == HOLD


async def test_an_edit_waits_as_a_draft_with_its_debt(desk: Driver) -> None:
    await call_of(desk)
    opened = desk.session.followup_id
    say(desk, 3)
    other = desk.sandbox.some(type="email")["id"]
    await desk.open(other)
    assert strip(desk).isHidden()
    await desk.open(opened)
    assert "Invalid phone – not saved yet" in strip(desk).words
    desk.editor._session.discard()
    assert strip(desk).isHidden()


async def test_without_the_permission_a_choice_is_a_line_of_the_notes(
    start: Start, sandbox: RunningSandbox
) -> None:
    sandbox.set(scopes="followups:read followups:write debts:read")
    desk = await start()
    followup = sandbox.some(type="manual_call", status="scheduled")
    await desk.open(followup["id"])
    await until(lambda: desk.form_desk.card.debt is not None)
    say(desk, 3)
    assert "Wrong number: " in str(desk.session.value("notes"))
    say(desk, 2)
    assert "debts:write" in layer(desk)._note.text()
    write("01 99 00 00 22")
    other = sandbox.some(type="email")["id"]
    await desk.open(other)
    await desk.open(followup["id"])
    assert layer(desk).lines["phone"].text() == "01 99 00 00 22"
    layer(desk).lines["phone"].setFocus()
    desk.press(Qt.Key.Key_Return)
    assert str(desk.session.value("notes")).endswith("New number: 01 99 00 00 22")
    assert not desk.form_desk.debt_edits.mine
    desk.session.discard()


async def test_a_debt_that_was_not_read_is_written_of_in_the_notes(desk: Driver) -> None:
    at = desk.desk.status.state.last_refresh
    desk.store.followups.upsert(
        [{"id": "bare", "debt_id": "unread", "type": "call", "status": "scheduled"}], at
    )
    await desk.open("bare")
    say(desk, 6)
    assert "was not read yet" in layer(desk)._note.text()
    assert str(desk.session.value("notes")) == "Says that it is paid"
    desk.session.discard()


# -- promises


async def test_a_promise_fills_outcome_summary_notes_and_the_next_check(desk: Driver) -> None:
    await call_of(desk)
    say(desk, 1)
    form = layer(desk).promise
    assert form.day.hasFocus()
    assert form.amount.text()
    form.amount.setText("120")
    QTest.keyClicks(form.day, "+10d")
    form.instalments.setValue(3)
    assert "a call is planned for the day after" in form.hint
    desk.press(Qt.Key.Key_Return)
    assert layer(desk).isHidden()
    promise = promise_in(str(desk.session.value("notes")))
    assert promise is not None
    assert (str(promise.amount), promise.instalments) in (("120", 3), ("120.00", 3), ("120.0", 3))
    assert desk.session.value("status") == "deal_found"
    assert "Promises €120.00 in 3 instalment" in str(desk.session.value("summary"))
    check = desk.session.value("next_call")
    assert check.date() > promise.day
    desk.save()
    await desk.saved_all()
    await until(lambda: desk.editor.about_debt.promise.text().startswith("Promised: "))
    desk.panel.view.setFocus()
    desk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    await desk.saved_all()


@pytest.mark.parametrize(
    ("status", "words"), [(PROGRESS, "Promise broken"), (PAID, "Promise kept")]
)
async def test_a_promise_whose_day_has_passed_is_kept_or_broken(
    desk: Driver, status: str, words: str
) -> None:
    debt_id = await call_of(desk, status=status)
    made = {
        "id": f"made-{words}",
        "debt_id": debt_id,
        "type": "call",
        "status": "deal_found",
        "notes": "Promise · 80.00 EUR → 2026-01-05",
        "call_date": desk.desk.status.state.last_refresh,
    }
    desk.store.followups.upsert([made], desk.desk.status.state.last_refresh)
    await until(lambda: desk.editor.about_debt.promise.text().startswith(words))


async def test_what_makes_no_promise_is_said_and_not_taken(desk: Driver) -> None:
    await call_of(desk)
    say(desk, 1)
    form = layer(desk).promise
    QTest.keyClicks(form.day, "yesterday")
    assert form.hint == "This is not a day from today on."
    desk.press(Qt.Key.Key_Return)
    assert not layer(desk).isHidden()
    form.amount.setText("0")
    assert form.hint == "How much was promised?"
    assert not form.take.isEnabled()
    assert promise_in(str(desk.session.value("notes"))) is None


async def test_what_is_begun_beside_the_form_is_kept_and_saved_along(desk: Driver) -> None:
    debt_id = await call_of(desk)
    opened = desk.session.followup_id
    say(desk, 1)
    form = layer(desk).promise
    QTest.keyClicks(form.day, "+5d")
    other = desk.sandbox.some(type="email")["id"]
    await desk.open(other)
    assert layer(desk).isHidden()
    await desk.open(opened)
    assert form.day.isVisible()
    assert form.day.text() == "+5d"
    desk.save()  # without Return in between
    await desk.saved_all()
    assert layer(desk).isHidden()
    said = desk.sandbox.followup(opened)
    assert promise_in(said["notes"]) is not None
    say(desk, 5)
    write("no contract")
    desk.save()
    await desk.saved_all()
    assert "no contract" in desk.sandbox.followup(opened)["notes"]
    assert there(desk, debt_id)["status"] == HOLD
    await desk.open(other)
    await desk.open(opened)
    assert layer(desk).isHidden()


async def test_a_promise_that_makes_no_sense_is_not_saved_over(desk: Driver) -> None:
    await call_of(desk)
    say(desk, 1)
    form = layer(desk).promise
    QTest.keyClicks(form.day, "whenever")
    desk.save()
    assert form.day.hasFocus()
    assert not layer(desk).isHidden()
    assert desk.store.outbox.entries() == []
    form.day.clear()
    QTest.keyClicks(form.day, " ")
    desk.press(Qt.Key.Key_Escape)


# -- the person


async def test_one_call_settles_another_debt_of_the_person(desk: Driver) -> None:
    debt_id = await call_of(desk)
    mine = there(desk, debt_id)
    other = next(
        one
        for one in desk.sandbox.api("GET", "/debts?limit=100")[1]["data"]
        if one["id"] != debt_id and one["followups_count"] == 0
    )
    same = {"debtor_id": mine["debtor_id"], "phone": mine["phone"]}
    desk.store.take_in_debts([{**other, **same}], desk.desk.status.state.last_refresh)
    person = desk.editor.about_debt.person
    await until(lambda: other["id"] in person.boxes)
    assert "other debt" in person.head.text()
    say(desk, 7)
    box = person.boxes[other["id"]]
    assert box.isVisible()
    await until(lambda: desk.sandbox.requests("GET", "/debts/by-debtor/"))
    box.setFocus()
    desk.press(Qt.Key.Key_Space)
    assert box.isChecked()
    assert "Choose an outcome" in person._hint.text()
    desk.panel.view.setFocus()
    desk.press(Qt.Key.Key_3)
    assert "for the ticked debts" in person._hint.text()
    desk.type("summary", "None of both")
    desk.save()
    await desk.saved_all()
    rows = desk.sandbox.api("GET", f"/followups/debt/{other['id']}")[1]["data"]
    assert [(row["status"], row["summary"]) for row in rows] == [("deal_not_found", "None of both")]
    assert not box.isChecked()
