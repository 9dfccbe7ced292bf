"""Room: ui. How the list paints what is more than text: types, statuses, times."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from agent_app.domain.fields import Type
from agent_app.domain.list_row import ListRow
from agent_app.domain.views import Column
from agent_app.models.followup_table import COLUMNS, ROW_ROLE
from agent_app.ui.theme import Theme, pill

Index = QModelIndex | QPersistentModelIndex
PAD = 8
PENDING_ICONS = {
    "attention": ("warning", "error"),
    "waiting": ("waiting", "muted"),
    "leaving": ("waiting", "muted"),
}


class RowDelegate(QStyledItemDelegate):
    """Paints every cell; the ground and the focus are the style's."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows have room to breathe."""
        return QSize(super().sizeHint(option, index).width() + PAD, row_height(option.fontMetrics))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        option = QStyleOptionViewItem(option)
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        style = option.widget.style() if option.widget else QApplication.style()
        # Which cell has the focus is shown by the whole row: it is the row that is chosen.
        option.state &= ~QStyle.StateFlag.State_HasFocus
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        row: ListRow | None = index.data(ROW_ROLE)
        if row is None:
            return
        painter.save()
        place = option.rect.adjusted(PAD, 0, -PAD, 0)
        match COLUMNS[index.column()]:
            case Column.TYPE:
                self._with_icon(painter, option, place, text, row.type)
            case Column.STATUS:
                self._status(painter, option, place, text, row)
            case Column.SCHEDULED | Column.EXECUTED:
                self._time(painter, option, place, text)
            case Column.DEBTOR:
                self._debtor(painter, option, place, text, row)
            case _:
                self._text(painter, option, place, text, self._theme.colours.text)
        painter.restore()

    def _text(
        self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, text: str, colour: str
    ) -> None:
        painter.setPen(QColor(colour))
        painter.setFont(option.font)
        shown = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        # A name in Arabic or Hebrew stays at the column's edge; its letters run as they must.
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
        flags = int(align | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
        painter.drawText(place, flags, shown)

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
        name = kind if kind in set(Type) else "other"
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
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(place.width() - 18, 0))
        width = min(metrics.horizontalAdvance(shown) + 18, place.width())
        height = metrics.height() + 6
        box = QRect(place.left(), place.center().y() - height // 2 + 1, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setPen(ink)
        painter.setFont(option.font)
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
