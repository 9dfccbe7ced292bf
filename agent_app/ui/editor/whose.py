"""Says whose followup the form shows while the debtor's name is scrolled out of sight."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from agent_app.models.debt_card import DebtCard


class Whose(QLabel):
    """Lies over the top of *area*; *heading* is what it stands in for."""

    def __init__(self, area: QScrollArea, heading: QWidget, card: DebtCard) -> None:
        super().__init__(area)
        self._area, self._heading, self._card = area, heading, card
        self.setObjectName("Whose")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.hide()
        area.verticalScrollBar().valueChanged.connect(self._follow)
        area.viewport().installEventFilter(self)
        card.changed.connect(self._follow)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """As wide as what it lies over."""
        if event.type() == QEvent.Type.Resize:
            self._follow()
        return False

    def _follow(self) -> None:
        beside = self._heading.mapTo(self._area.viewport(), QPoint(0, self._heading.height())).y()
        title = self._card.title()
        is_out = beside <= self._heading.fontMetrics().descent() and bool(title)
        if is_out:
            view = self._area.viewport().geometry()
            self.setGeometry(view.x(), view.y(), view.width() - 4, self.sizeHint().height())
            room = self.contentsRect().width()
            self.setText(self.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, room))
            self.raise_()
        self.setVisible(is_out)
