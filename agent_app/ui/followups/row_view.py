"""The list as a person meets it: which keys and clicks choose a row.

Qt moves the current row by itself too, when rows leave or are laid out anew. Only what is told here
is a person's choice.
"""

from itertools import chain, islice
from typing import Protocol, runtime_checkable

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QTableView

_WHOLE_ROW = (
    QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
)
STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageDown: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageUp: -1,
}


@runtime_checkable
class Spoken(Protocol):
    """A model whose cells say `spoken` as their description."""

    spoken: str


class RowView(QTableView):
    """A table that tells what a person chose, knows Return, and that Tab leaves."""

    chosen_row = Signal(int)
    """A key or a click chose this row; -1: it was none."""
    stepped = Signal(int)
    """An arrow while no row is current: 1 is down, -1 is up."""
    entered_row = Signal()
    """Return."""
    left = Signal()
    """Escape."""
    copied = Signal()
    """The person wants what is selected, or the current row, on the clipboard."""
    selected = Signal(int)
    """So many rows are selected; less than two: what is open, or nothing."""
    resized = Signal()
    """It has another width, or its text another size."""

    def __init__(self) -> None:
        super().__init__()
        self._selecting = False
        self._anchor = self._edge = QPersistentModelIndex()

    def showEvent(self, event: QShowEvent) -> None:
        """The style has had its say by now."""
        super().showEvent(event)
        self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say so."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.resized.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Another theme, or another size of text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange):
            self._fill()

    def _fill(self) -> None:
        """Let Qt move what is painted when the list scrolls: only what comes into sight is painted
        then. It does so for an opaque ground, which a style sheet takes away."""
        self.viewport().setAutoFillBackground(True)

    def reset(self) -> None:
        """Other rows: laid out at once. Qt would do it as it paints, and then paint a second time."""
        super().reset()
        self.executeDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return edits the current row, Escape ends a search; Home and End go to the first and the last row."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered_row.emit()
            return
        if key == Qt.Key.Key_Escape:
            if self.has_selection:
                self.end_selection()
            else:
                self.left.emit()
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
            return
        if self._extend(event):
            return
        last = self.model().rowCount() - 1
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End) and last >= 0:
            self.chosen_row.emit(0 if key == Qt.Key.Key_Home else last)
            return
        before = self.currentIndex().row()
        if key in STEPS:
            self._forget_selection()
        if before < 0 and key in STEPS:
            self.stepped.emit(STEPS[key])
            return
        super().keyPressEvent(event)
        after = self.currentIndex().row()
        if after != before or not self.selectionModel().hasSelection():
            self.chosen_row.emit(after)

    # -- several rows

    @property
    def has_selection(self) -> bool:
        """Whether several rows are selected."""
        return self._selecting

    def selected_rows(self, most: int) -> list[int]:
        """Return the rows that are selected, *most* of them at most."""
        if not self._selecting:
            return []
        rows = chain.from_iterable(range(top, bottom + 1) for top, bottom in self._ranges())
        return list(islice(rows, most))

    def _ranges(self) -> list[tuple[int, int]]:
        """Return the first and the last row of each stretch that is selected, from the top."""
        found = self.selectionModel().selection()
        stretches = (found.at(place) for place in range(found.count()))
        return sorted({(one.top(), one.bottom()) for one in stretches})

    def end_selection(self) -> None:
        """Select what is open alone."""
        self._selecting = False
        self._anchor = QPersistentModelIndex()
        if self.currentIndex().isValid():
            self.selectionModel().select(self.currentIndex(), _WHOLE_ROW)
        else:
            self.clearSelection()
        self.selected.emit(0)

    def _extend(self, event: QKeyEvent) -> bool:
        """Shift with an arrow, Home or End selects from where one is; Ctrl+A selects all. What is open
        stays open."""
        last = self.model().rowCount() - 1
        if event.matches(QKeySequence.StandardKey.SelectAll) and last >= 0:
            self._select(0, last)
            return True
        if event.modifiers() != Qt.KeyboardModifier.ShiftModifier or last < 0:
            return False
        edge = self._edge.row() if self._selecting else self.currentIndex().row()
        page = max(1, self.viewport().height() // max(1, self.rowHeight(0)) - 1)
        steps = {
            Qt.Key.Key_Down: edge + 1,
            Qt.Key.Key_Up: edge - 1,
            Qt.Key.Key_PageDown: edge + page,
            Qt.Key.Key_PageUp: edge - page,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        to = steps.get(Qt.Key(event.key()))
        if to is None:
            return False
        self._select(self._from(max(edge, 0)), max(0, min(to, last)))
        return True

    def _from(self, row: int) -> int:
        return self._anchor.row() if self._anchor.isValid() and self._selecting else row

    def _select(self, anchor: int, edge: int) -> None:
        """Select all rows between two."""
        model, last = self.model(), self.model().columnCount() - 1
        self._anchor = QPersistentModelIndex(model.index(anchor, 0))
        self._edge = QPersistentModelIndex(model.index(edge, 0))
        top, bottom = sorted((anchor, edge))
        rows = QItemSelection(model.index(top, 0), model.index(bottom, last))
        self.selectionModel().select(rows, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._selecting = True
        if bottom - top < model.rowCount() - 1:
            self.scrollTo(model.index(edge, self.currentIndex().column()))
        self.selected.emit(bottom - top + 1)

    def _toggle(self, row: int) -> None:
        """Select one row more, or one less; what is open is selected too."""
        model, last = self.model(), self.model().columnCount() - 1
        rows = QItemSelection(model.index(row, 0), model.index(row, last))
        self.selectionModel().select(rows, QItemSelectionModel.SelectionFlag.Toggle)
        self._anchor = self._edge = QPersistentModelIndex(model.index(row, 0))
        self._selecting = True
        count = sum(bottom - top + 1 for top, bottom in self._ranges())
        if count == 0:
            self.end_selection()
        else:
            self.selected.emit(count)

    def describe(self, text: str) -> None:
        """Tell *text* as the description of the current cell, which has none afterwards."""
        from PySide6.QtGui import QAccessible, QAccessibleEvent  # not for the first paint

        cells = QAccessible.queryAccessibleInterface(self)
        cell = cells.focusChild() if cells is not None else None
        model = self.model()
        if cell is None or not isinstance(model, Spoken):
            return
        event = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        event.setChild(cells.indexOfChild(cell))
        model.spoken = text
        QAccessible.updateAccessibility(event)
        model.spoken = ""

    def keyboardSearch(self, search: str) -> None:
        """Letters are no way through a list: it would be read row by row, however long it is."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt makes the first row current where none is; here only a person chooses a row."""
        had_current = self.currentIndex().isValid()
        super().focusInEvent(event)
        if not had_current:
            self.selectionModel().clearCurrentIndex()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press chooses what is under the mouse."""
        row = self.indexAt(event.position().toPoint()).row()
        modifiers = event.modifiers()
        if row >= 0 and event.button() == Qt.MouseButton.LeftButton:
            if modifiers & Qt.KeyboardModifier.ControlModifier:
                self._toggle(row)
                return
            if modifiers & Qt.KeyboardModifier.ShiftModifier:
                self._select(self._from(max(self.currentIndex().row(), 0)), row)
                return
        if event.button() == Qt.MouseButton.RightButton and self._is_selected(row):
            return  # the menu is of all that are selected
        self._forget_selection()
        super().mousePressEvent(event)
        self.chosen_row.emit(row)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Keep what is open selected: Qt lets go of all when the button comes up below the rows."""
        super().mouseReleaseEvent(event)
        below = self.indexAt(event.position().toPoint()).row() < 0
        if below and not self.selectionModel().hasSelection() and self.currentIndex().isValid():
            self.show_current(self.currentIndex().row(), scroll=False)

    def _is_selected(self, row: int) -> bool:
        return self._selecting and self.selectionModel().isRowSelected(row, QModelIndex())

    def _forget_selection(self) -> None:
        """What follows selects one row."""
        if self._selecting:
            self._selecting = False
            self.selected.emit(0)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand that moves while it clicks does not choose the row beside."""
        if event.buttons() == Qt.MouseButton.NoButton:
            super().mouseMoveEvent(event)

    def show_current(self, row: int, *, scroll: bool) -> None:
        """Make *row* the current one, or none (-1), without anybody having chosen it."""
        if self._selecting and not self.selectionModel().hasSelection():
            self._forget_selection()  # other rows are shown
        if row < 0:
            if self._selecting:
                self.selectionModel().clearCurrentIndex()
            elif self.currentIndex().isValid() or self.selectionModel().hasSelection():
                self.clearSelection()
                self.selectionModel().clearCurrentIndex()
            return
        index = self.model().index(row, max(self.currentIndex().column(), 0))
        selected = self.selectionModel().isRowSelected(row, QModelIndex())
        if self._selecting:
            flag = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(index, flag)
        elif index != self.currentIndex() or not selected:
            self.setAutoScroll(False)  # a row that comes in must not move what is being read
            self.selectionModel().setCurrentIndex(index, _WHOLE_ROW)
            self.setAutoScroll(True)
        if scroll:
            self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
