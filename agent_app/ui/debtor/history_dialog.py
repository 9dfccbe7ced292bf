"""The debt's whole history, to be read: what was done, when, and in what words."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from agent_app.domain.fields import Type
from agent_app.models.debt_card import DebtCard
from agent_app.ui.widgets.theme import Theme

ID_ROLE = Qt.ItemDataRole.UserRole
MAX_BODY = 4_000


class HistoryDialog(QDialog):
    """A timeline, the latest first. Return opens a followup, Escape closes."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget, card: DebtCard, theme: Theme) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("History of the debt"))
        self.resize(620, 560)
        title = QLabel(card.title())
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setProperty("title", True)
        line = "  ·  ".join(part for part in (card.facts(), card.more_facts()) if part)
        facts = QLabel("\n".join(part for part in (line, card.summary()) if part))
        facts.setTextFormat(Qt.TextFormat.PlainText)
        facts.setWordWrap(True)
        facts.setProperty("muted", True)
        self.events = QListWidget()
        self.events.setObjectName("timeline")
        self.events.setAccessibleName(self.tr("History"))
        self.events.setWordWrap(True)
        self.events.setSpacing(4)
        self.events.setIconSize(QSize(18, 18))
        self.events.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.events.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for event in card.timeline():
            name = event.type if event.type in set(Type) else "other"
            text = "\n".join(part for part in (event.heading, event.body[:MAX_BODY]) if part)
            item = QListWidgetItem(theme.icon(name, "muted"), text)
            item.setData(ID_ROLE, event.followup_id)
            self.events.addItem(item)
            if event.is_open:
                self.events.setCurrentItem(item)
        self.events.itemActivated.connect(self._open)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(title)
        layout.addWidget(facts)
        layout.addWidget(self.events, 1)
        layout.addWidget(buttons)
        self.events.setFocus()

    def _open(self, item: QListWidgetItem) -> None:
        self.wanted.emit(str(item.data(ID_ROLE)))
        self.accept()
