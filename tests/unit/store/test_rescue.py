"""A damaged file is noticed, set aside unchanged, and what is readable lives on."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import apsw
import pytest

from agent_app.domain.errors import StoreLocked
from agent_app.domain.patch import FollowupPatch
from agent_app.store.database import Key, unlock
from agent_app.store.migrations import STEPS, VERSION, add_functions
from agent_app.store.rescue import is_sound, key_is_right, note_key, rescue
from agent_app.store.store import Store

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
RAW = Key(raw=b"r" * 32)
PHRASE = Key(passphrase="a phrase")
PAGES = 52
EDITS = 12


def fill(file: Path, key: Key) -> int:
    """A store of some 52 pages with edits waiting and drafts; returns how many pages."""
    store = Store(file, key)
    number = 0
    while file.stat().st_size < PAGES * 4096 or number < EDITS * 2:
        rows = [
            {
                "id": f"f{n}",
                "debt_id": f"d{n % 5}",
                "status": "scheduled",
                "type": "call",
                "scheduled_at": NOW + timedelta(minutes=n),
                "notes": f"note {n} " * 8,
            }
            for n in range(number, number + 8)
        ]
        store.followups.take_in(rows, NOW)
        number += 8
        checkpoint(store)
    for n in range(EDITS):
        store.save(FollowupPatch(f"f{n}", {"notes": f"edit {n}"}, {"notes": None}), NOW)
        store.drafts.keep(FollowupPatch(f"f{n + EDITS}", {"summary": f"draft {n}"}), NOW)
    store.take_in_debts([{"id": f"d{n}", "lastname": f"Name {n}"} for n in range(5)], NOW)
    store.close()
    note_key(file, key)
    return file.stat().st_size // 4096


def checkpoint(store: Store) -> None:
    store._database._connection.execute("pragma wal_checkpoint(truncate)").fetchall()


def flip(file: Path, page: int) -> None:
    data = bytearray(file.read_bytes())
    data[page * 4096 + 2000] ^= 0xFF
    file.write_bytes(data)


@pytest.mark.parametrize("key", [RAW, PHRASE], ids=["raw", "phrase"])
def test_any_one_page_flipped(tmp_path: Path, key: Key) -> None:
    whole = tmp_path / "whole" / "x.store"
    pages = fill(whole, key)
    assert pages >= PAGES
    assert is_sound(whole, key)
    complete, unnoticed = 0, []
    chosen = range(pages) if key is RAW else range(0, pages, 9)
    for page in chosen:
        folder = tmp_path / f"page-{page}"
        shutil.copytree(whole.parent, folder)
        file = folder / "x.store"
        flip(file, page)
        before = file.read_bytes()
        if is_sound(file, key):
            unnoticed.append(page)  # a page that nothing uses
            continue
        assert key_is_right(file, key)
        store, rescued = rescue(file, key)
        assert rescued.aside.read_bytes() == before
        edits = [str(e.patch.changes["notes"]) for e in store.outbox.entries()]
        drafts = store.drafts.ids()
        assert len(edits) == rescued.rows.get("outbox", 0)
        complete += (
            sorted(edits) == sorted(f"edit {n}" for n in range(EDITS)) and len(drafts) == EDITS
        )
        for entry in store.outbox.entries():
            shown = store.followups.get(entry.patch.followup_id)
            assert shown is None or shown.notes == entry.patch.changes["notes"]
        assert is_sound(file, key)
        store.close()
        shutil.rmtree(folder)
    assert len(unnoticed) <= 2
    # Only the pages that hold the edits or the drafts themselves cost any of them.
    lost_some = len(chosen) - len(unnoticed) - complete
    assert lost_some <= (4 if key is RAW else 3)


def test_a_wrong_key_is_never_called_damage(tmp_path: Path) -> None:
    file = tmp_path / "x.store"
    fill(file, RAW)
    other = Key(raw=b"o" * 32)
    assert not key_is_right(file, other)
    with pytest.raises(StoreLocked):
        Store(file, other)
    (tmp_path / "x.store.key-check").unlink()
    assert not key_is_right(file, RAW)


def test_the_fingerprint_tells_nothing(tmp_path: Path) -> None:
    for key in (RAW, PHRASE):
        note_key(tmp_path / "x.store", key)
        text = (tmp_path / "x.store.key-check").read_text()
        assert key.raw.hex()[:8] not in text or not key.raw
        assert "phrase" not in text
        (tmp_path / "x.store.key-check").unlink()


@pytest.mark.parametrize("version", range(1, VERSION))
def test_a_file_of_every_earlier_version_is_brought_up(tmp_path: Path, version: int) -> None:
    file = tmp_path / "x.store"
    old = apsw.Connection(str(file))
    unlock(old, RAW)
    add_functions(old)
    for number, step in enumerate(STEPS[:version], start=1):
        old.execute(step)
        old.pragma("user_version", number)
    old.execute(
        "insert into followup (id, debt_id, status, type, phone, summary, debtor_key, server,"
        " fetched_at) values ('f', 'd', 'scheduled', 'call', '', '', '', '{\"id\":\"f\"}', 0)"
    )
    old.execute(
        "insert into outbox (followup_id, changes, base, state, saved_at)"
        " values ('f', '{\"notes\":\"kept\"}', '{}', 'waiting', 0)"
    )
    old.execute(
        "insert into draft (followup_id, changes, base, typed_at) values ('f', '{\"summary\":\"kept\"}', '{}', 0)"
    )
    old.close()
    store = Store(file, RAW)
    (entry,) = store.outbox.entries()
    assert entry.patch.changes == {"notes": "kept"}
    draft = store.drafts.get("f")
    assert draft is not None
    assert draft.patch.changes == {"summary": "kept"}
    store.close()
