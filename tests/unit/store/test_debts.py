"""A debt is shown as it will be, and compared as the server has it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from agent_app.domain.debt import Debt
from agent_app.domain.outbox import Refusal, RefusalKind
from agent_app.domain.patch import FollowupPatch
from agent_app.domain.subject import debt_of_subject, subject_of_debt
from agent_app.domain.views import Column, Filter
from agent_app.store.outbox import EntryKind
from agent_app.store.store import Store

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SUBJECT = subject_of_debt("d1")


@pytest.fixture
def store() -> Store:
    made = Store(None, None)
    made.take_in_debts([debt("d1"), debt("d2", phone="+33199000002")], NOW)
    rows = [{"id": f"f{n}", "debt_id": f"d{n}", "type": "call"} for n in (1, 2)]
    made.followups.upsert(rows, NOW)
    return made


def debt(debt_id: str, **more: Any) -> dict[str, Any]:
    said = {"id": debt_id, "lastname": "Exemple", "phone": "+33199000001", "city": "Lyon"}
    return {**said, "address": "1 rue X, Lyon", "debtor_reference": f"C{debt_id}", **more}


def save(store: Store, **mine: str) -> None:
    now = store.debts.whole("d1")
    assert now is not None
    base = {name: now.get(name) for name in mine}
    store.save(FollowupPatch(SUBJECT, mine, base), NOW)


def shown(store: Store, debt_id: str = "d1") -> Debt:
    found = store.debts.get(debt_id)
    assert found is not None
    return found


def found(store: Store, wanted: Filter) -> list[str]:
    keys = store.listing.keys(wanted, Column.DEBTOR, descending=False)
    return [row.id for row in store.listing.rows(keys).values()]


def unsent(store: Store) -> list[str]:
    return found(store, Filter(unsent=True))


def unsaved(store: Store) -> list[str]:
    return found(store, Filter(unsaved=True))


def test_a_subject_is_a_debts_or_a_followups() -> None:
    assert debt_of_subject(subject_of_debt("x:y")) == "x:y"
    assert debt_of_subject("f1") == ""


def test_what_waits_is_shown_on_top_of_what_the_server_said(store: Store) -> None:
    save(store, city="Nice")
    assert (shown(store).city, shown(store).address) == ("Nice", None)
    there = store.debts.from_server("d1")
    assert there is not None
    assert (there.city, there.address) == ("Lyon", "1 rue X, Lyon")
    store.take_in_debts([{"id": "d1", "phone": "+33199000009", "city": "Lille"}], NOW)
    assert (shown(store).city, shown(store).phone) == ("Nice", "+33199000009")
    (entry,) = store.outbox.entries()
    assert (entry.kind, entry.debt_id) == (EntryKind.DEBT, "d1")
    store.outbox.confirm(entry, {"id": "d1", "city": "NICE"}, NOW)
    assert shown(store).city == "NICE"
    assert store.debts.from_server("d1") == store.debts.whole("d1")


def test_what_needs_a_person_is_not_shown_as_if_it_were_so(store: Store) -> None:
    save(store, city="Nice")
    (entry,) = store.outbox.entries()
    store.outbox.need_attention(entry, Refusal(RefusalKind.CONFLICT, theirs=(("city", "Lille"),)))
    assert shown(store).city == "Lyon"
    store.discard(SUBJECT)
    assert store.outbox.entries() == []


def test_several_saves_leave_as_one_and_undo_each_other(store: Store) -> None:
    save(store, city="Nice")
    save(store, phone="+33199000003")
    (entry,) = store.outbox.entries()
    assert dict(entry.patch.changes) == {"city": "Nice", "phone": "+33199000003"}
    save(store, city="Lyon", phone="+33199000001")
    assert store.outbox.entries() == []
    assert shown(store).city == "Lyon"


def test_whoever_listens_hears_of_the_debt_and_its_followups_are_found_anew(store: Store) -> None:
    heard: list[frozenset[str]] = []
    store.changes.listen(lambda change: heard.append(change.debts))
    save(store, phone="+33199777777")
    assert frozenset({"d1"}) in heard
    assert store.callers.debts_of("+33199777777", "FR") == ["d1"]


def test_a_debts_draft_and_its_save_are_listed_with_its_followup(store: Store) -> None:
    assert unsent(store) == unsaved(store) == []
    store.drafts.keep(FollowupPatch(SUBJECT, {"city": "Nice"}, {"city": "Lyon"}), NOW)
    assert (unsaved(store), unsent(store)) == (["f1"], [])
    save(store, city="Nice")
    assert (unsaved(store), unsent(store)) == ([], ["f1"])
    (row,) = store.listing.rows(
        store.listing.keys(Filter(unsent=True), Column.DEBTOR, False)
    ).values()
    assert row.pending == "waiting"
    assert store.drafts.get(SUBJECT) is None


def test_a_persons_debts_are_those_with_their_id_number_or_reference(store: Store) -> None:
    assert [one.id for one in store.debts.of_person("d1")] == ["d1"]
    store.take_in_debts(
        [
            debt("d3", phone=None, debtor_id="P", due_date=None),
            {"id": "d1", "debtor_id": "P"},
            debt("d4", phone="01 99 00 00 01", country="FR"),
            {"id": "d1", "country": "FR"},
        ],
        NOW,
    )
    assert {one.id for one in store.debts.of_person("d1")} == {"d1", "d3", "d4"}


def test_calls_of_a_person_are_counted_however_their_number_is_written(store: Store) -> None:
    spellings = ("+33639980001", "+33 6 39 98 00 01", "06 39 98 00 01", "+33 (0)6 39 98 00 01")
    store.take_in_debts(
        [debt(f"p{n}", phone=one, country="FR") for n, one in enumerate(spellings)]
        + [debt("other", phone="06 39 98 00 02", country="FR")],
        NOW,
    )
    rows = [
        {"id": f"c{n}", "debt_id": f"p{n}", "type": "call", "status": "no_answer", "call_date": NOW}
        for n in range(len(spellings))
    ]
    store.followups.upsert([*rows, {**rows[0], "id": "c9", "debt_id": "other"}], NOW)
    for n in range(len(spellings)):
        found = {one.id for one in store.followups.of_person(f"p{n}")}
        assert found == {"c0", "c1", "c2", "c3"}


def test_a_long_text_is_cut_to_be_shown_and_whole_to_be_edited(store: Store) -> None:
    store.take_in_debts([{"id": "d1", "city": "x" * 5_000}], NOW)
    edited = store.debts.whole("d1")
    assert edited is not None
    assert len(shown(store).city or "") < 400 < len(edited.city or "")


def test_another_store_takes_over_both_what_waits_and_what_the_server_said(store: Store) -> None:
    save(store, city="Nice")
    other = Store(None, None)
    other.carrying.take_over(store.carrying.snapshot())
    assert shown(other).city == "Nice"
    there = other.debts.from_server("d1")
    assert there is not None
    assert there.city == "Lyon"
    other.outbox.take_back(SUBJECT)
    assert shown(other).city == "Lyon"
