"""Digits on the world's keyboards, alone, with Alt and with Ctrl; and digits that come in a run."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from agent_app.domain.outcomes import DIGITS
from agent_app.domain.views import View
from agent_app.ui.widgets.keys import digit_of
from tests.ui.conftest import Driver
from tests.ui.hands import key, window_of

pytestmark = pytest.mark.anyio

NONE, SHIFT, ALT, CONTROL, KEYPAD = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.KeypadModifier,
)
Key = Qt.Key

UNSHIFTED = {
    "fr": "&é\"'(-è_çà",
    "be": "&é\"'(§è!çà",
    "cs": "+ěščřžýáíé",
    "sk": "+ľščťžýáíé",
    "lt": "ąčęėįšųū90",
}
"""What the digit row 1 … 9, 0 writes without Shift."""


def event(
    pressed: Key, text: str, held: Qt.KeyboardModifier = NONE, place: int = 0, virtual: int = 0
) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, int(pressed), held, place, virtual, 0, text)


def named(text: str) -> Key:
    """The key as Qt names it on a layout that writes *text* with it."""
    return Key(ord(text.upper()))


@pytest.mark.parametrize("layout", UNSHIFTED)
@pytest.mark.parametrize(
    ("platform", "first"), [("xcb", 10), ("wayland", 10), ("windows", 2)]
)  # fmt: skip
def test_the_digit_row_is_digits_whatever_it_writes(layout: str, platform: str, first: int) -> None:
    for place, text in enumerate(UNSHIFTED[layout]):
        digit = (place + 1) % 10
        for held in (NONE, ALT, CONTROL):
            assert digit_of(event(named(text), text, held, first + place), platform) == digit
        shifted = event(Key(ord("0") + digit), str(digit), SHIFT, first + place)
        assert digit_of(shifted, platform) == digit


def test_macs_tell_keys_in_an_order_of_their_own() -> None:
    for digit, virtual in zip("1234567890", (18, 19, 20, 21, 23, 22, 26, 28, 25, 29), strict=True):
        assert digit_of(event(Key.Key_Any, "§", virtual=virtual), "cocoa") == int(digit)


def test_the_keypad_is_digits_with_numlock_and_without() -> None:
    assert digit_of(event(Key.Key_2, "2", KEYPAD), "xcb") == 2
    assert digit_of(event(Key.Key_Down, "", KEYPAD, 88), "xcb") == 2
    assert digit_of(event(Key.Key_Down, "", NONE, 116), "xcb") == -1


def test_signs_above_digits_are_signs() -> None:
    assert digit_of(event(Key.Key_At, "@", SHIFT, 11), "xcb") == -1


async def in_the_list(desk: Driver) -> str:
    followup_id = str(desk.sandbox.some(type="call", status="scheduled")["id"])
    await desk.open(followup_id)
    desk.panel.view.setFocus()
    return followup_id


@pytest.fixture
def on_x(monkeypatch: pytest.MonkeyPatch) -> None:
    """The codes of keys are X's, wherever the test runs."""
    monkeypatch.setattr(
        "agent_app.ui.window.digit_keys.QGuiApplication.platformName", lambda: "xcb"
    )


@pytest.mark.parametrize("layout", UNSHIFTED)
async def test_an_outcome_and_a_view_and_no_sign_in_the_notes(
    desk: Driver, layout: str, on_x: None
) -> None:
    followup_id = await in_the_list(desk)
    window = window_of(desk.panel)
    second, third = UNSHIFTED[layout][1], UNSHIFTED[layout][2]
    assert key(window, named(second), second, place=11)
    assert desk.session.value("status") == "no_answer"
    desk.field("notes").setFocus()
    before = desk.text("notes")
    assert key(window, named(third), third, ALT, place=12)
    assert desk.text("notes") == before
    assert desk.session.value("status") == "deal_not_found"
    desk.session.discard()
    assert key(window, named(third), "", CONTROL, place=12)
    assert desk.panel.filters.view is list(View)[2]
    assert desk.session.followup_id == followup_id


async def test_nothing_acts_while_alt_gr_is_held(desk: Driver, on_x: None) -> None:
    await in_the_list(desk)
    window = window_of(desk.panel)
    key(window, Key.Key_AltGr, place=108)
    assert not key(window, Key.Key_AsciiTilde, "~", place=11)
    assert not key(window, Key.Key_AsciiTilde, "~", ALT | CONTROL, place=11)
    assert desk.session.changed == frozenset()


@pytest.mark.parametrize("number", ["0612345678", "612345678", "+33612345678", "22"])
async def test_a_run_of_digits_is_a_search(desk: Driver, number: str) -> None:
    await in_the_list(desk)
    window = window_of(desk.panel)
    search = desk.desk.window.search_field
    for place, sign in enumerate(number):
        pressed = Key.Key_Plus if sign == "+" else Key(ord(sign))
        if not key(window, pressed, sign, at=5_000_000 + 50 * place):
            search.insert(sign)  # a field that takes text has the keyboard: as Qt would
            assert QApplication.focusWidget() is search
    assert search.text() == number
    assert desk.session.changed == frozenset()
    search.clear()


async def test_two_outcomes_after_a_thought_are_two_outcomes(desk: Driver) -> None:
    await in_the_list(desk)
    window = window_of(desk.panel)
    key(window, Key.Key_6, "6", at=6_000_000)
    desk.panel.view.setFocus()
    key(window, Key.Key_2, "2", at=6_000_600)
    assert desk.session.value("status") == "no_answer"
    desk.session.discard()


async def test_a_digit_and_save_at_once_is_an_outcome_saved(desk: Driver) -> None:
    followup_id = await in_the_list(desk)
    key(window_of(desk.panel), Key.Key_2, "2", at=7_000_000)
    desk.save()
    await desk.saved()
    assert desk.sandbox.followup(followup_id)["status"] == "no_answer"


async def test_an_outcome_that_does_not_fit_writes_nothing(desk: Driver) -> None:
    await desk.open(desk.sandbox.some(type="email", status="delivered")["id"])
    offered = {DIGITS[one] for one in desk.editor.outcome_bar.offer.all}
    other = next(number for number in range(1, 10) if number not in offered)
    desk.type("notes", "words")
    assert key(window_of(desk.panel), named(str(other)), str(other), ALT, place=other + 9)
    assert desk.text("notes") == "words"
    assert desk.session.changed == {"notes"}
