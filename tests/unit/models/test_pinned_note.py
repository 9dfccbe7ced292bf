"""What is pinned to a debt is kept, also where the disk refuses for a while."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_app.domain.errors import StoreFull
from agent_app.models.pinned_note import MAX_CHARACTERS, PinnedNote
from agent_app.store.database import Key
from agent_app.store.store import Store
from tests.unit.models.desk import FormDesk


@pytest.fixture
def note(desk: FormDesk) -> Iterator[PinnedNote]:
    made = PinnedNote(desk.store, desk.clock)
    made.show("d1")
    yield made
    made.close()


def test_it_is_kept_by_debt(desk: FormDesk, note: PinnedNote) -> None:
    note.set("deaf, speak slowly")
    note.show("d2")
    assert note.text == ""
    assert desk.store.pins.get("d1") == "deaf, speak slowly"
    note.show("d1")
    assert note.text == "deaf, speak slowly"
    note.set("  ")
    note.keep()
    assert desk.store.pins.get("d1") == ""


def test_words_are_added_once(note: PinnedNote) -> None:
    note.add("never at work")
    note.add("deaf,\nspeak slowly")
    note.add("never at work")
    assert note.text == "never at work\ndeaf, speak slowly"
    note.add("x" * 2 * MAX_CHARACTERS)
    assert len(note.text) == MAX_CHARACTERS


def test_what_the_disk_refuses_is_shown_and_tried_again(
    desk: FormDesk, note: PinnedNote, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def full(*_args: object) -> None:
        raise StoreFull("full")

    note.refused.connect(lambda _error: told.append("refused"))
    note.taken.connect(lambda: told.append("taken"))
    with monkeypatch.context() as patched:
        patched.setattr(desk.store.pins, "keep", full)
        note.set("kept")
        note.show("d2")
        note.show("d1")
    assert note.text == "kept"
    note.keep()
    assert desk.store.pins.get("d1") == "kept"
    assert told[0] == "refused" and told[-1] == "taken"


def test_it_is_encrypted_on_disk(tmp_path: Path, desk: FormDesk) -> None:
    file = tmp_path / "store.sqlite3"
    store = Store(file, Key(passphrase="for tests"))
    store.pins.keep("d1", "deaf speak slowly", desk.clock())
    store.close()
    assert all(b"speak slowly" not in one.read_bytes() for one in tmp_path.iterdir())
