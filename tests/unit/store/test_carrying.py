"""What exists on this computer alone goes along into another store, whatever the table."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agent_app.domain.outbox import EntryKind
from agent_app.domain.patch import FollowupPatch
from agent_app.domain.reviews import Review
from agent_app.store.carrying import TABLES
from agent_app.store.database import Key
from agent_app.store.rescue import mark_damaged, open_or_rescue
from agent_app.store.store import Store

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
KEY = Key(raw=b"c" * 32)


def a_store(words: str) -> Store:
    """A store in memory with one of everything."""
    store = Store(None, None)
    rows = [{"id": f"f{n}", "debt_id": "d", "status": "scheduled"} for n in range(3)]
    store.followups.upsert(rows, NOW)
    store.take_in_debts([{"id": "d", "lastname": "Name"}], NOW)
    store.save(FollowupPatch("f0", {"notes": f"saved {words}"}, {"notes": None}), NOW)
    store.create("d", {"notes": f"filed {words}", "type": "call"}, NOW)
    store.drafts.keep(FollowupPatch("f1", {"summary": f"draft {words}"}), NOW, {"amount": "12,x"})
    begun = store.begin("d", {"type": "call"}, NOW)
    store.drafts.keep(FollowupPatch(begun, {"notes": f"begun {words}"}), NOW)
    store.reviews.keep(Review("f2", "me", NOW, f"review {words}"))
    store.pins.keep("d", f"pinned {words}", NOW)
    store.set_state("became/new:1", f"server {words}")
    store.set_state("loaded", True)
    return store


def told(store: Store) -> set[str]:
    """Everything that somebody wrote in a store."""
    entries = {str(one.patch.changes["notes"]) for one in store.outbox.entries()}
    drafts = [store.drafts.get(one) for one in store.drafts.ids()]
    typed = {str(v) for one in drafts if one for v in one.patch.changes.values()}
    unread = {str(v) for one in drafts if one for v in one.unreadable.values()}
    pinned = set(store.pins.get("d").splitlines())
    return entries | typed | unread | pinned | {one.comment for one in store.reviews.all()}


def all_words(words: str) -> set[str]:
    kinds = ("saved", "filed", "draft", "begun", "review", "pinned")
    return {f"{kind} {words}" for kind in kinds} | {"12,x"}


def test_every_table_is_carried_or_made_anew() -> None:
    """A new table belongs into TABLES, or here with the reason why not."""
    made_anew = {"search", "search_data", "search_idx", "search_docsize", "search_config"}
    made_anew |= {"debt_fact"}  # triggers fill it from followups and debts
    numbers = {"sqlite_sequence"}
    store = Store(None, None)
    tables = {str(row[1]) for row in store.layout() if row[0] == "table"}
    assert tables == set(TABLES) | made_anew | numbers
    store.close()


def test_every_column_is_carried() -> None:
    """What is not worked out anew of the server's words has to arrive as it was."""
    old, new = a_store("here"), Store(None, None)
    new.carrying.take_over(old.carrying.snapshot())
    assert _rows(new) == _rows(old)
    old.close()
    new.close()


def _rows(store: Store) -> dict[str, list[Any]]:
    rows = {table: [dict(row) for row in said] for table, said in store.carrying.snapshot()}
    return {table: sorted(said, key=repr) for table, said in rows.items()}


def test_a_store_in_memory_goes_into_a_file(tmp_path: Path) -> None:
    memory = a_store("without a keyring")
    carried = memory.carrying.snapshot()
    memory.close()
    store, _ = open_or_rescue(tmp_path / "x.store", KEY)
    count = store.carrying.take_over(carried)
    assert (count["review"], count["outbox"], count["draft"]) == (1, 2, 2)
    store.close()
    again, _ = open_or_rescue(tmp_path / "x.store", KEY)
    assert told(again) == all_words("without a keyring")
    assert again.server_id_of("new:1") == "server without a keyring"
    assert sum(again.is_begun(one) for one in again.drafts.ids()) == 1
    again.close()


def test_what_both_stores_hold_is_kept_of_both(tmp_path: Path) -> None:
    """Their entries have the same numbers, their drafts the same followup."""
    store, _ = open_or_rescue(tmp_path / "x.store", KEY)
    store.carrying.take_over(a_store("first").carrying.snapshot())
    second = a_store("second")
    second.drafts.keep(FollowupPatch("f1", {"notes": "draft second"}), NOW)
    second.save(FollowupPatch("f2", {"notes": "saved third"}, {"notes": None}), NOW)
    store.carrying.take_over(second.carrying.snapshot())
    wanted = {"saved first", "filed first", "filed second", "draft first", "draft second"}
    wanted |= {"saved second", "saved third", "begun first", "begun second"}
    assert wanted <= told(store)
    assert len(store.outbox.entries()) == 5
    # Of one followup they leave in the order in which they were saved.
    assert [e.patch.changes["notes"] for e in store.outbox.of("f0")] == [
        "saved first",
        "saved second",
    ]
    shown = store.followups.get("f0")
    assert shown is not None
    assert shown.notes == "saved second"
    store.close()


def test_a_request_under_way_is_looked_for_in_the_new_store() -> None:
    old, new = a_store("here"), Store(None, None)
    entry = next(one for one in old.outbox.entries() if one.kind is EntryKind.CREATE)
    old.outbox.note_known_ids(entry, ["f0"])
    old.outbox.mark_leaving(entry)
    new.carrying.take_over(old.carrying.snapshot())
    (there,) = [one for one in new.outbox.entries() if one.kind is EntryKind.CREATE]
    assert (there.state, there.looked, there.known_ids) == ("waiting", 1, frozenset({"f0"}))
    old.close()
    new.close()


def test_what_was_written_here_is_shown_though_its_row_was_lost() -> None:
    old, new = a_store("here"), Store(None, None)
    tables = [(name, rows) for name, rows in old.carrying.snapshot() if name != "followup"]
    new.carrying.take_over(tables, lambda: False)
    for followup_id in (*new.drafts.ids(), *(e.patch.followup_id for e in new.outbox.entries())):
        if followup_id.startswith("new:"):
            assert new.followups.get(followup_id) is not None
    assert new.state("loaded") is None  # so the list is read again
    old.close()
    new.close()


@pytest.mark.slow
def test_twenty_thousand_rows_are_rescued_in_seconds(tmp_path: Path) -> None:
    file = tmp_path / "x.store"
    store, _ = open_or_rescue(file, KEY)
    rows = [
        {
            "id": f"f{n:06}",
            "debt_id": f"d{n // 3}",
            "status": "scheduled",
            "type": "call",
            "scheduled_at": NOW + timedelta(minutes=n),
            "notes": f"note {n} " * 12,
        }
        for n in range(20_000)
    ]
    store.followups.upsert(rows, NOW)
    store.save(FollowupPatch("f000001", {"notes": "unsent"}, {"notes": None}), NOW)
    store.set_state("loaded", True)
    store.close()
    mark_damaged(file)
    started = time.process_time()
    store, rescued = open_or_rescue(file, KEY)
    took_s = time.process_time() - started
    print(f"{took_s:.2f} s of work for 20,000 rows")
    assert rescued is not None
    assert rescued.rows["followup"] == 20_000
    assert store.state("loaded") is True  # every row came along: none is read again
    assert took_s < 20  # a machine's pace; row by row it was minutes
    store.close()
