"""Edit plain text whose lines may be very long without laying them out whole at every key.

Qt lays a paragraph out anew when a letter of it changes: 300,000 letters in one line take 4 s a key.
Such a line is cut into blocks of some thousand letters; a block that goes on from the one before it
carries a mark in its format, a number of its own, and no line break is read between the two. Undo
restores the marks, since formats are part of what it restores.
"""

from bisect import bisect_right

from PySide6.QtCore import QMimeData
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextEdit

GOES_ON = QTextFormat.Property.UserProperty.value + 1
"""The mark of a block that goes on from the one before it."""
CUT_AT = 2_000
"""A line longer than `LONGEST_BLOCK` is cut into blocks of about this many characters."""
LONGEST_BLOCK = 6_000


class LongText(QPlainTextEdit):
    """Plain text in which long lines stay quick; what it takes and gives knows nothing of blocks."""

    def __init__(self) -> None:
        super().__init__()
        self._has_cuts = False
        self._starts: list[int] = [0]
        self._marks: list[int] = [0]
        """Where blocks begin, and their marks, as they were before an edit."""
        self._last_mark = 0
        self._edited_at = self._selected_at = 0
        self._is_new_edit = False
        self._cutting = self._pasting = False
        self.document().undoCommandAdded.connect(self._on_new_edit)
        self.document().contentsChange.connect(self._on_change)
        self.cursorPositionChanged.connect(self._note_selection)
        self.selectionChanged.connect(self._note_selection)
        self.textChanged.connect(self._on_changed)

    def toPlainText(self) -> str:
        """Return what stands here."""
        if not self._has_cuts:
            return super().toPlainText()
        parts: list[str] = []
        for block in self._blocks():
            if parts and not goes_on(block):
                parts.append("\n")
            parts.append(block.text())
        return "".join(parts).replace("\u2028", "\n").replace("\u00a0", " ")

    def setPlainText(self, text: str) -> None:
        """Show *text*; there is nothing to undo then."""
        pieces = _pieces(text)
        self._cutting, self._has_cuts = True, any(goes for _piece, goes in pieces)
        super().setPlainText("\n".join(piece for piece, _goes in pieces))
        if self._has_cuts:
            self._mark([number for number, (_piece, goes) in enumerate(pieces) if goes])
        self._cutting = False
        self._note_marks()
        self.document().clearUndoRedoStacks()

    def _mark(self, numbers: list[int]) -> None:
        """The blocks of these *numbers* go on from the ones before them."""
        cursor = QTextCursor(self.document())
        cursor.joinPreviousEditBlock()
        for number in numbers:
            cursor.setPosition(self.document().findBlockByNumber(number).position())
            self._last_mark += 1
            cursor.setBlockFormat(_format(self._last_mark))
        cursor.endEditBlock()

    @property
    def place(self) -> int:
        """Where the cursor stands in the text (units of UTF-16, as Qt counts)."""
        cursor = self.textCursor()
        cuts = sum(
            goes_on(block) for block in self._blocks() if block.position() <= cursor.position()
        )
        return cursor.position() - cuts

    def go_to(self, place: int) -> None:
        """Put the cursor at a place in the text, or at its end."""
        cursor = self.textCursor()
        cursor.setPosition(self.position_of(place))
        self.setTextCursor(cursor)

    def position_of(self, place: int) -> int:
        """Return where in the document a place in the text is."""
        if self._has_cuts:
            for block in self._blocks():
                place += goes_on(block)
                if place < block.position() + block.length():
                    break
        return min(place, max(self.document().characterCount() - 1, 0))

    # -- long lines

    def _blocks(self) -> list[QTextBlock]:
        blocks, block = [], self.document().begin()
        while block.isValid():
            blocks.append(block)
            block = block.next()
        return blocks

    def _cut_long_lines(self) -> None:
        """Cut what grew too long by typing, or by what a program put in."""
        long = [block for block in self._blocks() if block.length() > LONGEST_BLOCK + 1]
        if not long:
            return
        self._cutting, self._has_cuts = True, True
        cursor = QTextCursor(self.document())
        cursor.joinPreviousEditBlock()
        for block in reversed(long):
            start, text = block.position(), block.text()
            for at in reversed(_cuts(text)):
                cursor.setPosition(start + len(text[:at].encode("utf-16-le")) // 2)
                self._last_mark += 1
                cursor.insertBlock(_format(self._last_mark))
        cursor.endEditBlock()
        self._cutting = False
        self._note_marks()

    def _note_marks(self) -> None:
        blocks = self._blocks()
        self._starts = [block.position() for block in blocks]
        self._marks = [mark_of(block) for block in blocks]

    def _note_selection(self) -> None:
        self._selected_at = self.textCursor().selectionStart()

    def _on_new_edit(self) -> None:
        self._is_new_edit = True

    def _on_change(self, _at: int, _removed: int, _added: int) -> None:
        # The place that Qt gives is not exact; what was selected is, and is still known here.
        self._edited_at = self._selected_at

    def _on_changed(self) -> None:
        """Put the marks right after an edit; undo and redo bring the right ones themselves."""
        is_edit, self._is_new_edit = self._is_new_edit, False
        if self._cutting:
            return
        if self._has_cuts:
            if is_edit:
                end = self.textCursor().position()
                self._mend_marks(min(self._edited_at, end), end)
            self._note_marks()
        too_long = self.textCursor().block().length() > LONGEST_BLOCK + 1
        if is_edit and too_long and not self._pasting:
            self._cut_long_lines()

    def _mend_marks(self, at: int, end: int) -> None:
        """Of an edit *at* a place, whose text ends at another: where a whole block was removed, Qt
        keeps the mark of the block that followed; a new line takes the mark of one beside it."""
        edited, last = self.document().findBlock(at), self.document().findBlock(end)
        before = self._marks[bisect_right(self._starts, at) - 1]
        wrong = [(edited, before)] if mark_of(edited) != before else []
        while edited != last:
            edited = edited.next()
            if mark_of(edited):
                wrong.append((edited, 0))
        if not wrong:
            return
        self._cutting = True
        cursor = QTextCursor(self.document())
        cursor.joinPreviousEditBlock()
        for block, mark in wrong:
            cursor.setPosition(block.position())
            cursor.setBlockFormat(_format(mark))
        cursor.endEditBlock()
        self._cutting = False

    # -- keys and the clipboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """At a cut, which nobody sees, Backspace and Delete reach over it; Return begins a line."""
        if self._has_cuts and not self.isReadOnly():
            if _matches(event, _RETURN):
                self.textCursor().insertBlock(_format(0))
                self.ensureCursorVisible()
                return
            self._step_over_a_cut(event)
        super().keyPressEvent(event)

    def _step_over_a_cut(self, event: QKeyEvent) -> None:
        cursor = self.textCursor()
        block = cursor.block()
        if cursor.hasSelection():
            return
        if cursor.atBlockStart() and goes_on(block) and _matches(event, _BACKWARD):
            cursor.movePosition(QTextCursor.MoveOperation.PreviousCharacter)
        elif cursor.atBlockEnd() and goes_on(block.next()) and _matches(event, _FORWARD):
            cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
        self.setTextCursor(cursor)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste; a very long line is cut before it is laid out."""
        text = source.text().replace("\r\n", "\n").replace("\r", "\n")
        if max(map(len, text.split("\n"))) <= LONGEST_BLOCK:
            super().insertFromMimeData(source)
            return
        self._pasting = True
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        on: list[int] = []
        for number, (piece, goes) in enumerate(_pieces(text)):
            if number:
                cursor.insertBlock(_format(0))
            if goes:
                on.append(cursor.blockNumber())
            cursor.insertText(piece)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self._has_cuts, self._cutting = True, True
        self._mark(on)
        self._cutting = self._pasting = False
        self._note_marks()
        self._cut_long_lines()
        self.ensureCursorVisible()

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied has no line breaks that are none."""
        if not self._has_cuts:
            return super().createMimeDataFromSelection()
        whole = self.textCursor()
        first, last = whole.selectionStart(), whole.selectionEnd()
        part, text = QTextCursor(self.document()), ""
        block = self.document().findBlock(first)
        while block.isValid() and block.position() <= last:
            if block.position() > first and not goes_on(block):
                text += "\n"
            part.setPosition(max(first, block.position()))
            end = min(last, block.position() + block.length() - 1)
            part.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            text += part.selectedText().replace("\u2028", "\n").replace("\u00a0", " ")
            block = block.next()
        data = QMimeData()
        data.setText(text)
        return data


_RETURN = (
    QKeySequence.StandardKey.InsertParagraphSeparator,
    QKeySequence.StandardKey.InsertLineSeparator,
)
_BACKWARD = (QKeySequence.StandardKey.Backspace, QKeySequence.StandardKey.DeleteStartOfWord)
_FORWARD = (QKeySequence.StandardKey.Delete, QKeySequence.StandardKey.DeleteEndOfWord)


def _matches(event: QKeyEvent, keys: tuple[QKeySequence.StandardKey, ...]) -> bool:
    return any(event.matches(key) for key in keys)


def mark_of(block: QTextBlock) -> int:
    """Return the mark of a block that is of the same line as the one before it; else 0."""
    return block.blockFormat().intProperty(GOES_ON) if block.isValid() else 0


def goes_on(block: QTextBlock) -> bool:
    """Return whether a block is of the same line as the one before it."""
    return mark_of(block) > 0


def _format(mark: int) -> QTextBlockFormat:
    form = QTextBlockFormat()
    if mark:
        form.setProperty(GOES_ON, mark)
    return form


def _pieces(text: str) -> list[tuple[str, bool]]:
    """Return the lines of *text*, long ones cut; and whether each goes on from the one before it."""
    pieces: list[tuple[str, bool]] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        at = 0
        for end in [*_cuts(line), len(line)]:
            pieces.append((line[at:end], at > 0))
            at = end
    return pieces


def _cuts(line: str) -> list[int]:
    """Return where to cut a long line: after a blank where there is one near."""
    cuts, at = [], 0
    while len(line) - at > LONGEST_BLOCK:
        blank = line.rfind(" ", at + CUT_AT // 2, at + CUT_AT)
        at = blank + 1 if blank >= 0 else at + CUT_AT
        cuts.append(at)
    return cuts
