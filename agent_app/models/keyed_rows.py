"""A table whose rows are known by keys: other keys come in as few changes as a view can follow."""

from array import array

from PySide6.QtCore import QAbstractTableModel, QModelIndex

from agent_app.store.listing import KEYS

_ROOT = QModelIndex()


class KeyedRows(QAbstractTableModel):
    """Holds the keys, and tells its views what comes, goes and moves."""

    def __init__(self) -> None:
        super().__init__()
        self._keys: array[int] = array(KEYS)

    def _forget(self, key: int) -> bool:
        """A row goes: forget what was read of it."""
        raise NotImplementedError

    def _replace(self, new: "array[int]") -> None:
        """Show other keys; what is current or selected stays with its row."""
        known = len(self._keys)
        if known and new[:known] == self._keys:  # the first screen, and now the rest
            self.beginInsertRows(_ROOT, known, len(new) - 1)
            self._keys = new
            self.endInsertRows()
            return
        self._remove_gone(new)
        self._insert_new(new)
        if new != self._keys:
            self._rearrange(new)

    def _repaint_all(self) -> None:
        if self._keys:
            last = self.index(len(self._keys) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _repaint(self, row: int) -> None:
        self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))

    def _remove_gone(self, new: "array[int]") -> None:
        staying = set(new)
        gone = [row for row, key in enumerate(self._keys) if key not in staying]
        for first, last in reversed(_stretches(gone)):
            self.beginRemoveRows(_ROOT, first, last)
            for key in self._keys[first : last + 1]:
                self._forget(key)  # or the row's next change is announced for a row that is gone
            del self._keys[first : last + 1]
            self.endRemoveRows()

    def _insert_new(self, new: "array[int]") -> None:
        known = set(self._keys)
        come = [row for row, key in enumerate(new) if key not in known]
        for first, last in _stretches(come):
            at = min(first, len(self._keys))
            self.beginInsertRows(_ROOT, at, at + last - first)
            self._keys[at:at] = new[first : last + 1]
            self.endInsertRows()

    def _rearrange(self, new: "array[int]") -> None:
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        keys = [self._keys[index.row()] for index in held]
        self._keys = new
        places = {key: new.index(key) for key in set(keys)}
        moved = [
            self.index(places[key], index.column()) for key, index in zip(keys, held, strict=True)
        ]
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()


def _stretches(rows: list[int]) -> list[tuple[int, int]]:
    """Run of neighbours in an ascending list, as (first, last)."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and row == found[-1][1] + 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found
