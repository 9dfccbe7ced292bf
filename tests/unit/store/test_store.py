"""What is stored: merged, never lost, encrypted, and told to who listens once."""

import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import apsw
import pytest

from agent_app.domain.errors import StoreError, StoreFull, StoreLocked, StoreNewer
from agent_app.domain.followup import Followup
from agent_app.domain.outbox import Refusal, RefusalKind
from agent_app.domain.patch import FollowupPatch, diff
from agent_app.domain.views import Column, Filter, View, filter_of, narrowed
from agent_app.store.background import FOLD_PAGES
from agent_app.store.changes import Change
from agent_app.store.database import Key
from agent_app.store.migrations import VERSION
from agent_app.store.outbox import EntryState
from agent_app.store.store import Store

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
KEY = Key(raw=b"k" * 32)


@pytest.fixture
def store() -> Iterator[Store]:
    store = Store(None, None)
    yield store
    store.close()


def put(store: Store, followup_id: str = "f", **values: Any) -> Followup:
    said = {"id": followup_id, "debt_id": "d", "status": "scheduled", "type": "call", **values}
    store.followups.upsert([said], NOW)
    return got(store, followup_id)


def got(store: Store, followup_id: str = "f") -> Followup:
    found = store.followups.get(followup_id)
    assert found is not None
    return found


def save(store: Store, **mine: Any) -> None:
    store.save(diff(got(store), mine), NOW)


def next_entry(store: Store) -> Any:
    entry = store.outbox.next(NOW)
    assert entry is not None
    return entry


# -- what replies say


def test_a_missing_key_means_not_said(store: Store) -> None:
    put(store, notes="kept", triggered_payment=True, mood="fine")
    store.followups.upsert([{"id": "f", "status": "failed"}], NOW)
    now = got(store)
    assert (now.notes, now.triggered_payment, now.extra["mood"]) == ("kept", True, "fine")
    assert (now.status, now.debt_id) == ("failed", "d")
    store.followups.upsert([{"id": "f", "notes": None}], NOW)
    assert got(store).notes is None


def test_a_lone_surrogate_and_a_nul_are_kept_as_far_as_can_be(store: Store) -> None:
    put(store, notes="a\ud800b\0c")
    assert got(store).notes == "a?b\0c"


def test_listeners_hear_once_after_the_commit(store: Store) -> None:
    heard: list[Change] = []
    store.changes.listen(heard.append)
    store.followups.upsert([{"id": str(n), "debt_id": "d"} for n in range(5)], NOW)
    assert [change.followups for change in heard] == [frozenset("01234")]
    store.followups.upsert([{"id": "1", "debt_id": "d"}], NOW)
    assert len(heard) == 1


# -- the outbox


def test_a_save_shows_at_once_and_the_server_copy_stays(store: Store) -> None:
    put(store, notes="old")
    save(store, notes="new")
    server = store.followups.from_server("f")
    assert server is not None
    assert (got(store).notes, server.notes) == ("new", "old")


def test_ten_edits_are_one_entry(store: Store) -> None:
    put(store, notes="old")
    for number in range(10):
        save(store, notes=f"new {number}", summary=str(number))
    (entry,) = store.outbox.entries()
    assert entry.patch.changes == {"notes": "new 9", "summary": "9"}
    assert entry.patch.base["notes"] == "old"


def test_an_edit_and_its_way_back_are_nothing(store: Store) -> None:
    put(store, notes="old")
    save(store, notes="new")
    save(store, notes="old")
    assert store.outbox.entries() == []


def test_the_way_back_is_sent_if_the_way_there_may_have_arrived(store: Store) -> None:
    put(store, notes="old")
    save(store, notes="new")
    entry = next_entry(store)
    store.outbox.mark_leaving(entry)
    store.outbox.put_back(entry, NOW)
    save(store, notes="old")
    assert next_entry(store).patch.changes == {"notes": "old"}


def test_what_is_saved_while_one_leaves_leaves_after_it(store: Store) -> None:
    put(store, notes="old")
    save(store, notes="one")
    first = next_entry(store)
    store.outbox.mark_leaving(first)
    save(store, notes="two")
    assert store.outbox.next(NOW) is None
    assert got(store).notes == "two"
    store.outbox.confirm(first, {"id": "f", "notes": "one"}, NOW)
    assert got(store).notes == "two"
    second = next_entry(store)
    assert second.patch.changes == {"notes": "two"}
    store.outbox.confirm(second, {"id": "f", "notes": "two"}, NOW)
    assert store.outbox.entries() == []


