"""All keys on one page, by what they are for (F1)."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from agent_app.ui.widgets.layer import Layer

WIDTH, HEIGHT = 1040, 640
COLUMN = 260
"""The least width of a column (pixels)."""


@dataclass(frozen=True, slots=True)
class Group:
    """Keys that belong together: (keys, what they do)."""

    title: str
    lines: tuple[tuple[str, str], ...]


class ShortcutsPage(Layer):
    """Shows groups of keys in columns. Escape closes it."""

    def __init__(self, window: QWidget, groups: Sequence[Group]) -> None:
        super().__init__(window, "", QSize(WIDTH, HEIGHT))
        words = self.tr("Keyboard shortcuts")
        self.title.setText(words)
        self.setAccessibleName(words)
        self.rows.addWidget(self.title)
        inside = QWidget()
        self._columns = QHBoxLayout(inside)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(24)
        room = min(WIDTH, window.width()) - 80
        for some in _in_columns(groups, max(1, min(3, room // COLUMN))):
            self._columns.addLayout(self._column(some), 1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setAccessibleName(words)
        self.area = area
        self.rows.addWidget(area, 1)

    def open(self) -> None:
        """Show it; arrows and Page Up and Down move it where it is longer than the window."""
        self.show_over(self.area)

    @property
    def words(self) -> list[str]:
        """What it lists."""
        return [one.text() for one in self.findChildren(QLabel, "what")]

    def _column(self, groups: Sequence[Group]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(10)
        for group in groups:
            head = QLabel(group.title)
            head.setProperty("muted", True)
            column.addWidget(head)
            grid = QGridLayout()
            grid.setHorizontalSpacing(10)
            grid.setVerticalSpacing(3)
            grid.setColumnStretch(1, 1)
            for place, (keys, what) in enumerate(group.lines):
                key, text = QLabel(keys), QLabel(what)
                key.setProperty("key", True)
                text.setObjectName("what")
                text.setWordWrap(True)
                grid.addWidget(
                    key, place, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
                )
                grid.addWidget(text, place, 1)
            column.addLayout(grid)
        column.addStretch(1)
        return column


def _in_columns(groups: Sequence[Group], columns: int) -> list[list[Group]]:
    """Return the groups in their order, in columns of about the same height."""
    heights = [len(one.lines) + 1.5 for one in groups]
    most = sum(heights) / columns
    found: list[list[Group]] = [[]]
    used = 0.0
    for group, height in zip(groups, heights, strict=True):
        if used + height / 2 > most and len(found) < columns:
            found.append([])
            used = 0.0
        found[-1].append(group)
        used += height
    return found
