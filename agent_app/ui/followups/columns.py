"""The list's columns: which are shown, how wide, in what order; kept for each view.

They always fit: where there is not enough room the soft ones give way, and then a row has two lines.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QMouseEvent
from PySide6.QtWidgets import QHeaderView, QMenu, QStyleOptionHeader, QWidget

from agent_app.domain.columns import DEFAULTS, Layout, layout_text, offered, read_layout
from agent_app.domain.views import Column, View
from agent_app.models.followup_table import COLUMNS, FollowupTable
from agent_app.models.second_line import folded
from agent_app.runtime.weak import weakly
from agent_app.ui.followups.delegates import row_height
from agent_app.ui.followups.row_view import RowView

MIN_REST, MIN_WIDTH = 120, 44
"""The least width of the last column, and of any (the window's units)."""
SOFT = {Column.DEBTOR: 0.8, Column.LAST: 0.75, Column.SCHEDULED: 0.5, Column.EXECUTED: 0.5,
        Column.CREDITOR: 0.6, Column.PHONE: 0.8}  # fmt: skip
"""Columns that give way, and to what part of their width."""


class Header(QHeaderView):
    """A header whose arrow points up where the least is on top."""

    dragged = Signal(int, int)
    """A person gave a section another width (pixels). Qt resizes sections by itself as well: the last one,
    and hidden ones to 0, long after they were hidden."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self._is_held = False
        self.sectionResized.connect(self._on_resized)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A border may be dragged from here on."""
        self._is_held = True
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A border is given the width of what it holds."""
        self._is_held = True
        super().mouseDoubleClickEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It is let go."""
        super().mouseReleaseEvent(event)
        self._is_held = False

    def _on_resized(self, section: int, _old: int, new: int) -> None:
        if self._is_held:
            self.dragged.emit(section, new)

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, section: int) -> None:
        """Qt's own arrow is the other way round."""
        super().initStyleOptionForIndex(option, section)
        up = QStyleOptionHeader.SortIndicator.SortUp
        down = QStyleOptionHeader.SortIndicator.SortDown
        if option.sortIndicator in (up, down):
            option.sortIndicator = down if option.sortIndicator == up else up


