"""The list of followups with its views, filters and search.

The list follows the form: its current row is the followup that is open, or there is none. It opens
another one only where a person chose it.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from agent_app.domain.columns import DEFAULTS, Layout
from agent_app.domain.own_views import OwnView
from agent_app.domain.views import RARE, Column, Filter, View, narrowed
from agent_app.models.bulk_changes import MAX_AT_ONCE
from agent_app.models.followup_table import FollowupTable
from agent_app.models.queue import Queue
from agent_app.models.view_counts import ViewCounts
from agent_app.runtime.weak import weakly
from agent_app.ui.followups.columns import Columns, Header
from agent_app.ui.followups.delegates import RowDelegate, row_height
from agent_app.ui.followups.filter_bar import Chosen, FilterBar
from agent_app.ui.followups.hit_counts import HitCounts
from agent_app.ui.followups.list_state import ListState
from agent_app.ui.followups.nothing import Nothing
from agent_app.ui.followups.older_line import OlderLine
from agent_app.ui.followups.open_line import OpenLine
from agent_app.ui.followups.row_menus import RowMenus
from agent_app.ui.followups.row_view import RowView
from agent_app.ui.followups.rows_ahead import FIRST_ROWS, RowsAhead
from agent_app.ui.followups.search_scope import SearchScope
from agent_app.ui.followups.selection_line import SelectionLine
from agent_app.ui.followups.slice_bar import SliceBar
from agent_app.ui.widgets.announce import announce
from agent_app.ui.widgets.theme import Theme

SEARCH_PAUSE_MS = 0
"""Keys that come at once are searched for once."""
MINUTE_MS = 60_000
REVIEWED = "reviewed"
"""The name under which the columns of a supervisor's list are kept."""
REVIEWED_LAYOUT = Layout(
    (
        Column.DEBTOR,
        Column.AMOUNT,
        Column.EXECUTED,
        Column.SCHEDULED,
        Column.TYPE,
        Column.STATUS,
        Column.SUMMARY,
    ),
    Column.EXECUTED,
    descending=True,
)


