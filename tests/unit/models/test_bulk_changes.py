"""One change of many followups: an entry each, one undo, and nothing that is typed is lost."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from agent_app.domain.calling import CallingRule, Rulebook, read_spans
from agent_app.domain.debt_status import DebtStatus
from agent_app.domain.outbox import Refusal, RefusalKind
from agent_app.domain.patch import FollowupPatch
from agent_app.models.bulk_changes import BulkChanges, LeftOut
from agent_app.models.calling_guard import CallingGuard
from agent_app.models.commands import Commands
from agent_app.store.store import Store

NOW = datetime(2026, 11, 26, 10, tzinfo=UTC)
TOMORROW = NOW + timedelta(days=1)
DAY = {day: read_spans("8:00-20:00") for day in range(7)}
FRANCE = CallingRule("FR", "France", "", NOW.date(), enabled=True, hours=DAY)


@pytest.fixture
def store() -> Iterator[Store]:
    store = Store(None, None)
    store.take_in_debts(
        [{"id": "d", "country": "FR"}, {"id": "paid", "status": DebtStatus.PAID}], NOW
    )
    yield store
    store.close()


@pytest.fixture
def commands(store: Store) -> Commands:
    return Commands(store, lambda: NOW)


@pytest.fixture
def bulk(store: Store, commands: Commands) -> BulkChanges:
    return BulkChanges(store, commands, CallingGuard(store, UTC, lambda: Rulebook((FRANCE,))))


def put(store: Store, *ids: str, **values: Any) -> None:
    for one in ids:
        said = {"id": one, "debt_id": "d", "status": "scheduled", "type": "call", **values}
        store.followups.upsert([said], NOW)


def status(store: Store, followup_id: str) -> str:
    followup = store.followups.get(followup_id)
    assert followup is not None
    return followup.status


def test_each_followup_is_an_entry_and_one_undo_takes_all_back(
    store: Store, bulk: BulkChanges, commands: Commands
) -> None:
    put(store, "a", "b", "c", scheduled_at=NOW)
    bulk.save(bulk.cancel(["a", "b", "c"]))
    assert [entry.patch.followup_id for entry in store.outbox.entries()] == ["a", "b", "c"]
    assert {status(store, one) for one in "abc"} == {"cancelled"}
    assert commands.undo() == "a"
    assert store.outbox.entries() == []
    assert {status(store, one) for one in "abc"} == {"scheduled"}


def test_what_has_left_is_sent_back_by_the_undo(
    store: Store, bulk: BulkChanges, commands: Commands
) -> None:
    put(store, "a", "b")
    bulk.save(bulk.set_type(["a", "b"], "manual_call"))
    entry = store.outbox.next(NOW)
    assert entry is not None
    store.outbox.mark_leaving(entry)
    store.outbox.confirm(entry, {"id": "a", "type": "manual_call"}, NOW)
    commands.undo()
    (back,) = store.outbox.entries()
    assert (back.patch.followup_id, dict(back.patch.changes)) == ("a", {"type": "call"})


def test_a_draft_of_one_of_them_stays(store: Store, bulk: BulkChanges, commands: Commands) -> None:
    put(store, "a", "b", notes="")
    draft = FollowupPatch("b", {"notes": "half a sent"}, {"notes": ""})
    store.drafts.keep(draft, NOW)
    bulk.save(bulk.reschedule(["a", "b"], TOMORROW))
    commands.undo()
    kept = store.drafts.get("b")
    assert kept is not None
    assert kept.patch.changes == draft.changes


def test_what_cannot_be_changed_is_left_out_and_said(store: Store, bulk: BulkChanges) -> None:
    put(store, "a", "same", "refused", "paid")
    put(store, "done", status="deal_found")
    put(store, "same", scheduled_at=TOMORROW)
    put(store, "paid", debt_id="paid")
    store.outbox.add(FollowupPatch("refused", {"summary": "x"}, {"summary": None}), NOW)
    entry = store.outbox.next(NOW)
    assert entry is not None
    store.outbox.need_attention(entry, Refusal(RefusalKind.REFUSED))
    plan = bulk.reschedule(["a", "same", "refused", "paid", "done"], TOMORROW)
    assert [patch.followup_id for patch in plan.patches] == ["a"]
    assert plan.left_out == dict.fromkeys(
        (LeftOut.SAME, LeftOut.REFUSED, LeftOut.RULES, LeftOut.DONE), 1
    )
    night = bulk.reschedule(["a"], TOMORROW.replace(hour=22))
    assert night.patches == ()


def test_two_calls_without_an_answer_plan_one_next_call(store: Store, commands: Commands) -> None:
    put(store, "a", "b")
    for one in "ab":
        commands.save(
            FollowupPatch(one, {"status": "no_answer"}, {"status": "scheduled"}), TOMORROW
        )
    planned = [
        entry for entry in store.outbox.entries() if entry.patch.followup_id.startswith("new:")
    ]
    assert len(planned) == 1
    put(store, "other", debt_id="paid")
    commands.save(
        FollowupPatch("other", {"status": "no_answer"}, {"status": "scheduled"}), TOMORROW
    )
    assert len(store.outbox.entries()) == 5
