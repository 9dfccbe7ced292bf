"""What is done and old leaves the store; what a person has words in, or still waits, stays."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_app.domain.fields import Status
from agent_app.domain.patch import FollowupPatch
from agent_app.domain.retention import is_over
from agent_app.domain.reviews import Review
from agent_app.domain.subject import subject_of_debt
from agent_app.domain.views import Filter
from agent_app.store.retention import Cursor, Limit
from agent_app.store.store import Store

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
OLD, NEW = NOW - timedelta(days=91), NOW - timedelta(days=89)
READ = NOW - timedelta(days=2)
LIMIT = Limit(NOW - timedelta(days=90), NOW - timedelta(days=1))


@pytest.fixture
def store() -> Iterator[Store]:
    store = Store(None, None)
    yield store
    store.close()


def put(store: Store, followup_id: str, at: datetime = READ, **values: Any) -> None:
    row = {"id": followup_id, "debt_id": "d1", "status": "no_answer", "call_date": OLD, **values}
    store.followups.upsert([row], at)


def let_go(store: Store, most: int = 10, keep: tuple[str, ...] = ()) -> int:
    gone, cursor = 0, Cursor()
    while cursor is not None:
        went, _top, cursor = store.retention.step(LIMIT, cursor, most, keep)  # type: ignore[assignment]
        assert went <= most
        gone += went
    while store.retention.step_debts(most):
        pass
    return gone


def left(store: Store) -> set[str]:
    return {row[0] for row in store._database.read("select id from followup")}


def test_what_is_done_and_old_goes_and_cannot_be_found(store: Store) -> None:
    put(store, "old", notes="CANARY lives at the mill")
    put(store, "new", call_date=NEW)
    told: list[frozenset[str]] = []
    store.changes.listen(lambda change: told.append(change.followups))
    assert store.retention.over(LIMIT) == 1
    assert let_go(store) == 1
    assert left(store) == {"new"}
    assert told == [frozenset({"old"})]
    assert store.listing.count(Filter(text="CANARY")) == 0
    assert store.retention.over(LIMIT) == 0


@pytest.mark.parametrize("status", ["scheduled", "on_hold", "in_progress", "sent", "of_tomorrow"])
def test_what_still_waits_or_is_not_known_stays(store: Store, status: str) -> None:
    put(store, "waits", status=status)
    assert let_go(store) == 0


@pytest.mark.parametrize("name", ["scheduled_at", "processed_at", "call_date"])
def test_the_latest_moment_counts(store: Store, name: str) -> None:
    put(store, "one", **{"scheduled_at": OLD, name: NEW})
    assert let_go(store) == 0


def test_what_was_just_read_stays_for_a_day_and_what_is_open_as_well(store: Store) -> None:
    put(store, "asked for", at=NOW - timedelta(hours=23))
    put(store, "open")
    assert let_go(store, keep=("open",)) == 0
    assert let_go(store) == 1


def test_no_word_of_a_person_goes(store: Store) -> None:
    for one in ("draft", "saved", "refused", "reviewed", "promised"):
        put(store, one)
    put(store, "promised", notes="120.00 EUR → 2027-01-05")
    store.drafts.keep(FollowupPatch("draft", {"notes": "typed"}, {"notes": None}), NOW)
    for one in ("saved", "refused"):
        store.outbox.add(FollowupPatch(one, {"notes": "saved"}, {"notes": None}), NOW)
    entry = store.outbox.of("refused")[0]
    store._database._connection.execute(
        "update outbox set state = 'attention' where number = ?", [entry.number]
    )
    store.reviews.keep(Review("reviewed", "Sam", NOW, "well done", {}))
    begun = store.begin("d1", {"status": "no_answer", "call_date": OLD}, READ)
    assert let_go(store) == 1
    assert left(store) == {"draft", "saved", "refused", "promised", begun}
    assert [one.comment for one in store.reviews.all()] == ["well done"]


def test_a_debt_goes_with_the_last_followup_that_names_it(store: Store) -> None:
    put(store, "a", debt_id="gone")
    put(store, "b", debt_id="shared")
    put(store, "c", debt_id="shared", call_date=NEW)
    put(store, "d", debt_id="edited")
    put(store, "e", debt_id="typed")
    debts = ("gone", "shared", "edited", "typed", "nobody's")
    store.take_in_debts([{"id": one, "lastname": "Quill"} for one in debts], READ)
    edit = {"notes": "new"}, {"notes": ""}
    store.outbox.add(FollowupPatch(subject_of_debt("edited"), *edit), NOW)
    store.drafts.keep(FollowupPatch(subject_of_debt("typed"), *edit), NOW)
    assert let_go(store) == 4
    assert [one for one in debts if store.debts.get(one) is not None] == list(debts[1:])


@pytest.mark.parametrize("most", [1, 7, 10])
def test_a_pass_comes_to_its_end_whatever_it_may_not_take(store: Store, most: int) -> None:
    rows = [
        {
            "id": f"f{n}",
            "debt_id": f"d{n}",
            "call_date": OLD,
            "status": "failed" if n % 3 else "sent",
        }
        for n in range(900)
    ]
    store.followups.upsert(rows, READ)
    assert let_go(store, most) == 600
    assert len(left(store)) == 300


moments = st.one_of(st.none(), st.integers(-400, 400).map(lambda days: NOW + timedelta(days=days)))
rows_ = st.fixed_dictionaries(
    {
        "status": st.sampled_from([*Status, "of_tomorrow", ""]),
        "call_date": moments,
        "scheduled_at": moments,
        "processed_at": moments,
    }
)


@given(st.lists(rows_, max_size=8))
def test_the_store_and_the_door_agree(rows: list[dict[str, Any]]) -> None:
    store = Store(None, None)
    told = [{"id": f"f{n}", "debt_id": "", **row} for n, row in enumerate(rows)]
    store.followups.upsert(told, READ)
    let_go(store)
    kept = {row["id"] for row in told if not is_over(row, LIMIT.before)}
    # A followup of a processing alone has no day to be found by: none is known to be so.
    odd = {row["id"] for row in told if row["call_date"] is None and row["scheduled_at"] is None}
    assert left(store) - odd == kept - odd
    store.close()
