"""Says what the list shows in the place of a view, and leads back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton

from agent_app.ui.widgets.banner import fit_side_by_side


class SliceBar(QFrame):
    """Hidden until a supervisor looks at the followups behind a figure."""

    all_wanted = Signal()
    back_wanted = Signal()
    """The person wants to go back to the supervisors' view."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Banner")
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        back = QPushButton(self.tr("Back to the outcomes"))
        back.clicked.connect(self.back_wanted)
        every = QPushButton(self.tr("All followups"))
        every.clicked.connect(self.all_wanted)
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._parts.setContentsMargins(12, 6, 8, 6)
        self._parts.addWidget(self.words, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(every)
        buttons.addWidget(back)
        self._parts.addLayout(buttons)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words and buttons side by side, where there is room for both."""
        super().resizeEvent(event)
        fit_side_by_side(self._parts, self.width())
