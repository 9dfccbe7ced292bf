"""A debt's edits: kept as a draft, saved with the followup, decided where somebody else was quicker."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from agent_app.domain.fields import Value
from agent_app.domain.outbox import Refusal, RefusalKind
from agent_app.domain.patch import FollowupPatch, diff
from agent_app.domain.promise import promise_in
from agent_app.domain.subject import subject_of_debt
from agent_app.models.commands import Commands
from agent_app.models.debt_edits import DebtConflict, DebtEdits
from agent_app.store.store import Store

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PAID, HOLD = "status.default.paid", "status.default.on_hold"


@pytest.fixture
def store() -> Iterator[Store]:
    made = Store(None, None)
    made.take_in_debts([debt("d1"), debt("d2", phone=None)], NOW)
    made.followups.upsert(
        [{"id": "f1", "debt_id": "d1", "type": "manual_call", "status": "scheduled"}], NOW
    )
    yield made
    made.close()


@pytest.fixture
def commands(store: Store) -> Commands:
    return Commands(store, lambda: NOW)


@pytest.fixture
def edits(store: Store, commands: Commands) -> Iterator[DebtEdits]:
    made = DebtEdits(store, commands)
    made.open("d1")
    yield made
    made.close()


def debt(debt_id: str, **more: Any) -> dict[str, Any]:
    said = {"id": debt_id, "status": "status.default.in_progress", "phone": "+33199000001"}
    return {**said, "city": "Lyon", "debtor_reference": "C1", **more}


def save(edits: DebtEdits, commands: Commands) -> None:
    patch = edits.patch
    assert patch is not None
    commands.save(FollowupPatch("f1"), debt=patch)
    edits.saved(patch)


def test_a_change_is_one_until_it_is_set_back(edits: DebtEdits) -> None:
    edits.put({"status": HOLD, "city": "Nice"})
    assert dict(edits.mine) == {"status": HOLD, "city": "Nice"}
    edits.set("city", "Lyon")
    edits.set_back("status")
    assert not edits.mine
    assert edits.patch is None
    with pytest.raises(ValueError, match="cannot be written"):
        edits.put({"amount": 1})


def test_what_is_typed_is_a_draft_of_the_debt(store: Store, commands: Commands) -> None:
    edits = DebtEdits(store, commands)
    edits.open("d1")
    edits.set("city", "Nice")
    edits.open("d2")
    assert not edits.mine
    edits.open("d1")
    assert (edits.value("city"), edits.value("phone")) == ("Nice", "+33199000001")
    edits.set_back("city")
    edits.close()
    assert store.drafts.get(subject_of_debt("d1")) is None


def test_saved_it_is_shown_and_on_its_way(
    edits: DebtEdits, commands: Commands, store: Store
) -> None:
    edits.put({"status": HOLD})
    save(edits, commands)
    assert (dict(edits.mine), dict(edits.sending)) == ({}, {"status": HOLD})
    shown = store.debts.get("d1")
    assert shown is not None
    assert shown.status == HOLD
    (entry,) = store.outbox.entries()
    store.outbox.confirm(entry, {"id": "d1", "status": HOLD}, NOW)
    assert edits.was_saved == {"status"}


def test_somebody_else_was_quicker(edits: DebtEdits, commands: Commands, store: Store) -> None:
    edits.put({"status": HOLD, "city": "Nice"})
    store.take_in_debts([{"id": "d1", "status": PAID}], NOW)
    assert edits.conflicts == [DebtConflict("status", PAID, HOLD)]
    assert edits.patch is None
    edits.keep_mine("status")
    assert edits.patch == FollowupPatch(
        subject_of_debt("d1"), {"status": HOLD, "city": "Nice"}, {"status": PAID, "city": "Lyon"}
    )
    store.take_in_debts([{"id": "d1", "city": "Lille"}], NOW)
    edits.take_theirs("city")
    assert dict(edits.mine) == {"status": HOLD}


def test_a_conflict_that_the_sender_found_is_decided_the_same_way(
    edits: DebtEdits, commands: Commands, store: Store
) -> None:
    edits.put({"status": HOLD})
    save(edits, commands)
    (entry,) = store.outbox.entries()
    store.take_in_debts([{"id": "d1", "status": PAID}], NOW)
    store.outbox.need_attention(entry, Refusal(RefusalKind.CONFLICT, theirs=(("status", PAID),)))
    assert edits.conflicts == [DebtConflict("status", PAID, HOLD)]
    edits.take_theirs("status")
    assert store.outbox.entries() == []
    assert edits.refusal is None


def test_what_the_server_says_of_a_field_stands_beside_it_until_it_is_changed(
    edits: DebtEdits, commands: Commands, store: Store
) -> None:
    edits.put({"phone": "12"})
    save(edits, commands)
    (entry,) = store.outbox.entries()
    store.outbox.need_attention(
        entry, Refusal(RefusalKind.REJECTED, fields=(("phone", ("too short",)),))
    )
    assert edits.server_words("phone") == ("too short",)
    assert edits.value("phone") == "12"
    assert edits.was_saved == frozenset()
    edits.set("phone", "+33199000002")
    assert edits.server_words("phone") == ()
    save(edits, commands)
    assert [one.state for one in store.outbox.entries()] == ["waiting"]


def test_one_undo_takes_followup_and_debt_back(
    edits: DebtEdits, commands: Commands, store: Store
) -> None:
    edits.put({"status": HOLD})
    patch, followup = edits.patch, store.followups.get("f1")
    assert followup is not None
    commands.save(diff(followup, {"notes": "disputes"}), debt=patch)
    assert len(store.outbox.entries()) == 2
    assert commands.undo() == "f1"
    assert store.outbox.entries() == []


def test_one_call_settles_several_debts(commands: Commands, store: Store) -> None:
    store.take_in_debts([debt("d3"), debt("d4")], NOW)
    planned = {"id": "f3", "debt_id": "d3", "type": "manual_call", "status": "scheduled"}
    store.followups.upsert([{**planned, "notes": "Old word", "scheduled_at": NOW}], NOW)
    followup = store.followups.get("f1")
    assert followup is not None
    notes = "All three.\nPromise to pay · 120.00 EUR → 2026-03-05"
    made: dict[str, Value] = {
        "status": "deal_found",
        "call_date": NOW,
        "summary": "Pays",
        "notes": notes,
    }
    commands.save(diff(followup, made), others=["d3", "d4"])
    third = store.followups.get("f3")
    (fourth,) = store.followups.of_debt("d4")
    assert third is not None
    for one in (third, fourth):
        assert (one.status, one.summary, one.call_date) == ("deal_found", "Pays", NOW)
        assert promise_in(one.notes) is None
    assert third.notes == "Old word\nAll three.\nPromise to pay"
    assert fourth.type == "manual_call"
    assert len(store.outbox.entries()) == 3
    commands.undo()
    assert store.outbox.entries() == []
    assert store.followups.of_debt("d4") == []


def test_nothing_is_saved_where_a_part_cannot_be(
    commands: Commands, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    followup = store.followups.get("f1")
    assert followup is not None

    def refuse(*_args: object) -> str:
        raise RuntimeError("no")

    monkeypatch.setattr(store, "create", refuse)
    with pytest.raises(RuntimeError):
        commands.save(diff(followup, {"status": "deal_found"}), others=["d2"])
    assert store.outbox.entries() == []


def test_what_waits_in_vain_can_be_edited_again(
    edits: DebtEdits, commands: Commands, store: Store
) -> None:
    edits.put({"status": HOLD})
    save(edits, commands)
    assert not edits.may_take_back
    (entry,) = store.outbox.entries()
    store.outbox.put_back(entry, NOW + timedelta(minutes=1))
    assert edits.may_take_back
    edits.take_back()
    assert store.outbox.entries() == []
    assert dict(edits.mine) == {"status": HOLD}
    shown = store.debts.get("d1")
    assert shown is not None
    assert shown.status != HOLD
