"""List, open, change, save: only what changed reaches the server, and what is wrong is said."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from tests.ui.conftest import Driver, Start
from tests.waiting import until

pytestmark = pytest.mark.anyio


def a_call(desk: Driver) -> dict[str, Any]:
    return desk.sandbox.some(type="call", status="deal_not_found")


async def test_only_the_two_changed_fields_are_sent_and_change(desk: Driver) -> None:
    wanted = a_call(desk)
    before = desk.sandbox.followup(wanted["id"])
    await desk.open(wanted["id"])
    desk.type("status", "No")  # a space would open the list
    desk.type("summary", "Nobody there, « deux fois » 🙏")
    desk.save()
    await desk.saved()
    after = desk.sandbox.followup(wanted["id"])
    assert desk.sandbox.puts() == [
        {"status": "no_answer", "summary": "Nobody there, « deux fois » 🙏"}
    ]
    assert {n for n in after if after[n] != before[n]} == {"status", "summary"}
    assert desk.editor.bar.words == "Saved"


async def test_every_field_can_be_changed_and_cleared(desk: Driver) -> None:
    followup_id = a_call(desk)["id"]
    await desk.open(followup_id)
    desk.type("call_date", "2026-03-04 05:06")
    desk.type("scheduled_at", "31/12/2026 14:30")
    desk.type("notes", "line one")
    desk.press(Qt.Key.Key_Return)
    desk.type("call_id", "CA-1")
    desk.type("audio_url", "https://example.org/a.wav")
    desk.type("duration_ms", "1:02:03")
    desk.type("phone_number_used", "+33639980000")
    desk.type("direction", "In")
    desk.type("disconnection_reason", "busy")
    desk.field("is_retry").setFocus()
    retry_before = desk.sandbox.followup(followup_id)["is_retry"]
    desk.press(Qt.Key.Key_Space)
    desk.save()
    await desk.saved()
    put = desk.sandbox.puts()[-1]
    local = datetime(2026, 3, 4, 5, 6).astimezone()
    assert datetime.fromisoformat(put["call_date"]) == local
    assert put["notes"] == "line one\n"
    assert put["duration_ms"] == 3_723_000
    assert put["is_retry"] is not retry_before
    assert put["audio_url"] == "https://example.org/a.wav"
    for name in ("call_date", "notes", "duration_ms", "call_id", "audio_url"):
        desk.type(name, "")
    desk.save()
    await desk.saved()
    assert desk.sandbox.puts()[-1] == {
        "call_date": None,
        "notes": "",
        "duration_ms": None,
        "call_id": "",
        "audio_url": None,
    }


async def test_a_field_set_back_is_no_change(desk: Driver) -> None:
    await desk.open(a_call(desk)["id"])
    summary = desk.text("summary")
    save = desk.editor.bar.save_button
    assert not save.isEnabled()
    desk.type("summary", "other")
    assert save.isEnabled()
    desk.type("summary", summary)
    assert not save.isEnabled()
    desk.type("status", "Cancelled")
    desk.type("summary", "again")
    desk.editor.form.rows["summary"].set_back.emit()
    assert desk.text("summary") == summary
    assert desk.session.changed == {"status"}
    desk.session.discard()


async def test_an_edit_made_while_a_save_is_under_way_is_kept_and_sent_after_it(
    desk: Driver,
) -> None:
    followup_id = a_call(desk)["id"]
    await desk.open(followup_id)
    desk.sandbox.fault("PUT * delay=0.5", count=1)
    desk.type("summary", "first")
    desk.save()
    await until(lambda: desk.store.outbox.entries()[0].state == "leaving")
    assert desk.session.progress == "saving"
    assert desk.editor.bar.words == "Saving…"
    desk.type("notes", "second")
    assert desk.text("notes") == "second"
    desk.save()
    desk.type("summary", "third")
    await until(lambda: desk.desk.status.state.waiting == 0)
    assert desk.text("summary") == "third"
    assert desk.sandbox.puts()[-2:] == [{"summary": "first"}, {"notes": "second"}]
    desk.save()
    await desk.saved()
    assert desk.sandbox.puts()[-1] == {"summary": "third"}


async def test_the_row_follows_at_once(desk: Driver) -> None:
    followup_id = a_call(desk)["id"]
    await desk.open(followup_id)
    desk.sandbox.fault("PUT * delay=1", count=1)
    desk.type("summary", "in the list before the server knows")
    desk.save()
    row = desk.table.row_at(desk.table.place_of(followup_id))
    assert row.summary == "in the list before the server knows"
    assert row.pending in ("waiting", "leaving")
    await desk.saved()
    assert desk.table.row_at(desk.table.place_of(followup_id)).pending is None


async def test_what_nobody_knows_passes_through(desk: Driver) -> None:
    followup_id = a_call(desk)["id"]
    desk.sandbox.fault("GET */followups/* unknown-enums", count=1)
    desk.sandbox.fault("GET */followups* unknown-enums")
    desk.desk.window.refresh.emit()
    await until(lambda: desk.store.followups.get(followup_id).status == "abducted")
    await desk.open(followup_id)
    assert (desk.text("status"), desk.text("type")) == ("abducted", "telegram")
    desk.sandbox.no_faults()
    desk.type("summary", "a word")
    desk.save()
    await desk.saved()
    assert desk.sandbox.puts()[-1] == {"summary": "a word"}


# -- what is wrong


async def test_our_rules_speak_after_a_pause_not_at_the_first_letter(desk: Driver) -> None:
    await desk.open(a_call(desk)["id"])
    desk.type("duration_ms", "s")
    assert desk.error("duration_ms") == ""
    assert not desk.editor.bar.save_button.isEnabled()
    await until(lambda: desk.error("duration_ms"))
    widget = desk.field("duration_ms")
    assert widget.accessibleDescription() == desk.error("duration_ms")
    desk.type("duration_ms", "0:00:05")
    assert desk.error("duration_ms") == ""
    desk.type("scheduled_at", "next blue moon")
    desk.field("notes").setFocus()
    await until(lambda: "not a date" in desk.error("scheduled_at"))
    desk.save()
    assert QApplication.focusWidget() is desk.field("scheduled_at")
    desk.session.discard()


async def test_the_servers_messages_stand_beside_the_fields_they_name(desk: Driver) -> None:
    followup_id = a_call(desk)["id"]
    await desk.open(followup_id)
    details = {"notes": ["is <b>rude</b>", "is long"], "mood": ["is bad"]}
    desk.sandbox.fault("PUT * status=400", count=1, details=details, message="Validation failed")
    desk.type("notes", "grrr")
    desk.type("summary", "fine")
    desk.save()
    await until(lambda: desk.session.progress == "attention")
    assert desk.error("notes") == "is <b>rude</b> is long"
    assert desk.error("summary") == ""
    assert "Validation failed" in desk.editor.banner.words
    assert "mood: is bad" in desk.editor.banner.words
    # A reply does not move the keyboard: somebody may be in the middle of a word.
    assert QApplication.focusWidget() is desk.field("summary")
    desk.editor.banner._button.click()
    assert QApplication.focusWidget() is desk.field("notes")
    assert (desk.text("notes"), desk.text("summary")) == ("grrr", "fine")
    desk.type("notes", "grr")
    assert desk.error("notes") == ""
    desk.save()
    await desk.saved()
    assert desk.sandbox.puts()[-1] == {"notes": "grr", "summary": "fine"}
    assert desk.editor.banner.words == ""


async def test_what_was_refused_is_there_when_it_is_opened_again(desk: Driver) -> None:
    followup_id = a_call(desk)["id"]
    other = desk.sandbox.some(type="email")["id"]
    await desk.open(followup_id)
    old = desk.text("summary")
    desk.sandbox.fault("PUT * status=422", count=1, details={"summary": ["no"]}, message="No")
    desk.type("summary", "refused")
    desk.save()
    await desk.open(other)
    await until(lambda: desk.desk.status.state.attention == 1)
    assert desk.table.row_at(desk.table.place_of(followup_id)).pending == "attention"
    await desk.open(followup_id)
    assert desk.text("summary") == "refused"
    assert desk.error("summary") == "no"
    desk.editor.form.rows["summary"].set_back.emit()
    assert desk.text("summary") == old
    desk.session.discard()
    await until(lambda: desk.desk.status.state.attention == 0)


async def test_discard_asks_when_there_is_something_to_lose(desk: Driver) -> None:
    await desk.open(a_call(desk)["id"])
    assert not desk.editor.bar.discard_button.isEnabled()
    old = desk.text("notes")
    desk.type("notes", "to be lost")
    desk.editor.bar.discard_button.click()
    box = desk.editor.findChild(QMessageBox)
    assert box is not None
    keep, lose = box.escapeButton(), None
    for button in box.findChildren(QPushButton):
        lose = button if button is not keep else lose
    assert isinstance(keep, QPushButton)
    keep.click()
    assert desk.text("notes") == "to be lost"
    desk.editor.bar.discard_button.click()
    (box,) = [b for b in desk.editor.findChildren(QMessageBox) if b.isVisible()]
    next(b for b in box.findChildren(QPushButton) if b.text() == "Discard changes").click()
    await until(lambda: desk.text("notes") == old)
    assert desk.store.drafts.get(desk.session.followup_id) is None
    assert lose is not None


# -- drafts


async def test_what_is_typed_is_on_disk_soon_and_comes_back(desk: Driver) -> None:
    followup_id = a_call(desk)["id"]
    other = desk.sandbox.some(type="sms")["id"]
    await desk.open(followup_id)
    assert desk.store.drafts.get(followup_id) is None
    desk.type("notes", "half a thou")
    await until(lambda: desk.store.drafts.get(followup_id), deadline_s=2)
    await desk.open(other)
    assert desk.store.drafts.get(other) is None
    await desk.open(followup_id)
    assert desk.text("notes") == "half a thou"
    assert desk.session.changed == {"notes"}
    desk.session.discard()


async def test_a_draft_survives_the_program(start: Start, tmp_path: Any) -> None:
    first = await start()
    followup_id = a_call(first)["id"]
    await first.open(followup_id)
    first.type("notes", "typed just before the end")
    await first.desk.stop()
    second = await start()
    await second.open(followup_id)
    assert second.text("notes") == "typed just before the end"
    second.session.discard()


# -- trouble


async def test_offline_work_goes_on_and_leaves_when_the_server_is_back(desk: Driver) -> None:
    followup_id = a_call(desk)["id"]
    await desk.open(followup_id)
    desk.sandbox.fault("* * drop=before")
    desk.type("summary", "written in a tunnel")
    desk.save()
    await until(lambda: desk.session.progress == "waiting")
    assert desk.editor.bar.words.startswith("Saved on this computer")
    await until(lambda: desk.desk.status.state.connection == "offline")
    assert "cannot be reached" in desk.desk.window.banner.words
    desk.sandbox.no_faults()
    await desk.saved()
    assert desk.sandbox.followup(followup_id)["summary"] == "written in a tunnel"
    await until(lambda: desk.desk.window.banner.words == "")


async def test_without_the_permission_the_form_is_read_only_and_says_why(
    start: Start, sandbox: Any
) -> None:
    sandbox.set(scopes="followups:read debts:read", strict_scopes=True)
    desk = await start()
    await desk.open(a_call(desk)["id"])
    await until(lambda: "followups:write" in desk.editor.banner.words)
    assert desk.field("notes").isReadOnly()
    assert not desk.field("status").isEnabled()
    before = desk.text("summary")
    desk.type("summary", "not to be typed")
    desk.save()
    assert desk.text("summary") == before
    assert desk.sandbox.puts() == []


async def test_without_debts_read_the_debts_id_is_shown(start: Start, sandbox: Any) -> None:
    sandbox.set(scopes="followups:read followups:write")
    desk = await start()
    wanted = a_call(desk)
    await desk.open(wanted["id"])
    assert desk.editor.debt._title.text() == wanted["debt_id"]
    assert "debts:read" in desk.editor.debt._facts.text()
    assert desk.sandbox.requests("GET", "/debts") == []


async def test_a_refused_debt_is_asked_for_once(start: Start, sandbox: Any) -> None:
    sandbox.fault("GET */debts* status=403", message='Required scope "debts:read" not found')
    desk = await start()
    wanted = a_call(desk)
    await desk.open(wanted["id"])
    assert desk.editor.debt._title.text() == wanted["debt_id"]
    assert desk.desk.status.state.connection == "online"


async def test_wrong_credentials_are_said_and_nothing_is_lost(start: Start) -> None:
    desk = await start(secret="wrong", loaded=False)
    await until(lambda: desk.desk.status.state.connection == "signed_out")
    assert "does not accept the client ID" in desk.desk.window.banner.words


async def test_a_refused_connection_is_said(start: Start) -> None:
    desk = await start(server="http://127.0.0.1:9", loaded=False)
    await until(lambda: desk.desk.status.state.connection == "offline")
    assert "cannot be reached" in desk.desk.window.banner.words


async def test_the_rate_limit_is_said_with_its_end(start: Start, sandbox: Any) -> None:
    sandbox.fault("GET * status=429", retry_after=1800)
    desk = await start(loaded=False)
    await until(lambda: desk.desk.status.state.connection == "limited")
    until_then = desk.desk.status.state.until
    assert until_then is not None
    gap = until_then - datetime.now(UTC)
    # To the second and not before; a little later, so that not all come back at once.
    assert timedelta(seconds=1795) < gap < timedelta(seconds=1831)
    assert "Sending resumes at" in desk.desk.window.banner.words


@pytest.mark.parametrize("fault", ["html", "truncate", "big=10000000", "empty", "wrong-types"])
async def test_absurd_answers_crash_nothing(start: Start, sandbox: Any, fault: str) -> None:
    sandbox.fault(f"GET */followups {fault}", count=1)
    desk = await start(loaded=False)
    await desk.loaded()
    assert desk.desk.status.state.connection == "online"


async def test_closing_ends_everything(start: Start) -> None:
    desk = await start()
    desk.desk.window.close()
    assert desk.desk.closed.is_set()
    await desk.desk.stop()
    names = {task.get_name() for task in asyncio.all_tasks()}
    assert not names & {"push", "pull"}
