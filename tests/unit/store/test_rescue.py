"""A damaged file is noticed, set aside unchanged, and what is readable lives on."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import apsw
import pytest

from agent_app.domain.errors import StoreDamaged, StoreError, StoreFull, StoreLocked
from agent_app.domain.patch import FollowupPatch
from agent_app.domain.reviews import Review, Score
from agent_app.store import cipher
from agent_app.store.beside import key_is_right
from agent_app.store.database import Key, unlock
from agent_app.store.examining import examine, is_sound
from agent_app.store.migrations import STEPS, VERSION, add_functions
from agent_app.store.rescue import (
    mark_damaged,
    open_or_rescue,
    open_sound,
    remove_leftovers,
    rescue,
)
from agent_app.store.store import Store
from tests.full_disk import file_limit

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
RAW = Key(raw=b"r" * 32)
PHRASE = Key(passphrase="it's a phrase")
PAGES = 52
EDITS = 12
FOLLOWUPS = 24


def fill(file: Path, key: Key) -> int:
    """A store of some 52 pages with edits, drafts and reviews; returns how many pages."""
    store, _ = open_or_rescue(file, key)
    number = 0
    while file.stat().st_size < PAGES * 4096 or number < FOLLOWUPS:
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
        store.followups.upsert(rows, NOW)
        number += 8
        checkpoint(store)
    for n in range(EDITS):
        store.save(FollowupPatch(f"f{n}", {"notes": f"edit {n}"}, {"notes": None}), NOW)
        store.drafts.keep(FollowupPatch(f"f{n + EDITS}", {"summary": f"draft {n}"}), NOW)
        store.reviews.keep(Review(f"f{n}", "me", NOW, f"review {n}", {"greeting": Score.YES}))
    store.create("d1", {"notes": "filed here", "type": "call"}, NOW)
    store.set_state("became/new:1", "f1")
    store.take_in_debts([{"id": f"d{n}", "lastname": f"Name {n}"} for n in range(5)], NOW)
    store.close()
    return file.stat().st_size // 4096


@pytest.fixture(scope="module", autouse=True)
def _quick_passphrases() -> Iterator[None]:
    """A passphrase is made a key slowly on purpose, and here it is hundreds of times."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cipher, "PASSPHRASE_ROUNDS", 100)
        yield


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> dict[Key, Path]:
    """A store for each way of the key; tests work on copies."""
    files = {}
    for name, key in (("raw", RAW), ("phrase", PHRASE)):
        files[key] = tmp_path_factory.mktemp(name) / "whole" / "x.store"
        assert fill(files[key], key) >= PAGES
    return files


def checkpoint(store: Store) -> None:
    store._database._connection.execute("pragma wal_checkpoint(truncate)").fetchall()


def flip(file: Path, page: int, place: int = 2000) -> None:
    data = bytearray(file.read_bytes())
    data[page * 4096 + place] ^= 0xFF
    file.write_bytes(data)


def copied(whole: Path, folder: Path) -> Path:
    shutil.copytree(whole.parent, folder)
    return folder / whole.name


def kept(store: Store) -> dict[str, int]:
    """How much there is of what exists on this computer alone."""
    return {
        "edits": sum(str(e.patch.changes["notes"]).startswith("edit") for e in entries(store)),
        "filed": sum(e.patch.changes.get("notes") == "filed here" for e in entries(store)),
        "drafts": len(store.drafts.ids()),
        "reviews": len(store.reviews.all()),
        "became": int(store.server_id_of("new:1") == "f1"),
    }


def entries(store: Store) -> list[Any]:
    return store.outbox.entries()


ALL = {"edits": EDITS, "filed": 1, "drafts": EDITS, "reviews": EDITS, "became": 1}


