"""Room: ui. Fields that two people changed: was, theirs, mine; one key each.

With the focus on a field's card M keeps mine, T takes theirs, W takes what it was. A merged text is
typed into the form's own field below. Save then sends what the form holds.
"""

from datetime import tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from agent_app.models.conflicts import Torn
from agent_app.models.edit_session import EditSession
from agent_app.ui.shared.announce import announce
from agent_app.ui.theme import Theme

if TYPE_CHECKING:
    from agent_app.ui.editor.conflict_card import ConflictCard


class ConflictPanel(QFrame):
    """Shows what an `EditSession` has torn; hidden where that is nothing."""

    def __init__(self, session: EditSession, theme: Theme, zone: tzinfo) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._session, self._theme, self._zone = session, theme, zone
        self._heading = QLabel()
        self._heading.setTextFormat(Qt.TextFormat.PlainText)
        self._heading.setWordWrap(True)
        self._cards: list[ConflictCard] = []
        self._shown: list[Torn] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(14, 10, 14, 10)
        self._layout.setSpacing(8)
        self._layout.addWidget(self._heading)
        self._asked = False
        session.opened.connect(self._on_opened)
        session.progressed.connect(self._show)
        theme.changed.connect(self._show_anew)
        self._show()

    def ask(self) -> None:
        """A save waits for what is not decided: go to the first field of that."""
        self._asked = True
        self._show()
        if self._cards:
            self._cards[0].setFocus()
            announce(self, self._heading.text())

    def _on_opened(self) -> None:
        self._asked = False
        self._show()

    def _show_anew(self) -> None:
        self._shown = []
        self._show()

    def _show(self) -> None:
        torn = self._session.torn if self._asked or self._is_refused() else []
        self._asked &= bool(torn)
        self.setVisible(bool(torn))
        if [(t.name, t.theirs, t.was) for t in torn] == [
            (t.name, t.theirs, t.was) for t in self._shown
        ]:
            return
        had_focus = any(card.hasFocus() for card in self._cards)
        began = not self._shown and bool(torn)
        self._shown = torn
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self._cards = self._made(torn)
        for card in self._cards:
            self._layout.addWidget(card)
            card.show()  # now: the layout would do so at the loop's next turn, and a key may be quicker
        words = self.tr(
            "Somebody else changed the same while your change was waiting. For each field: M keeps"
            " mine, T takes theirs, W what it was; or type a merged text below. Then save."
        )
        self._heading.setText(words)
        if began:
            announce(self, words)
        if self._cards and (began or had_focus):
            self._cards[0].setFocus()

    def _is_refused(self) -> bool:
        """Whether the sender found the conflict; one that comes up while the agent types is shown at
        its field until they save."""
        entry = self._session.refusal
        return entry is not None and entry.problem is not None and entry.problem.kind == "conflict"

    def _made(self, torn: list[Torn]) -> "list[ConflictCard]":
        if not torn:
            return []
        from agent_app.ui.editor.conflict_card import ConflictCard  # most days do without

        return [ConflictCard(one, self._session, self._theme, self._zone) for one in torn]
