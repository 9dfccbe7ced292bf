"""What the figures are drawn on: a painter within a size, in a theme's colours.

A canvas remembers the marks that are drawn on it (bars, parts of bars, cells), so that a point of the
picture leads back to what was drawn there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from PySide6.QtCore import QLocale, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen

from agent_app.ui.widgets.theme import Colours

GAP = 6.0
"""Between words and what they belong to (pixels)."""
EDGE = 4.0
"""Left free around the picture (pixels)."""
SMALL = 0.85
"""Of the font's size, for words within the picture."""

LEAST_WITH_EDGE = 3.0
"""A thinner mark would be all edge (pixels)."""

CENTRE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Mark:
    """One bar, part of a bar, or cell. *place* says which; *words* say it to a person."""

    rect: QRectF
    place: tuple[int, int]
    words: str


class Canvas:
    """Draws on *painter*, within *size*."""

    def __init__(self, painter: QPainter, size: QSizeF, colours: Colours, font: QFont) -> None:
        self.painter, self.colours = painter, colours
        self.marks: list[Mark] = []
        self.font, self.small = QFont(font), QFont(font)
        self.small.setPointSizeF(max(6.0, font.pointSizeF() * SMALL))
        whole = QRectF(QPointF(), size)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(whole, QColor(colours.surface))
        self.area = whole.adjusted(EDGE, EDGE, -EDGE, -EDGE)
        """What is left for the figure."""

    @property
    def line_height(self) -> float:
        """The height of a line of words (pixels)."""
        return QFontMetricsF(self.font).height()

    def width_of(self, texts: Sequence[str], font: QFont | None = None) -> float:
        """Return the width of the widest of *texts* (pixels)."""
        metrics = QFontMetricsF(font or self.font)
        return max((metrics.horizontalAdvance(text) for text in texts), default=0.0)

    def fits(self, words: str, rect: QRectF) -> bool:
        """Return whether the lines of *words* have room in a mark."""
        lines = words.split("\n")
        height = QFontMetricsF(self.small).height() * len(lines)
        return self.width_of(lines, self.small) <= rect.width() and height <= rect.height()

    def mark(self, rect: QRectF, brush: QBrush, place: tuple[int, int], words: str) -> None:
        """Draw a bar or a cell; an edge in the ground's colour parts it from the next."""
        has_edge = min(rect.width(), rect.height()) > LEAST_WITH_EDGE
        self.painter.setPen(QPen(QColor(self.colours.surface)) if has_edge else Qt.PenStyle.NoPen)
        self.painter.setBrush(brush)
        self.painter.drawRect(rect)
        self.marks.append(Mark(rect, place, words))

    def word(
        self,
        text: str,
        rect: QRectF,
        align: Qt.AlignmentFlag = CENTRE,
        colour: QColor | str = "",
        font: QFont | None = None,
    ) -> None:
        """Write in a place; what is too long for it ends in "…". Axes' words are muted."""
        font = font or self.font
        self.painter.setFont(font)
        self.painter.setPen(QColor(colour or self.colours.muted))
        if "\n" not in text:
            metrics = QFontMetricsF(font)
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width() + 1)
        self.painter.drawText(rect, align, text)

    def line(self, start: QPointF, end: QPointF) -> None:
        """Draw a line of an axis."""
        self.painter.setPen(QPen(QColor(self.colours.line)))
        self.painter.drawLine(start, end)

    def axes(self) -> None:
        """Draw the left and the lower edge of what is left for the figure."""
        self.line(self.area.topLeft(), self.area.bottomLeft())
        self.line(self.area.bottomLeft(), self.area.bottomRight())


def steps(most: int, room: int) -> list[int]:
    """Return the numbers beside an axis from 0 to *most* in not more than *room* steps: by 1, 2, 5, 10, 20 …"""
    sizes = (digit * 10**zeros for zeros in count() for digit in (1, 2, 5))
    size = next(size for size in sizes if most <= size * max(room, 1))
    return list(range(0, most + 1, size))


def number_text(value: int) -> str:
    """Return a number as the locale writes it."""
    return QLocale().toString(value)
