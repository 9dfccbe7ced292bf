"""Fields that two people changed, one card each; nothing is saved until each is decided.

With the focus on a card M keeps mine, T takes theirs, B keeps both, W takes what it was. A conflict
that comes up while the agent types is shown at its field, and here when they save.
"""

from datetime import tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from agent_app.domain.outbox import RefusalKind
from agent_app.models.conflicts import FieldConflict
from agent_app.models.edit_session import EditSession
from agent_app.ui.widgets.announce import announce
from agent_app.ui.widgets.theme import Theme

if TYPE_CHECKING:
    from agent_app.ui.editor.conflict_card import ConflictCard


class ConflictPanel(QFrame):
    """Shows what an `EditSession` has in conflict; hidden where there is nothing."""

    reached = Signal(QWidget)
    """The focus came to this card."""
    decided = Signal()
    """The last field was decided, by a key or a button here."""

    def __init__(self, session: EditSession, theme: Theme, zone: tzinfo) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._session, self._theme, self._zone = session, theme, zone
        self._heading = QLabel()
        self._heading.setTextFormat(Qt.TextFormat.PlainText)
        self._heading.setWordWrap(True)
        self._progress = QLabel()
        self._progress.setProperty("muted", True)
        top = QHBoxLayout()
        top.addWidget(self._heading, 1)
        top.addWidget(self._progress, 0, Qt.AlignmentFlag.AlignTop)
        self._cards: list[ConflictCard] = []
        self._asked = False
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(14, 10, 14, 12)
        self._layout.setSpacing(8)
        self._layout.addLayout(top)
        session.opened.connect(self._on_opened)
        session.progressed.connect(self._show)
        theme.changed.connect(self._show_anew)
        self._show()

    def ask(self, name: str = "") -> None:
        """A save waits for what is not decided: go to the first field of that, or to *name*."""
        self._asked = True
        self._show()
        card = next((one for one in self._cards if one.name == name), None)
        if self._cards:
            (card or self._cards[0]).setFocus()
            announce(self, f"{self._heading.text()} {self._progress.text()}")

    def _on_opened(self) -> None:
        self._asked = False
        self._show()

    def _show_anew(self) -> None:
        self._drop_cards()
        self._show()

    def _show(self) -> None:
        field_conflicts = self._session.field_conflicts if self._asked or self._is_refused() else []
        self._asked &= bool(field_conflicts)
        had_focus = any(card.holds_focus() for card in self._cards)
        began = not self._cards and bool(field_conflicts)
        if [card.name for card in self._cards] == [one.name for one in field_conflicts]:
            for card, one in zip(self._cards, field_conflicts, strict=True):
                card.show_conflict(one)
        else:
            self._drop_cards()
            self._cards = self._made(field_conflicts)
            for card in self._cards:
                self._layout.addWidget(card)
                card.show()  # now: the layout would do so later, and a key may be quicker
        self.setVisible(bool(field_conflicts))
        self._say(len(field_conflicts))
        if began and not had_focus and not self._asked:
            announce(self, self._heading.text())
        if had_focus and self._cards and not any(card.holds_focus() for card in self._cards):
            self._cards[0].setFocus()
        elif had_focus and not field_conflicts:
            self.decided.emit()

    def _say(self, left: int) -> None:
        self._heading.setText(
            self.tr(
                "A colleague changed this followup while you were editing. Choose for each field."
            )
        )
        done = self._session.decided
        self._progress.setText(
            self.tr("{done} of {all} decided").format(done=done, all=done + left) if left else ""
        )

    def _drop_cards(self) -> None:
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self._cards = []

    def _is_refused(self) -> bool:
        """Return whether the sender found the conflict."""
        entry = self._session.refusal
        return (
            entry is not None
            and entry.refusal is not None
            and entry.refusal.kind is RefusalKind.CONFLICT
        )

    def _made(self, field_conflicts: list[FieldConflict]) -> "list[ConflictCard]":
        if not field_conflicts:
            return []
        from agent_app.ui.editor.conflict_card import ConflictCard  # most days do without

        cards = [
            ConflictCard(one, self._session, self._theme, self._zone) for one in field_conflicts
        ]
        for card in cards:
            card.reached.connect(self._on_reached)
        return cards

    def _on_reached(self) -> None:
        card = self.sender()
        if isinstance(card, QWidget):
            self.reached.emit(card)
