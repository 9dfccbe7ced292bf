"""The widget of a picture. A table of the same figures stands beside each (`pictures.py`), for who does
not see pictures and for the keyboard."""

from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QImage,
    QMouseEvent,
    QPaintDevice,
    QPainter,
    QPaintEvent,
)
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from agent_app.ui.report.canvas import Canvas, Mark
from agent_app.ui.report.figures import Figure
from agent_app.ui.widgets.theme import Theme

PNG_SCALE = 3
"""A PNG has so many times the pixels of the screen: sharp on paper."""


class Chart(QWidget):
    """Shows a figure. A click on a mark says which; a pointer that rests on one is told its words."""

    chosen = Signal(int, int)
    """Which column, and which part of it (a cell's weekday and hour)."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._figure: Figure | None = None
        self.marks: list[Mark] = []
        """What was drawn last."""
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        theme.changed.connect(self.update)

    def put(self, figure: Figure) -> None:
        """Show *figure*."""
        self._figure = figure
        self.update()

    def save(self, file: Path) -> None:
        """Write the picture as PNG or SVG, whole or not at all. Raises OSError."""
        part = file.with_name(f"{file.stem}.part{file.suffix}")
        part.touch()
        if file.suffix.lower() == ".svg":
            drawing = QSvgGenerator()
            drawing.setFileName(str(part))
            drawing.setSize(self.size())
            drawing.setViewBox(QRect(QPoint(), self.size()))
            drawing.setTitle(self.accessibleName())
            self._draw_on(drawing)
        else:
            image = QImage(self.size() * PNG_SCALE, QImage.Format.Format_RGB32)
            image.setDevicePixelRatio(PNG_SCALE)
            self._draw_on(image)
            image.save(str(part))
        part.replace(file)

    def _draw_on(self, device: QPaintDevice) -> list[Mark]:
        painter = QPainter(device)
        canvas = Canvas(painter, self.size().toSizeF(), self._theme.colours, self.font())
        if self._figure is not None:
            self._figure.draw(canvas)
        painter.end()
        return canvas.marks

    def mark_at(self, point: QPointF) -> Mark | None:
        """Return the mark at a point of the widget."""
        return next((mark for mark in self.marks if mark.rect.contains(point)), None)

    # -- Qt's calls

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw, and remember where each mark is."""
        self.marks = self._draw_on(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the press, so that its release comes here."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Say which mark was clicked."""
        mark = self.mark_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and mark is not None:
            self.chosen.emit(*mark.place)

    def event(self, event: QEvent) -> bool:
        """Show the words of the mark under a pointer that rests."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            mark = self.mark_at(event.pos().toPointF())
            QToolTip.showText(event.globalPos(), mark.words if mark else "", self)
            return True
        return super().event(event)
