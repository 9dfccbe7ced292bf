"""What stands above the list: the saved views, the filters."""

from dataclasses import dataclass
from datetime import date, tzinfo

from PySide6.QtCore import QLocale, QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from agent_app.domain.debt_status import DebtStatus
from agent_app.domain.fields import Status, Type
from agent_app.domain.views import RARE, View
from agent_app.models.queue import Queue
from agent_app.text.debts import debt_status_label
from agent_app.text.labels import value_label, view_label
from agent_app.ui.followups.view_tabs import ViewTabs
from agent_app.ui.widgets.day_field import DayField
from agent_app.ui.widgets.flow_layout import FlowLayout
from agent_app.ui.widgets.theme import Theme

VIEWS = tuple(View)
OF_DEBT = "debt "
"""Stands before a status of the debt in the box of statuses."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The view and the filters that are chosen."""

    view: View
    status: str = ""
    kind: str = ""
    first: date | None = None
    last: date | None = None


class FilterBar(QWidget):
    """Tells when the person wants other rows; `view`, `status`, `kind` and the days say which."""

    changed = Signal()

    def __init__(self, theme: Theme, zone: tzinfo, queue: Queue) -> None:
        super().__init__()
        self._queue = queue
        self._mine = QCheckBox()
        self._mine.setObjectName("my_part")
        self._mine.toggled.connect(self._on_mine)
        queue.changed.connect(self.show_part)
        self.views = ViewTabs()
        self.views.offered = self._is_offered
        self._held: set[View] = set()
        """Rare views that hold something."""
        self._tabs = self.views.tabs
        self._tabs.setAccessibleName(self.tr("Views"))
        self._tabs.setObjectName("views")
        for view in VIEWS:
            self._tabs.addTab(view_label(view))
        self._tabs.setCurrentIndex(VIEWS.index(View.ALL))
        self._tabs.currentChanged.connect(self.changed)
        self._status = self._choice("status", tuple(Status))
        self._add_debt_statuses(self._status)
        self._kind = self._choice("type", tuple(Type))
        self._first = DayField(self.tr("From"), theme, zone)
        self._last = DayField(self.tr("To"), theme, zone)
        for field in (self._first, self._last):
            field.setMinimumWidth(112)
            field.day_changed.connect(self.changed)
        self._lay_out()
        self.changed.connect(self.show_part)
        self.show_part()

    def _choice(self, name: str, values: tuple[str, ...]) -> QComboBox:
        combo = QComboBox()
        combo.addItem(self.tr("Any"), "")
        for value in values:
            combo.addItem(value_label(name, value), value)
        combo.setObjectName(f"filter_{name}")
        combo.setMinimumContentsLength(5)
        combo.setMaxVisibleItems(16)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.currentIndexChanged.connect(self.changed)
        return combo

    def _add_debt_statuses(self, combo: QComboBox) -> None:
        """Below the followups' statuses the debts': another box would have no room."""
        combo.insertSeparator(combo.count())
        for status in DebtStatus:
            words = debt_status_label(status)
            combo.addItem(self.tr("Debt: {status}").format(status=words), f"{OF_DEBT}{status}")
        combo.view().setMinimumWidth(combo.view().sizeHintForColumn(0) + 24)

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addWidget(self.views)
        row = FlowLayout()
        for text, combo in (
            (self.tr("Status"), self._status),
            (self.tr("Type"), self._kind),
        ):
            label = QLabel(text)
            label.setProperty("muted", True)
            label.setBuddy(combo)
            both = QWidget()
            pair = QHBoxLayout(both)
            pair.setContentsMargins(0, 0, 0, 0)
            pair.addWidget(label)
            pair.addWidget(combo, 1)
            both.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            row.addWidget(both)
        row.addWidget(self._first)
        row.addWidget(self._last)
        row.addWidget(self._mine)
        whole.addLayout(row)

    def show_part(self) -> None:
        """Say which part of the list the desk has, where that decides what is shown."""
        part = self._queue.part
        self._mine.setVisible(part is not None and self.view is View.TO_CALL_NOW)
        if part is None:
            return
        words = self.tr("My part only: {number} of {whole}")
        self._mine.setText(words.format(number=part.number, whole=part.whole))
        self._mine.setToolTip(self.tr("Ctrl+1 again: everybody's calls, or your part"))
        self._mine.setChecked(not self._queue.shows_everybody)

    def _on_mine(self, on: bool) -> None:
        self._queue.show_everybody(not on)

    def _is_offered(self, place: int) -> bool:
        """A rare view that holds nothing takes no room."""
        return VIEWS[place] not in RARE or VIEWS[place] in self._held

    @property
    def view(self) -> View:
        """The saved view that is chosen."""
        return VIEWS[max(self._tabs.currentIndex(), 0)]

    def choose_view(self, view: View) -> None:
        """Choose a saved view."""
        self._tabs.setTabVisible(VIEWS.index(view), True)
        self._tabs.setCurrentIndex(VIEWS.index(view))

    @property
    def chosen(self) -> Chosen:
        """View and filters, to be put back by `choose`."""
        return Chosen(
            self.view,
            str(self._status.currentData()),
            str(self._kind.currentData()),
            self._first.day,
            self._last.day,
        )

    def choose(self, chosen: Chosen) -> None:
        """Choose view and filters at once."""
        if chosen == self.chosen:
            return
        with QSignalBlocker(self):
            self.choose_view(chosen.view)
            self._status.setCurrentIndex(self._status.findData(chosen.status))
            self._kind.setCurrentIndex(self._kind.findData(chosen.kind))
            for field, day in ((self._first, chosen.first), (self._last, chosen.last)):
                field.set_day(day)
        self.changed.emit()

    def toggle_type(self, kind: Type) -> None:
        """List followups of this type alone, or of any type where it is this one already."""
        place = self._kind.findData(kind)
        self._kind.setCurrentIndex(0 if self._kind.currentIndex() == place else place)

    @property
    def values(self) -> dict[str, object]:
        """The filters as `domain.views.narrowed` takes them."""
        status = str(self._status.currentData())
        of_debt = status.startswith(OF_DEBT)
        return {
            "status": "" if of_debt else status,
            "debt_status": status.removeprefix(OF_DEBT) if of_debt else "",
            "type": str(self._kind.currentData()),
            "first_day": self._first.day,
            "last_day": self._last.day,
        }

    @property
    def is_narrowed(self) -> bool:
        """Whether any filter is set."""
        return any(self.values.values())

    def clear(self) -> None:
        """Take all filters off, not the view."""
        self._status.setCurrentIndex(0)
        self._kind.setCurrentIndex(0)
        self._first.clear()
        self._last.clear()

    def show_counts(self, counts: dict[View, int]) -> None:
        """Put the number of followups beside each view's name."""
        for place, view in enumerate(VIEWS):
            count = counts.get(view)
            text = view_label(view)
            if count is not None:
                text = f"{text}  {QLocale().toString(count)}"
            if text != self._tabs.tabText(place):
                self._tabs.setTabText(place, text)
            if view in RARE:
                (self._held.add if count else self._held.discard)(view)
            self._tabs.setAccessibleTabName(place, view_label(view))
        self.views.fit()
