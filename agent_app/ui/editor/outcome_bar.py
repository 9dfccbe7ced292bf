"""The outcomes of what is open: the usual ones as buttons, the rest in a menu; only those that fit its
type. The one that it has is shown as chosen."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QMenu, QPushButton, QSizePolicy

from agent_app.domain.fields import Type
from agent_app.domain.outcomes import DIGITS, NEXT_CALL, Choice, Outcome, chosen, fitting
from agent_app.models.edit_session import EditSession
from agent_app.text.labels import outcome_label, outcome_words
from agent_app.ui.widgets.theme import Theme

MIN_COLUMNS = 2
MARGIN = 6


class OutcomeBar(QFrame):
    """Is above the form, and follows *session*."""

    chosen = Signal(object)
    """The `Outcome` that the person chose."""
    offered = Signal(object)
    """Others fit now: the `Choice`."""

    def __init__(self, session: EditSession, theme: Theme) -> None:
        super().__init__()
        self._session, self._theme = session, theme
        self.setProperty("card", True)
        self.setAccessibleName(self.tr("Outcomes"))
        grid = QGridLayout(self)
        grid.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        grid.setSpacing(6)
        self._grid, self._columns = grid, 0
        self._choice: Choice | None = None
        self.buttons = {outcome: self._button(outcome) for outcome in Outcome}
        self.more = self._plain_button("outcome_more")
        self.more.clicked.connect(self.show_more)
        self.menu = QMenu(self)
        self.acts = {outcome: self._act(outcome) for outcome in Outcome}
        session.opened.connect(self._show)
        session.edited.connect(self._show)
        session.base_moved.connect(self._show)
        theme.changed.connect(self._paint)
        self._show()
        self._paint()

    def _button(self, outcome: Outcome) -> QPushButton:
        number = DIGITS[outcome]
        button = self._plain_button(f"outcome_{outcome}")
        button.setText(f"&{number}  {outcome_label(outcome)}")
        button.setAccessibleName(outcome_label(outcome))
        button.setAccessibleDescription(outcome_words(outcome))
        button.setToolTip(f"{outcome_words(outcome)} ({number}, Alt+{number})")
        button.clicked.connect(partial(self._choose, outcome))
        return button

    def _plain_button(self, name: str) -> QPushButton:
        button = QPushButton(self)  # never a window of its own, also while it is in no layout
        button.setObjectName(name)
        button.setProperty("outcome", True)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setAutoDefault(False)
        return button

    def _act(self, outcome: Outcome) -> QAction:
        act = self.menu.addAction(f"&{DIGITS[outcome]}  {outcome_label(outcome)}")
        act.setCheckable(True)
        act.setToolTip(outcome_words(outcome))
        act.triggered.connect(partial(self._choose, outcome))
        return act

    def _choose(self, outcome: Outcome, _checked: bool = False) -> None:
        self._show()  # what is chosen is what the form says, whatever was clicked
        self.chosen.emit(outcome)

    def show_more(self) -> None:
        """Open the menu of the rest."""
        self._show()
        self.menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    # -- what it shows

    def _show(self) -> None:
        shown = self._session.shown
        choice = fitting(shown.type if shown is not None else Type.CALL)
        if choice != self._choice:
            self._choice = choice
            for outcome in Outcome:
                self.buttons[outcome].setVisible(outcome in choice.usual)
                self.acts[outcome].setVisible(outcome in choice.rest)
            self._columns = 0
            self._fit()
            self.offered.emit(choice)
        planned = self._session.value(NEXT_CALL)
        at = planned if isinstance(planned, datetime) else None
        now = chosen(shown, at, self._session.changed) if shown is not None else None
        for outcome in Outcome:
            self.buttons[outcome].setChecked(outcome is now)
            self.acts[outcome].setChecked(outcome is now)
        in_menu = now is not None and now in choice.rest
        self.more.setChecked(in_menu)
        self.more.setText(outcome_label(now) if now is not None and in_menu else self.tr("More"))
        self.more.setAccessibleName(self.tr("More outcomes"))

    @property
    def offer(self) -> Choice:
        """What fits now."""
        assert self._choice is not None
        return self._choice

    def _paint(self) -> None:
        self.more.setIcon(self._theme.icon("chevron-down", "accent"))
        self.more.setIconSize(QSize(14, 14))

    # -- how it is laid out

    def _shown(self) -> list[QPushButton]:
        usual = self._choice.usual if self._choice is not None else ()
        return [*(self.buttons[one] for one in usual), self.more]

    def _place(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for place, button in enumerate(self._shown()):
            self._grid.addWidget(button, place // columns, place % columns)
        for column in range(len(Outcome)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def minimumSizeHint(self) -> QSize:
        """Two beside one another at least."""
        return QSize(self._width_of(MIN_COLUMNS), super().minimumSizeHint().height())

    def _width_of(self, columns: int) -> int:
        """Return how wide that many columns are, each as wide as its widest button."""
        widths = [button.sizeHint().width() for button in self._shown()]
        wide = sum(max(widths[place::columns], default=0) for place in range(columns))
        return wide + self._grid.spacing() * (columns - 1) + 2 * MARGIN

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many beside one another as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        most = len(self._shown())
        fits = (n for n in range(most, MIN_COLUMNS, -1) if self._width_of(n) <= self.width())
        self._place(next(fits, MIN_COLUMNS))

    def set_may_write(self, may_write: bool) -> None:
        """Say whether the account may save at all."""
        self.setEnabled(may_write)
