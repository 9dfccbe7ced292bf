"""How the list paints what is more than text: types, statuses, times."""

from unicodedata import bidirectional

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from agent_app.domain.fields import Type
from agent_app.domain.hits import Hits, Span
from agent_app.domain.list_row import ListRow
from agent_app.domain.outbox import EntryState
from agent_app.domain.views import Column
from agent_app.models.cells import Late
from agent_app.models.followup_table import COLUMNS, FollowupTable
from agent_app.models.second_line import LATE_TONES, Piece
from agent_app.text.debts import debt_status_label
from agent_app.ui.widgets.theme import Theme, pill

Index = QModelIndex | QPersistentModelIndex
PAD = 8
GAP, DOT = 10, 7
MAX_SHOWN = 20_000
KINDS = frozenset(Type)
# A name in Arabic or Hebrew stays at the column's edge; its letters run as they must.
TEXT_FLAGS = (
    int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    | int(Qt.AlignmentFlag.AlignVCenter)
    | int(Qt.TextFlag.TextSingleLine)
)
RIGHT_FLAGS = (
    int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
    | int(Qt.AlignmentFlag.AlignVCenter)
    | int(Qt.TextFlag.TextSingleLine)
)
WIDE = frozenset({Column.DEBTOR, Column.SUMMARY})
SAME = "↳ "
BAR, LINE_GAP = 3, 2
"""What is open has a bar at its left; two lines of a row are so near to each other."""
FROM_RIGHT = ("R", "AL")
"""Letters that run from right to left."""
CENTRE = int(Qt.AlignmentFlag.AlignCenter)
PENDING_ICONS = {
    EntryState.ATTENTION: ("warning", "error"),
    EntryState.WAITING: ("waiting", "muted"),
    EntryState.LEAVING: ("waiting", "muted"),
}


