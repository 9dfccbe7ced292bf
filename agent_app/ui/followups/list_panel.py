"""Room: ui. The list of followups with its views, filters and search."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from agent_app.domain.views import Column, Filter, View, filter_of, narrowed
from agent_app.models.followup_table import COLUMNS, FollowupTable
from agent_app.models.view_counts import ViewCounts
from agent_app.ui.followups.delegates import RowDelegate, row_height
from agent_app.ui.followups.filter_bar import FilterBar
from agent_app.ui.theme import Theme

SEARCH_PAUSE_MS = 0
"""Keys that come at once are searched for once."""
MINUTE_MS = 60_000


class ListPanel(QWidget):
    """Shows followups and says which one is chosen. *now* gives UTC."""

    chosen = Signal(str)
    """The id of the row that became current ("": none)."""
    entered = Signal()
    """The person wants to edit the current row (Return)."""
    back_wanted = Signal()
    """The person wants to go back to the supervisors' view."""
    call_wanted = Signal()
    copy_wanted = Signal()
    """The person wants to call, or to copy the number of, the current row's debtor."""

    def __init__(
        self,
        table: FollowupTable,
        counts: ViewCounts,
        theme: Theme,
        now: Callable[[], datetime],
        zone: tzinfo,
    ) -> None:
        super().__init__()
        self._table, self._now, self._zone, self._theme = table, now, zone, theme
        self._text = ""
        self.filters = FilterBar(theme, zone)
        self.filters.changed.connect(self._show_anew)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(self.tr("Loading followups"))
        keep = self._progress.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self._progress.setSizePolicy(keep)
        self._progress.hide()
        self._slice: Filter | None = None
        self._slice_bar, self.slice_words = QFrame(), QLabel()
        self._make_slice_bar()
        self.view = self._make_view()
        self._nothing = _Nothing(self.view)
        self._nothing.cleared.connect(self.clear_filters)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.filters)
        layout.addWidget(self._progress)
        layout.addWidget(self._slice_bar)
        layout.addWidget(self.view, 1)
        table.counted.connect(self._on_count)
        table.modelReset.connect(self._choose_again)
        table.completed.connect(self._choose_again)
        self._open_id = ""
        self._search = QTimer(self, singleShot=True, interval=SEARCH_PAUSE_MS)
        self._search.timeout.connect(self._show_anew)
        self._minute = QTimer(self, interval=MINUTE_MS)
        self._minute.timeout.connect(self._on_minute)
        self._minute.start()
        counts.counted.connect(self.filters.show_counts)
        theme.changed.connect(self._fit_rows)
        self._empty_words = ""

    def _fit_rows(self) -> None:
        """The text may have become larger or smaller."""
        metrics = self.view.fontMetrics()
        if self.view.verticalHeader().defaultSectionSize() == row_height(metrics):
            return
        self.view.verticalHeader().setDefaultSectionSize(row_height(metrics))
        for place, width in enumerate(self._table.widths(metrics.horizontalAdvance)):
            self.view.horizontalHeader().resizeSection(place, width)

    def _make_slice_bar(self) -> None:
        """Says what is shown in the place of a view, and leads back."""
        self._slice_bar.setObjectName("Banner")
        self.slice_words.setTextFormat(Qt.TextFormat.PlainText)
        self.slice_words.setWordWrap(True)
        back = QPushButton(self.tr("Back to the outcomes"))
        back.clicked.connect(self.back_wanted)
        every = QPushButton(self.tr("All followups"))
        every.clicked.connect(lambda: self.choose_view(View.ALL))
        row = QHBoxLayout(self._slice_bar)
        row.setContentsMargins(12, 6, 8, 6)
        row.addWidget(self.slice_words, 1)
        row.addWidget(every)
        row.addWidget(back)
        self._slice_bar.hide()

    def _make_view(self) -> QTableView:
        view = _Table()
        view.setModel(self._table)
        view.setItemDelegate(RowDelegate(view, self._theme))
        view.setAccessibleName(self.tr("Followups"))
        view.setObjectName("followups")
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setTabKeyNavigation(False)
        view.setShowGrid(False)
        view.setWordWrap(False)
        # The indicator first: turning sorting on asks for rows once, and so does `_show_anew`.
        view.horizontalHeader().setSortIndicator(
            COLUMNS.index(Column.SCHEDULED), Qt.SortOrder.DescendingOrder
        )
        view.setSortingEnabled(True)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        rows = view.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(row_height(view.fontMetrics()))
        columns = view.horizontalHeader()
        columns.setHighlightSections(False)
        columns.setSectionsMovable(True)
        columns.setStretchLastSection(True)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, width in enumerate(self._table.widths(view.fontMetrics().horizontalAdvance)):
            columns.resizeSection(place, width)
        view.selectionModel().currentRowChanged.connect(self._on_current)
        view.clicked.connect(lambda _: self._open_current())
        view.entered_row.connect(self._open_current)
        view.entered_row.connect(self.entered)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(lambda at: self._show_menu(view, at))
        columns.sortIndicatorChanged.connect(lambda *_: self._choose_again())
        return view

    def _show_menu(self, view: QTableView, at: QPoint) -> None:
        if not self.current_id:
            return
        menu = QMenu(view)
        menu.addAction(self.tr("Edit")).triggered.connect(self.entered)
        menu.addAction(self.tr("Call the debtor")).triggered.connect(self.call_wanted)
        menu.addAction(self.tr("Copy the number")).triggered.connect(self.copy_wanted)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(view.viewport().mapToGlobal(at))

    # -- what to show

    def search(self, text: str) -> None:
        """Show what holds *text*, once typing pauses."""
        self._text = text
        self._search.start()

    def choose_view(self, view: View) -> None:
        """Show a saved view."""
        was_slice = self._slice is not None
        self._end_slice()
        self.filters.choose_view(view)
        if was_slice:
            self._show_anew()

    def show_slice(self, wanted: Filter, words: str) -> None:
        """Show just these followups, until a view is chosen; *words* say what they are."""
        self._slice = wanted
        self.filters.setEnabled(False)
        self.search_cleared.emit()
        self._text, self._open_id = "", ""
        self._table.keep("")  # what is open need not be one of them
        self._show_anew()
        count = self._table.rowCount()
        self.slice_words.setText(
            self.tr("{words}: %n followup(s). J and K walk through them.", "", count).replace(
                "{words}", words
            )
        )
        self._slice_bar.show()
        if count:
            self.view.setCurrentIndex(self._table.index(0, 0))

    def _end_slice(self) -> None:
        self._slice = None
        self.filters.setEnabled(True)
        self._slice_bar.hide()

    def clear_filters(self) -> None:
        """Show the view without filters and search."""
        self.search_cleared.emit()
        self.filters.clear()

    search_cleared = Signal()

    def _wanted(self) -> Any:
        if self._slice is not None:
            return replace(self._slice, text=self._text)
        base = filter_of(self.filters.view, self._now(), self._zone)
        values: dict[str, Any] = self.filters.values
        return narrowed(base, self._zone, text=self._text, **values)

    def _show_anew(self) -> None:
        header = self.view.horizontalHeader()
        column = COLUMNS[header.sortIndicatorSection()]
        descending = header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        self._table.show(self._wanted(), column, descending)

    def say_anew(self) -> None:
        """What the cells say has changed."""
        self._table.repaint_times()

    def _on_minute(self) -> None:
        self._table.set_filter(self._wanted())
        self._table.repaint_times()

    # -- what is chosen

    @property
    def current_id(self) -> str:
        """The id of the current row, or ""."""
        row = self._table.row_at(self.view.currentIndex().row())
        return row.id if row else ""

    def choose(self, followup_id: str) -> bool:
        """Make a followup's row current; says whether it is in the list."""
        place = self._table.place_of(followup_id)
        if place < 0:
            return False
        self.view.setCurrentIndex(self._table.index(place, 0))
        self._open_current()
        return True

    def note_open(self, followup_id: str) -> None:
        """The form shows this followup, whoever opened it."""
        self._open_id = followup_id
        if followup_id:
            self._table.keep(followup_id)

    def _open_current(self) -> None:
        """Open the current row, if the form shows another followup."""
        current = self.view.currentIndex()
        self._on_current(current, current)

    def following_id(self) -> str:
        """The id of the row below the current one, or above where it is the last."""
        row = self.view.currentIndex().row()
        for other in (row + 1, row - 1):
            found = self._table.row_at(other) if row >= 0 else None
            if found is not None:
                return found.id
        return ""

    def step(self, by: int) -> None:
        """Go *by* rows on."""
        row = self.view.currentIndex().row() + by
        if 0 <= row < self._table.rowCount():
            self.view.setCurrentIndex(self._table.index(row, 0))

    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        row = self._table.row_at(current.row())
        if row is None or row.id == self._open_id:
            return
        self._open_id = row.id
        self._table.keep(row.id)
        self.chosen.emit(row.id)

    def _choose_again(self) -> None:
        """After the rows were laid out anew: the open followup is the current row, if it is here."""
        if not self._open_id:
            return
        place = self._table.place_so_far(self._open_id)
        if place >= 0 and place != self.view.currentIndex().row():
            self.view.selectionModel().setCurrentIndex(
                self._table.index(place, 0),
                QItemSelectionModel.SelectionFlag.ClearAndSelect
                | QItemSelectionModel.SelectionFlag.Rows,
            )
            self.view.scrollTo(self._table.index(place, 0))

    # -- states

    def show_progress(self, progress: tuple[int, int] | None, busy: bool) -> None:
        """A slim bar: how much of the list is read."""
        self._progress.setVisible(busy)
        if progress is None:
            self._progress.setRange(0, 0)
        else:
            self._progress.setRange(0, max(progress[1], 1))
            self._progress.setValue(progress[0])

    def show_empty_words(self, words: str) -> None:
        """What an empty list says while nothing was read yet."""
        self._empty_words = words
        self._on_count(self._table.rowCount())

    def _on_count(self, count: int) -> None:
        if count:
            self._nothing.hide()
        elif self._text.strip() or self.filters.is_narrowed:
            self._nothing.say(self.tr("No followup matches."), self.tr("Clear search and filters"))
        elif self._empty_words:
            self._nothing.say(self._empty_words, "")
        else:
            self._nothing.say(self.tr("Nothing here: this view is empty."), "")


