"""Where the rows of the form are: facts in one, two or four columns; words below them, which take the
height that is free; what is read while one types beside the words, where there is room."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from agent_app.domain.fields import FIELDS
from agent_app.domain.outcomes import NEXT_CALL
from agent_app.ui.widgets.field_row import FieldRow

GAP, MARGIN, LINE_GAP = 14, 14, 6
FACTS = ("status", "type", "call_date", "scheduled_at")
WORDS = ("summary", "notes")
_FIRST_DETAILS = (
    "phone_number_used",
    "direction",
    "duration_ms",
    "call_id",
    "disconnection_reason",
    "is_retry",
)
ALONE = ("audio_url",)
"""Has a line to itself, below the details."""
DETAILS = (
    *_FIRST_DETAILS,
    *(
        field.name
        for field in FIELDS
        if field.name not in (*FACTS, *WORDS, *_FIRST_DETAILS, *ALONE)
    ),
)
"""What has no other place is a detail: a new field is seen, wherever it will stand."""
WORDS_LETTERS, BESIDE_LETTERS = 40, 30
"""How wide words, and what is beside them, are at least before they share a line."""
CLOCK_LETTERS = 50
"""How wide words are where the debtor's clock stands beside the next call, not below it."""


class FormLayout(QVBoxLayout):
    """Lays *rows* out in a form; *clock* belongs to the next call; *details*, which are folded by
    *fold*, come last."""

    def __init__(
        self,
        form: QWidget,
        rows: Mapping[str, FieldRow],
        *,
        clock: QWidget,
        fold: QWidget,
        details: QWidget,
    ) -> None:
        super().__init__(form)
        self._rows, self._clock, self._fold = rows, clock, fold
        self._columns = 2
        self._beside: QWidget | None = None
        self._is_beside = self._has_clock_beside = False
        self.setContentsMargins(MARGIN, 8, MARGIN, 8)
        self.setSpacing(LINE_GAP)
        self._facts = _grid()
        self._details = _grid()
        self._middle = _grid()
        self._words = QWidget()
        words = self._words_column = QVBoxLayout(self._words)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(LINE_GAP)
        words.addWidget(rows["summary"])
        words.addWidget(rows["notes"], 1)
        words.addWidget(rows[NEXT_CALL])
        self.put_fold(beside_label=False)
        inside = QVBoxLayout(details)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(LINE_GAP)
        inside.addLayout(self._details)
        inside.addWidget(rows["audio_url"])
        self._middle.addWidget(self._words, 0, 0)
        self._middle.setRowStretch(0, 1)
        self.addLayout(self._facts)
        self.addLayout(self._middle, 1)
        self.addWidget(details)
        self._grids: list[tuple[QGridLayout, Sequence[QWidget], int]] = [
            (self._facts, [rows[name] for name in FACTS], 4),
            (self._details, [rows[name] for name in DETAILS], 4),
        ]
        self._place(2)
        self._put_clock(True)

    def put_fold(self, *, beside_label: bool) -> None:
        """Have the fold of the details beside the next call's label, or on a line of its own."""
        if beside_label:
            self._rows[NEXT_CALL].add_to_heading(self._fold)
        else:
            self._words_column.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignLeft)

    def put_beside(self, widget: QWidget) -> None:
        """Have *widget* beside the words, or below them in a narrow form."""
        self._beside = widget
        self._put()

    def fit(self, width: int) -> None:
        """The form has this width now (pixels)."""
        columns = next((n for n in (4, 2) if width >= self._width_of(n)), 1)
        if columns != self._columns:
            self._place(columns)
        letter = self._words.fontMetrics().averageCharWidth()
        needed = (WORDS_LETTERS + BESIDE_LETTERS) * letter + GAP + 2 * MARGIN
        is_beside = width >= needed
        if is_beside != self._is_beside:
            self._is_beside = is_beside
            self._put()
        part = WORDS_LETTERS / (WORDS_LETTERS + BESIDE_LETTERS) if is_beside else 1
        room = (width - 2 * MARGIN) * part
        self._put_clock(columns > 1 and room >= CLOCK_LETTERS * letter)

    def _put_clock(self, is_beside: bool) -> None:
        if is_beside == self._has_clock_beside:
            return
        self._has_clock_beside = is_beside
        if is_beside:
            self._rows[NEXT_CALL].add_beside(self._clock)
        else:
            below = self._words_column.indexOf(self._rows[NEXT_CALL]) + 1
            self._words_column.insertWidget(below, self._clock)

    @property
    def wide_enough(self) -> int:
        """How wide the form is with two columns of facts (pixels)."""
        return self._width_of(2)

    @property
    def narrowest(self) -> int:
        """How wide it is with one (pixels)."""
        return max(row.minimumSizeHint().width() for row in self._rows.values()) + 2 * MARGIN

    def _width_of(self, columns: int) -> int:
        widest = max(self._rows[name].minimumSizeHint().width() for name in (*FACTS, *DETAILS))
        return columns * widest + (columns - 1) * GAP + 2 * MARGIN

    def _place(self, columns: int) -> None:
        self._columns = columns
        for grid, widgets, most in self._grids:
            across = min(columns, most)
            for place, widget in enumerate(widgets):
                grid.addWidget(widget, place // across, place % across)
            for column in range(most):
                grid.setColumnStretch(column, 1 if column < across else 0)

    def _put(self) -> None:
        if self._beside is None:
            return
        row, column = (0, 1) if self._is_beside else (1, 0)
        self._middle.addWidget(self._beside, row, column)
        self._middle.setColumnStretch(0, WORDS_LETTERS)
        self._middle.setColumnStretch(1, BESIDE_LETTERS if self._is_beside else 0)


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(GAP)
    grid.setVerticalSpacing(LINE_GAP)
    return grid
