"""Beside the pictures: what needs review, and calls of today that chance draws."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout

from agent_app.domain.reviews import LookFor
from agent_app.text.report import look_for_label


class ReviewCard(QFrame):
    """One click or Return leads to the followups behind a line."""

    wanted = Signal(object)
    """The rule whose followups the person wants to see."""
    sample_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", True)
        heading = QLabel(self.tr("Needs review"))
        heading.setProperty("fieldlabel", True)
        self.look_for = QListWidget()
        self.look_for.setObjectName("look_for")
        self.look_for.setAccessibleName(heading.text())
        self.look_for.setWordWrap(True)
        self.look_for.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.look_for.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.look_for.itemActivated.connect(self._on_item)
        self.look_for.itemClicked.connect(self._on_item)
        self.sample = QPushButton(self.tr("Five &calls of today"))
        self.sample.setObjectName("sample")
        self.sample.setToolTip(self.tr("Chance draws them; they open one after the other."))
        self.sample.clicked.connect(self.sample_wanted)
        self._reviewed = QLabel()
        self._reviewed.setProperty("muted", True)
        self._reviewed.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.addWidget(heading)
        layout.addWidget(self.look_for, 1)
        layout.addWidget(self.sample)
        layout.addWidget(self._reviewed)

    def show_found(self, found: Mapping[LookFor, int]) -> None:
        """Show how many followups each rule finds."""
        chosen = self.look_for.currentRow()
        self.look_for.clear()
        for rule in LookFor:
            item = QListWidgetItem(f"{look_for_label(rule)}  ({found.get(rule, 0)})")
            item.setData(Qt.ItemDataRole.UserRole, rule)
            self.look_for.addItem(item)
        self.look_for.setCurrentRow(max(chosen, 0))

    def show_sample(self, reviewed: int, drawn: int) -> None:
        """Say how far the review of the last draw is."""
        words = self.tr("At random; {done} of {drawn} reviewed.")
        said = words.format(done=reviewed, drawn=drawn) if drawn else self.tr("At random.")
        self._reviewed.setText(said)
        self.sample.setAccessibleDescription(said)

    def _on_item(self, item: QListWidgetItem) -> None:
        if self.isVisible():  # the second click of two comes after the first one has led away
            self.wanted.emit(LookFor(item.data(Qt.ItemDataRole.UserRole)))
