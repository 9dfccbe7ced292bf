"""The outcomes of a call as buttons: Alt with a number; the number alone, outside a
text, is an action of the window."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QSizePolicy

from agent_app.domain.outcomes import Outcome
from agent_app.runtime.weak import weakly
from agent_app.text.labels import outcome_label, outcome_words

MAX_COLUMNS, MIN_COLUMNS = 5, 2
MARGIN = 8


class OutcomeBar(QFrame):
    """Stands above the form."""

    chosen = Signal(object)
    """The `Outcome` that the person chose."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.setAccessibleName(self.tr("Outcomes"))
        grid = QGridLayout(self)
        grid.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        grid.setSpacing(6)
        self.buttons: dict[Outcome, QPushButton] = {}
        for place, outcome in enumerate(Outcome):
            number = place + 1
            button = QPushButton(f"&{number}  {outcome_label(outcome)}")
            button.setProperty("outcome", True)
            button.setObjectName(f"outcome_{outcome}")
            button.setAccessibleName(outcome_label(outcome))
            button.setAccessibleDescription(outcome_words(outcome))
            button.setToolTip(f"{outcome_words(outcome)} ({number}, Alt+{number})")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setAutoDefault(False)
            button.clicked.connect(weakly(self._choose, outcome))
            self.buttons[outcome] = button
        self._grid, self._columns = grid, 0
        self._place(MAX_COLUMNS)

    def _choose(self, outcome: Outcome) -> None:
        self.chosen.emit(outcome)

    def _place(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for place, button in enumerate(self.buttons.values()):
            self._grid.addWidget(button, place // columns, place % columns)
        for column in range(MAX_COLUMNS):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def minimumSizeHint(self) -> QSize:
        """Two beside one another at least."""
        return QSize(self._width_of(MIN_COLUMNS), super().minimumSizeHint().height())

    def _width_of(self, columns: int) -> int:
        """How wide that many columns are, each as wide as its widest button."""
        widths = [button.sizeHint().width() for button in self.buttons.values()]
        wide = sum(max(widths[place::columns]) for place in range(columns))
        return wide + self._grid.spacing() * (columns - 1) + 2 * MARGIN

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many beside one another as there is room for."""
        super().resizeEvent(event)
        fitting = (
            n for n in range(MAX_COLUMNS, MIN_COLUMNS, -1) if self._width_of(n) <= self.width()
        )
        self._place(next(fitting, MIN_COLUMNS))

    def set_may_write(self, may_write: bool) -> None:
        """Whether the account may save at all."""
        self.setEnabled(may_write)