class RowDelegate(QStyledItemDelegate):
    """Paints every cell, and the ground of the row that is chosen.

    Qt's own way asks the model for eight things a cell, of which the list has one: a frame of 150
    cells took 20 ms so, and takes 8 ms like this. Texts are cut to their width once. The view is
    asked what is chosen, as `option.state` would have PySide make all that is in QStyle (6 ms).
    """

    def __init__(self, view: QTableView, theme: Theme) -> None:
        super().__init__(view)
        self._view, self._theme = view, theme
        self._hits = Hits()
        self._spans: dict[str, list[Span]] = {}
        """Where what is searched for is in a text."""
        self._shown: dict[tuple[str, int], str] = {}
        self._advances: dict[str, int] = {}
        self._inks: dict[str, QColor] = {}
        self._pills: dict[str, tuple[QColor, QColor]] = {}
        self._grounds: dict[tuple[str, int, int, float], QPixmap] = {}
        self._icons: dict[tuple[str, str, float], QPixmap] = {}
        theme.changed.connect(self._forget)

    def _forget(self) -> None:
        """Other colours, or another size of text."""
        for texts in (self._shown, self._advances):
            texts.clear()
        for drawn in (self._inks, self._pills, self._grounds, self._icons):
            drawn.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows have room to breathe."""
        return QSize(
            super().sizeHint(option, index).width() + PAD,
            row_height(option.fontMetrics, 2 if self._below else 1),
        )

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        model = index.model()
        assert isinstance(model, FollowupTable)
        rect = option.rect
        # Which cell has the focus is shown by the whole row: it is the row that is chosen.
        if self._view.selectionModel().isSelected(index):
            self._fill(painter, rect, self._theme.colours.selection)
        row = model.row_at(index.row())
        if row is None:
            return
        if model.hits is not self._hits:
            self._hits = model.hits
            self._spans.clear()
        column = COLUMNS[index.column()]
        if column is Column.DEBTOR and index.row() == self._view.currentIndex().row():
            self._fill(painter, QRect(rect.left(), rect.top(), BAR, rect.height()), self._accent)
        painter.setFont(option.font)
        place = rect.adjusted(PAD, 0, -PAD, 0)
        if model.below:
            lower = QRect(place)
            lower.setTop(place.center().y())
            place.setBottom(place.center().y() + LINE_GAP)
            self._second_line(painter, option, lower, model.second_line(row, column), column)
        self._cell(painter, option, place, index, row)

    @property
    def _below(self) -> bool:
        model = self._view.model()
        return isinstance(model, FollowupTable) and bool(model.below)

    def _second_line(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        place: QRect,
        said: list[Piece],
        column: Column,
    ) -> None:
        """Paint the pieces one after the other, as far as there is room; at the right where the text above
        ends there."""
        if column not in WIDE:
            wide = sum(self._advance(option, piece.text) for piece in said)
            place.setLeft(max(place.left(), place.right() - wide))
        for piece in said:
            if place.width() <= 0:
                return
            self._text(painter, option, place, piece.text, getattr(self._theme.colours, piece.tone))
            place.setLeft(place.left() + self._advance(option, piece.text))

    def _cell(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        place: QRect,
        index: Index,
        row: ListRow,
    ) -> None:
        model = index.model()
        assert isinstance(model, FollowupTable)
        column = COLUMNS[index.column()]
        text = model.cell(row, column)
        match column:
            case Column.TYPE:
                self._with_icon(painter, option, place, text, row.type)
            case Column.STATUS:
                self._status(painter, option, place, text, row)
            case Column.SCHEDULED | Column.EXECUTED | Column.LAST:
                late = model.cells.lateness(row) if column is Column.SCHEDULED else Late.NOT
                self._time(painter, option, place, text, late)
            case Column.DEBTOR:
                continues = model.continues(index.row())
                self._debtor(painter, option, place, text, row, model, continues=continues)
            case Column.AMOUNT | Column.TRIES | Column.LOCAL:
                asleep = column is Column.LOCAL and model.cells.is_asleep(row)
                colour = self._muted if asleep else self._theme.colours.text
                self._text(painter, option, place, text, colour, RIGHT_FLAGS)
            case Column.REASON:
                self._reason(painter, option, place, text)
            case _:
                self._text(painter, option, place, text, self._theme.colours.text)

    def _fill(self, painter: QPainter, rect: QRect, colour: str) -> None:
        # Not fillRect: PySide would make the 180 presets of QGradient for it (4 ms).
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._ink(colour))
        painter.drawRect(rect)

    @property
    def _muted(self) -> str:
        return self._theme.colours.muted

    @property
    def _accent(self) -> str:
        return self._theme.colours.accent

    def _ink(self, colour: str) -> QColor:
        found = self._inks.get(colour)
        if found is None:
            found = self._inks[colour] = QColor(colour)
        return found

    def _cut(self, option: QStyleOptionViewItem, text: str, width: int) -> str:
        found = self._shown.get((text, width))
        if found is None:
            if len(self._shown) > MAX_SHOWN:
                self._shown.clear()
                self._advances.clear()
            found = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
            self._shown[text, width] = found
        return found

    def _advance(self, option: QStyleOptionViewItem, text: str) -> int:
        found = self._advances.get(text)
        if found is None:
            found = self._advances[text] = option.fontMetrics.horizontalAdvance(text)
        return found

    def _text(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        place: QRect,
        text: str,
        colour: str,
        flags: int = TEXT_FLAGS,
    ) -> None:
        if not text:
            return
        shown = self._cut(option, text, place.width())
        if self._hits:
            self._mark(painter, option, place, (text, shown))
        painter.setPen(self._ink(colour))
        painter.drawText(place, flags, shown)

    def _mark(
        self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, texts: tuple[str, str]
    ) -> None:
        """A ground below what a search found in a text, of which a part is shown (*texts* are both). In one
        that runs from the right it would lie elsewhere."""
        text, shown = texts
        spans = self._spans.get(text)
        if spans is None:
            spans = self._hits.spans(text)
            if spans and not text.isascii() and any(bidirectional(c) in FROM_RIGHT for c in text):
                spans = []
            self._spans[text] = spans
        if not spans:
            return
        height = option.fontMetrics.height()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._ink(self._theme.colours.hit))
        for start, end in spans:
            if start >= len(shown):
                break
            left = place.left() + self._advance(option, shown[:start])
            right = place.left() + self._advance(option, shown[:end])
            top = place.center().y() - height // 2
            painter.drawRect(QRect(left, top, right - left, height))

    def _debtor(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        place: QRect,
        text: str,
        row: ListRow,
        model: FollowupTable,
        *,
        continues: bool,
    ) -> None:
        is_taken = model.is_taken(row)
        icon = ("draft", "muted") if row.drafted else None
        if row.pending and self._view.isColumnHidden(COLUMNS.index(Column.STATUS)):
            icon = PENDING_ICONS[row.pending]
        elif row.pending:
            icon = None
        if is_taken and not self._below:
            self._icon(painter, place, "person", "accent", at_end=True)
            place = place.adjusted(0, 0, -22, 0)
        if icon is not None:
            self._icon(painter, place, *icon, at_end=True)
            place = place.adjusted(0, 0, -22, 0)
        if row.debt_status:
            place = self._debt_status(painter, option, place, text, row.debt_status)
        muted = continues or is_taken or not row.debtor
        if continues:  # the same person as above
            self._text(painter, option, place, SAME, self._muted)
            place = place.adjusted(self._advance(option, SAME), 0, 0, 0)
        self._text(painter, option, place, text, self._muted if muted else self._theme.colours.text)

    def _reason(
        self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, text: str
    ) -> None:
        first, dot, rest = text.partition(" · ")
        self._text(painter, option, place, first, self._theme.colours.text)
        used = self._advance(option, first)
        if dot:
            left = place.adjusted(used, 0, 0, 0)
            self._text(painter, option, left, f" · {rest}", self._muted)

    def _debt_status(
        self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, name: str, status: str
    ) -> QRect:
        """Return how the debt stands, quietly beside the name; returns the room that is left for the name.

        The name comes first: where there is no room for the whole word, a dot in its colour stands for
        it (the tip and screen readers have the word).
        """
        label, ink = debt_status_label(status), self._pill(status)[0]
        width = self._advance(option, label)
        if width <= place.width() - self._advance(option, name) - GAP:
            painter.setPen(ink)
            painter.drawText(place.adjusted(place.width() - width, 0, 0, 0), TEXT_FLAGS, label)
            return place.adjusted(0, 0, -width - GAP + 2, 0)  # an advance is rounded
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawEllipse(
            QRect(place.right() - DOT + 1, place.center().y() - DOT // 2 + 1, DOT, DOT)
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        return place.adjusted(0, 0, -DOT - GAP, 0)

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
            icon, colour = PENDING_ICONS[row.pending]
            self._icon(painter, place, icon, colour, at_end=True)
            place = place.adjusted(0, 0, -22, 0)
        ink = self._pill(row.status)[0]
        shown = self._cut(option, text, max(place.width() - 18, 0))
        width = min(self._advance(option, shown) + 18, place.width())
        height = option.fontMetrics.height() + 6
        box = QRect(place.left(), place.center().y() - height // 2 + 1, width, height)
        painter.drawPixmap(box.topLeft(), self._ground(painter, row.status, width, height))
        painter.setPen(ink)
        painter.drawText(box, CENTRE, shown)

    def _pill(self, status: str) -> tuple[QColor, QColor]:
        found = self._pills.get(status)
        if found is None:
            found = self._pills[status] = pill(self._theme.colours, status)
        return found

    def _ground(self, painter: QPainter, status: str, width: int, height: int) -> QPixmap:
        """Return a pill without its text, drawn once for the screen that it is shown on."""
        scale = painter.device().devicePixelRatioF()
        place = (status, width, height, scale)
        found = self._grounds.get(place)
        if found is None:
            found = _empty(width, height, scale)
            with QPainter(found) as on_it:
                on_it.setRenderHint(QPainter.RenderHint.Antialiasing)
                on_it.setPen(Qt.PenStyle.NoPen)
                on_it.setBrush(self._pill(status)[1])
                on_it.drawRoundedRect(QRect(0, 0, width, height), height / 2, height / 2)
            self._grounds[place] = found
        return found

    def _time(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        place: QRect,
        text: str,
        late: Late = Late.NOT,
    ) -> None:
        near, _, exact = text.partition(" · ")
        colours = self._theme.colours
        tone = getattr(colours, LATE_TONES.get(late, "text"))
        self._text(painter, option, place, near, tone)
        used = self._advance(option, near) + 8
        rest = place.adjusted(used, 0, 0, 0)
        if rest.width() > 30:
            self._text(painter, option, rest, exact, self._muted)

    def _icon(
        self, painter: QPainter, place: QRect, name: str, colour: str, *, at_end: bool = False
    ) -> None:
        left = place.right() - 15 if at_end else place.left()
        scale = painter.device().devicePixelRatioF()
        found = self._icons.get((name, colour, scale))
        if found is None:
            found = self._theme.icon(name, colour).pixmap(QSize(16, 16), scale)
            self._icons[name, colour, scale] = found
        painter.drawPixmap(QPoint(left, place.center().y() - 7), found)


def _empty(width: int, height: int, scale: float) -> QPixmap:
    """Return a pixmap with nothing on it; sizes in the window's units."""
    found = QPixmap(round(width * scale), round(height * scale))
    found.setDevicePixelRatio(scale)
    found.fill(Qt.GlobalColor.transparent)
    return found


def row_height(metrics: QFontMetrics, lines: int = 1) -> int:
    """Return the height of the list's rows."""
    return metrics.height() * lines + (14 if lines == 1 else 16)
