"""What the debt says before the call, and the server's word about a single field."""

from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tests.ui.conftest import Driver
from tests.waiting import until

pytestmark = pytest.mark.anyio


async def test_a_sentence_without_details_stands_beside_its_field(desk: Driver) -> None:
    await desk.open(desk.sandbox.some(type="call", status="deal_not_found")["id"])
    sentence = "Invalid callId format. Use letters and digits"
    desk.sandbox.fault("PUT */followups/* status=400", count=1, message=sentence)
    desk.session.set("call_id", "CA 7")
    desk.save()
    await until(lambda: desk.error("call_id") == sentence)
    assert not desk.error("notes")
    assert sentence not in desk.editor.banner.words


async def test_a_followup_without_a_type_is_shown_and_saved_as_it_is(desk: Driver) -> None:
    followup_id = desk.sandbox.some(type="call", status="deal_not_found")["id"]
    await desk.open(followup_id)
    debt_id = desk.session.followup.debt_id
    at = desk.desk.status.state.last_refresh
    desk.store.followups.upsert([{"id": "typeless", "debt_id": debt_id, "status": "on_hold"}], at)
    await desk.open("typeless")
    assert desk.text("type") == "None"
    desk.type("notes", "A word")
    assert desk.session.patch.changes == {"notes": "A word"}
    assert desk.session.may_save
    desk.session.discard()


async def say(desk: Driver, **values: Any) -> str:
    """Open a call whose debt has these *values* from here on (in this store); returns its id."""
    followup = desk.sandbox.some(type="call", status="deal_not_found")
    await desk.open(followup["id"])
    plain = {
        "status": "status.default.in_progress",
        "birthdate": None,
        "timeline_id": None,
        "summary": None,
        "nb_reminders": 0,
        "payment_plan_active": False,
        "address": "1 rue des Lilas, 75011 Paris",
    }
    upsert(desk, followup["debt_id"], **(plain | values))
    return str(followup["id"])


def upsert(desk: Driver, debt_id: str, **values: Any) -> None:
    at = desk.desk.status.state.last_refresh
    desk.store.take_in_debts([{"id": debt_id, **values}], at)
    desk.form_desk.card.changed.emit()  # not after the card's pause


async def test_the_status_is_a_pill_where_it_tells_something(desk: Driver) -> None:
    followup_id = await say(desk)
    card = desk.editor.debt
    assert not card.status.isVisible()
    debt_id = desk.session.followup.debt_id
    row = desk.table.place_of(followup_id)
    for status, words in (
        ("status.default.paid", "Paid"),
        ("status.default.on_hold", "On hold"),
        ("status.custom.bailiff", "status.custom.bailiff"),
        ("<b>x</b>", "<b>x</b>"),
    ):
        upsert(desk, debt_id, status=status)
        assert card.status.isVisible()
        assert card.status.text() == words
        assert card.status.textFormat() == Qt.TextFormat.PlainText
        await until(partial(says, desk, row, words))
    upsert(desk, debt_id, status="status.default.pending")
    assert card.status.text() == "Pending"
    await until(lambda: "debt:" not in said(desk, row))


def says(desk: Driver, row: int, words: str) -> bool:
    return words in said(desk, row)


def said(desk: Driver, row: int) -> str:
    """What a screen reader says of a row's debtor."""
    index = desk.table.index(row, 0)
    return str(desk.table.data(index, Qt.ItemDataRole.AccessibleTextRole))


async def test_the_day_of_birth_is_shown_when_it_is_asked_for_and_for_this_call_alone(
    desk: Driver,
) -> None:
    first = await say(desk, birthdate=date(1980, 3, 12))
    check = desk.editor.debt.birth
    assert check.isVisible()
    assert "1980" not in check.text() + check.accessibleName() + check.toolTip()
    check.setFocus()
    desk.press(Qt.Key.Key_Space)
    assert "1980" in check.text()
    desk.press(Qt.Key.Key_Space)
    assert "1980" not in check.text()
    check.click()
    other = desk.sandbox.some(type="email")["id"]
    await desk.open(other)
    assert "1980" not in check.text()
    await desk.open(first)
    assert check.isVisible()
    assert "1980" not in check.text()
    upsert(desk, desk.session.followup.debt_id, birthdate=None)
    assert not check.isVisible()


async def test_an_ordinary_debt_takes_no_more_room_than_one_that_tells_nothing(
    desk: Driver,
) -> None:
    await say(desk)
    panel = desk.editor.debt
    bare = panel.sizeHint().height()
    debt_id = desk.session.followup.debt_id
    upsert(
        desk,
        debt_id,
        birthdate=date(1980, 3, 12),
        status="status.default.pending",
        nb_reminders=3,
        nb_answered=1,
    )
    assert panel.birth.isVisible()
    assert panel.sizeHint().height() == bare
    upsert(desk, debt_id, timeline_id="TL1", summary="Disputes it\nsince May")
    assert panel.sizeHint().height() > bare


async def test_what_was_tried_and_what_the_provider_does_by_itself_is_said(desk: Driver) -> None:
    await say(
        desk,
        nb_reminders=3,
        nb_answered=1,
        timeline_id="TL1",
        last_timeline_restart=datetime(2026, 11, 3, 12, tzinfo=UTC),
        summary="Disputes the second invoice\nsince May",
        payment_plan_active=True,
        plan_start_date=date(2026, 9, 1),
    )

    def words() -> str:
        labels = desk.editor.findChildren(QLabel)
        return "\n".join(label.text() for label in labels if label.isVisible())

    await until(lambda: "3 reminders" in words())
    shown = words()
    assert "answered once" in shown
    assert "The provider's own calls run on this debt, again since" in shown
    assert "Disputes the second invoice since May" in shown
    assert "payment plan from" in shown
    upsert(desk, desk.session.followup.debt_id, timeline_id=None, nb_answered=0)
    await until(lambda: "never answered" in words())
    assert "provider" not in words()


async def test_the_list_is_narrowed_by_how_the_debt_stands(desk: Driver) -> None:
    followup_id = await say(desk, status="status.default.refused")
    debt_id = desk.session.followup.debt_id
    box = desk.panel.filters._status
    box.setCurrentIndex(box.findText("Debt: Refused"))
    refused = "status.default.refused"
    await until(lambda: 0 < desk.table.rowCount() < desk.store.followups.count())
    rows = [desk.table.row_at(place) for place in range(desk.table.rowCount())]
    assert followup_id in [row.id for row in rows]
    assert {row.debt_status for row in rows} == {refused}
    before = len(rows)
    upsert(desk, debt_id, status="status.default.paid")
    of_debt = [row for row in rows if row.debt_id == debt_id]
    await until(lambda: desk.table.rowCount() == before - len(of_debt))
    assert desk.session.followup_id == followup_id  # what is open stays open
    desk.panel.clear_filters()
    await until(lambda: desk.table.rowCount() == desk.store.followups.count())
    assert box.currentText() == "Any"
