"""The command palette (Ctrl+K): one list to type into, over the window."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from agent_app.domain.text import fold
from agent_app.runtime.weak import weakly
from agent_app.ui.widgets.layer import Layer
from agent_app.ui.widgets.theme import Theme

MAX_LINES = 12
MAX_TYPED = 100
MAX_SHOWN = 200
"""Of a name that comes from a server (characters)."""
PAD = 8
INDENT = 18
ENTRY = int(Qt.ItemDataRole.UserRole)
RIGHT = Qt.TextElideMode.ElideRight
_LINE = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
AT_LEFT = _LINE | int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
AT_RIGHT = _LINE | int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be chosen: its words, what it is or its keys, and what it does.

    It is found by the words `also` too. One that is `harmful` is never chosen beforehand; one `under`
    another belongs to it.
    """

    words: str
    hint: str
    act: Callable[[], None]
    icon: str = ""
    also: str = ""
    harmful: bool = False
    under: bool = False


Finder = Callable[[str], Sequence[Entry]]
"""Finds further entries for what is typed (followups)."""


def ranked(entries: Sequence[Entry], typed: str) -> list[Entry]:
    """Return the entries in which every typed word begins a word, then those that hold them all."""
    wanted = fold(typed).split()
    if not wanted:
        return list(entries)
    best: list[Entry] = []
    rest: list[Entry] = []
    for entry in entries:
        text = fold(f"{entry.words} {entry.hint} {entry.also}")
        words = text.split()
        if all(any(word.startswith(one) for word in words) for one in wanted):
            best.append(entry)
        elif all(one in text for one in wanted):
            rest.append(entry)
    return best + rest


def _harm(entry: Entry) -> bool:
    return entry.harmful


class Palette(Layer):
    """Type, choose with the arrow keys, Return. Escape closes."""

    def __init__(
        self,
        parent: QWidget,
        theme: Theme,
        entries: Sequence[Entry],
        *,
        title: str,
        invitation: str,
        find: Finder | None = None,
    ) -> None:
        super().__init__(parent, title, QSize(640, 470))
        self._entries, self._find = list(entries), find
        self._shown: list[Entry] = []
        self.line = QLineEdit()
        self.line.setPlaceholderText(invitation)
        self.line.setAccessibleName(title)
        self.line.setObjectName("palette_line")
        self.line.setMaxLength(MAX_TYPED)
        self.line.textChanged.connect(self._look)
        self.line.installEventFilter(self)
        self.list = QListWidget()
        self.list.setObjectName("palette_list")
        self.list.setItemDelegate(_Lines(self.list, theme))
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(title)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(weakly(self._take))
        self._nothing = QLabel(self.tr("Nothing matches."))
        self._nothing.setProperty("muted", True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for part in (self.line, self.list, self._nothing):
            self.rows.addWidget(part, int(part is not self.line))
        self._look("")

    def open(self) -> None:
        """Show it; the next letter is typed into it."""
        self.show_over(self.line)

    def _look(self, typed: str) -> None:
        found = ranked(self._entries, typed)
        if self._find is not None and len(typed.strip()) > 1:
            found += self._find(typed.strip())
        found.sort(key=_harm)
        self._shown = found
        self.list.clear()
        for entry in found:
            item = QListWidgetItem()
            item.setData(ENTRY, entry)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{entry.words} {entry.hint}".strip())
            self.list.addItem(item)
        # Nothing is chosen that was not typed for, and nothing that does harm.
        self.list.setCurrentRow(0 if typed.strip() and found and not found[0].harmful else -1)
        self.list.setVisible(bool(found))
        self._nothing.setVisible(not found)

    @property
    def words(self) -> list[str]:
        """What is offered."""
        return [entry.words for entry in self._shown]

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """The arrow keys move in the list while the line has the focus."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        row, last = self.list.currentRow(), self.list.count() - 1
        match event.key():
            case Qt.Key.Key_Down:
                self.list.setCurrentRow(min(row + 1, last))
            case Qt.Key.Key_Up:
                self.list.setCurrentRow(max(row - 1, 0))
            case Qt.Key.Key_PageDown:
                self.list.setCurrentRow(min(row + MAX_LINES, last))
            case Qt.Key.Key_PageUp:
                self.list.setCurrentRow(max(row - MAX_LINES, 0))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._take()
            case Qt.Key.Key_Escape:
                self.dismiss()
            case _:
                return False
        return True

    def _take(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._shown):
            entry = self._shown[row]
            self.dismiss()
            entry.act()


class _Lines(QStyledItemDelegate):
    """Paints an entry: its icon, its words, and at the right what it is or its keys.

    A widget for each took ten milliseconds for a dozen, at every key.
    """

    def __init__(self, parent: QListWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return a line with room to breathe."""
        return QSize(0, option.fontMetrics.height() + 2 * PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one entry."""
        super().paint(painter, option, index)  # the ground; the item itself has no text
        entry = index.data(ENTRY)
        colours, metrics = self._theme.colours, option.fontMetrics
        place = option.rect.adjusted(PAD + (INDENT if entry.under else 0), 0, -PAD, 0)
        if entry.icon:
            icon = QRect(place.left(), place.center().y() - 7, 16, 16)
            self._theme.icon(entry.icon, "muted").paint(painter, icon)
        place.setLeft(place.left() + 26)
        painter.setFont(option.font)
        room = place.width() - metrics.horizontalAdvance(entry.words) - 2 * PAD
        hint = metrics.elidedText(entry.hint, RIGHT, max(room, place.width() // 2))
        painter.setPen(QColor(colours.muted))
        painter.drawText(place, AT_RIGHT, hint)
        place.setRight(place.right() - metrics.horizontalAdvance(hint) - 2 * PAD)
        painter.setPen(QColor(colours.muted if entry.under else colours.text))
        painter.drawText(place, AT_LEFT, metrics.elidedText(entry.words, RIGHT, place.width()))
