"""Texts of a server: those that are far longer than any name leave the window quick, codes are said in words."""

import time
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit

from tests.ui.conftest import Driver
from tests.waiting import until

pytestmark = pytest.mark.anyio

BIG = 200_000
DEBT_TEXTS = ("firstname", "lastname", "phone", "address", "city", "invoice_reference", "company")


@pytest.mark.parametrize("piece", ["a", "word ", "ال ", "e\u0301", "6"])
async def test_the_window_stays_quick(desk: Driver, piece: str) -> None:
    big = piece * (BIG // len(piece))
    row = desk.table.row_at(0)
    other = desk.table.row_at(1)
    now = datetime.now(UTC)
    began = time.process_time()
    desk.store.take_in_debts([{"id": row.debt_id, **dict.fromkeys(DEBT_TEXTS, big)}], now)
    texts = {"summary": big, "phone_number_used": big, "call_id": big}
    desk.store.followups.upsert([{"id": row.id, **texts}], now)
    for followup_id in (row.id, other.id, row.id):
        desk.panel.choose(followup_id)
        desk.desk.window.grab()
    for name in ("scheduled_at", "next_call", "duration_ms"):
        line = desk.field(name)
        assert isinstance(line, QLineEdit)
        line.setText(big)
    assert desk.form_desk.palette._followups(big[:100]) is not None
    desk.desk.window.search_field.setText(big)
    desk.panel._show_anew()
    desk.desk.window.grab()
    assert time.process_time() - began < 3.0  # one opening alone took 5 s
    desk.desk.window.search_field.setText("")
    desk.session.discard()


async def test_why_a_call_ended_is_said_in_words_below_its_code(desk: Driver) -> None:
    followup_id = desk.sandbox.some(type="call", status="no_answer")["id"]
    desk.sandbox.put(followup_id, disconnection_reason="debtor_hangup")
    assert desk.desk.engine is not None
    desk.desk.engine.refresh()
    await desk.open(followup_id)
    words = desk.editor.form.findChild(QLabel, "ending_words")
    assert isinstance(words, QLabel)
    await until(lambda: words.text() == "The debtor hung up" and not words.isHidden())
    assert desk.text("disconnection_reason") == "debtor_hangup"  # what is kept is the code
    desk.type("disconnection_reason", "She hung up")
    assert words.isHidden()
    desk.session.discard()
    assert not words.isHidden()
