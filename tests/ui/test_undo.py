"""Undo: the nearest thing in what is open, a save from its line; it is said, and so is what cannot
be taken back."""

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QApplication, QComboBox

from agent_app.domain.outcomes import Outcome
from agent_app.domain.part import Part
from agent_app.ui.window.window_place import first_size, is_small, place_of
from tests.ui.conftest import Driver, Start
from tests.waiting import until

pytestmark = pytest.mark.anyio

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


async def no_answer_and_next(desk: Driver) -> str:
    """The id of a call of To call now that was saved; the next one is open."""
    desk.press(Qt.Key.Key_1, CONTROL)
    desk.panel.view.setFocus()
    desk.press(Qt.Key.Key_Down)
    followup_id: str = desk.session.followup_id
    desk.press(Qt.Key.Key_2)
    desk.press(Qt.Key.Key_Return, CONTROL | SHIFT)
    assert desk.session.followup_id != followup_id
    return followup_id


async def test_after_save_and_next_the_line_says_whose_and_what(desk: Driver) -> None:
    desk.press(Qt.Key.Key_1, CONTROL)
    desk.panel.step(2)
    await until(lambda: 0 < desk.editor.bar.height() < 100)
    height = desk.editor.bar.height()
    followup_id = await no_answer_and_next(desk)
    debt_id = desk.store.followups.get(followup_id).debt_id
    name = desk.store.debts.get(debt_id).debtor
    line = desk.editor.bar.saved_line
    assert line.words.startswith(f"{name}: No answer · next call ")
    assert line.undo_button.isVisible()
    await desk.saved_all()
    assert desk.editor.bar.height() == height
    desk.type("summary", "of the next one")
    assert desk.editor.bar.words == "1 field changed"
    assert line.words.startswith(name)
    assert line.undo_button.isVisible()
    assert desk.editor.bar.height() == height
    line.undo_button.click()  # that of the last save, not of what is typed now
    assert desk.session.changed == {"summary"}
    assert line.words == f"{name}: save undone · the new call is cancelled"
    assert desk.store.followups.get(followup_id).status == "scheduled"
    assert desk.editor.bar.height() == height
    desk.session.discard()


async def test_a_save_that_left_is_undone_from_its_line_and_what_is_open_stays(
    desk: Driver,
) -> None:
    followup_id = await no_answer_and_next(desk)
    next_id = desk.session.followup_id
    name = desk.session.last_saved.who
    await desk.saved_all()
    desk.press(Qt.Key.Key_Z, CONTROL)  # nothing of what is open can be undone
    assert desk.store.outbox.entries() == []
    assert desk.editor.bar.undo_button.isVisible()
    desk.editor.bar.undo_button.click()
    assert desk.editor.bar.saved_line.words.startswith(f"{name}: save undone")
    await desk.saved_all()
    assert desk.session.followup_id == desk.panel.current_id == next_id
    assert desk.sandbox.followup(followup_id)["status"] == "scheduled"
    assert not desk.editor.bar.undo_button.isVisible()


async def test_an_undo_says_so_and_what_it_could_not_delete(desk: Driver) -> None:
    desk.press(Qt.Key.Key_1, CONTROL)
    desk.panel.view.setFocus()
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_2)
    assert desk.editor.form.rows["next_call"].editor.focus.text()
    desk.save()
    assert desk.editor.form.rows["next_call"].hint_shown == ""
    await desk.saved_all()  # the planned call is on the server: it cannot be deleted
    assert desk.editor.bar.words == "Saved"
    assert "No answer · next call " in desk.editor.bar.saved_line.words
    desk.panel.view.setFocus()  # in a text Ctrl+Z is the text's
    desk.press(Qt.Key.Key_Z, CONTROL)
    await desk.saved_all()
    assert desk.editor.bar.words == (
        "Save undone. The new call cannot be deleted: it is cancelled."
    )


async def test_the_words_of_a_new_call_outlive_its_undo(desk: Driver) -> None:
    await desk.open(desk.sandbox.some(type="call", status="deal_not_found")["id"])
    desk.press(Qt.Key.Key_N, CONTROL)
    begun = desk.session.followup_id
    desk.type("notes", "too good to lose")
    desk.save()
    assert not desk.session.is_begun
    desk.panel.view.setFocus()
    desk.press(Qt.Key.Key_Z, CONTROL)
    assert desk.session.followup_id == begun
    assert desk.session.is_begun
    assert desk.text("notes") == "too good to lose"
    assert desk.store.drafts.get(begun) is not None
    assert desk.session.changed == {"notes"}
    desk.session.discard()


