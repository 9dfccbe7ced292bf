"""Wrong guesses at the lock make the next ones wait, also after a restart."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from agent_app.features.guesses import FREE, LONGEST_S, Guesses, wait_after


class Clock:
    """Unix time that a test sets."""

    def __init__(self) -> None:
        self.time = 1_000_000.0

    def __call__(self) -> float:
        return self.time


def keep_in(folder: Path) -> QSettings:
    return QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)


def test_a_few_slips_cost_nothing_and_the_wait_doubles_to_an_end() -> None:
    assert [wait_after(n) for n in range(FREE + 1)] == [0.0] * (FREE + 1)
    waits = [wait_after(n) for n in range(FREE + 1, FREE + 40)]
    assert waits[:4] == [2.0, 4.0, 8.0, 16.0]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_S


def test_two_hundred_guesses_take_hours(tmp_path: Path) -> None:
    clock = Clock()
    guesses, began = Guesses(keep_in(tmp_path), clock), clock.time
    for _ in range(200):
        clock.time += guesses.wait_s()
        assert guesses.wait_s() == 0
        guesses.note_wrong()
    assert clock.time - began > 15 * 3_600


def test_a_restart_and_a_clock_that_is_put_back_gain_nothing(tmp_path: Path) -> None:
    clock = Clock()
    first = Guesses(keep_in(tmp_path), clock)
    for _ in range(FREE + 5):
        first.note_wrong()
    clock.time += 10
    again = Guesses(keep_in(tmp_path), clock)
    assert again.wait_s() == pytest.approx(22, abs=1)
    clock.time -= 100_000
    assert again.wait_s() == 32
    clock.time += 100_000 + 25
    assert again.wait_s() == 0
    again.note_right()
    again.note_wrong()
    assert Guesses(keep_in(tmp_path), clock).wait_s() == 0


def test_what_somebody_wrote_into_the_file_ends_nothing(tmp_path: Path) -> None:
    (tmp_path / "window.ini").write_text("[lock]\nwrong_guesses=many\nlast_wrong=\n")
    assert Guesses(keep_in(tmp_path)).wait_s() == 0
