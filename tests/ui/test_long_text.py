"""Very long lines in the notes: nothing of how they are laid out is seen in the text."""

import random
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from agent_app.ui.widgets import long_text
from agent_app.ui.widgets.long_text import LongText

KEYS = {
    "x": Qt.Key.Key_X,
    "\n": Qt.Key.Key_Return,
    "back": Qt.Key.Key_Backspace,
    "delete": Qt.Key.Key_Delete,
}
steps = st.lists(
    st.tuples(
        st.integers(0, 60),
        st.sampled_from([0, 0, 1, 3, 7, 20]),
        st.sampled_from([*KEYS, "paste", "template", "undo", "redo", "cut"]),
    ),
    max_size=12,
)
PASTED = "p\nqqqqqqqqqq\nr"


@pytest.fixture(autouse=True)
def _empty_clipboard(qapp: QApplication) -> Iterator[None]:
    """What Python put on the clipboard must not outlive Python (the desk ends its process at once)."""
    yield
    qapp.clipboard().clear()


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines of more than eight characters are long ones."""
    monkeypatch.setattr(long_text, "CUT_AT", 5)
    monkeypatch.setattr(long_text, "LONGEST_BLOCK", 8)


def select(editor: LongText, first: int, last: int) -> None:
    cursor = editor.textCursor()
    cursor.setPosition(editor.position_of(first))
    cursor.setPosition(editor.position_of(last), QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


def typed(editor: LongText, text: str, first: int, last: int, what: str) -> str:
    """Do one step, and say what the text should be then."""
    if what in ("paste", "template"):
        if what == "paste":
            data = QMimeData()
            data.setText(PASTED)
            editor.insertFromMimeData(data)
        else:
            editor.textCursor().insertText(PASTED)
        return text[:first] + PASTED + text[last:]
    if what == "cut":
        editor.cut()
        if first < last:
            assert QApplication.clipboard().text() == text[first:last]
        return text[:first] + text[last:]
    QTest.keyClick(editor, KEYS[what])
    if what in ("x", "\n"):
        return text[:first] + what + text[last:]
    if first == last:
        first, last = (max(0, first - 1), last) if what == "back" else (first, last + 1)
    return text[:first] + text[last:]


@settings(
    deadline=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.text("abcdefg \n", max_size=50), steps)
def test_blocks_are_never_seen_in_the_text(
    qapp: QApplication, small_blocks: None, start: str, history: list[tuple[int, int, str]]
) -> None:
    editor = LongText()
    editor.setPlainText(start)
    assert editor.toPlainText() == start
    text, states = start, {start}
    for at, size, what in history:
        if what in ("undo", "redo"):
            editor.undo() if what == "undo" else editor.redo()
            text = editor.toPlainText()
            assert text in states, "undo and redo lead to texts that were there"
            continue
        first, last = min(at, len(text)), min(at + size, len(text))
        select(editor, first, last)
        text = typed(editor, text, first, last, what)
        assert editor.toPlainText() == text
        editor.go_to(first)
        assert editor.place == min(first, len(text))
        states.add(text)
    while editor.document().isUndoAvailable():
        editor.undo()
    assert editor.toPlainText() == start


def test_a_million_letters_are_blocks_that_are_quick(qapp: QApplication) -> None:
    """What a key costs is laying out its block: no block may be as long as the line."""
    editor = LongText()
    text = "a" * 1_000_000
    editor.setPlainText(text)
    assert editor.toPlainText() == text
    assert max(block.length() for block in editor._blocks()) <= long_text.LONGEST_BLOCK + 1
    generator = random.Random(1)
    for _ in range(5):
        at = generator.randrange(len(text))
        select(editor, at, at)
        QTest.keyClick(editor, Qt.Key.Key_X)
        text = text[:at] + "x" + text[at:]
    assert editor.toPlainText() == text


def test_letters_of_two_halves_are_not_cut(qapp: QApplication) -> None:
    editor = LongText()
    text = "🙏" * 20_000 + "\u00e9\n" + "x" * 20_000
    editor.setPlainText(text)
    assert editor.toPlainText() == text
    editor.selectAll()
    editor.copy()
    assert QApplication.clipboard().text() == text
