"""A colleague changes what is open: nothing is saved over their words unseen, and what this desk changed
itself is never called a colleague's."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from agent_app.models.conflicts import Decision
from tests.ui.conftest import Driver, Start
from tests.waiting import until

pytestmark = pytest.mark.anyio


def a_call(desk: Driver) -> str:
    return str(desk.sandbox.some(type="call", status="deal_not_found")["id"])


async def freshened(desk: Driver, followup_id: str, **theirs: Any) -> None:
    """A colleague saves, and the list is read anew."""
    desk.sandbox.put(followup_id, **theirs)
    desk.desk.window.refresh.emit()
    name, value = next(iter(theirs.items()))
    await until(lambda: desk.store.followups.from_server(followup_id).get(name) == value)


async def field_conflicts(desk: Driver, followup_id: str, **theirs: str) -> None:
    """Save while the server is away and a colleague is quicker."""
    desk.sandbox.fault("PUT * status=503")
    desk.save()
    await until(lambda: desk.session.progress == "waiting")
    await until(lambda: desk.store.outbox.entries()[0].state == "waiting")
    desk.sandbox.no_faults()
    assert desk.desk.engine is not None
    desk.desk.engine._push._hold_until = datetime.max.replace(tzinfo=UTC)
    desk.sandbox.put(followup_id, **theirs)
    # The entry has waited for two minutes, the followup was read before that.
    push = desk.desk.engine._push
    real = push._now
    push._now = lambda: real() + timedelta(minutes=10)
    push.wake(at_once=True)
    await until(lambda: desk.session.progress == "attention")
    push._now = real


async def test_a_conflict_shows_both_and_takes_one_key_each(desk: Driver) -> None:
    followup_id = a_call(desk)
    await desk.open(followup_id)
    desk.type("summary", "my <i>summary</i>")
    desk.type("notes", "my notes")
    await field_conflicts(desk, followup_id, summary="their summary", notes="their notes")
    panel = desk.editor.conflicts
    assert panel.isVisible()
    assert [one.name for one in desk.session.field_conflicts] == ["summary", "notes"]
    assert (desk.text("summary"), desk.text("notes")) == ("my <i>summary</i>", "my notes")
    # It takes nobody's keys: a save leads there.
    assert desk.field("notes").hasFocus()
    desk.save()
    card = panel._cards[0]
    assert card.hasFocus()
    assert "yours is my <i>summary</i>; your colleague's is their summary" in card.accessibleName()
    mine, theirs, was = card._bodies
    assert (mine.toPlainText(), theirs.toPlainText()) == ("my <i>summary</i>", "their summary")
    assert was.isHidden()
    desk.press(Qt.Key.Key_O)
    assert not was.isHidden()
    assert panel._progress.text() == "0 of 2 decided"
    desk.press(Qt.Key.Key_T)
    assert panel._progress.text() == "1 of 2 decided"
    assert desk.text("summary") == "their summary"
    assert [one.name for one in desk.session.field_conflicts] == ["notes"]
    assert panel._cards[0].hasFocus()
    desk.type("notes", "their words and mine")
    assert panel._cards[0]._bodies[0].toPlainText() == "their words and mine"
    desk.save()  # typing on is no decision: it leads there
    desk.press(Qt.Key.Key_M)
    assert not panel.isVisible()
    assert desk.editor.bar.save_button.hasFocus()
    desk.press(Qt.Key.Key_Return)
    await desk.saved()
    assert desk.sandbox.puts()[-1] == {"notes": "their words and mine"}


async def test_keeping_mine_sends_mine(desk: Driver) -> None:
    followup_id = a_call(desk)
    await desk.open(followup_id)
    desk.type("summary", "mine is better")
    await field_conflicts(desk, followup_id, summary="theirs is worse")
    desk.save()
    desk.press(Qt.Key.Key_M)
    desk.press(Qt.Key.Key_Return)
    await desk.saved()
    assert desk.sandbox.followup(followup_id)["summary"] == "mine is better"


async def test_keeping_both_in_the_order_of_time(desk: Driver) -> None:
    followup_id = a_call(desk)
    await freshened(desk, followup_id, notes="Spoke on Monday.")
    await desk.open(followup_id)
    desk.type("notes", "Spoke on Monday.")
    desk.press(Qt.Key.Key_Return)
    QTest.keyClicks(desk.field("notes"), "He pays on Friday.")
    await field_conflicts(desk, followup_id, notes="Spoke on Monday.\nDispute: never signed.")
    desk.save()
    desk.press(Qt.Key.Key_B)
    assert desk.text("notes") == "Spoke on Monday.\nDispute: never signed.\n\nHe pays on Friday."
    desk.press(Qt.Key.Key_Return)
    await desk.saved()
    assert desk.sandbox.followup(followup_id)["notes"] == desk.text("notes")


async def test_a_choice_offers_no_joining_and_its_buttons_choose(desk: Driver) -> None:
    followup_id = a_call(desk)
    await desk.open(followup_id)
    desk.session.set("status", "no_answer")
    await freshened(desk, followup_id, status="deal_found")
    desk.save()
    card = desk.editor.conflicts._cards[0]
    assert [body.text() for body in card._bodies[:2]] == ["No answer", "Deal found"]
    assert card._buttons[Qt.Key.Key_B].isHidden()
    desk.press(Qt.Key.Key_B)
    assert desk.session.field_conflicts
    card._buttons[Qt.Key.Key_T].setFocus()
    desk.press(Qt.Key.Key_Return)
    assert desk.session.progress == "clean"
    assert desk.panel.view.hasFocus()
    desk.sandbox.put(followup_id, status="deal_not_found")


async def test_a_colleagues_change_is_marked_at_its_field(desk: Driver) -> None:
    followup_id = a_call(desk)
    await desk.open(followup_id)
    desk.type("notes", "half a sen")
    await freshened(desk, followup_id, status="no_answer", notes="Dispute: never signed it.")
    marks = desk.editor.form.marks
    assert marks["status"].words == "Changed by a colleague just now. Before: No deal"
    assert marks["notes"].words == "A colleague changed this meanwhile: Dispute: never signed it."
    assert marks["status"].isVisible()
    assert desk.field("notes").hasFocus()
    QTest.keyClicks(desk.field("notes"), "tence")
    assert desk.text("notes") == "half a sentence"
    assert desk.editor.bar.words == "Needs your decision: Notes"
    marks["notes"]._links["both"].click()
    assert desk.text("notes") == "Dispute: never signed it.\n\nhalf a sentence"
    assert marks["notes"].isHidden()
    assert desk.field("notes").hasFocus()
    desk.session.set("status", "failed")
    assert marks["status"].isHidden()
    desk.session.discard()
    desk.sandbox.put(followup_id, status="deal_not_found")


async def test_very_long_texts_are_compared_at_once(desk: Driver) -> None:
    followup_id = a_call(desk)
    await desk.open(followup_id)
    words = "He pays. " * 30_000
    desk.session.set("notes", "Mine. " + words)
    await freshened(desk, followup_id, notes=words + "Theirs.")
    began = time.process_time()
    desk.editor.conflicts.ask()
    assert time.process_time() - began < 1.0
    mine = desk.editor.conflicts._cards[0]._bodies[0]
    assert len(mine.toPlainText()) < 10_000
    desk.session.decide("notes", Decision.BOTH)
    both = desk.session.value("notes")
    assert "Theirs." in both
    assert "Mine." in both
    desk.session.discard()
    desk.sandbox.put(followup_id, notes="short again")


async def test_what_is_not_decided_is_not_saved(desk: Driver) -> None:
    followup_id = a_call(desk)
    await desk.open(followup_id)
    desk.type("summary", "my summary")
    desk.type("notes", "my notes")
    await field_conflicts(
        desk, followup_id, summary="their summary", notes="Dispute: he never signed."
    )
    desk.save()
    desk.press(Qt.Key.Key_M)
    assert [one.name for one in desk.session.field_conflicts] == ["notes"]
    assert not desk.session.may_save
    assert not desk.editor.bar.save_button.isEnabled()
    desk.field("summary").setFocus()
    desk.save()
    assert desk.editor.conflicts._cards[0].hasFocus()
    assert desk.session.progress == "attention"
    assert desk.sandbox.followup(followup_id)["notes"] == "Dispute: he never signed."
    # Typing on top of it decides nothing.
    desk.type("notes", "my notes, longer")
    desk.save()
    assert desk.editor.conflicts._cards[0].hasFocus()
    desk.press(Qt.Key.Key_T)
    desk.save()
    await desk.saved()
    on_server = desk.sandbox.followup(followup_id)
    assert on_server["notes"] == "Dispute: he never signed."
    assert on_server["summary"] == "my summary"


async def test_what_was_not_decided_is_asked_again_after_a_restart(start: Start) -> None:
    first = await start()
    followup_id = a_call(first)
    await first.open(followup_id)
    first.type("notes", "mine, before the colleague")
    await freshened(first, followup_id, notes="theirs, meanwhile")
    assert [one.name for one in first.session.field_conflicts] == ["notes"]
    first.type("notes", "mine, after the colleague")
    await first.desk.stop()
    second = await start()
    await second.open(followup_id)
    assert second.text("notes") == "mine, after the colleague"
    assert [one.theirs for one in second.session.field_conflicts] == ["theirs, meanwhile"]
    second.save()
    assert second.sandbox.followup(followup_id)["notes"] == "theirs, meanwhile"
    second.session.discard()


async def test_a_field_that_is_typed_in_asks_before_it_is_saved(desk: Driver) -> None:
    followup_id = a_call(desk)
    await desk.open(followup_id)
    before = desk.text("notes")
    desk.type("notes", "mine")
    await freshened(desk, followup_id, notes="theirs")
    (one,) = desk.session.field_conflicts
    assert (one.name, one.was or "", one.theirs, one.mine) == ("notes", before, "theirs", "mine")
    assert desk.field("notes").hasFocus()  # nobody is taken out of what they type
    desk.save()
    assert desk.editor.conflicts._cards[0].hasFocus()
    desk.press(Qt.Key.Key_M)
    desk.save()
    await desk.saved()
    assert desk.sandbox.followup(followup_id)["notes"] == "mine"


async def test_a_decision_about_an_older_change_does_not_hold_for_a_newer_one(desk: Driver) -> None:
    followup_id = a_call(desk)
    await desk.open(followup_id)
    desk.type("notes", "mine, kept")
    await freshened(desk, followup_id, notes="theirs, first")
    desk.session.decide("notes", Decision.MINE)
    assert not desk.session.field_conflicts
    await freshened(desk, followup_id, notes="theirs, then")
    assert [one.theirs for one in desk.session.field_conflicts] == ["theirs, then"]
    desk.session.discard()


async def test_taking_all_of_a_colleagues_leaves_nothing_to_save(desk: Driver) -> None:
    followup_id = a_call(desk)
    await desk.open(followup_id)
    desk.type("notes", "mine")
    await field_conflicts(desk, followup_id, notes="theirs")
    desk.save()
    desk.press(Qt.Key.Key_T)
    assert desk.session.progress == "clean"
    assert desk.store.outbox.entries() == []
    assert desk.text("notes") == "theirs"


async def test_what_was_not_touched_is_told(desk: Driver) -> None:
    followup_id = a_call(desk)
    await desk.open(followup_id)
    desk.type("summary", "mine, beside it")
    before = desk.store.followups.from_server(followup_id).notes
    await freshened(desk, followup_id, notes="theirs, not touched")
    assert desk.session.told == {"notes": before}
    assert not desk.session.field_conflicts
    desk.save()
    await desk.saved()
    assert desk.sandbox.followup(followup_id)["notes"] == "theirs, not touched"
    desk.type("notes", "and mine")
    assert not desk.session.told
    desk.session.discard()


async def test_an_own_refused_save_is_no_colleagues(desk: Driver) -> None:
    followup_id = a_call(desk)
    await desk.open(followup_id)
    desk.sandbox.fault("PUT * delay=0.3")
    desk.sandbox.fault("PUT * status=400", count=1, details={"notes": ["no"]})
    desk.type("notes", "refused")
    desk.save()
    desk.press(Qt.Key.Key_X)
    await until(lambda: desk.session.progress == "attention")
    assert not desk.session.field_conflicts
    assert not desk.session.told
    assert desk.text("notes") == "refusedx"
    desk.session.discard()


async def test_an_own_reply_is_no_colleagues(desk: Driver) -> None:
    followup_id = a_call(desk)
    await desk.open(followup_id)
    desk.sandbox.fault("PUT * delay=0.3")
    desk.type("notes", "saved with blanks  ")
    desk.save()
    desk.press(Qt.Key.Key_X)
    await until(lambda: not desk.store.outbox.entries())
    assert not desk.session.field_conflicts
    assert not desk.session.told
    assert not desk.session.noticed
    assert desk.text("notes") == "saved with blanks  x"
    desk.save()
    await desk.saved()
    assert desk.sandbox.followup(followup_id)["notes"] == "saved with blanks  x"


async def test_an_own_save_that_waits_is_no_colleagues(desk: Driver) -> None:
    followup_id = a_call(desk)
    await desk.open(followup_id)
    desk.sandbox.fault("PUT * drop=after", count=1)
    desk.type("notes", "arrived unnoticed")
    desk.save()
    await until(lambda: desk.session.progress == "waiting")
    desk.type("notes", "typed on")
    desk.desk.window.refresh.emit()
    await until(lambda: not desk.store.outbox.entries())
    assert not desk.session.field_conflicts
    assert not desk.session.told
    desk.session.discard()


async def test_undo_is_no_colleagues(desk: Driver) -> None:
    followup_id = a_call(desk)
    await desk.open(followup_id)
    desk.type("summary", "too soon")
    desk.save()
    await desk.saved()
    desk.session.undo()
    await desk.saved()
    assert not desk.session.told
    assert not desk.session.noticed
