"""The line above the list while several rows are selected: how many, and what can be done with them."""

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from agent_app.domain.fields import Type
from agent_app.runtime.weak import weakly
from agent_app.text.labels import value_label


class SelectionLine(QWidget):
    """Stands in the place of the line that says how many followups there are."""

    reschedule_wanted = Signal()
    cancel_wanted = Signal()
    type_wanted = Signal(str)
    ended = Signal()
    """The person wants no selection."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("selection")
        self._count = QLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._count)
        row.addStretch(1)
        self.reschedule = self._button(self.tr("Reschedule…"), "reschedule_many")
        self.cancel = self._button(self.tr("Cancel them…"), "cancel_many")
        self.type = self._button(self.tr("Set type"), "type_many")
        self.end = self._button(self.tr("Clear (Esc)"), "end_selection")
        self.reschedule.clicked.connect(self.reschedule_wanted)
        self.cancel.clicked.connect(self.cancel_wanted)
        self.end.clicked.connect(self.ended)
        menu = QMenu(self.type)
        for kind in Type:
            action = menu.addAction(value_label("type", kind))
            action.triggered.connect(weakly(self._want_type, str(kind)))
        self.type.setMenu(menu)
        for button in (self.reschedule, self.cancel, self.type, self.end):
            row.addWidget(button)
        self.hide()

    def _button(self, text: str, name: str) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("link", True)
        button.setObjectName(name)
        button.setAutoDefault(False)
        return button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape ends the selection here as it does in the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.ended.emit()
            return
        super().keyPressEvent(event)

    def _want_type(self, kind: str) -> None:
        self.type_wanted.emit(kind)

    def say(self, count: int) -> None:
        """How many rows are selected."""
        words = self.tr("%n selected", "", count)
        self._count.setText(words.replace(str(count), QLocale().toString(count)))

    @property
    def words(self) -> str:
        """What it says."""
        return self._count.text()