def test_a_rejected_entry_stays_and_the_list_shows_the_servers_truth(store: Store) -> None:
    put(store, notes="old")
    save(store, notes="new")
    entry = next_entry(store)
    store.outbox.mark_leaving(entry)
    store.outbox.need_attention(
        entry, Refusal(RefusalKind.REJECTED, "no", (("notes", ("too long",)),))
    )
    assert got(store).notes == "old"
    kept = store.outbox.attention("f")
    assert kept is not None
    assert kept.patch.changes == {"notes": "new"}
    assert kept.refusal == Refusal(RefusalKind.REJECTED, "no", (("notes", ("too long",)),))
    assert store.outbox.next(NOW) is None
    assert store.outbox.counts() == (0, 1)
    save(store, notes="shorter")
    assert store.outbox.attention("f") is None
    assert next_entry(store).patch.changes == {"notes": "shorter"}


def test_what_was_saved_meanwhile_joins_what_was_rejected(store: Store) -> None:
    put(store)
    save(store, notes="one")
    entry = next_entry(store)
    store.outbox.mark_leaving(entry)
    save(store, summary="two")
    store.outbox.need_attention(entry, Refusal(RefusalKind.NOT_THERE))
    (kept,) = store.outbox.entries()
    assert kept.state is EntryState.ATTENTION
    assert kept.patch.changes == {"notes": "one", "summary": "two"}


def test_an_entry_waits_until_its_time(store: Store) -> None:
    put(store)
    save(store, notes="x")
    entry = next_entry(store)
    store.outbox.mark_leaving(entry)
    later = NOW + timedelta(minutes=30)
    store.outbox.put_back(entry, later)
    assert store.outbox.next(NOW) is None
    assert store.outbox.next_due() == later
    found = store.outbox.next(later)
    assert found is not None
    assert found.attempts == 1


def test_entries_of_different_followups_leave_in_order_of_saving(store: Store) -> None:
    for name in "abc":
        put(store, name)
        store.save(FollowupPatch(name, {"notes": name}, {"notes": None}), NOW)
    assert [entry.patch.followup_id for entry in store.outbox.entries()] == ["a", "b", "c"]
    assert next_entry(store).patch.followup_id == "a"


# -- drafts


def test_saving_takes_the_draft_with_it(store: Store) -> None:
    followup = put(store)
    patch = diff(followup, {"notes": "typed"})
    store.drafts.keep(patch, NOW)
    draft = store.drafts.get("f")
    assert draft is not None
    assert draft.patch == patch
    store.save(patch, NOW)
    assert store.drafts.get("f") is None


def test_a_failed_transaction_changes_nothing(store: Store) -> None:
    followup = put(store)
    store.drafts.keep(diff(followup, {"notes": "typed"}), NOW)
    heard: list[Change] = []
    store.changes.listen(heard.append)
    bad = FollowupPatch("f", {"notes": object()}, {})  # type: ignore[dict-item]
    with pytest.raises(TypeError):
        store.save(bad, NOW)
    assert store.drafts.get("f") is not None
    assert store.outbox.entries() == []
    assert heard == []


# -- the list


def ids(store: Store, wanted: Filter, column: Column = Column.SCHEDULED, down: bool = False) -> str:
    keys = store.listing.keys(wanted, column, down)
    rows = store.listing.rows(keys)
    return "".join(rows[key].id for key in keys)


def test_rows_without_a_value_come_last_in_both_orders(store: Store) -> None:
    put(store, "a", scheduled_at=NOW)
    put(store, "b")
    put(store, "c", scheduled_at=NOW - timedelta(days=1))
    assert ids(store, Filter()) == "cab"
    assert ids(store, Filter(), down=True) == "acb"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("moreau", "a"),
        ("elodie mor", "a"),
        ("ÉLODIE", "a"),
        ("06 39 98 12", "a"),
        ("+33639981234", "a"),
        ("9812", "a"),
        ("échéancier", "b"),
        ("echeancier", "b"),
        ('fo" OR 1', ""),
        ("الخطيب", "c"),
        ("él", "a"),
        ("100%", "b"),
        ("0%", "b"),
        ("-", "b"),
        ("debt-c", "c"),
        ("nothing of it", ""),
        ("   ", "abc"),
        ("\0", "abc"),
    ],
)
def test_search(store: Store, text: str, found: str) -> None:
    put(store, "a", debt_id="debt-a")
    put(store, "b", debt_id="debt-b", notes="Échéancier 100% - demain")
    put(store, "c", debt_id="debt-c")
    store.take_in_debts(
        [
            {"id": "debt-a", "firstname": "Élodie", "lastname": "Moreau", "phone": "+33639981234"},
            {"id": "debt-c", "firstname": "محمد", "lastname": "الخطيب"},
        ],
        NOW,
    )
    store.followups.upsert([{"id": "b", "summary": "100% - x"}], NOW)
    assert set(ids(store, Filter(text=text))) == set(found)


