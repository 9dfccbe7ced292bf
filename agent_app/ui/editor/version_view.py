"""One person's version of a text, to be read beside another's: plain, with what differs marked."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit

from agent_app.domain.differences import Stretch
from agent_app.ui.widgets.theme import Theme

MAX_SHOWN = 6_000
"""Of a longer text the part around the first difference is shown (characters)."""
BEFORE = 200
MAX_MARKS = 300
MAX_LINES = 9
MARGIN = 6


class VersionView(QPlainTextEdit):
    """Shows a text; it is never taken for anything but text. A long one scrolls."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("version", True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # the card has a key for each choice
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(MARGIN)

    def show_text(self, text: str, marks: Sequence[Stretch]) -> None:
        """Show *text*, with *marks* (stretches of it) in colour, bold and underlined."""
        shown, moved = _part(text, marks)
        self.setPlainText(shown)
        style = QTextCharFormat()
        style.setBackground(QColor(self._theme.colours.good_ground))
        style.setForeground(QColor(self._theme.colours.good))
        style.setFontWeight(QFont.Weight.Bold)
        style.setFontUnderline(True)
        cursor = QTextCursor(self.document())
        place, units = 0, 0
        for begin, end in moved[:MAX_MARKS]:
            units += _units(shown[place:begin])
            cursor.setPosition(units)
            units += _units(shown[begin:end])
            cursor.setPosition(units, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(style)
            place = end
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def lines(self, width: int) -> int:
        """Return how many lines the text takes at a width (pixels)."""
        if self.width() != width:
            self.resize(width, self.height())
        return max(1, int(self.document().size().height()))

    def set_lines(self, lines: int) -> None:
        """Be as tall as so many lines, within a limit; beyond it scrolls."""
        policy = Qt.ScrollBarPolicy
        scrolls = lines > MAX_LINES
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if scrolls else policy.ScrollBarAlwaysOff
        )
        shown = min(lines, MAX_LINES)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * shown + 2 * MARGIN + 4)


def plain(text: str) -> str:
    """*text* as Qt's editors keep it, place by place."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


def _part(text: str, marks: Sequence[Stretch]) -> tuple[str, list[Stretch]]:
    if len(text) <= MAX_SHOWN:
        return text, list(marks)
    start = max(0, marks[0][0] - BEFORE) if marks else 0
    start = min(start, len(text) - MAX_SHOWN)
    end = start + MAX_SHOWN
    head, tail = "… " if start else "", " …" if end < len(text) else ""
    shift = len(head) - start
    inside = [
        (max(a, start) + shift, min(b, end) + shift) for a, b in marks if a < end and b > start
    ]
    return head + text[start:end] + tail, inside


def _units(text: str) -> int:
    """Return how many of Qt's characters a text has: those beyond the first 65,536 count twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
