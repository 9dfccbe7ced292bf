"""The blanks of a template in a text field: each is selected, so that typing fills it in."""

from collections.abc import Sequence

from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget


def select_blank(
    field: QWidget, blanks: Sequence[str], *, from_start: bool = False, backward: bool = False
) -> bool:
    """Select the next of *blanks* after the cursor, the one before it (*backward*), or the first
    (*from_start*); says whether there was one."""
    if isinstance(field, QPlainTextEdit):
        return _in_text(field, blanks, from_start=from_start, backward=backward)
    assert isinstance(field, QLineEdit)
    return _in_line(field, blanks, from_start=from_start, backward=backward)


def _in_text(
    field: QPlainTextEdit, blanks: Sequence[str], *, from_start: bool, backward: bool
) -> bool:
    start = QTextCursor(field.document()) if from_start else field.textCursor()
    flags = QTextDocument.FindFlag.FindCaseSensitively
    if backward:
        flags |= QTextDocument.FindFlag.FindBackward
    found = [field.document().find(one, start, flags) for one in blanks]
    near = [one for one in found if not one.isNull()]
    if not near:
        return False
    pick = max if backward else min
    field.setTextCursor(pick(near, key=QTextCursor.selectionStart))
    return True


def _in_line(field: QLineEdit, blanks: Sequence[str], *, from_start: bool, backward: bool) -> bool:
    text = field.text()
    has = field.hasSelectedText()
    if backward:
        end = field.selectionStart() if has else field.cursorPosition()
        places = [(text.rfind(one, 0, end), one) for one in blanks]
    else:
        start = field.selectionEnd() if has else field.cursorPosition()
        places = [(text.find(one, 0 if from_start else start), one) for one in blanks]
    near = [place for place in places if place[0] >= 0]
    if not near:
        return False
    at, blank = max(near) if backward else min(near)
    field.setSelection(at, len(blank))
    return True