def test_the_saved_views(store: Store) -> None:
    due, later = NOW - timedelta(hours=1), NOW + timedelta(days=3)
    put(store, "d", scheduled_at=due)
    put(store, "s", scheduled_at=due, type="sms")
    put(store, "l", scheduled_at=later)
    put(store, "x", status="failed", scheduled_at=due - timedelta(days=9), call_date=due)
    put(store, "o", status="abducted", scheduled_at=later)

    def view(one: View) -> set[str]:
        return set(ids(store, filter_of(one, NOW, UTC)))

    assert view(View.TO_CALL_NOW) == {"d"}
    assert view(View.OVERDUE) == {"d", "s"}
    assert view(View.TODAY) == {"d", "s", "x"}
    assert view(View.WAITING) == {"d", "s", "l"}
    assert view(View.DONE) == {"x", "o"}
    assert view(View.ALL) == {"d", "s", "l", "x", "o"}


def test_filters_narrow_a_view(store: Store) -> None:
    put(store, "a", scheduled_at=NOW)
    put(store, "b", scheduled_at=NOW + timedelta(days=1), type="sms")
    put(store, "c", call_date=NOW, status="failed")
    day = NOW.date()
    everything = filter_of(View.ALL, NOW, UTC)
    assert set(ids(store, narrowed(everything, UTC, first_day=day, last_day=day))) == {"a", "c"}
    assert ids(store, narrowed(everything, UTC, type="sms")) == "b"
    assert ids(store, narrowed(everything, UTC, status="failed")) == "c"
    waiting = filter_of(View.WAITING, NOW, UTC)
    assert ids(store, narrowed(waiting, UTC, status="failed")) == ""


def test_debtors_names_arrive_later_and_rows_are_sorted_by_them(store: Store) -> None:
    put(store, "a", debt_id="1")
    put(store, "b", debt_id="2")
    assert store.followups.debts_without_name() == ["1", "2"]
    store.take_in_debts([{"id": "1", "lastname": "Öberg"}, {"id": "2", "lastname": "Noël"}], NOW)
    assert ids(store, Filter(), Column.DEBTOR) == "ba"
    assert store.followups.debts_without_name() == []


def test_a_debtors_number_arrives_later_and_stands_in_the_list(store: Store) -> None:
    put(store, "called", debt_id="1", phone_number_used="+33639980001")
    put(store, "planned", debt_id="1")
    store.take_in_debts([{"id": "1", "lastname": "N", "phone": "+33639980002"}], NOW)
    keys = store.listing.keys_of(["called", "planned"])
    rows = store.listing.rows(list(keys.values()))
    assert rows[keys["called"]].phone == "+33639980001"
    assert rows[keys["planned"]].phone == "+33639980002"


# -- the file


def test_the_file_is_private_and_encrypted(tmp_path: Path) -> None:
    file = tmp_path / "data" / "x.store"
    store = Store(file, KEY)
    put(store, notes="CANARY of a note " * 50)
    save(store, summary="CANARY of a summary")
    files = [file, *file.parent.glob("x.store*")]
    assert len(files) >= 3
    for one in files:
        assert b"CANARY" not in one.read_bytes()
        # on Windows a person's own folder is theirs alone without such bits
        assert os.name == "nt" or stat.S_IMODE(one.stat().st_mode) == 0o600
    assert os.name == "nt" or stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    store.close()
    assert b"CANARY" not in file.read_bytes()
    assert not file.read_bytes().startswith(b"SQLite format")
    again = Store(file, KEY)
    assert got(again).summary == "CANARY of a summary"
    again.close()


@pytest.mark.parametrize("key", [Key(raw=b"x" * 32), Key(passphrase="it's"), Key(passphrase="")])
def test_a_wrong_key_leaves_the_file_as_it_is(tmp_path: Path, key: Key) -> None:
    file = tmp_path / "x.store"
    Store(file, KEY).close()
    before = file.read_bytes()
    with pytest.raises(StoreLocked):
        Store(file, key)
    assert file.read_bytes() == before