class _Table(QTableView):
    """A table that knows Return, and that Tab leaves."""

    entered_row = Signal()

    def showEvent(self, event: QShowEvent) -> None:
        """The style has had its say by now."""
        super().showEvent(event)
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        """Another theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange):
            self._fill()

    def _fill(self) -> None:
        """Let Qt move what is painted when the list scrolls: only what comes into sight is painted
        then. It does so for an opaque ground, which a style sheet takes away."""
        self.viewport().setAutoFillBackground(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return edits the current row; Home and End go to the first and the last row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered_row.emit()
            return
        model = self.model()
        last = model.rowCount() - 1
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and last >= 0:
            row = 0 if event.key() == Qt.Key.Key_Home else last
            self.setCurrentIndex(model.index(row, 0))
            return
        super().keyPressEvent(event)


class _Nothing(QWidget):
    """What a list without rows says, in its middle."""

    cleared = Signal()

    def __init__(self, view: QTableView) -> None:
        super().__init__(view.viewport())
        self._around = view.viewport()
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setProperty("muted", True)
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._button = QPushButton()
        self._button.clicked.connect(self.cleared)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(self._words)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)
        view.viewport().installEventFilter(self)
        self.hide()

    def say(self, words: str, action: str) -> None:
        """Show *words*, with a button where *action* is given."""
        self._words.setText(words)
        self._button.setText(action)
        self._button.setVisible(bool(action))
        self.resize(self._around.size())
        self.show()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Stay as large as the list."""
        if event.type() == QEvent.Type.Resize and isinstance(event, QResizeEvent):
            self.resize(event.size())
        return False
