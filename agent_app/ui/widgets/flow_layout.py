"""A layout in which what does not fit into a line goes on in the next."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Lays widgets out beside one another, and below where there is no room. A line's free room goes
    to those that expand."""

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Qt's own: `addWidget` calls it."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, or None beyond the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take an item out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It takes no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Narrower is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high it is at a width."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        """Return all in one line."""
        hints = [item.sizeHint() for item in self._shown()]
        wide = sum(hint.width() for hint in hints) + self.spacing() * max(len(hints) - 1, 0)
        return QSize(wide, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        """The widest decides."""
        found = [item.minimumSize() for item in self._shown()]
        return QSize(
            max((size.width() for size in found), default=0),
            max((size.height() for size in found), default=0),
        )

    def setGeometry(self, rect: QRect) -> None:
        """Arrange all anew."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        lines: list[list[QLayoutItem]] = []
        left = 0
        for item in self._shown():
            wide = item.sizeHint().width()
            if not lines or wide > left:
                lines.append([])
                left = rect.width()
            lines[-1].append(item)
            left -= wide + self.spacing()
        y = rect.y()
        for line in lines:
            high = max(item.sizeHint().height() for item in line)
            if move:
                self._place(line, QRect(rect.x(), y, rect.width(), high))
            y += high + self.spacing() // 2
        return max(y - rect.y() - self.spacing() // 2, 0)

    def _place(self, line: list[QLayoutItem], room: QRect) -> None:
        widths = [min(item.sizeHint().width(), room.width()) for item in line]
        free = room.width() - sum(widths) - self.spacing() * (len(line) - 1)
        wide = [item.expandingDirections() & Qt.Orientation.Horizontal for item in line]
        share = free // sum(map(bool, wide)) if any(wide) and free > 0 else 0
        x = room.x()
        for item, width, grows in zip(line, widths, wide, strict=True):
            size = QSize(
                width + (share if grows else 0), min(item.sizeHint().height(), room.height())
            )
            y = room.y() + (room.height() - size.height()) // 2
            item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self.spacing()