def test_a_passphrase_opens_what_it_closed(tmp_path: Path) -> None:
    file = tmp_path / "x.store"
    store = Store(file, Key(passphrase="it's; drop table"))
    put(store)
    store.close()
    again = Store(file, Key(passphrase="it's; drop table"))
    assert got(again).id == "f"
    again.close()


def test_a_newer_file_is_refused_and_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "x.store"
    Store(file, KEY).close()
    raw = apsw.Connection(str(file))
    raw.execute(f"pragma key = 'raw:{KEY.raw.hex()}'")
    raw.pragma("user_version", VERSION + 1)
    raw.close()
    before = file.read_bytes()
    with pytest.raises(StoreNewer):
        Store(file, KEY)
    assert file.read_bytes() == before


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreFull):
        Store(tmp_path / "file" / "x.store", KEY)


@pytest.mark.skipif(os.name == "nt", reason="the size limit of a file is set the POSIX way")
def test_a_full_disk_is_said_and_nothing_is_half_done(tmp_path: Path) -> None:
    import resource
    import signal

    store = Store(tmp_path / "x.store", KEY)
    put(store, notes="old")
    used = max(f.stat().st_size for f in tmp_path.glob("x.store*"))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (used + 2_000, hard))
    try:
        with pytest.raises(StoreError):
            store.save(FollowupPatch("f", {"notes": "n" * 500_000}, {"notes": "old"}), NOW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert got(store).notes == "old"
    assert store.outbox.entries() == []
    save(store, notes="new")
    store.close()


def test_what_was_leaving_when_the_program_ended_waits_again(tmp_path: Path) -> None:
    store = Store(tmp_path / "x.store", KEY)
    put(store)
    save(store, notes="x")
    store.outbox.mark_leaving(next_entry(store))
    store.close()
    again = Store(tmp_path / "x.store", KEY)
    entry = next_entry(again)
    assert entry.patch.changes == {"notes": "x"}
    assert entry.attempts == 1
    again.close()


def test_closing_does_not_wait_for_a_fold_and_loses_nothing(tmp_path: Path) -> None:
    file = tmp_path / "x.store"
    store = Store(file, KEY)
    put(store)
    log = tmp_path / "x.store-wal"
    while log.stat().st_size < (FOLD_PAGES + 100) * 4096:
        save(store, notes="n" * 400_000)
        save(store, notes="m" * 400_000)
    store.close()
    assert not log.exists()
    again = Store(file, KEY)
    assert got(again).notes == "m" * 400_000
    again.close()


def test_the_index_never_has_too_many_pieces(tmp_path: Path) -> None:
    """SQLite refuses to write (SQLITE_FULL) when an index is in 2,000 pieces: seen here when nothing
    merged them. Commits alone must not lead there, and with `tidy` they stay few."""
    for tidied, most in ((False, 300), (True, 80)):
        store = Store(tmp_path / f"{tidied}.store", Key(raw=b"k" * 32))
        for number in range(2_200):
            rows = [{"id": f"f{number % 700}", "debt_id": "d", "summary": f"number {number} said"}]
            store.followups.upsert(rows, NOW)
            if tidied:
                store.followups.tidy()
        pieces = store._database.read("select count(distinct segid) from search_idx")[0][0]
        assert pieces < most
        found = store._database.read("select count(*) from search where search match '\"said\"'")
        assert found == [(700,)]
        store.close()


def test_followups_are_found_by_how_their_debt_stands(store: Store) -> None:
    for one in ("paid", "open", "unknown"):
        put(store, one, debt_id=f"d-{one}")
    paid, custom = "status.default.paid", "status.custom.bailiff"
    store.take_in_debts([{"id": "d-paid", "status": paid}, {"id": "d-open", "status": None}], NOW)

    def found(status: str) -> list[str]:
        keys = store.listing.keys(Filter(debt_status=status), Column.SCHEDULED, False)
        return sorted(row.id for row in store.listing.rows(keys).values())

    assert found(paid) == ["paid"]
    store.take_in_debts([{"id": "d-open", "status": custom}, {"id": "d-paid", "status": "x"}], NOW)
    assert (found(paid), found(custom)) == ([], ["open"])
    assert found("") == ["open", "paid", "unknown"]
    assert store.listing.count(Filter(debt_status=custom, text="paid")) == 0