class ListPanel(QWidget):
    """Shows followups and says which one a person chose. *now* gives UTC."""

    about_to_choose = Signal()
    """A person chose a row: what is open is about to become another."""
    chosen = Signal(str)
    """The id of the followup that the person wants to open."""
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
        queue: Queue | None = None,
    ) -> None:
        super().__init__()
        self.queue = queue or Queue()
        self._table, self._now, self._zone, self._theme = table, now, zone, theme
        self.filters = FilterBar(theme, zone, self.queue)
        self._scope = SearchScope(self.filters)
        self.filters.changed.connect(self._show_anew)
        self.queue.changed.connect(self._show_anew)
        self.queue.moved.connect(self._show_moved)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(self.tr("Loading followups"))
        keep = self._progress.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self._progress.setSizePolicy(keep)
        self._progress.hide()
        self._ahead = RowsAhead(table, self.queue)
        self._open_id = ""
        self._place = -1
        """Where the open followup stood before it left the rows, or -1."""
        self._slice: Filter | None = None
        self._own: OwnView | None = None
        self._slice_bar = SliceBar()
        self._slice_bar.back_wanted.connect(self.back_wanted)
        self._slice_bar.all_wanted.connect(weakly(self.choose_view, View.ALL))
        self.slice_words = self._slice_bar.words
        # Before the view's own, which would move on to a neighbour.
        table.rowsAboutToBeRemoved.connect(self._let_go)
        self.view = self._make_view()
        self.open_line = OpenLine()
        self.open_line.show_wanted.connect(self._show_open)
        self.selection_line = SelectionLine()
        self.selection_line.setFixedHeight(self.open_line.height())
        self.selection_line.ended.connect(self.end_selection)
        self.view.selected.connect(self._on_selected)
        menus = RowMenus(self.view, table, self.columns, self.selection_line)
        menus.edit_wanted.connect(self.entered)
        menus.call_wanted.connect(self.call_wanted)
        menus.number_wanted.connect(self.copy_wanted)
        self.older_line = OlderLine()
        self._nothing = Nothing(self.view)
        self._nothing.cleared.connect(self._on_nothing)
        self._hits = HitCounts(
            table, counts, self.filters, self._scope, self.open_line, self._nothing
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.filters)
        layout.addWidget(self._progress)
        layout.addWidget(self._slice_bar)
        layout.addWidget(self.older_line)
        layout.addWidget(self.open_line)
        layout.addWidget(self.selection_line)
        layout.addWidget(self.view, 1)
        table.rowsInserted.connect(self._make_way)
        table.modelReset.connect(self._on_other_rows)
        table.counted.connect(self._follow)
        table.completed.connect(self._follow)
        table.settled.connect(self._say_open)
        table.settled.connect(self.settled)
        table.settled.connect(self.columns.look_again)
        self._search = QTimer(self, singleShot=True, interval=SEARCH_PAUSE_MS)
        self._search.timeout.connect(self._show_anew)
        self._minute = QTimer(self, interval=MINUTE_MS)
        self._minute.timeout.connect(self._on_minute)
        self._minute.start()
        theme.changed.connect(self._fit_columns)

    def _fit_columns(self) -> None:
        """The text may have become larger or smaller."""
        self.columns.fit()
        self.columns.fit_rows()

    def _is_useful(self, column: Column) -> bool:
        """Return whether a column tells anything: a debtor's clock does not where all show our time. What a
        supervisor looks at was done, or should have been."""
        if column is Column.LOCAL:
            return self._table.has_other_clocks
        if self._slice is not None and column in (Column.EXECUTED, Column.SCHEDULED):
            rows = map(self._table.row_at, range(FIRST_ROWS))
            was_done = any(row is not None and row.call_date is not None for row in rows)
            return was_done is (column is Column.EXECUTED)
        return True

    def _make_view(self) -> RowView:
        view = RowView()
        view.setHorizontalHeader(Header(view))
        view.setModel(self._table)
        view.setItemDelegate(RowDelegate(view, self._theme))
        view.setAccessibleName(self.tr("Followups"))
        view.setObjectName("followups")
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setTabKeyNavigation(False)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        rows = view.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(row_height(view.fontMetrics()))
        self.columns = Columns(view, self._table, self._is_useful)
        self.columns.sorted_anew.connect(self._show_anew)
        view.chosen_row.connect(self._on_chosen)
        view.stepped.connect(self.step)
        view.entered_row.connect(self.entered)
        view.left.connect(self._on_left)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        return view

    # -- what to show

    def restore(self, state: ListState) -> None:
        """Go on where the person left."""
        self.columns.restore(state.columns)
        if state.view is self.filters.view:
            self._show_anew()
        else:
            self.choose_view(state.view)

    def state(self) -> ListState:
        """Return what the list is, to go on with at the next start. A search, and what is not sent, is over by then."""
        view = self._scope.began or self.filters.view
        view = View.TO_CALL_NOW if view in RARE else view
        return ListState(view, self.columns.state())

    def search(self, text: str) -> None:
        """Show what holds *text*, once typing pauses. It is looked for everywhere."""
        self._hits.text = text
        if self._slice is None:
            self._scope.follow(text)
        self._search.start()

    def _search_now(self) -> None:
        """The last letter came this very moment: do not wait for a pause."""
        if self._search.isActive():
            self._search.stop()
            self._show_anew()

    def ask_view(self, view: View) -> None:
        """A person asks for a view by its key; "To call now" a second time shows everybody's calls, or
        the desk's own part again."""
        again = view is View.TO_CALL_NOW is self.filters.view and self._slice is None
        if again and self.queue.part is not None:
            self.queue.show_everybody(not self.queue.shows_everybody)
        self.choose_view(view)

    def choose_view(self, view: View) -> None:
        """Show a saved view."""
        was_slice = self._slice is not None
        self._end_slice()
        self.filters.choose_view(view)
        if was_slice:
            self._show_anew()

    def show_slice(self, wanted: Filter, words: str) -> None:
        """Show just these followups, until a view is chosen; *words* say what they are."""
        self._slice, self._hits.in_slice = wanted, True
        self.filters.setEnabled(False)
        self.search_cleared.emit()
        self._hits.text = ""
        self._show_anew()
        count = self._table.rowCount()
        self.slice_words.setText(
            self.tr("{words}: %n followup(s). J and K walk through them.", "", count).replace(
                "{words}", words
            )
        )
        self._slice_bar.show()
        self._on_chosen(0)

    # -- own views

    def own_view(self, name: str) -> OwnView:
        """Return what is shown, as a view of one's own."""
        chosen, layout = self.filters.chosen, self.columns.layout
        return OwnView(
            name,
            chosen.view,
            chosen.status,
            chosen.kind,
            layout.columns,
            layout.sort,
            layout.descending,
        )

    def show_own(self, view: OwnView) -> None:
        """Show a view that a person or the team made."""
        self._end_slice()
        self._own = view
        self.filters.choose(Chosen(view.view, view.status, view.type))
        self._show_anew()

    def forget_own(self, name: str) -> None:
        """A view of one's own is no more: what it showed stays, under the view that it was made of."""
        self.columns.forget(f"own/{name}")
        self._own = None
        self._show_anew()

    def _show_columns(self) -> None:
        """Columns follow the view. Where a person chooses another one, or other filters, an own view ends."""
        if self._slice is not None:  # what is reviewed was done
            self.columns.show(REVIEWED, View.DONE, REVIEWED_LAYOUT)
            return
        chosen, own = self.filters.chosen, self._own
        if own is not None and chosen != Chosen(own.view, own.status, own.type):
            own = self._own = None
        self.filters.views.say_own(own.name if own is not None else "")
        if own is None:
            self.columns.show(chosen.view, chosen.view)
            return
        shown = own.columns or DEFAULTS[own.view].columns
        usual = Layout(shown, own.sort, own.descending)
        self.columns.show(f"own/{own.name}", own.view, usual)

    def _end_slice(self) -> None:
        self._slice, self._hits.in_slice = None, False
        self.filters.setEnabled(True)
        self._slice_bar.hide()

    def _on_left(self) -> None:
        """Escape in the list ends a search."""
        if self._hits.is_search:
            self.search_cleared.emit()

    def _on_nothing(self) -> None:
        """No row is shown: show those that are elsewhere, or all."""
        if self._hits.may_widen:
            self._scope.widen()
        else:
            self.clear_filters()

    def clear_filters(self) -> None:
        """Show the view without filters and search."""
        self.search_cleared.emit()
        self.filters.clear()

    search_cleared = Signal()
    settled = Signal()
    """The rows are as the store has them."""

    def _wanted(self) -> Any:
        if self._slice is not None:
            return replace(self._slice, text=self._hits.text)
        base = self.queue.filter_of(self.filters.view, self._now(), self._zone)
        values: dict[str, Any] = self.filters.values
        return narrowed(base, self._zone, text=self._hits.text, **values)

    def _show_anew(self) -> None:
        self._show_columns()
        column, descending = self.columns.sort
        self.older_line.look_back(self._looks_back())
        self._table.show(self._wanted(), column, descending)
        self.columns.look_again()

    def _looks_back(self) -> bool:
        """Return whether what is looked for may be older than what is here."""
        is_searched = self._hits.is_search or self.filters.is_narrowed
        return is_searched or self.filters.view in (View.DONE, View.ALL)

    def say_anew(self) -> None:
        """What the cells say has changed."""
        self._table.repaint_times()

    def say_claims(self, debts: Iterable[str]) -> None:
        """Colleagues took or left these debts."""
        self._table.repaint_debts(debts)

    def toggle_order(self) -> None:
        """The queue by what is best to call next, or by age; another list the other way round."""
        column, descending = self.columns.sort
        best = Column.REASON in self.columns.layout.columns
        if best:
            column, descending = (
                (Column.SCHEDULED, False) if column is Column.REASON else (Column.REASON, False)
            )
        self.columns.sort_by(column, descending=descending if best else not descending)

    def _show_moved(self) -> None:
        """The same list: only rows that come, go or move are touched."""
        self._table.set_filter(self._wanted())

    def _on_minute(self) -> None:
        self._show_moved()
        self._table.repaint_times()

    # -- what is chosen

    @property
    def current_id(self) -> str:
        """The id of the current row, or ""."""
        row = self._table.row_at(self.view.currentIndex().row())
        return row.id if row else ""

    def choose(self, followup_id: str) -> bool:
        """Open a followup as if its row was chosen; says whether it is in the list."""
        place = self._table.place_of(followup_id)
        self._on_chosen(place)
        return place >= 0

    def open_first(self) -> bool:
        """Open the first row, of a search wherever it is; says whether there is one."""
        self._search_now()
        if not self._table.rowCount() and self._hits.is_narrowed:
            self._scope.widen()
        self._on_chosen(self._ahead.first_free() if self.is_queue else 0)
        return self._table.rowCount() > 0

    def step(self, by: int) -> None:
        """Go *by* rows on from what is open; where that is not among the rows, from where it was."""
        row = self.view.currentIndex().row()
        if row >= 0:
            self._on_chosen(row + by)
        elif last := self._table.rowCount():
            after = self._place if by > 0 else self._place - 1
            self._on_chosen(min(max(after, 0), last - 1))

    @property
    def is_queue(self) -> bool:
        """Whether the list is the one of calls that are to be made, from its top."""
        return self.filters.view is View.TO_CALL_NOW and self._slice is None

    def knows_first_rows(self, may_read_debts: bool) -> bool:
        """Return whether the rows are in their order, and the first rows' debts are here, by which they are sorted."""
        return self._ahead.are_known(may_read_debts)

    @property
    def is_searched(self) -> bool:
        """Whether the person looks for something."""
        return self._hits.is_search

    def following_id(self) -> str:
        """Return the id of the row that "Save and next" goes to."""
        row = self.view.currentIndex().row()
        return self._ahead.following_id(row, self._place, is_queue=self.is_queue)

    def note_open(self, followup_id: str, *, scroll: bool = True) -> None:
        """The form shows this followup, whoever opened it ("": none)."""
        if followup_id != self._open_id:
            self._open_id, self._place = followup_id, -1
        if followup_id:
            self._table.place_of(followup_id)  # the whole list, if it takes that to find it
        self._follow(scroll=scroll)

    def _on_chosen(self, row: int) -> None:
        """The person chose a row of those that are shown."""
        found = self._table.row_at(row)
        if found is not None and found.id != self._open_id:
            self._open_id, self._place = found.id, -1
            self.about_to_choose.emit()
            self.chosen.emit(found.id)
        self._follow(scroll=True)

    # -- several rows

    def selected_ids(self) -> list[str]:
        """Return the ids of the rows that are selected, as many as can be changed at once."""
        rows = self.view.selected_rows(MAX_AT_ONCE)
        return [row.id for row in map(self._table.row_at, rows) if row is not None]

    def end_selection(self) -> None:
        """Select what is open alone, and go on in the list."""
        self.view.end_selection()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_selected(self, count: int) -> None:
        is_many = self.view.has_selection and count > 0
        self.selection_line.setFixedHeight(self.open_line.height())
        self.open_line.setVisible(not is_many)
        self.selection_line.setVisible(is_many)
        if is_many:
            self.selection_line.say(count)
            announce(self.view, self.selection_line.words)

    # -- how it follows the form, and its rows

    def _follow(self, _count: int = 0, *, scroll: bool = False) -> None:
        """The current row is the open followup, or there is none."""
        place = self._table.place_so_far(self._open_id) if self._open_id else -1
        if place >= 0:
            self._place = -1
        self.view.show_current(place, scroll=scroll)
        self._say_open()

    def _let_go(self, _parent: QModelIndex, first: int, last: int) -> None:
        """Rows are about to leave: what is open may be one of them, and stays open."""
        row = self.view.currentIndex().row()
        if first <= row <= last:
            self._place = first
            self.view.show_current(-1, scroll=False)
        elif row < 0 and self._place >= first:
            self._place = max(first, self._place - (last - first + 1))

    def _make_way(self, _parent: QModelIndex, first: int, last: int) -> None:
        if self._place > first:
            self._place += last - first + 1

    def _on_other_rows(self) -> None:
        """Another view, search or order."""
        self._place = -1
        searched = self._hits.is_search
        self._follow(scroll=not searched)
        if searched or not self.view.currentIndex().isValid():
            self.view.scrollToTop()

    def _say_open(self) -> None:
        """What is open is said above the list where it is not in it."""
        missing = bool(self._open_id) and not self.view.currentIndex().isValid()
        if not missing or not self._table.is_whole:
            self.open_line.say_open("", may_show=False)
            return
        in_all = self._table.heading(self._open_id)
        narrowed = self.filters.view is not View.ALL or self._slice is not None
        narrowed = narrowed or self._hits.is_search or self.filters.is_narrowed
        self.open_line.say_open(in_all, may_show=narrowed)

    def _show_open(self) -> None:
        """Show a list that has what is open."""
        self.clear_filters()
        self.choose_view(View.ALL)
        self._search_now()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

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
        self._hits.show_empty_words(words)
