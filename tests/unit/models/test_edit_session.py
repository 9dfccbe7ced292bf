"""The edit of one followup, without a window: drafts, saving, undo, blanks, reasons, conflicts."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QCoreApplication

from agent_app.domain.errors import StoreFull
from agent_app.domain.outbox import Refusal, RefusalKind
from agent_app.domain.outcomes import NEXT_CALL
from agent_app.domain.validation import Rule
from agent_app.models.conflicts import Decision
from agent_app.models.edit_session import CONFLICTED, NOT_KEPT, UNFILLED
from agent_app.models.open_followup import Progress
from agent_app.models.unsaved_edits import REASON
from tests.unit.models.desk import PARIS, FormDesk


@pytest.fixture
def open_desk(desk: FormDesk) -> FormDesk:
    desk.session.open("f1")
    return desk


def wait(desk: FormDesk, seconds: float) -> None:
    """Let timers run."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        QCoreApplication.processEvents()


def test_what_is_typed_is_a_draft_soon_and_comes_back(open_desk: FormDesk) -> None:
    session, drafts = open_desk.session, open_desk.store.drafts
    session.set("notes", "half a sentence")
    assert drafts.get("f1") is None
    wait(open_desk, 0.35)
    draft = drafts.get("f1")
    assert draft is not None and draft.patch.changes == {"notes": "half a sentence"}
    session.open("")
    session.open("f1")
    assert session.value("notes") == "half a sentence"
    assert session.progress is Progress.EDITED


def test_what_is_set_back_is_no_change(open_desk: FormDesk) -> None:
    session = open_desk.session
    session.set("summary", "words")
    session.set_back("summary")
    assert session.changed == frozenset()
    assert not session.may_save
    assert session.save() == ""
    assert open_desk.store.outbox.entries() == []


def test_a_save_leaves_and_can_be_undone(open_desk: FormDesk) -> None:
    session = open_desk.session
    session.set("summary", "words")
    assert session.save() == ""
    assert session.progress is Progress.SAVING
    assert session.undo() == "f1"
    assert session.value("summary") is None
    assert open_desk.store.outbox.entries() == []


def test_an_error_keeps_save_off_and_is_named(open_desk: FormDesk) -> None:
    session = open_desk.session
    session.set_unreadable("scheduled_at", Rule.UNREADABLE_MOMENT, "soonish")
    assert not session.may_save
    assert session.save() == "scheduled_at"
    assert session.unread_text("scheduled_at") == "soonish"


def test_a_full_disk_keeps_what_was_typed(
    open_desk: FormDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = open_desk.session
    said: list[Exception] = []

    def full(*_args: object, **_more: object) -> None:
        raise StoreFull("full")

    session.store_refused.connect(said.append)
    session.set("notes", "kept")
    session.set(NEXT_CALL, open_desk.clock() + timedelta(days=1))
    with monkeypatch.context() as patched:
        patched.setattr(open_desk.commands, "save", full)
        assert session.save() == NOT_KEPT
    assert len(said) == 1
    assert session.value("notes") == "kept"
    assert session.value(NEXT_CALL) is not None
    assert session.save() == ""


def test_a_draft_that_the_disk_refuses_is_tried_again(
    open_desk: FormDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = open_desk.session
    told: list[str] = []

    def full(*_args: object) -> None:
        raise StoreFull("full")

    session.draft_refused.connect(lambda _error: told.append("refused"))
    session.draft_taken.connect(lambda: told.append("taken"))
    session.set("notes", "kept")
    with monkeypatch.context() as patched:
        patched.setattr(open_desk.commands, "keep_draft", full)
        session.keep_draft()
    assert told == ["refused"]
    session.set("notes", "kept too")
    session.keep_draft()
    assert told == ["refused", "taken"]
    draft = open_desk.store.drafts.get("f1")
    assert draft is not None and draft.patch.changes == {"notes": "kept too"}


def test_a_template_that_is_not_filled_in_is_asked_about(open_desk: FormDesk) -> None:
    session = open_desk.session
    session.set("notes", "Reached at {time} by {agent}")
    assert session.unfilled == {"notes": ["{time}", "{agent}"]}
    assert [one.rule for one in session.problems("notes")] == [Rule.UNFILLED]
    assert session.may_save  # a warning keeps nothing off
    assert session.save() == UNFILLED
    assert open_desk.store.outbox.entries() == []
    assert session.save(with_blanks=True) == ""


def test_braces_that_stood_there_are_not_asked_about(desk: FormDesk) -> None:
    desk.followup("f1", notes="from {agent}")
    desk.session.open("f1")
    desk.session.set("notes", "from {agent}, and more")
    assert desk.session.unfilled == {}
    assert desk.session.save() == ""


def test_a_reason_is_asked_for_and_noted(open_desk: FormDesk) -> None:
    session = open_desk.session
    open_desk.turn_on("FR")
    night = datetime(2026, 11, 27, 23, tzinfo=PARIS).astimezone(UTC)
    session.set(NEXT_CALL, night)
    assert session.reasons_needed == [NEXT_CALL]
    assert session.save() == REASON
    session.give_reason("he works at night")
    assert str(session.value("notes")).endswith("he works at night")
    assert session.save() == ""


def test_an_undecided_conflict_is_not_saved(open_desk: FormDesk) -> None:
    session, store = open_desk.session, open_desk.store
    session.set("notes", "mine")
    session.save()
    (entry,) = store.outbox.entries()
    open_desk.followup("f1", notes="theirs")
    store.outbox.need_attention(entry, Refusal(RefusalKind.CONFLICT, theirs=(("notes", "theirs"),)))
    assert [one.name for one in session.field_conflicts] == ["notes"]
    assert session.save() == CONFLICTED
    session.decide("notes", Decision.BOTH)
    assert session.field_conflicts == []
    assert {"mine", "theirs"} <= set(str(session.value("notes")).split())
    assert session.save() == ""


def test_choices_are_taken_back_one_by_one_and_words_stay(open_desk: FormDesk) -> None:
    session = open_desk.session
    session.put({"status": "no_answer"}, open_desk.clock() + timedelta(days=1))
    session.set("notes", "words")
    session.put({"status": "deal_found"})
    assert session.acts == 2
    assert session.take_act_back() == {"status"}
    assert session.value("status") == "no_answer"
    assert session.take_act_back() == {"status", NEXT_CALL}
    assert session.value("status") == "scheduled"
    assert session.value("notes") == "words"
    assert session.take_act_back() == frozenset()


def test_a_new_call_that_is_left_untouched_is_forgotten(open_desk: FormDesk) -> None:
    session, store = open_desk.session, open_desk.store
    new_id = open_desk.commands.begin("f1", open_desk.clock() + timedelta(days=1))
    session.open(new_id, back_to="f1")
    assert session.is_begun and session.may_save
    session.open("f1")
    assert store.followups.get(new_id) is None


def test_discarding_a_new_call_leads_back(open_desk: FormDesk) -> None:
    session = open_desk.session
    new_id = open_desk.commands.begin("f1", open_desk.clock() + timedelta(days=1))
    session.open(new_id, back_to="f1")
    session.set("notes", "words")
    session.discard()
    assert session.followup_id == "f1"


def test_a_followup_that_the_server_lost_is_kept_in_sight(open_desk: FormDesk) -> None:
    session = open_desk.session
    session.set("notes", "words")
    with open_desk.store.all_or_nothing():
        open_desk.store.followups.remove("f1")
    assert session.is_gone
    assert session.value("notes") == "words"
    assert session.save() == NOT_KEPT
    assert session.file_as_new() != ""
