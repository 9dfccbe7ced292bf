"""The list as a person meets it: which keys and clicks choose a row.

Qt moves the current row by itself too, when rows leave or are laid out anew. Only what is told here
is a person's choice.
"""

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QKeyEvent,
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
    resized = Signal()
    """It has another width, or its text another size."""

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return edits the current row, Escape ends a search; Home and End go to the first and the last row."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered_row.emit()
            return
        if key == Qt.Key.Key_Escape:
            self.left.emit()
            return
        last = self.model().rowCount() - 1
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End) and last >= 0:
            self.chosen_row.emit(0 if key == Qt.Key.Key_Home else last)
            return
        before = self.currentIndex().row()
        if before < 0 and key in STEPS:
            self.stepped.emit(STEPS[key])
            return
        super().keyPressEvent(event)
        after = self.currentIndex().row()
        if after != before or not self.selectionModel().hasSelection():
            self.chosen_row.emit(after)

    def describe(self, text: str) -> None:
        """Tell *text* as the description of the current cell, which has none afterwards."""
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
        super().mousePressEvent(event)
        self.chosen_row.emit(row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand that moves while it clicks does not choose the row beside."""
        if event.buttons() == Qt.MouseButton.NoButton:
            super().mouseMoveEvent(event)

    def show_current(self, row: int, *, scroll: bool) -> None:
        """Make *row* the current one, or none (-1), without anybody having chosen it."""
        if row < 0:
            if self.currentIndex().isValid() or self.selectionModel().hasSelection():
                self.clearSelection()
                self.selectionModel().clearCurrentIndex()
            return
        index = self.model().index(row, max(self.currentIndex().column(), 0))
        selected = self.selectionModel().isRowSelected(row, QModelIndex())
        if index != self.currentIndex() or not selected:
            self.setAutoScroll(False)  # a row that comes in must not move what is being read
            self.selectionModel().setCurrentIndex(index, _WHOLE_ROW)
            self.setAutoScroll(True)
        if scroll:
            self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
