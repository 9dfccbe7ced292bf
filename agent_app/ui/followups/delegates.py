"""Room: ui. How the list paints what is more than text: types, statuses, times."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from agent_app.domain.fields import Type
from agent_app.domain.list_row import ListRow
from agent_app.domain.views import Column
from agent_app.models.followup_table import COLUMNS, FollowupTable
from agent_app.ui.theme import Theme, pill

Index = QModelIndex | QPersistentModelIndex
PAD = 8
MOST_SHOWN = 20_000
SELECTED = QStyle.StateFlag.State_Selected
KINDS = frozenset(Type)
# A name in Arabic or Hebrew stays at the column's edge; its letters run as they must.
TEXT_FLAGS = (
    int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    | int(Qt.AlignmentFlag.AlignVCenter)
    | int(Qt.TextFlag.TextSingleLine)
)
PENDING_ICONS = {
    "attention": ("warning", "error"),
    "waiting": ("waiting", "muted"),
    "leaving": ("waiting", "muted"),
}


class RowDelegate(QStyledItemDelegate):
    """Paints every cell, and the ground of the row that is chosen.

    Qt's own way asks the model for eight things a cell, of which the list has one: a frame of 150
    cells took 20 ms so, and takes 8 ms like this. Texts are cut to their width once.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: dict[tuple[str, int], str] = {}
        self._inks: dict[str, QColor] = {}
        theme.changed.connect(self._forget)

    def _forget(self) -> None:
        """Other colours, or another size of text."""
        self._shown.clear()
        self._inks.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows have room to breathe."""
        return QSize(super().sizeHint(option, index).width() + PAD, row_height(option.fontMetrics))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        model = index.model()
        assert isinstance(model, FollowupTable)
        rect, colours = option.rect, self._theme.colours
        # Which cell has the focus is shown by the whole row: it is the row that is chosen.
        if option.state & SELECTED:
            painter.fillRect(rect, self._ink(colours.selection))
        row = model.row_at(index.row())
        if row is None:
            return
        column = COLUMNS[index.column()]
        text = model.cell(row, column)
        painter.setFont(option.font)
        place = rect.adjusted(PAD, 0, -PAD, 0)
        match column:
            case Column.TYPE:
                self._with_icon(painter, option, place, text, row.type)
            case Column.STATUS:
                self._status(painter, option, place, text, row)
            case Column.SCHEDULED | Column.EXECUTED:
                self._time(painter, option, place, text)
            case Column.DEBTOR:
                self._debtor(painter, option, place, text, row)
            case _:
                self._text(painter, option, place, text, colours.text)

    def _ink(self, colour: str) -> QColor:
        found = self._inks.get(colour)
        if found is None:
            found = self._inks[colour] = QColor(colour)
        return found

    def _cut(self, option: QStyleOptionViewItem, text: str, width: int) -> str:
        found = self._shown.get((text, width))
        if found is None:
            if len(self._shown) > MOST_SHOWN:
                self._shown.clear()
            found = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
            self._shown[text, width] = found
        return found

    def _text(
        self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, text: str, colour: str
    ) -> None:
        if text:
            painter.setPen(self._ink(colour))
            painter.drawText(place, TEXT_FLAGS, self._cut(option, text, place.width()))

    def _debtor(
        self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, text: str, row: ListRow
    ) -> None:
        if row.drafted and not row.pending:
            self._icon(painter, place, "draft", "muted", at_end=True)
            place = place.adjusted(0, 0, -22, 0)
        colour = self._theme.colours.text if row.debtor else self._theme.colours.muted
        self._text(painter, option, place, text, colour)

    def _with_icon(
        self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, text: str, kind: str
    ) -> None:
        name = kind if kind in KINDS else "other"
        self._icon(painter, place, name, "muted")
        self._text(painter, option, place.adjusted(24, 0, 0, 0), text, self._theme.colours.text)

    def _status(
        self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, text: str, row: ListRow
    ) -> None:
        if row.pending:
            icon, colour = PENDING_ICONS.get(row.pending, ("waiting", "muted"))
            self._icon(painter, place, icon, colour, at_end=True)
            place = place.adjusted(0, 0, -22, 0)
        ink, ground = pill(self._theme.colours, row.status)
        metrics = option.fontMetrics
        shown = self._cut(option, text, max(place.width() - 18, 0))
        width = min(metrics.horizontalAdvance(shown) + 18, place.width())
        height = metrics.height() + 6
        box = QRect(place.left(), place.center().y() - height // 2 + 1, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setPen(ink)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), shown)

    def _time(
        self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, text: str
    ) -> None:
        near, _, exact = text.partition(" · ")
        self._text(painter, option, place, near, self._theme.colours.text)
        used = option.fontMetrics.horizontalAdvance(near) + 8
        rest = place.adjusted(used, 0, 0, 0)
        if rest.width() > 30:
            self._text(painter, option, rest, exact, self._theme.colours.muted)

    def _icon(
        self, painter: QPainter, place: QRect, name: str, colour: str, *, at_end: bool = False
    ) -> None:
        left = place.right() - 15 if at_end else place.left()
        box = QRect(left, place.center().y() - 7, 16, 16)
        self._theme.icon(name, colour).paint(painter, box)


def row_height(metrics: QFontMetrics) -> int:
    """The height of the list's rows."""
    return metrics.height() + 14
