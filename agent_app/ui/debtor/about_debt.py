"""All that belongs to the debt below its card: the promise, what was changed, the person's other debts,
and the layer in which a call's news of the debt are chosen."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QLocale, QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent_app.domain.promise import Standing
from agent_app.models.debt_card import DebtCard
from agent_app.models.debt_edits import DebtEdits
from agent_app.models.edit_session import EditSession
from agent_app.models.person_debts import PersonDebts
from agent_app.models.promise_maker import PromiseMaker
from agent_app.text.debts import PromiseWords, debt_field_label
from agent_app.ui.debtor.debt_layer import DebtLayer
from agent_app.ui.debtor.debt_strip import DebtStrip
from agent_app.ui.debtor.person_list import PersonList
from agent_app.ui.widgets.restyle import restyle
from agent_app.ui.widgets.words_label import WordsLabel


class AboutDebt(QWidget):
    """Takes no room where there is nothing to say."""

    def __init__(
        self,
        card: DebtCard,
        session: EditSession,
        edits: DebtEdits,
        person: PersonDebts,
        maker: PromiseMaker,
        may_write_debts: Callable[[], bool],
    ) -> None:
        super().__init__()
        self.layer = DebtLayer(session, edits, maker, may_write_debts)
        self.strip = DebtStrip(edits)
        self.person = PersonList(person, session)
        self.promise = WordsLabel()
        self.promise.setObjectName("promise")
        self.promise.setContentsMargins(14, 0, 14, 0)
        self._words, self._maker = PromiseWords(), maker
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self._parts = (self.promise, self.layer, self.strip, self.person)
        for widget in self._parts:
            layout.addWidget(widget)
            widget.installEventFilter(self)
        self._session, self._edits = session, edits
        self._acts_then = 0
        """How many choices in the form there were at the debt's last one."""
        self.layer.others_wanted.connect(self.person.open)
        self.layer.acted.connect(self._on_acted)
        card.changed.connect(self._show_promise)
        session.opened.connect(self._on_opened)
        self._show_promise()
        self._fit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """A part comes or goes."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._fit()
        return False

    def _fit(self) -> None:
        self.setVisible(any(not part.isHidden() for part in self._parts))

    def ask(self) -> None:
        """Open the layer."""
        self.layer.ask()

    @property
    def choices(self) -> int:
        """How many of the debt's choices Ctrl+Z can take back."""
        return self._edits.choices

    def take_choice_back(self) -> str:
        """Undo the debt's last choice, if nothing was chosen in the form since; says which fields."""
        if self._session.acts > self._acts_then:
            return ""
        return ", ".join(debt_field_label(name) for name in self._edits.take_choice_back())

    def _on_acted(self) -> None:
        self._acts_then = self._session.acts

    def _on_opened(self) -> None:
        self.layer.show_opened()
        self.person.fold()

    def _show_promise(self) -> None:
        found = self._maker.seen
        self.promise.setVisible(found is not None)
        if found is None:
            return
        promise, standing = found
        self.promise.setText(self._words.standing(promise, standing, QLocale()))
        tone = "error" if standing is Standing.BROKEN else ""
        if self.promise.property("problem") != tone:
            self.promise.setProperty("problem", tone)
            self.promise.setProperty("good", standing is Standing.KEPT)
            restyle(self.promise)
