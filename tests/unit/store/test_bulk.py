"""What is written beside the window's thread is what would have been written on it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent_app.domain.errors import StoreError, StoreFull
from agent_app.domain.patch import FollowupPatch
from agent_app.store.bulk import Batch
from agent_app.store.changes import Change
from agent_app.store.database import Key
from agent_app.store.store import Store

KEY = Key(raw=b"b" * 32)
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "x.store", KEY)
    yield store
    store.close()


def take_in(store: Store, rows: list[dict[str, Any]], at: datetime = NOW, **more: Any) -> None:
    """As a page comes in."""
    batch = Batch(rows, at, more.pop("places", {}), more.pop("asked", None))
    for _ in store.bulk.sort(batch):
        pass
    between = more.pop("between", lambda: None)
    between()
    left = [one for writing in store.bulk.write(batch) for one in writing.result(10)]
    for _ in store.bulk.finish(batch, left):
        pass


def rows_of(store: Store) -> list[tuple[Any, ...]]:
    columns = [row[1] for row in store._database.read("pragma table_info(followup)")]
    columns.remove("key")
    found = store._database.read(f"select {', '.join(columns)} from followup order by id")
    return [*found]


def found(store: Store, word: str) -> set[str]:
    rows = store._database.read(
        "select f.id from search s join followup f on f.key = s.rowid where search match ?",
        [f'"{word}"'],
    )
    return {row[0] for row in rows}


words = st.sampled_from(["lille", "Gent", "Zoé Łuka", "nul\0byte", "quote ' \" \\", "", "\ud800"])
payloads = st.fixed_dictionaries(
    {
        "id": st.sampled_from([f"f{n}" for n in range(6)]),
        "debt_id": st.sampled_from(["d1", "d2", ""]),
        "status": st.sampled_from(["scheduled", "deal_found", "odd"]),
    },
    optional={
        "summary": words | st.none(),
        "notes": words | st.none(),
        "scheduled_at": st.sampled_from([NOW, NOW - timedelta(days=3), None]),
        "duration_ms": st.sampled_from([0, 5_000, 2**70, None]),
        "audio_url": st.sampled_from(["https://example.org/1", "https://example.org/2", None]),
        "unknown": st.sampled_from([1, 1.5, [1, {"a": None}], True]),
    },
)
pages = st.lists(st.lists(payloads, max_size=8), max_size=4)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(pages, st.lists(st.sampled_from(["f1", "f2", "f3"]), max_size=2), st.data())
def test_pages_come_in_as_they_do_row_by_row(
    tmp_path: Path, history: list[list[dict[str, Any]]], saved: list[str], data: st.DataObject
) -> None:
    place = tmp_path / str(len(list(tmp_path.iterdir())))
    place.mkdir()
    beside, plain = Store(place / "x.store", KEY), Store(None, None)
    for number, page in enumerate(history):
        at = NOW + timedelta(minutes=number)
        places = {str(row["id"]): 10 * number + n for n, row in enumerate(page)}
        take_in(beside, page, at, places=places)
        plain.followups.upsert(page, at, places)
        for one in saved:
            patch = FollowupPatch(one, {"notes": "mine"}, {"notes": None})
            for store in (beside, plain):
                if number == 0 and store.followups.get(one) is not None:
                    store.save(patch, at)
    assert rows_of(beside) == rows_of(plain)
    for word in ("lille", "luka", "gent", "mine"):
        assert found(beside, word) == found(plain, word)
    beside.close()
    plain.close()


def test_what_came_meanwhile_is_merged(store: Store) -> None:
    def meanwhile() -> None:
        store.followups.upsert([{"id": "f1", "debt_id": "d", "notes": "theirs"}], NOW)

    page = [{"id": f"f{n}", "debt_id": "d", "summary": f"lille {n}"} for n in range(3)]
    take_in(store, page, between=meanwhile)
    one = store.followups.get("f1")
    assert one is not None
    assert (one.summary, one.notes) == ("lille 1", "theirs")
    assert found(store, "lille") == {"f0", "f1", "f2"}


def test_what_was_confirmed_meanwhile_is_not_undone(store: Store) -> None:
    row = {"id": "f", "debt_id": "d", "status": "scheduled", "audio_url": "https://example.org/1"}
    take_in(store, [row])
    asked = store.followups.answers.ask()

    def saved() -> None:
        store.save(FollowupPatch("f", {"status": "sent"}, {"status": "scheduled"}), NOW)
        (entry,) = store.outbox.of("f")
        store.outbox.mark_leaving(entry, durable=False)
        reply = {"id": "f", "status": "sent"}
        store.outbox.confirm(entry, reply, NOW + timedelta(seconds=1))

    late = {**row, "audio_url": "https://example.org/2"}
    take_in(store, [late], asked=asked, between=saved)
    one = store.followups.get("f")
    assert one is not None
    assert one.status == "sent"


def test_whoever_listens_hears_of_it_once(store: Store) -> None:
    told: list[Change] = []
    store.changes.listen(told.append)
    page = [{"id": f"f{n}", "debt_id": "d"} for n in range(50)]
    take_in(store, page)
    take_in(store, page)
    assert [sorted(change.followups) for change in told] == [sorted(row["id"] for row in page)]


def test_a_long_list_that_is_being_read_does_not_make_a_save_fail(store: Store) -> None:
    take_in(store, [{"id": f"f{n}", "debt_id": "d", "notes": "x"} for n in range(500)])
    reading = store._database.read_slowly("select key from followup", [], 100)
    next(reading)
    batch = Batch([{"id": "later", "debt_id": "d"}], NOW, {}, None)
    for _ in store.bulk.sort(batch):
        pass
    (writing,) = store.bulk.write(batch)
    store.save(FollowupPatch("f1", {"notes": "mine"}, {"notes": "x"}), NOW)  # while it waits
    assert not writing.done()
    reading.close()
    assert writing.result(10) == []
    store.save(FollowupPatch("f2", {"notes": "mine"}, {"notes": "x"}), NOW)
    assert len(store.outbox.entries()) == 2


def test_closing_does_not_wait_for_who_waits_for_a_long_list(tmp_path: Path) -> None:
    store = Store(tmp_path / "x.store", KEY)
    take_in(store, [{"id": f"f{n}", "debt_id": "d"} for n in range(300)])
    reading = store._database.read_slowly("select key from followup", [], 100)
    next(reading)
    writing = store._database.write_behind(lambda _: None)
    assert writing is not None
    store._database._background.close()  # type: ignore[union-attr]
    assert writing.done()
    reading.close()
    store._database._connection.close()


def test_a_full_disk_is_said_in_the_desks_words(store: Store) -> None:
    take_in(store, [{"id": "f", "debt_id": "d"}])
    background = store._database._background
    assert background is not None
    background.write(lambda c: c.pragma("max_page_count", 1)).result(10)
    page = [{"id": f"n{n}", "debt_id": "d", "notes": "n" * 4_000} for n in range(100)]
    with pytest.raises(StoreFull):
        take_in(store, page)
    store.save(FollowupPatch("f", {"notes": "mine"}, {"notes": None}), NOW)
    assert len(store.outbox.entries()) == 1


def test_closing_leaves_what_was_not_begun(tmp_path: Path) -> None:
    store = Store(tmp_path / "x.store", KEY)
    page = [{"id": f"f{n}", "debt_id": "d"} for n in range(100)]
    batches = [Batch(page, NOW, {}, None) for _ in range(20)]
    futures = []
    for batch in batches:
        for _ in store.bulk.sort(batch):
            pass
    for batch in batches:
        futures += store.bulk.write(batch)
    store.close()
    assert len(futures) == 40
    assert all(one.done() for one in futures)
    again = Store(tmp_path / "x.store", KEY)
    assert again.followups.count() in (0, 50, 100)
    again.close()


def test_what_is_counted_beside_the_window_can_be_ended(store: Store) -> None:
    take_in(store, [{"id": f"f{n}", "debt_id": f"d{n}"} for n in range(300)])
    database = store._database
    assert database.read_behind("select count(*) from followup").result(10) == [(300,)]
    endless = (
        "with recursive n(x) as (select 1 union all select x + 1 from n) select count(*) from n"
    )
    counting = database.read_behind(endless)
    while not counting.done():
        database.end_reading_behind()
    with pytest.raises(StoreError):
        counting.result()
    found = store.followups.find_debts_without_name().result(10)
    assert len(found) == 300
    database.read_behind(endless)  # and closing does not wait for it