@pytest.mark.slow
@pytest.mark.parametrize("key", [RAW, PHRASE], ids=["raw", "phrase"])
def test_any_one_page_flipped(tmp_path: Path, filled: dict[Key, Path], key: Key) -> None:
    whole = filled[key]
    assert is_sound(whole, key)
    unused, lost = 0, []
    for page in range(whole.stat().st_size // 4096):
        file = copied(whole, tmp_path / f"page-{page}")
        flip(file, page)
        before = file.read_bytes()
        examined = examine(file, key)
        if examined.sound:
            unused += 1  # no words were in it
            continue
        mark_damaged(file)
        store, rescued = open_or_rescue(file, key)
        assert rescued is not None
        assert rescued.aside.read_bytes() == before
        here = kept(store)
        lost += [(page, name) for name in ALL if here[name] != ALL[name]]
        assert rescued.rows["outbox"] == len(entries(store))
        for entry in entries(store):
            shown = store.followups.get(entry.patch.followup_id)
            assert shown is None or shown.notes == entry.patch.changes["notes"]
        whole_list = store.followups.count() >= FOLLOWUPS
        assert whole_list or store.state("loaded") is None
        store.close()
        names = {one.name.partition(".damaged-")[0] for one in file.parent.iterdir()}
        assert names == {"x.store", "x.store.key-check"}
        assert is_sound(file, key)
        shutil.rmtree(file.parent)
    assert unused <= 3
    # Each table that lies on one page is lost with that page, and only that one.
    assert len(lost) == len({name for _, name in lost} | {"edits", "filed"}) == len(ALL), lost


@pytest.mark.parametrize("place", [3, 18, 50, 2000, 4090])
@pytest.mark.parametrize("key", [RAW, PHRASE], ids=["raw", "phrase"])
def test_a_damaged_first_page_costs_nothing(
    tmp_path: Path, filled: dict[Key, Path], key: Key, place: int
) -> None:
    """Also its salt, without which a passphrase is worth nothing, and its plain bytes."""
    file = copied(filled[key], tmp_path / "x")
    flip(file, 0, place)
    store, rescued = open_or_rescue(file, key)
    assert rescued is not None
    assert kept(store) == ALL
    assert rescued.rows["followup"] >= FOLLOWUPS
    store.close()


def test_a_damaged_first_page_does_not_cost_what_is_still_in_the_log(
    tmp_path: Path, filled: dict[Key, Path]
) -> None:
    """As after a kill: the newest words are in the log alone."""
    whole = copied(filled[PHRASE], tmp_path / "whole")
    store, _ = open_or_rescue(whole, PHRASE)
    store.drafts.keep(FollowupPatch("f1", {"summary": "typed last"}), NOW)
    file = copied(whole, tmp_path / "killed")
    store.close()
    flip(file, 0)
    store, rescued = open_or_rescue(file, PHRASE)
    assert rescued is not None
    draft = store.drafts.get("f1")
    assert draft is not None
    assert draft.patch.changes == {"summary": "typed last"}
    store.close()


# -- the key


def test_a_wrong_key_is_never_called_damage(tmp_path: Path, filled: dict[Key, Path]) -> None:
    file = copied(filled[RAW], tmp_path / "x")
    other = Key(raw=b"o" * 32)
    assert key_is_right(file, RAW)
    assert not key_is_right(file, other)
    with pytest.raises(StoreLocked) as refused:
        open_sound(file, other)
    assert not isinstance(refused.value, StoreDamaged)
    file.with_name("x.store.key-check").unlink()
    assert not key_is_right(file, RAW)


@pytest.mark.parametrize("noted", [True, False], ids=["noted", "not noted"])
def test_a_mistyped_passphrase_sets_nothing_aside(
    tmp_path: Path, filled: dict[Key, Path], noted: bool
) -> None:
    """Damage was met, the program ended before the rescue, and then the key is mistyped."""
    file = copied(filled[PHRASE], tmp_path / "x")
    if not noted:
        file.with_name("x.store.key-check").unlink()
    mark_damaged(file)
    before = {one: one.read_bytes() for one in file.parent.iterdir()}
    with pytest.raises(StoreLocked) as refused:
        open_or_rescue(file, Key(passphrase="its a phrase"))
    assert not isinstance(refused.value, StoreDamaged)
    assert {one: one.read_bytes() for one in file.parent.iterdir()} == before
    store, rescued = open_or_rescue(file, PHRASE)
    assert rescued is not None
    assert kept(store) == ALL
    store.close()


def test_a_wrong_passphrase_and_a_damaged_first_page_are_told_apart(
    tmp_path: Path, filled: dict[Key, Path]
) -> None:
    file = copied(filled[PHRASE], tmp_path / "x")
    flip(file, 0, 3)
    with pytest.raises(StoreLocked) as refused:
        open_sound(file, Key(passphrase="another"))
    assert not isinstance(refused.value, StoreDamaged)
    with pytest.raises(StoreDamaged):
        open_sound(file, PHRASE)


def test_what_lies_beside_tells_nothing_and_is_private(tmp_path: Path) -> None:
    proofs = set()
    for number, key in enumerate((RAW, PHRASE, PHRASE)):
        file = tmp_path / f"{number}" / "x.store"
        fill(file, key)
        kept_beside = file.with_name("x.store.key-check")
        text = kept_beside.read_text()
        assert key.raw.hex()[:8] not in text or not key.raw
        for word in ("a phrase", "edit 1", "draft 1", "review 1", "Name 1"):
            assert word not in text
        assert os.name == "nt" or kept_beside.stat().st_mode & 0o777 == 0o600
        proofs.add(text)
    assert len(proofs) == 3  # the same passphrase is not seen to be the same


def test_what_lies_beside_follows_a_file_that_was_made_anew(
    tmp_path: Path, filled: dict[Key, Path]
) -> None:
    file = copied(filled[RAW], tmp_path / "x")
    file.unlink()
    other = Key(raw=b"o" * 32)
    store, _ = open_or_rescue(file, other)
    store.close()
    assert key_is_right(file, other)
    assert not key_is_right(file, RAW)


# -- a rescue that is killed


class _Killed(BaseException):
    """As if the process had ended there."""


STEPS_OF_A_RESCUE = ["build", "note", "aside", "aside-wal", "aside-shm", "place", "placed"]


@pytest.mark.parametrize("page", [0, 40], ids=["head", "page"])
@pytest.mark.parametrize("first", STEPS_OF_A_RESCUE)
def test_a_rescue_ended_at_any_step_hides_nothing(
    tmp_path: Path, filled: dict[Key, Path], page: int, first: str
) -> None:
    """Ended there once, and once more at the same step or the next; the newest words are in the log
    alone."""
    whole = copied(filled[RAW], tmp_path / "whole")
    store, _ = open_or_rescue(whole, RAW)
    store.drafts.keep(FollowupPatch("f0", {"summary": "typed last"}), NOW)
    origin = copied(whole, tmp_path / "origin")
    store.close()
    flip(origin, page)
    wanted = {**ALL, "drafts": EDITS + 1}
    at = STEPS_OF_A_RESCUE.index(first)
    for second in STEPS_OF_A_RESCUE[at : at + 2]:
        file = copied(origin, tmp_path / second)
        mark_damaged(file)
        made: list[str] = []
        for last in (first, second):

            def stop(step: str, last: str = last, made: list[str] = made) -> None:
                made.append(step)
                if step == last:
                    raise _Killed

            with contextlib.suppress(_Killed):
                rescue(file, RAW, step=stop)
        assert first in made
        store, rescued = open_or_rescue(file, RAW)
        assert rescued is not None
        assert rescued.aside.exists()
        assert rescued.rows["draft"] == EDITS + 1
        assert kept(store) == wanted, (first, second)
        store.close()
        assert len(list(file.parent.glob("*.damaged-*[0-9]"))) == 1
        again, none = open_or_rescue(file, RAW)
        assert none is None
        again.close()


def test_a_rescue_that_has_no_room_changes_nothing(tmp_path: Path, filled: dict[Key, Path]) -> None:
    file = copied(filled[RAW], tmp_path / "x")
    mark_damaged(file)
    before = file.read_bytes()
    with file_limit(20_000), pytest.raises(StoreFull):
        open_or_rescue(file, RAW)
    assert file.read_bytes() == before
    store, _ = open_or_rescue(file, RAW)
    assert kept(store) == ALL
    store.close()


def test_a_rescue_can_be_ended(tmp_path: Path, filled: dict[Key, Path]) -> None:
    file = copied(filled[RAW], tmp_path / "x")
    end = Event()
    end.set()
    with pytest.raises(StoreError):
        rescue(file, RAW, end)
    store, rescued = open_or_rescue(file, RAW)
    assert rescued is not None
    assert kept(store) == ALL
    store.close()


def test_copies_of_earlier_versions_are_removed(tmp_path: Path) -> None:
    for name, inside in (("tmpabc123", "copy"), ("tmpdef456", "model-3"), ("tmpother", "letter")):
        (tmp_path / name).mkdir()
        (tmp_path / name / inside).write_text("x")
    (tmp_path / "tmpempty").mkdir()
    remove_leftovers(tmp_path)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["tmpempty", "tmpother"]


# -- earlier versions


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