class Columns(QObject):
    """Arranges the columns of *view*. *useful* says whether a column tells anything at present."""

    sorted_anew = Signal()
    """The person wants another order."""

    def __init__(
        self,
        view: RowView,
        table: FollowupTable,
        useful: Callable[[Column], bool],
    ) -> None:
        super().__init__(view)
        self._view, self._table, self._useful = view, table, useful
        self._kept: dict[str, Layout] = {}
        self._key, self._base = "", View.ALL
        self._layout = DEFAULTS[View.ALL]
        self._fitting = False
        self._shown: frozenset[Column] = frozenset()
        header = view.horizontalHeader()
        assert isinstance(header, Header)
        self._header = header
        header.setSectionsMovable(True)
        header.setStretchLastSection(True)
        header.setSortIndicatorShown(True)
        header.setMinimumSectionSize(MIN_WIDTH)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._show_menu)
        header.sortIndicatorChanged.connect(self._on_sorted)
        header.sectionMoved.connect(self._on_moved)
        header.dragged.connect(self._on_dragged)
        view.resized.connect(self.fit)

    # -- what is kept

    def restore(self, kept: Mapping[str, str]) -> None:
        """Go on with what `state` gave: a text for each view, and for each own view "own/NAME"."""
        for key, text in kept.items():
            base = View(key) if key in set(View) else View.ALL
            self._kept[key] = read_layout(text, base)
        if self._key:
            self._arrange(self._kept.get(self._key, DEFAULTS[self._base]))

    def state(self) -> dict[str, str]:
        """Return what is to be kept of all views."""
        return {key: layout_text(layout) for key, layout in self._kept.items()}

    # -- what is shown

    @property
    def layout(self) -> Layout:
        """The layout that is shown."""
        return self._layout

    @property
    def sort(self) -> tuple[Column, bool]:
        """The column that the list is sorted by, and whether the largest is on top."""
        return self._layout.sort, self._layout.descending

    def show(self, key: str, base: View, usual: Layout | None = None) -> None:
        """Show the columns of another view. *key* names what is kept, *base* the view that it has its rows
        from, *usual* its layout as long as nobody changed it."""
        if key == self._key:
            return
        self._key, self._base = key, base
        self._arrange(self._kept.get(key) or usual or DEFAULTS[base])

    def forget(self, key: str) -> None:
        """What was kept under a name is not needed any more."""
        self._kept.pop(key, None)

    def sort_by(self, column: Column, *, descending: bool) -> None:
        """Sort by a column as if its header was clicked."""
        self._header.setSortIndicator(COLUMNS.index(column), _order(descending))

    def reset(self) -> None:
        """Show the view as it comes."""
        self._kept.pop(self._key, None)
        self._arrange(DEFAULTS[self._base])
        self.sorted_anew.emit()

    def toggle(self, column: Column) -> None:
        """Show a column, or hide it."""
        shown = self._layout.columns
        if column in shown:
            new = tuple(one for one in shown if one is not column)
        else:
            rest = shown[-1:] if shown[-1:] == (Column.SUMMARY,) else ()
            new = (*shown[: len(shown) - len(rest)], column, *rest)
        self._change(replace(self._layout, columns=new))
        self._arrange(self._layout)

    # -- how it is arranged

    def _change(self, layout: Layout) -> None:
        self._layout = self._kept[self._key] = layout

    def _arrange(self, layout: Layout) -> None:
        self._layout = layout
        self._fitting = True
        with QSignalBlocker(self._header):
            self._header.setSortIndicator(COLUMNS.index(layout.sort), _order(layout.descending))
        rest = [column for column in COLUMNS if column not in layout.columns]
        for place, column in enumerate((*layout.columns, *rest)):
            self._header.moveSection(self._header.visualIndex(COLUMNS.index(column)), place)
        self._fitting = False
        self.fit()

    def look_again(self) -> None:
        """A column may tell something now, or nothing any more."""
        shown = frozenset(one for one in self._layout.columns if self._useful(one))
        if shown != self._shown:
            self.fit()

    def fit(self) -> None:
        """Give each column its room in the list as wide as it is now."""
        layout = self._layout
        shown = [one for one in layout.columns if self._useful(one)]
        self._shown = frozenset(shown)
        usual = self._table.widths(self._view.fontMetrics().horizontalAdvance)
        wanted = {column: layout.widths.get(column, usual[column]) for column in shown}
        room = self._view.viewport().width()
        if Column.DEBTOR not in layout.widths and shown[-1:] != [Column.DEBTOR]:
            free = room - sum(wanted.values())  # a name comes before more of a summary
            wanted[Column.DEBTOR] += max(0, min(free // 3, wanted[Column.DEBTOR] // 2))
        widths = _fitted(wanted, room)
        below: dict[Column, tuple[Column, ...]] = {}
        if widths is None:
            beside, below = folded(shown)
            widths = self._two_lines(beside, below, usual, room)
        self._fitting = True
        for place, column in enumerate(COLUMNS):
            self._header.setSectionHidden(place, column not in widths)
        for column, width in widths.items():
            self._header.resizeSection(COLUMNS.index(column), width)
        self._fitting = False
        if below != dict(self._table.below):
            self._table.below = below
            self.fit_rows()

    def fit_rows(self) -> None:
        """Make the rows as high as their text."""
        height = row_height(self._view.fontMetrics(), 2 if self._table.below else 1)
        self._view.verticalHeader().setDefaultSectionSize(height)
        self._view.viewport().update()

    def _two_lines(
        self,
        beside: Column | None,
        below: Mapping[Column, tuple[Column, ...]],
        usual: Mapping[Column, int],
        room: int,
    ) -> dict[Column, int]:
        """Debtor and one column at the right, each with others below it."""
        if beside is None:
            return {Column.DEBTOR: room}
        advance = self._view.fontMetrics().horizontalAdvance
        under = (self._table.width_below(one, advance) for one in below.get(beside, ()))
        widest = max([usual[beside], *under])
        width = min(widest, room // 2)
        return {Column.DEBTOR: room - width, beside: width}

    # -- what a person does with the header

    def _on_sorted(self, section: int, order: Qt.SortOrder) -> None:
        descending = order == Qt.SortOrder.DescendingOrder
        self._change(replace(self._layout, sort=COLUMNS[section], descending=descending))
        self.sorted_anew.emit()

    def _on_moved(self, _logical: int, _old: int, _new: int) -> None:
        if self._fitting or self._table.below:
            return
        order = [COLUMNS[self._header.logicalIndex(place)] for place in range(len(COLUMNS))]
        shown = self._layout.columns
        self._change(replace(self._layout, columns=tuple(one for one in order if one in shown)))

    def _on_dragged(self, section: int, new: int) -> None:
        """A border was dragged: what is at its left has that width; the last column takes the rest."""
        column = COLUMNS[section]
        last = self._layout.columns[-1:] == (column,)
        if self._fitting or self._table.below or last:
            return
        widths = {**self._layout.widths, column: new}
        self._change(replace(self._layout, widths=widths))

    def _show_menu(self, at: QPoint) -> None:
        menu = QMenu(self._view)
        for column in offered(self._base):
            action = QAction(self._table.cells.title(column), menu)
            action.setCheckable(True)
            action.setChecked(column in self._layout.columns)
            action.setEnabled(column is not Column.DEBTOR)  # whose row it is stays
            action.triggered.connect(weakly(self.toggle, column))
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(self.tr("Reset this view's columns")).triggered.connect(weakly(self.reset))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._header.mapToGlobal(at))


def _order(descending: bool) -> Qt.SortOrder:
    return Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder


def _fitted(wanted: Mapping[Column, int], room: int) -> dict[Column, int] | None:
    """Return the columns' widths in so much *room*, or None where they would be too narrow to read. The last one
    has what the others leave."""
    *others, last = wanted
    too_much = sum(wanted[one] for one in others) + MIN_REST - room
    if too_much <= 0:
        return {**wanted, last: room - sum(wanted[one] for one in others)}
    gives = {one: round(wanted[one] * (1 - SOFT[one])) for one in others if one in SOFT}
    if sum(gives.values()) < too_much:
        return None
    part = too_much / sum(gives.values())
    widths = {one: wanted[one] - round(gives.get(one, 0) * part) for one in others}
    return {**widths, last: max(room - sum(widths.values()), MIN_WIDTH)}
