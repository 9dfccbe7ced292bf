"""Room: ui. The debtor above the form: name, amount, phone, and the debt's earlier followups."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
)

from agent_app.domain.fields import Type
from agent_app.models.debt_card import DebtCard
from agent_app.ui.theme import Theme

MOST_LINES = 3
ID_ROLE = Qt.ItemDataRole.UserRole


class DebtPanel(QFrame):
    """Shows a `DebtCard`."""

    wanted = Signal(str)
    """The person wants to open this earlier followup."""

    def __init__(self, card: DebtCard, theme: Theme) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._card, self._theme = card, theme
        self._title = _label("title")
        self._facts, self._more = _label(), _label("muted")
        self._heading = _label("muted")
        self._earlier = QListWidget()
        self._earlier.setAccessibleName(self.tr("Earlier followups"))
        self._earlier.setObjectName("earlier")
        self._earlier.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._earlier.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._earlier.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._earlier.setIconSize(QSize(16, 16))
        self._earlier.itemActivated.connect(lambda item: self.wanted.emit(item.data(ID_ROLE)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.setSpacing(3)
        for widget in (self._title, self._facts, self._more, self._heading, self._earlier):
            layout.addWidget(widget)
        card.changed.connect(self._show)
        theme.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self._title.setText(self._card.title())
        self._facts.setText(self._card.facts())
        more = self._card.more_facts()
        self._more.setText(more)
        self._more.setVisible(bool(more))
        earlier = self._card.earlier()
        self._heading.setText(
            self.tr("Earlier followups of this debt ({n})").format(n=len(earlier))
        )
        self._heading.setVisible(bool(earlier))
        self._earlier.setVisible(bool(earlier))
        chosen = self._earlier.currentRow()
        self._earlier.clear()
        for line in earlier:
            name = line.type if line.type in set(Type) else "other"
            item = QListWidgetItem(self._theme.icon(name, "muted"), line.text)
            item.setData(ID_ROLE, line.followup_id)
            item.setToolTip(line.text.replace("<", "‹").replace(">", "›"))
            self._earlier.addItem(item)
        self._earlier.setCurrentRow(min(chosen, len(earlier) - 1))
        height = self._earlier.sizeHintForRow(0) if earlier else 0
        self._earlier.setFixedHeight(height * min(len(earlier), MOST_LINES) + 4)


def _label(kind: str = "") -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if kind:
        label.setProperty(kind, True)
    return label
