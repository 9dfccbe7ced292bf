"""The debtor's day of birth, to check who is speaking: hidden until the agent asks for it."""

from PySide6.QtWidgets import QPushButton

from agent_app.models.debt_card import DebtCard
from agent_app.ui.widgets.announce import announce

MASK = "••"


class BirthCheck(QPushButton):
    """A press shows the day, the next one hides it; so does another followup."""

    def __init__(self, card: DebtCard) -> None:
        super().__init__()
        self._card = card
        self._asked_for = ""
        """The followup for which it was asked for."""
        self.setObjectName("birth")
        self.setProperty("link", True)
        self.setProperty("inline", True)
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self._asked_for = "" if self._asked_for else self._card.followup_id
        self.look()
        if self._asked_for:
            announce(self, self.text())

    def look(self) -> None:
        """Show what the card has now."""
        if self._asked_for != self._card.followup_id:
            self._asked_for = ""
        day = self._card.birth()
        if self._asked_for:
            words = self.tr("Born {day} · Hide").format(day=day)
            said = words
        else:
            words = self.tr("Check: born {hidden} · Show").format(hidden=MASK)
            said = self.tr("Check who is speaking: show the day of birth")
        self.setText(words)
        self.setAccessibleName(said)
        self.setVisible(bool(day))
