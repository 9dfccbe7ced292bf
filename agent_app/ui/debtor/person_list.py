"""The other debts of the person on the telephone; those that are ticked are settled by the same call."""

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QPushButton, QVBoxLayout

from agent_app.domain.debt import Debt
from agent_app.domain.outcomes import CONTACTED_STATUSES
from agent_app.models.edit_session import EditSession
from agent_app.models.person_debts import PersonDebts
from agent_app.text.debts import debt_status_label
from agent_app.text.moments import date_text
from agent_app.text.numbers import money
from agent_app.ui.widgets.words_label import WordsLabel

MAX_SHOWN = 30
"""Of one person's debts; a telephone number with more belongs to nobody in particular."""


class PersonList(QFrame):
    """A line that says how many there are; opened, a list to tick."""

    def __init__(self, person: PersonDebts, session: EditSession) -> None:
        super().__init__()
        self.setObjectName("PersonList")
        self.setProperty("card", True)
        self._person, self._session = person, session
        self._is_open = False
        self.head = QPushButton()
        self.head.setObjectName("person_debts")
        self.head.setProperty("link", True)
        self.head.clicked.connect(self._on_head)
        self._hint = WordsLabel()
        self._hint.setProperty("muted", True)
        self.boxes: dict[str, QCheckBox] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 4, 12, 6)
        whole.setSpacing(4)
        whole.addWidget(self.head)
        whole.addLayout(self._list)
        whole.addWidget(self._hint)
        person.changed.connect(self._show)
        session.edited.connect(self._show_hint)
        self._show()

    def open(self) -> None:
        """Show the list, and have the server asked for all of the person's debts."""
        self._is_open = True
        self._person.ask_server()
        self._show()
        first = next(iter(self.boxes.values()), None)
        (first or self.head).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def fold(self) -> None:
        """Another followup is open."""
        self._is_open = False
        self._show()

    def _on_head(self) -> None:
        if self._is_open:
            self.fold()
        else:
            self.open()

    def _show(self) -> None:
        others = self._person.others[:MAX_SHOWN]
        self.setVisible(bool(others) or self._is_open)
        count = len(self._person.others)
        words = (
            self.tr("%n other debt(s) of this person", "", count)
            if count
            else self.tr("No other debt of this person is known")
        )
        parts = [words, _sum(self._person.others), self.tr("Hide") if self._is_open else ""]
        self.head.setText("  ·  ".join(part for part in parts if part))
        if list(self.boxes) != [one.id for one in others]:
            self._draw(others)
        for one in others:
            box = self.boxes[one.id]
            box.setText(_line(one))
            box.setVisible(self._is_open)
            box.setChecked(one.id in self._person.ticked)
        self._show_hint()

    def _draw(self, others: list[Debt]) -> None:
        for box in self.boxes.values():
            box.hide()
            box.deleteLater()
        self.boxes = {}
        for one in others:
            box = QCheckBox()
            box.setProperty("debt", one.id)
            box.clicked.connect(self._on_box)
            self.boxes[one.id] = box
            self._list.addWidget(box)

    def _on_box(self, ticked: bool) -> None:
        box = self.sender()
        if box is not None:
            self._person.tick(str(box.property("debt")), ticked)

    def _show_hint(self) -> None:
        shown = self._session.shown
        has_outcome = shown is not None and shown.status in CONTACTED_STATUSES
        if not self._is_open or not self.boxes:
            words = ""
        elif not self._person.ticked:
            words = self.tr("Tick the debts that this call settles too.")
        elif has_outcome:
            words = self.tr("Save records the outcome for the ticked debts, too.")
        else:
            words = self.tr("Choose an outcome: Save records it for the ticked debts, too.")
        self._hint.setText(words)
        self._hint.setVisible(bool(words))


def _line(debt: Debt) -> str:
    locale = QLocale()
    parts = [
        money(debt.amount, debt.currency, debt.amount_text, locale),
        debt.object or "",
        debt.company or "",
        debt.reference,
        date_text(debt.due_date, locale) if debt.due_date else "",
        debt_status_label(debt.status),
    ]
    return "  ·  ".join(" ".join(part.split()) for part in parts if part).replace("&", "&&")


def _sum(debts: list[Debt]) -> str:
    """Return all of them together, where they are in one currency."""
    if not debts or any(one.amount is None for one in debts):
        return ""
    if len({one.currency for one in debts}) != 1:
        return ""
    total = round(sum(one.amount or 0 for one in debts), 2)
    return money(total, debts[0].currency, None, QLocale())
