"""Room: ui. The outcomes of a call as buttons: Alt with a number; the number alone, outside a
text, is an action of the window."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QSizePolicy

from agent_app.domain.outcomes import Outcome
from agent_app.models.words import outcome_label, outcome_words

COLUMNS = 5


class OutcomeBar(QFrame):
    """Stands above the form."""

    chosen = Signal(object)
    """The `Outcome` that the person chose."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.setAccessibleName(self.tr("Outcomes"))
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 8, 8, 8)
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
            button.clicked.connect(lambda _=False, one=outcome: self.chosen.emit(one))
            grid.addWidget(button, place // COLUMNS, place % COLUMNS)
            self.buttons[outcome] = button
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)

    def set_may_write(self, may_write: bool) -> None:
        """Whether the account may save at all."""
        self.setEnabled(may_write)
