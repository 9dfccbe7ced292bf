"""The list of followups for a view: keys in memory, rows read as they are seen."""

import time
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Any

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from agent_app.domain.calling_order import Hours
from agent_app.domain.hits import Hits, hits_of
from agent_app.domain.list_row import ListRow
from agent_app.domain.outbox import EntryState
from agent_app.domain.views import Column, Filter
from agent_app.models.cells import ROOM, Cells
from agent_app.models.keyed_rows import KeyedRows
from agent_app.models.queue import Queue
from agent_app.models.second_line import APART, Piece, pieces, there
from agent_app.store.changes import Change
from agent_app.store.listing import KEYS, SHORT_LIST
from agent_app.store.store import Store
from agent_app.text.numbers import phone
from agent_app.text.team import claim_brief

ROW_ROLE = Qt.ItemDataRole.UserRole
"""The whole `ListRow`, for delegates."""

COLUMNS: tuple[Column, ...] = tuple(Column)
NUMBERS = frozenset({Column.AMOUNT, Column.TRIES, Column.LOCAL})
"""Columns whose texts end below each other."""
SORT_MARK = 14
"""Room for the arrow in a header (pixels)."""
STRETCH = 24
"""Rows read from the store in one go: what is in sight and a little more, in half a millisecond."""
KEPT_ROWS = 4096
SETTLE_MS = 120
"""Changes within this time are looked at together (milliseconds); not the very first rows."""
COMPLETE_MS = 100
"""The rest of a long list is read when nobody has asked for another list for this long."""
LATEST_S = 2.0
"""While there are writes all the time a long list is looked at anew after this time (seconds)."""
FEW = 64
"""Up to this many rows come and go one by one; more are laid out anew."""

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class FollowupTable(KeyedRows):
    """The rows that `filter` lets through, sorted. *now* gives UTC."""

    counted = Signal(int)
    """The rows are laid out anew: how many there are now. Comes last, when all else is done."""
    completed = Signal()
    """A long list, of which a first screen was shown, is whole."""
    settled = Signal()
    """Something was written or time went on, and the store was asked again."""

    def __init__(
        self,
        store: Store,
        now: Callable[[], datetime],
        zone: tzinfo,
        queue: Queue | None = None,
    ) -> None:
        super().__init__()
        self._queue = queue or Queue()
        self.cells = Cells(now, zone, self._queue.hours_at)
        self._store = store
        self._now = now
        self._zone = zone
        self._filter = Filter()
        self.below: Mapping[Column, tuple[Column, ...]] = {}
        """What columns say in a second line, where there is no room for all of them side by side."""
        self.spoken = ""
        """What a screen reader is told at the current cell just now."""
        self.hits = Hits()
        """What is searched for, to be marked in the rows."""
        self._column, self._descending = Column.SCHEDULED, False
        self._rows: dict[int, ListRow] = {}
        self._texts: dict[tuple[int, Column], str] = {}
        self._had_rows = False
        self._taken_s = 0.0
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.renew)
        self._coming: Iterator[array[int]] | None = None
        self._come: array[int] = array(KEYS)
        self._complete = QTimer(self, interval=COMPLETE_MS)
        self._complete.timeout.connect(self._on_complete)
        self._unlisten = store.changes.listen(self._on_change)

    def close(self) -> None:
        """Stop following the store."""
        self._stop_completing()
        self._settle.stop()
        self._unlisten()

    # -- what to show

    def show(self, wanted: Filter, column: Column, descending: bool) -> None:
        """Show other rows, or the same in another order."""
        self._filter, self._column, self._descending = wanted, column, descending
        self.hits = hits_of(wanted.text)
        self._stop_completing()
        keys, whole = self._store.listing.first_keys(self._timed(), column, descending)
        self.beginResetModel()
        self._keys = keys
        self._had_rows |= bool(keys)
        self._rows.clear()
        self._texts.clear()
        if not whole:
            self._complete.start()
        self.endResetModel()
        self.counted.emit(len(self._keys))

    def set_filter(self, wanted: Filter) -> None:
        """The same list as time goes on: rows come and go, the selection stays."""
        self._filter = wanted
        self.renew()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column (Qt's way in, from a click on the header)."""
        if 0 <= column < len(COLUMNS):
            self.show(self._filter, COLUMNS[column], order == Qt.SortOrder.DescendingOrder)

    # -- what the view asks

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._keys)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def row_at(self, row: int) -> ListRow | None:
        """Return the row at a place, read with its neighbours if it is not at hand."""
        if not 0 <= row < len(self._keys):
            return None
        key = self._keys[row]
        found = self._rows.get(key)
        if found is None:
            start = max(0, row - STRETCH // 4)
            wanted = self._keys[start : start + STRETCH]
            if len(self._rows) > KEPT_ROWS:
                self._rows.clear()
                self._texts.clear()
            self._rows.update(self._store.listing.rows(wanted))
            found = self._rows.get(key)
        return found

    def place_so_far(self, followup_id: str) -> int:
        """Return the row of a followup in what is shown of the list yet, or -1."""
        key = self._store.listing.keys_of([followup_id]).get(followup_id)
        try:
            return self._keys.index(key) if key is not None else -1
        except ValueError:
            return -1

    def place_of(self, followup_id: str) -> int:
        """Return the row of a followup, or -1."""
        place = self.place_so_far(followup_id)
        if place < 0 and self._complete.isActive():
            self.complete_now()
            place = self.place_so_far(followup_id)
        return place

    @property
    def is_whole(self) -> bool:
        """Whether all rows of the list are known; of a long one the first screen comes first."""
        return not self._complete.isActive()

    @property
    def is_settled(self) -> bool:
        """Whether the rows are as the store has them."""
        return self.is_whole and not self._settle.isActive()

    def heading(self, followup_id: str) -> str:
        """Whose followup this is and how it stands, whether it is in the list or not."""
        key = self._store.listing.keys_of([followup_id]).get(followup_id)
        row = self._store.listing.rows([key]).get(key) if key is not None else None
        if row is None:
            return ""
        begun = self._store.is_begun(followup_id)
        status = self.tr("new, not saved yet") if begun else self.text(row, Column.STATUS)
        return " · ".join(part for part in (self.text(row, Column.DEBTOR), status) if part)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text; ROW_ROLE gives the whole row."""
        if not index.isValid():
            return None
        if role == ROW_ROLE:
            return self.row_at(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            row = self.row_at(index.row())
            return self.text(row, COLUMNS[index.column()]) if row else ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            row = self.row_at(index.row())
            return self._said(row, COLUMNS[index.column()]) if row else ""
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return self.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            row = self.row_at(index.row())
            return self._tip(row, COLUMNS[index.column()]) if row else None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's title."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            right = 0 <= section < len(COLUMNS) and COLUMNS[section] in NUMBERS
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.cells.title(COLUMNS[section]) if 0 <= section < len(COLUMNS) else None
        return None

    def cell(self, row: ListRow, column: Column) -> str:
        """Return what a cell says, kept until the row or the time has changed: for whoever paints."""
        place = (row.key, column)
        text = self._texts.get(place)
        if text is None:
            text = self._texts[place] = self.text(row, column)
        return text

    def text(self, row: ListRow, column: Column) -> str:
        """Return what a cell says."""
        found = self._found_in_notes(row) if column is Column.SUMMARY else ""
        return found or self.cells.text(row, column)

    def _found_in_notes(self, row: ListRow) -> str:
        """Return what a search found in the notes, where nothing else of the row shows why it is a hit."""
        spans = self.hits.spans
        if not self.hits or spans(row.summary) or spans(row.debtor) or spans(phone(row.phone)):
            return ""
        cells = self._store.listing.cells([row.key], ["notes"])
        found = self.hits.excerpt(cells[0][0] or "") if cells else ""
        return self.tr("Notes: {excerpt}").format(excerpt=found) if found else ""

    def second_line(self, row: ListRow, column: Column) -> list[Piece]:
        """Return what stands below a cell; who has the debt comes first."""
        texts = [(one, self.cell(row, one)) for one in self.below.get(column, ())]
        found = pieces(self.cells, row, texts)
        taken = self.taken_words(row) if column is Column.DEBTOR and self.below else ""
        if not taken:
            return found
        return [Piece(taken, "accent"), *([Piece(APART), *found] if found else [])]

    def is_taken(self, row: ListRow) -> bool:
        """Return whether a colleague has a row's debt."""
        return self._queue.is_taken(row.debt_id)

    def taken_words(self, row: ListRow) -> str:
        """Return which colleague has a row's debt since when, or ""."""
        claim = self._queue.claim_of(row.debt_id)
        return claim_brief(claim, self._zone) if claim is not None else ""

    def _said(self, row: ListRow, column: Column) -> str:
        said = self.cells.said(row, column, self.text(row, column))
        if column is Column.DEBTOR and not self.below and (taken := self.taken_words(row)):
            said = f"{said}, {taken}"
        below = "".join(piece.text for piece in self.second_line(row, column))
        return f"{said}\n{below}" if below else said

    def widths(self, advance: Callable[[str], int]) -> dict[Column, int]:
        """Return how wide each column should be at first; *advance* measures a text (pixels)."""
        return {
            column: max(advance(usual.text), advance(self.cells.title(column)) + SORT_MARK)
            + ROOM
            + usual.beside
            for column, usual in self.cells.usual().items()
        }

    def width_below(self, column: Column, advance: Callable[[str], int]) -> int:
        """Return how wide the place of a column should be that stands in the second line of rows (pixels)."""
        text = self.cells.usual()[column].text
        return advance(there(text) if column is Column.LOCAL else text) + ROOM

    def continues(self, place: int) -> bool:
        """Return whether the row at a place is of the same person as the one above it, in the queue's order."""
        if self._column is not Column.REASON or place <= 0:
            return False
        row, above = self.row_at(place), self.row_at(place - 1)
        return row is not None and above is not None and row.person == above.person

    def _tip(self, row: ListRow, column: Column) -> str | None:
        text = self._said(row, column)
        if column is Column.STATUS and row.pending:
            text = f"{text}\n{self.pending_words(row)}"
        # Qt takes a tip for rich text if it looks like it; a followup's text never is.
        return text.replace("<", "‹").replace(">", "›") or None

    def pending_words(self, row: ListRow) -> str:
        """Return what is still to happen with a row's changes."""
        if row.pending is EntryState.ATTENTION:
            return self.tr("Not accepted: needs your attention")
        if row.pending:
            return self.tr("Saved here, on its way to the server")
        return self.tr("Has text that is not saved yet") if row.drafted else ""

    # -- how it follows the store

    def _on_change(self, change: Change) -> None:
        keys = list(self._store.listing.keys_of(list(change.followups)).values())
        if change.debts:
            keys += self._store.listing.keys_of_debts(list(change.debts))
        shown = [key for key in keys if self._forget(key)]
        if len(shown) <= FEW:
            # Just these: `row_at` would read their neighbours anew as well.
            self._rows.update(self._store.listing.rows(shown) if shown else {})
            for key in shown:
                self._repaint(self._keys.index(key))
        elif self._keys:
            self._repaint_all()
        if self._coming is not None:
            self._stop_completing()  # a write under the reading: begun anew
            self._complete.start()
        if not self._settle.isActive():
            self._settle.start(SETTLE_MS if self._had_rows else 0)

    def _forget(self, key: int) -> bool:
        """Forget what was read of a row; says whether anything was."""
        if self._rows.pop(key, None) is None:
            return False
        for column in COLUMNS:
            self._texts.pop((key, column), None)
        return True

    def repaint_debts(self, debts: Iterable[str]) -> None:
        """Colleagues took or left these debts."""
        for key in self._store.listing.keys_of_debts(list(debts)):
            if key in self._rows:
                self._repaint(self._keys.index(key))

    def repaint_times(self) -> None:
        """Time went on: what the cells say has changed."""
        self._texts.clear()
        self._repaint_all()

    def renew(self) -> None:
        """Ask the store again; only rows that come, go or move are touched."""
        self._settle.stop()
        self._ask_again()
        self.settled.emit()

    def _ask_again(self) -> None:
        patient = time.monotonic() - self._taken_s < LATEST_S
        if self._coming is not None or self._complete.isActive() or len(self._keys) > SHORT_LIST:
            self._stop_completing()
            if patient:
                self._complete.start()  # begun anew: what was read may be of before a write
                return
        self._take(self._query())

    def _take(self, new: "array[int]") -> None:
        self._taken_s = time.monotonic()
        if new == self._keys:
            return
        self._had_rows = True
        self._replace(new)
        self.counted.emit(len(self._keys))

    # -- the rest of a long list, a slice at a time

    def _on_complete(self) -> None:
        """Another slice of the keys; at the end the list is as long as it is."""
        self._complete.setInterval(0)
        if self._coming is None:
            self._come = array(KEYS)
            self._coming = self._store.listing.keys_slowly(
                self._timed(), self._column, self._descending
            )
        slice_ = next(self._coming, None)
        if slice_ is not None:
            self._come.extend(slice_)
            return
        whole = self._come
        self._stop_completing()
        self._take(whole)
        self.completed.emit()

    def _stop_completing(self) -> None:
        self._complete.stop()
        self._complete.setInterval(COMPLETE_MS)
        if self._coming is not None:
            close = getattr(self._coming, "close", None)
            if close is not None:
                close()
        self._coming, self._come = None, array(KEYS)

    def complete_now(self) -> None:
        """All keys at once, for who needs to know whether a followup is in the list."""
        if self._complete.isActive():
            self._stop_completing()
            self._take(self._query())

    def _query(self) -> "array[int]":
        return self._store.listing.keys(self._timed(), self._column, self._descending)

    def _timed(self) -> Filter:
        """Return the filter with what the queue's order goes by at this instant."""
        if self._column is not Column.REASON:
            return self._filter
        return replace(self._filter, now=self._now(), hours=self._hours())

    def _hours(self) -> tuple[tuple[str, Hours], ...]:
        now = self._now()
        return tuple(
            (place, self._queue.hours_at(place, now, self._zone).hours)
            for place in self._store.debts.facts.places()
        )

    @property
    def has_other_clocks(self) -> bool:
        """Whether any debtor's clock shows another time than ours."""
        return any(self.cells.is_away(place) for place in self._store.debts.facts.places())
