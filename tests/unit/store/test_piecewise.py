"""The file is read a little at a time, and no damaged page that is in use is passed by."""

from pathlib import Path

import apsw
import pytest

from agent_app.store import piecewise
from agent_app.store.examining import Check, is_sound
from agent_app.store.piecewise import BEGINNING, read_some
from tests.unit.store.test_rescue import RAW, fill, flip

PAGE = 4096


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "x.store"
    fill(file, RAW)
    return file


def looks(file: Path, seconds: float) -> int:
    """How many looks a round takes; 0 if a damaged page was met."""
    place, count = BEGINNING, 0
    while True:
        found = Check(file, RAW).go_on(place, seconds)
        count += 1
        if found is None or found == BEGINNING:
            return count if found else 0
        assert found > place or found[0] == place[0]
        place = found


def test_a_round_in_small_pieces_comes_to_its_end(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert looks(file, 60.0) == 1
    monkeypatch.setattr(piecewise, "PIECE_ROWS", 3)
    assert looks(file, 0.0) > 50


def test_each_page_that_the_whole_check_minds_is_found(file: Path) -> None:
    sound = file.read_bytes()
    for page in range(1, len(sound) // PAGE):
        flip(file, page)
        assert bool(looks(file, 60.0)) == is_sound(file, RAW), page
        file.write_bytes(sound)


def test_what_is_written_between_two_pieces_does_not_matter(file: Path) -> None:
    connection = apsw.Connection(":memory:")
    connection.execute("create table t (id text primary key, v) without rowid")
    connection.executemany("insert into t values (?, 'x')", [(f"{n:04}",) for n in range(2_000)])
    place = read_some(connection, BEGINNING, 0.0)
    connection.execute("drop table t")
    assert read_some(connection, place, 0.0) == BEGINNING
