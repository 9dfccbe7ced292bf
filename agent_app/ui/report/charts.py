"""The supervisors' pictures: pyqtgraph, imported only when the view opens.

Each picture has a table of the same figures beside it (`tables.py`) for who does not see pictures;
a click on a bar or a cell says which one it was.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyqtgraph
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QImage, QMouseEvent, QPaintDevice, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from agent_app.ui.widgets.theme import STATUS_TONES, Colours, Theme

pg: Any = pyqtgraph
"""Its own types do not say much."""

pg.setConfigOptions(antialias=True)

WIDTH = 0.78
HATCHED = frozenset({"bad_behavior", "in_progress", "cancelled", "sent"})
"""Statuses that share a colour with another are told from it by a pattern."""
PNG_SCALE = 3
"""A PNG has so many times the pixels of the screen: sharp on paper."""
TONES = {"good": "good", "warning": "warning", "error": "error", "accent": "accent",
         "waiting": "waiting", "cool": "cool", "text": "muted"}  # fmt: skip


class Chart(QWidget):
    """A picture without controls of its own: neither wheel nor drag changes it."""

    chosen = Signal(int, int)
    """Which column, and which part of it (a cell's weekday and hour)."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        self.view = pg.PlotWidget()
        self.view.setMouseEnabled(False, False)
        self.view.setMenuEnabled(False)
        self.view.hideButtons()
        self.view.setFrameShape(self.view.Shape.NoFrame)
        self.view.viewport().setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents, False)
        self.view.scene().sigMouseClicked.connect(self._on_click)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self._draw: Callable[[], None] = lambda: None
        self._ends: list[list[float]] = []
        self._across = False
        self._cells: set[tuple[int, int]] = set()
        theme.changed.connect(self.redraw)

    def redraw(self) -> None:
        """Draw again: other figures, or another theme."""
        colours = self._theme.colours
        self.view.clear()
        self.view.setBackground(colours.surface)
        for side in ("left", "bottom"):
            axis = self.view.getAxis(side)
            axis.setPen(pg.mkPen(colours.line))
            axis.setTextPen(pg.mkPen(colours.muted))
            axis.setTickFont(self.font())
        self._ends, self._cells, self._across = [], set(), False
        self._draw()

    def save(self, file: Path) -> None:
        """Write the picture as PNG or SVG, whole or not at all. Raises OSError."""
        part = file.with_name(f"{file.stem}.part{file.suffix}")
        part.touch()
        size = self.view.size()
        if file.suffix.lower() == ".svg":
            drawing = QSvgGenerator()
            drawing.setFileName(str(part))
            drawing.setSize(size)
            drawing.setViewBox(QRect(QPoint(), size))
            drawing.setTitle(self.accessibleName())
            self._paint_on(drawing)
        else:
            image = QImage(size * PNG_SCALE, QImage.Format.Format_RGB32)
            image.setDevicePixelRatio(PNG_SCALE)
            self._paint_on(image)
            image.save(str(part))
        part.replace(file)

    def _paint_on(self, device: QPaintDevice) -> None:
        painter = QPainter(device)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(QPointF(), self.view.size().toSizeF())
        painter.fillRect(whole, QColor(self._theme.colours.surface))
        self.view.scene().render(painter, whole, self.view.sceneRect())
        painter.end()

    # -- kinds of pictures

    def stacked(
        self, labels: Sequence[str], series: Sequence[tuple[str, str, Sequence[int]]]
    ) -> None:
        """Columns of parts, one for each status of *series* (status, its words, values)."""
        self._draw = lambda: self._draw_stacked(labels, series)
        self.redraw()

    def columns(self, labels: Sequence[str], values: Sequence[int]) -> None:
        """Plain columns."""
        self._draw = lambda: self._draw_columns(labels, values)
        self.redraw()

    def bars(self, labels: Sequence[str], values: Sequence[int]) -> None:
        """Bars across, the first on top."""
        self._draw = lambda: self._draw_bars(labels, values)
        self.redraw()

    def heat(
        self,
        days: Sequence[str],
        hours: Sequence[int],
        shares: dict[tuple[int, int], float],
        words: dict[tuple[int, int], str],
    ) -> None:
        """Cells by weekday and hour, darker for a larger share, with a word in each."""
        self._draw = lambda: self._draw_heat(days, hours, shares, words)
        self.redraw()

    # -- drawing

    def _bar(self, colour: str) -> dict[str, Any]:
        return {"brush": pg.mkBrush(colour), "pen": pg.mkPen(self._theme.colours.surface)}

    def _hatched(self, colour: str) -> QBrush:
        return QBrush(QColor(colour), Qt.BrushStyle.Dense4Pattern)

    def _draw_stacked(
        self, labels: Sequence[str], series: Sequence[tuple[str, str, Sequence[int]]]
    ) -> None:
        bottoms = [0.0] * len(labels)
        self._ends = [[] for _ in labels]
        legend = self.view.addLegend(offset=(12, 4), colCount=2)
        legend.setLabelTextColor(self._theme.colours.text)
        legend.setLabelTextSize(f"{self.font().pointSizeF() * 0.9:g}pt")
        for status, words, values in series:
            item = pg.BarGraphItem(
                x=list(range(len(labels))),
                y0=list(bottoms),
                height=list(values),
                width=WIDTH,
                name=words,
                **self._bar(tone_of(self._theme.colours, status)),
            )
            if status in HATCHED:
                item.setOpts(brush=self._hatched(tone_of(self._theme.colours, status)))
            self.view.addItem(item)
            for place, value in enumerate(values):
                bottoms[place] += value
                self._ends[place].append(bottoms[place])
        self._axes(labels, max(bottoms, default=1))

    def _draw_columns(self, labels: Sequence[str], values: Sequence[int]) -> None:
        item = pg.BarGraphItem(
            x=list(range(len(labels))),
            height=list(values),
            width=WIDTH,
            **self._bar(self._theme.colours.accent),
        )
        self.view.addItem(item)
        self._ends = [[float(value)] for value in values]
        for place, value in enumerate(values):
            if value:
                self._word(str(value), place, value, anchor=(0.5, 1.0))
        self._axes(labels, max(values, default=1))

    def _draw_bars(self, labels: Sequence[str], values: Sequence[int]) -> None:
        places = [len(labels) - 1 - n for n in range(len(labels))]
        item = pg.BarGraphItem(
            x0=0,
            y=places,
            width=list(values),
            height=WIDTH,
            **self._bar(self._theme.colours.accent),
        )
        self.view.addItem(item)
        self._across = True
        self._ends = [[float(value)] for value in values]
        most = max([*values, 1])
        for place, value in zip(places, values, strict=True):
            self._word(f" {value}", value, place, anchor=(0.0, 0.5))
        self.view.getAxis("left").setTicks([list(zip(places, labels, strict=True))])
        self.view.getAxis("bottom").setTicks([[]])
        self.view.setXRange(0, most * 1.15, padding=0)
        self.view.setYRange(-0.6, len(labels) - 0.4, padding=0)

    def _draw_heat(
        self,
        days: Sequence[str],
        hours: Sequence[int],
        shares: dict[tuple[int, int], float],
        words: dict[tuple[int, int], str],
    ) -> None:
        colours = self._theme.colours
        low, high = QColor(colours.neutral_ground), QColor(colours.accent)
        self._cells = set(shares)
        for (weekday, hour), share in shares.items():
            if hour not in hours:
                continue
            x, y = hours.index(hour), len(days) - 1 - weekday
            ground = _between(low, high, share)
            rect = pg.QtWidgets.QGraphicsRectItem(QRectF(x - 0.48, y - 0.48, 0.96, 0.96))
            rect.setBrush(ground)
            rect.setPen(pg.mkPen(None))
            self.view.addItem(rect)
            dark, light = QColor("#101623"), QColor("#ffffff")
            ink = light if _contrast(light, ground) > _contrast(dark, ground) else dark
            self._word(words[weekday, hour], x, y, anchor=(0.5, 0.5), colour=ink)
        self._hours = list(hours)
        self.view.getAxis("left").setTicks(
            [[(len(days) - 1 - n, name) for n, name in enumerate(days)]]
        )
        self.view.getAxis("bottom").setTicks([[(n, f"{hour}") for n, hour in enumerate(hours)]])
        self.view.setXRange(-0.6, len(hours) - 0.4, padding=0)
        self.view.setYRange(-0.6, len(days) - 0.4, padding=0)

    def _axes(self, labels: Sequence[str], most: float) -> None:
        step = max(1, -(-len(labels) // 12))
        ticks = [(n, label) for n, label in enumerate(labels) if n % step == 0]
        self.view.getAxis("bottom").setTicks([ticks])
        self.view.getAxis("left").setTicks(None)
        self.view.setXRange(-0.7, max(len(labels) - 0.3, 1), padding=0)
        self.view.setYRange(0, max(most, 1) * 1.12, padding=0)

    def _word(
        self,
        text: str,
        x: float,
        y: float,
        *,
        anchor: tuple[float, float],
        colour: QColor | None = None,
    ) -> None:
        item = pg.TextItem(text, color=colour or self._theme.colours.text, anchor=anchor)
        font = QFont(self.font())
        font.setPointSizeF(max(6.0, font.pointSizeF() * 0.85))
        item.setFont(font)
        item.setPos(x, y)
        self.view.addItem(item)

    # -- what is pointed at

    def _on_click(self, event: Any) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        point = self.view.getPlotItem().vb.mapSceneToView(event.scenePos())
        found = self.at(point)
        if found is not None:
            self.chosen.emit(*found)

    def at(self, point: QPointF) -> tuple[int, int] | None:
        """The column and part, or weekday and hour, at a place of the picture."""
        if self._cells:
            place, day = round(point.x()), 6 - round(point.y())
            if 0 <= place < len(self._hours) and (day, self._hours[place]) in self._cells:
                return day, self._hours[place]
            return None
        along, up = (point.y(), point.x()) if self._across else (point.x(), point.y())
        place = round(along)
        if self._across:
            place = len(self._ends) - 1 - place
        if not 0 <= place < len(self._ends) or up < 0:
            return None
        for part, end in enumerate(self._ends[place]):
            if up <= end:
                return place, part
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The picture itself takes the clicks."""
        event.ignore()


def tone_of(colours: Colours, status: str) -> str:
    """The colour of a status in a picture."""
    tone = STATUS_TONES.get(status, ("text", ""))[0]
    return str(getattr(colours, TONES.get(tone, "muted")))


def _between(low: QColor, high: QColor, share: float) -> QColor:
    def part(one: int, other: int) -> int:
        return round(one + (other - one) * share)

    return QColor(
        part(low.red(), high.red()), part(low.green(), high.green()), part(low.blue(), high.blue())
    )


def _contrast(one: QColor, other: QColor) -> float:
    """The contrast of two colours (WCAG 2.2)."""

    def light(colour: QColor) -> float:
        def linear(value: float) -> float:
            return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

        parts = [linear(v) for v in (colour.redF(), colour.greenF(), colour.blueF())]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = max(light(one), light(other)), min(light(one), light(other))
    return (high + 0.05) / (low + 0.05)
