"""One number of the report: a button that leads to the followups behind it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout

from agent_app.domain.trend import Turn
from agent_app.models.report_numbers import Number
from agent_app.text.report import move_text
from agent_app.ui.widgets.restyle import restyle

LINES = 4.6
"""How many lines of text a tile is high."""


class Tile(QPushButton):
    """Shows a number: pale where it is of few, coloured and said in words where it got better or worse."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("tile", True)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)  # as its row
        self._name, self.shown, self._note, self.moved = QLabel(), QLabel(), QLabel(), QLabel()
        self._name.setProperty("muted", True)
        self.shown.setProperty("figure", True)
        self._note.setProperty("muted", True)
        self._note.setWordWrap(True)
        self.moved.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.setSpacing(1)
        for label in (self._name, self.shown, self.moved, self._note):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            layout.addWidget(label)
        layout.addStretch(1)

    def show_number(self, number: Number) -> None:
        """Show it; its definition is one hover away."""
        moved = move_text(number.move) if number.move is not None else ""
        self._name.setText(number.name)
        self.shown.setText(number.value)
        self._note.setText(number.note)
        self.moved.setText(moved)
        self.moved.setVisible(bool(moved))
        self._dress(self.shown, "muted", number.is_small)
        self._dress(self.moved, "turn", str(number.move.turn if number.move else Turn.NEITHER))
        self.setToolTip(f"{number.note}\n{number.definition}" if number.note else number.definition)
        self.setAccessibleName(f"{number.name}: {number.value}")
        said = [part for part in (moved, number.note) if part]
        self.setAccessibleDescription(". ".join([*said, number.definition]))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow its words take more lines."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        usual, layout = round(self.fontMetrics().height() * LINES) + 18, self.layout()
        needed = layout.heightForWidth(self.width()) if layout is not None else 0
        self.setMinimumHeight(max(usual, needed))

    @staticmethod
    def _dress(label: QLabel, name: str, value: bool | str) -> None:
        if label.property(name) != value:
            label.setProperty(name, value)
            restyle(label)