async def test_the_hint_of_a_time_goes_with_the_time(desk: Driver) -> None:
    await desk.open(desk.sandbox.some(type="call", status="scheduled")["id"])
    desk.type("next_call", "tomorrow 10")
    assert desk.editor.form.rows["next_call"].hint_shown
    desk.save()
    assert desk.text("next_call") == ""
    assert desk.editor.form.rows["next_call"].hint_shown == ""
    await desk.saved_all()


@pytest.mark.parametrize(
    ("room", "small"),
    [((1366, 728), True), ((1280, 1024), True), ((1920, 1040), False), ((3840, 2100), False)],
)
def test_the_first_window_fits_the_screen(room: tuple[int, int], small: bool) -> None:
    size = first_size(QSize(*room))
    assert is_small(QSize(*room)) is small
    assert size.width() <= room[0] - 40
    assert size.height() <= room[1] - 40


@pytest.mark.parametrize(
    ("width", "lefts"), [(3840, [0, 1280, 2560]), (1920, [0, 510, 1020]), (800, [0, 0, 0])]
)
def test_windows_begun_together_stand_side_by_side(width: int, lefts: list[int]) -> None:
    screen = QRect(0, 0, width, 1080)
    places = [place_of(Part(number, 3), screen) for number in (1, 2, 3)]
    assert [one.left() for one in places] == lefts
    assert all(screen.contains(one) for one in places)
    assert place_of(Part(1, 1), screen).width() == width


def two_calls(desk: Driver) -> tuple[str, str]:
    found = desk.sandbox.api("GET", "/followups?limit=2&type=call&status=scheduled")[1]["data"]
    return str(found[0]["id"]), str(found[1]["id"])


def choose(desk: Driver, name: str, value: str) -> None:
    field = desk.field(name)
    assert isinstance(field, QComboBox)
    field.setCurrentIndex(field.findData(value))


def undo(desk: Driver) -> None:
    desk.press(Qt.Key.Key_Z, CONTROL)


async def test_a_slip_in_the_next_followup_is_undone_and_the_saved_one_stays(desk: Driver) -> None:
    first, second = two_calls(desk)
    await desk.open(first)
    desk.editor.choose_outcome(Outcome.DEAL_FOUND)
    desk.type("summary", "pays on Friday")
    desk.save()
    await desk.saved()
    await desk.open(second)
    choose(desk, "status", "failed")
    assert desk.session.value("status") == "failed"
    desk.panel.view.setFocus()
    undo(desk)
    assert desk.session.followup_id == second
    assert desk.session.changed == frozenset()
    assert desk.session.value("status") == "scheduled"
    undo(desk)
    assert desk.session.followup_id == second
    await desk.saved_all()
    assert desk.sandbox.followup(first)["status"] == "deal_found"


async def test_a_wrong_outcome_is_undone_at_once_from_the_field_that_it_led_to(
    desk: Driver,
) -> None:
    followup_id, _ = two_calls(desk)
    await desk.open(followup_id)
    desk.panel.view.setFocus()
    desk.press(Qt.Key.Key_2)
    assert QApplication.focusWidget() is desk.field("next_call")
    undo(desk)
    assert desk.session.changed == frozenset()
    assert desk.store.outbox.entries() == []


async def test_choices_are_undone_one_by_one_and_words_stay(desk: Driver) -> None:
    followup_id, _ = two_calls(desk)
    await desk.open(followup_id)
    was = desk.text("scheduled_at")
    choose(desk, "type", "sms")
    desk.type("notes", "words of mine")
    desk.type("scheduled_at", "tomorrow 10")
    desk.panel.view.setFocus()
    undo(desk)
    assert desk.text("scheduled_at") == was
    assert desk.session.changed == {"type", "notes"}
    undo(desk)
    assert desk.session.changed == {"notes"}
    undo(desk)
    assert desk.text("notes") == "words of mine"
    desk.session.discard()


async def test_what_was_decided_after_an_outcome_stays(desk: Driver) -> None:
    followup_id, _ = two_calls(desk)
    await desk.open(followup_id)
    desk.editor.choose_outcome(Outcome.NO_ANSWER)
    desk.editor.choose_outcome(Outcome.FAILED)
    desk.panel.view.setFocus()
    undo(desk)
    assert desk.session.value("status") == "no_answer"
    undo(desk)
    assert desk.session.changed == frozenset()


async def test_the_line_of_a_save_asks_no_store_that_is_closed(start: Start) -> None:
    """It looks every second whether it is too late for an undo, until the window is gone."""
    desk: Driver = await start()
    await desk.open(desk.sandbox.some(type="call", status="scheduled")["id"])
    desk.type("summary", "before the end")
    desk.save()
    await desk.saved()
    bar = desk.editor.bar
    await desk.desk._stop_account()
    bar._show()
    assert not bar.undo_button.isVisible()
