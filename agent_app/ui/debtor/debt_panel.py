"""The debtor above the form: who, how much, how to reach them, and what to know before one speaks."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
)

from agent_app.domain.debt_status import is_ordinary
from agent_app.domain.flags import Flag
from agent_app.domain.telephone import Telephone
from agent_app.models.debt_card import DebtCard
from agent_app.text.debts import debt_status_label
from agent_app.ui.debtor.birth_check import BirthCheck
from agent_app.ui.debtor.flag_pill import FlagPill
from agent_app.ui.widgets.flow_layout import FlowLayout
from agent_app.ui.widgets.links import copy_text, show_link_menu
from agent_app.ui.widgets.status_pill import StatusPill
from agent_app.ui.widgets.theme import Theme
from agent_app.ui.widgets.words_label import WordsLabel

MAX_STATUS = 30
"""Letters of a status that the card shows."""
MAX_NUMBERS = 3
"""A text with more telephone numbers than this is no list of a debtor's."""
MAX_NUMBER = 32
"""A longer text on a button is cut (characters)."""


class DebtPanel(QFrame):
    """Shows a `DebtCard`."""

    new_wanted = Signal()
    about_wanted = Signal()
    """The person wants to say what the call said about the debt."""
    call_wanted = Signal(str)
    """The person wants to call this number (E.164)."""

    def __init__(self, card: DebtCard, theme: Theme) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._card, self._theme = card, theme
        self._title = _label("title")
        self._facts, self._more, self._address = _label(), _label("muted"), _label("muted")
        for label in (self._more, self._address):
            label.setWordWrap(False)  # cut where it is too long, with the whole a hover away
        self._called, self._provider = _label(), _label()
        self._called.setObjectName("called_elsewhere")
        self._called.setProperty("problem", "warning")
        self._provider.setProperty("problem", "warning")
        self.status = StatusPill()
        self.status.setObjectName("debt_status")
        self.birth = BirthCheck(card)
        self.calls = [self._call_button(place) for place in range(MAX_NUMBERS)]
        self.call = self.calls[0]
        self.copy = self._tool("copy", self.tr("Copy the number"))
        self.copy.clicked.connect(self._copy_number)
        self.pay = QPushButton(self.tr("Payment page"))
        self.letter = QPushButton(self.tr("Letter (PDF)"))
        for button, name in ((self.pay, "payment"), (self.letter, "letter")):
            button.setProperty("link", True)
            button.setObjectName(name)
        self.pay.clicked.connect(self._show_payment)
        self.letter.clicked.connect(self._show_letter)
        self.new = QPushButton(self.tr("New call (Ctrl+N)"))
        self.new.setObjectName("new_call")
        self.new.setProperty("link", True)
        self.new.clicked.connect(self.new_wanted)
        self.about = QPushButton(self.tr("Debt… (Ctrl+T)"))
        self.about.setObjectName("about_debt")
        self.about.setProperty("link", True)
        self.about.clicked.connect(self.about_wanted)
        self.flags = [FlagPill() for _ in Flag]
        self._lay_out()
        card.changed.connect(self._show)
        theme.changed.connect(self._show)
        self._show()

    def _copy_number(self) -> None:
        copy_text(self, self.number)

    def _show_payment(self) -> None:
        show_link_menu(self.pay, self._card.payment_link())

    def _show_letter(self) -> None:
        show_link_menu(self.letter, self._card.letter_link())

    def _call_button(self, place: int) -> QPushButton:
        button = QPushButton()
        button.setProperty("link", True)
        button.setObjectName("call" if place == 0 else f"call_{place + 1}")
        button.clicked.connect(self._on_call)
        return button

    def _on_call(self) -> None:
        place = self.calls.index(cast(QPushButton, self.sender()))
        self.call_wanted.emit(self._card.telephones()[place].dialled)

    def _tool(self, icon: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("inline", True)
        button.setProperty("picture", icon)
        button.setAccessibleName(name)
        button.setToolTip(name)
        return button

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 6, 14, 6)
        layout.setSpacing(1)
        self._title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._title.setWordWrap(False)
        top = FlowLayout(spacing=12)
        for one in (self._title, self.about, self.new):
            top.addWidget(one)
        layout.addLayout(top)
        reach = FlowLayout(spacing=8)
        for pill in (self.status, *self.flags):
            reach.addWidget(pill)
        for widget in (self._facts, *self.calls, self.copy, self.pay, self.letter, self.birth):
            reach.addWidget(widget)
        layout.addLayout(reach)
        rest = FlowLayout(spacing=14)
        for widget in (self._more, self._address):
            rest.addWidget(widget)
        layout.addLayout(rest)
        layout.addWidget(self._called)
        layout.addWidget(self._provider)

    @property
    def title(self) -> QLabel:
        """The debtor's name."""
        return self._title

    @property
    def number(self) -> str:
        """The number to call, as telephones want it; where none can be dialled, as it came."""
        found = self._card.telephones()
        return (found[0].dialled or found[0].text) if found else ""

    def _show(self) -> None:
        card = self._card
        self._title.setText(card.title())
        self._title.ensurePolished()  # with the style's size, a whole line has to fit
        self._title.setMinimumHeight(self._title.fontMetrics().height())
        self._facts.setText(card.facts())
        self._facts.setWordWrap(card.debt is None)  # a sentence then
        self._show_numbers(card.telephones())
        self.pay.setVisible(bool(card.payment_link()))
        self.letter.setVisible(bool(card.letter_link()))
        shown = "" if is_ordinary(card.status) else debt_status_label(card.status)
        self.status.say(card.status, _short(shown, MAX_STATUS))
        self.status.setToolTip(self.tr("How the debt stands"))
        self.status.setAccessibleName(self.tr("Debt: {status}").format(status=shown))
        self.birth.look()
        for label, text in (
            (self._more, card.more_facts()),
            (self._address, card.address()),
            (self._called, card.called_elsewhere()),
            (self._provider, card.provider_words()),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        self.new.setVisible(card.has_debt)
        self.about.setVisible(card.has_debt)
        self._show_flags()

    def _show_flags(self) -> None:
        found = self._card.flags()
        for place, pill in enumerate(self.flags):
            flag, words = found[place] if place < len(found) else (None, "")
            pill.say(flag, words)

    def _show_numbers(self, numbers: Sequence[Telephone]) -> None:
        for place, button in enumerate(self.calls):
            found = numbers[place] if place < len(numbers) else None
            shown = found.shown if found else ""
            button.setText(shown if len(shown) <= MAX_NUMBER else f"{shown[: MAX_NUMBER - 1]}…")
            button.setIcon(self._theme.icon("call", "accent"))
            button.setAccessibleName(self.tr("Call {number}").format(number=shown))
            button.setToolTip(self.tr("Call (Ctrl+D)") if place == 0 else self.tr("Call"))
            button.setEnabled(bool(found and found.dialled))
            button.setVisible(found is not None)
        self.copy.setIcon(self._theme.icon("copy", "muted"))
        self.copy.setVisible(bool(numbers))


def _short(text: str, most: int) -> str:
    """Return a text in one line, cut where it is too long for the card."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most]}…"


def _label(kind: str = "") -> QLabel:
    label = WordsLabel()
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if kind:
        label.setProperty(kind, True)
    return label
