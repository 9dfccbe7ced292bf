"""Which row comes after the one that is open, and whether the first rows are known."""

from itertools import chain, islice

from agent_app.models.followup_table import FollowupTable
from agent_app.models.queue import Queue

FIRST_ROWS = 200
MOST_SKIPPED = 1_000
"""Rows that are looked at for the next one; where all of them are skipped, the nearest will do."""


class RowsAhead:
    """Looks ahead in *table*; *queue* says which debts are passed by."""

    def __init__(self, table: FollowupTable, queue: Queue) -> None:
        self._table, self._queue = table, queue

    def are_known(self, may_read_debts: bool) -> bool:
        """Return whether the rows are in their order, and the first rows' debts are here, by which they are
        sorted."""
        if not self._table.is_settled:
            return False
        rows = (self._table.row_at(n) for n in range(min(self._table.rowCount(), FIRST_ROWS)))
        known = (row is None or row.debtor or row.amount is not None for row in rows)
        return not may_read_debts or all(known)

    def first_free(self) -> int:
        """Return the first row that the queue does not skip, or the first."""
        for place in range(min(self._table.rowCount(), MOST_SKIPPED)):
            row = self._table.row_at(place)
            if row is not None and not self._queue.skips(row.debt_id):
                return place
        return 0

    def following_id(self, row: int, place: int, *, is_queue: bool) -> str:
        """Return the id of the next row below the open *row* that the queue does not skip. What is open stood at
        *place* before it left the rows. After the last row a queue begins again at its top; another list
        goes up."""
        below, above = (row + 1, row - 1) if row >= 0 else (max(place, 0), place - 1)
        up = range(above + 1) if is_queue else range(above, -1, -1)
        either = ""
        for other in islice(chain(range(below, self._table.rowCount()), up), MOST_SKIPPED):
            found = self._table.row_at(other)
            if found is None:
                continue
            if not self._queue.skips(found.debt_id):
                return found.id
            either = either or found.id
        return either
