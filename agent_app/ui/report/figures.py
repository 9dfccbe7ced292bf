"""The kinds of pictures: columns, columns of parts, bars across, cells by weekday and hour."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor

from agent_app.ui.report.canvas import (
    CENTRE,
    EDGE,
    GAP,
    LEFT,
    RIGHT,
    Canvas,
    number_text,
    steps,
)
from agent_app.ui.widgets.theme import STATUS_TONES, Colours

BAR = 0.78
"""Of the place that a bar has, what it fills."""
CELL = 0.96
HATCHED = frozenset({"bad_behavior", "in_progress", "cancelled", "sent"})
"""Statuses that share a colour with another are told from it by a pattern."""
TONES = {"good": "good", "warning": "warning", "error": "error", "accent": "accent",
         "waiting": "waiting", "cool": "cool", "text": "muted"}  # fmt: skip
MOST_FOR_NAMES = 0.45
"""Of the width, for the names of bars across."""
MOST_LINES = 2.4
"""A bar across is not thicker than so many lines."""
PALE = 0.35
"""How strong the colour of what is of few is."""
LINES_A_STEP = 2.2
"""Lines of words between two numbers of an axis."""
DARK_INK, LIGHT_INK = QColor("#000000"), QColor("#ffffff")
"""One of the two has a contrast of 4.5 with any ground; a softer black has not."""


class Figure(Protocol):
    """One picture, drawn at any size."""

    def draw(self, canvas: Canvas) -> None:
        """Draw it."""
        ...


@dataclass(frozen=True, slots=True)
class Part:
    """One status in a stack of columns: its words, and a value for each column."""

    status: str
    words: str
    values: Sequence[int]


@dataclass(frozen=True, slots=True)
class Stacked:
    """Columns of parts; a mark is a column and a part."""

    labels: Sequence[str]
    parts: Sequence[Part]

    def draw(self, canvas: Canvas) -> None:
        """Draw the legend above the columns."""
        self._draw_legend(canvas)
        totals = [sum(part.values[n] for part in self.parts) for n in range(len(self.labels))]
        scale = _column_axes(canvas, self.labels, max(totals, default=0))
        for place, label in enumerate(self.labels):
            left, bottom = _slot(canvas, place, len(self.labels)), canvas.area.bottom()
            for number, part in enumerate(self.parts):
                height = part.values[place] * scale
                if height:
                    bottom -= height
                    words = f"{label}\n{part.words}: {number_text(part.values[place])}"
                    rect = QRectF(left.x(), bottom, left.y(), height)
                    canvas.mark(rect, brush_of(canvas.colours, part.status), (place, number), words)

    def _draw_legend(self, canvas: Canvas) -> None:
        size = canvas.line_height * 0.7
        x, y = canvas.area.left(), canvas.area.top()
        for part in self.parts:
            width = size + GAP + canvas.width_of([part.words])
            if x > canvas.area.left() and x + width > canvas.area.right():
                x, y = canvas.area.left(), y + canvas.line_height
            swatch = QRectF(x, y + (canvas.line_height - size) / 2, size, size)
            canvas.painter.fillRect(swatch, brush_of(canvas.colours, part.status))
            words = QRectF(x + size + GAP, y, width, canvas.line_height)
            canvas.word(part.words, words, LEFT, canvas.colours.text)
            x += width + 3 * GAP
        canvas.area.setTop(y + canvas.line_height + GAP)


@dataclass(frozen=True, slots=True)
class Columns:
    """Plain columns with their numbers above; a mark is a column. They are pale where all of them together
    are *few*."""

    labels: Sequence[str]
    values: Sequence[int]
    few: str = ""
    """What is said of few."""

    def draw(self, canvas: Canvas) -> None:
        """Draw them."""
        small = canvas.line_height
        canvas.area.setTop(canvas.area.top() + small)
        scale = _column_axes(canvas, self.labels, max(self.values, default=0))
        for place, value in enumerate(self.values):
            slot, height = _slot(canvas, place, len(self.values)), value * scale
            if value:
                rect = QRectF(slot.x(), canvas.area.bottom() - height, slot.y(), height)
                words = _told(f"{self.labels[place]}: {number_text(value)}", self.few)
                canvas.mark(rect, accent(canvas.colours, bool(self.few)), (place, 0), words)
                above = QRectF(rect.left(), rect.top() - small, rect.width(), small)
                canvas.word(number_text(value), above, CENTRE, canvas.colours.text, canvas.small)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar across: its name, how long it is, and the words behind it; pale where it is of *few*."""

    label: str
    value: float
    words: str
    few: str = ""
    """What is said of few."""


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars across, the first on top, each with its name before and its words behind it."""

    bars: Sequence[Bar]

    def draw(self, canvas: Canvas) -> None:
        """Draw them."""
        area = canvas.area
        labels = [bar.label for bar in self.bars]
        names = min(canvas.width_of(labels), area.width() * MOST_FOR_NAMES)
        area.setLeft(area.left() + names + GAP)
        room = area.width() - 2 * GAP
        room -= min(canvas.width_of([bar.words for bar in self.bars], canvas.small), room / 2)
        most, slot = (
            max([*(bar.value for bar in self.bars), 1]),
            area.height() / max(len(self.bars), 1),
        )
        for place, bar in enumerate(self.bars):
            top, width = area.top() + place * slot, room * bar.value / most
            canvas.word(bar.label, QRectF(EDGE, top, names, slot), RIGHT)
            thick = min(slot * BAR, canvas.line_height * MOST_LINES)
            rect = QRectF(area.left(), top + (slot - thick) / 2, width, thick)
            told = _told(f"{bar.label}: {bar.words}", bar.few)
            canvas.mark(rect, accent(canvas.colours, bool(bar.few)), (place, 0), told)
            behind = QRectF(rect.right() + GAP, top, area.right() - rect.right(), slot)
            ink = canvas.colours.muted if bar.few else canvas.colours.text
            canvas.word(bar.words, behind, LEFT, ink, canvas.small)
        if self.bars:
            canvas.line(area.topLeft(), area.bottomLeft())


@dataclass(frozen=True, slots=True)
class Cell:
    """One hour of a weekday: how large its share is (0 to 1), and the words in it. *weight* (0 to 1) is how
    far it can be trusted: of few calls it is pale."""

    share: float
    words: str
    weight: float = 1.0
    few: str = ""
    """What is said of few."""


@dataclass(frozen=True, slots=True)
class Heat:
    """Cells by weekday and hour, stronger for a larger share; a mark is a weekday and an hour."""

    days: Sequence[str]
    hours: Sequence[int]
    cells: dict[tuple[int, int], Cell]

    def draw(self, canvas: Canvas) -> None:
        """Draw them."""
        area = canvas.area
        names = canvas.width_of(self.days)
        area.setLeft(area.left() + names + GAP)
        area.setBottom(area.bottom() - canvas.line_height - GAP)
        across, down = area.width() / len(self.hours), area.height() / len(self.days)
        for weekday, name in enumerate(self.days):
            canvas.word(name, QRectF(EDGE, area.top() + weekday * down, names, down), RIGHT)
        for place, hour in enumerate(self.hours):
            left = area.left() + place * across
            canvas.word(f"{hour}", QRectF(left, area.bottom() + GAP, across, canvas.line_height))
        low, high = QColor(canvas.colours.neutral_ground), QColor(canvas.colours.accent)
        for (weekday, hour), cell in self.cells.items():
            left = area.left() + (hour - self.hours[0]) * across
            whole = QRectF(left, area.top() + weekday * down, across, down)
            space = (1 - CELL) / 2
            rect = whole.adjusted(across * space, down * space, -across * space, -down * space)
            ground = between(low, high, cell.share * cell.weight)
            told = _told(f"{self.days[weekday]} {hour}:00\n{cell.words}", cell.few)
            canvas.mark(rect, QBrush(ground), (weekday, hour), told)
            if canvas.fits(cell.words, rect):
                canvas.word(cell.words, rect, CENTRE, ink_on(ground), canvas.small)


def _column_axes(canvas: Canvas, labels: Sequence[str], most: int) -> float:
    """Draw the axes of columns and take their room from the canvas. Returns a unit's height (pixels)."""
    area, line = canvas.area, canvas.line_height
    area.setBottom(area.bottom() - line - GAP)
    area.setTop(area.top() + line / 2)
    numbers = steps(most, int(area.height() / (line * LINES_A_STEP)))
    width = canvas.width_of([number_text(number) for number in numbers])
    area.setLeft(area.left() + width + GAP)
    scale = area.height() / max(most, 1)
    for number in numbers:
        middle = area.bottom() - number * scale
        canvas.word(number_text(number), QRectF(EDGE, middle - line / 2, width, line), RIGHT)
    slot = area.width() / max(len(labels), 1)
    every = max(1, -int(-(canvas.width_of(labels) + 2 * GAP) // slot))
    for place in range(0, len(labels), every):
        middle = area.left() + (place + 0.5) * slot
        room = QRectF(middle - every * slot / 2, area.bottom() + GAP, every * slot, line)
        canvas.word(labels[place], room)
    if labels:
        canvas.axes()
    return scale


def _slot(canvas: Canvas, place: int, of: int) -> QPointF:
    """Return where a column begins, and its width (pixels)."""
    slot = canvas.area.width() / of
    return QPointF(canvas.area.left() + (place + (1 - BAR) / 2) * slot, slot * BAR)


def _told(words: str, few: str) -> str:
    return f"{words}\n({few})" if few else words


def accent(colours: Colours, is_few: bool) -> QBrush:
    """Return what bars are filled with; pale where they are of few."""
    strong, ground = QColor(colours.accent), QColor(colours.neutral_ground)
    return QBrush(between(ground, strong, PALE) if is_few else strong)


def brush_of(colours: Colours, status: str) -> QBrush:
    """Return the colour of a status in a picture, and its pattern where another status has that colour."""
    tone = STATUS_TONES.get(status, ("text", ""))[0]
    colour = QColor(getattr(colours, TONES.get(tone, "muted")))
    pattern = Qt.BrushStyle.Dense4Pattern if status in HATCHED else Qt.BrushStyle.SolidPattern
    return QBrush(colour, pattern)


def between(low: QColor, high: QColor, share: float) -> QColor:
    """Return the colour at *share* (0 to 1) of the way from *low* to *high*."""

    def part(one: int, other: int) -> int:
        return round(one + (other - one) * share)

    return QColor(
        part(low.red(), high.red()), part(low.green(), high.green()), part(low.blue(), high.blue())
    )


def ink_on(ground: QColor) -> QColor:
    """Return the ink that is easier to read on *ground*."""
    return max((DARK_INK, LIGHT_INK), key=lambda ink: contrast(ink, ground))


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of two colours (WCAG 2.2)."""

    def light(colour: QColor) -> float:
        def linear(value: float) -> float:
            return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

        parts = [linear(v) for v in (colour.redF(), colour.greenF(), colour.blueF())]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = max(light(one), light(other)), min(light(one), light(other))
    return (high + 0.05) / (low + 0.05)
