"""The views as tabs, as many as there is room for; the others, and one's own views, are in a menu."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QTabBar, QToolButton, QWidget

from agent_app.domain.own_views import OwnView
from agent_app.runtime.weak import weakly


class FittingTabs(QTabBar):
    """Tabs whose natural widths are known, hidden or not."""

    def width_of(self, place: int) -> int:
        """Return how wide a tab is."""
        return self.tabSizeHint(place).width()

    def minimumSizeHint(self) -> QSize:
        """Narrow: what has no room is in the menu."""
        return QSize(40, super().minimumSizeHint().height())


class ViewTabs(QWidget):
    """`tabs` and the menu. *offered* says whether a view is offered at all."""

    own_wanted = Signal(str)
    """The person wants their own view of this name."""
    keep_wanted = Signal()
    """The person wants to keep what is shown as a view of their own."""
    remove_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.tabs = FittingTabs()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(False)
        self.more = QToolButton()
        self.more.setObjectName("more_views")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setAutoRaise(True)
        self._menu = QMenu(self.more)
        self._menu.aboutToShow.connect(self._fill)
        self.more.setMenu(self._menu)
        self.offered: Callable[[int], bool] = lambda _place: True
        self.own: Sequence[OwnView] = ()
        """The person's own views, and the team's."""
        self._chosen = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.tabs)
        row.addWidget(self.more)
        row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.tabs.currentChanged.connect(self.fit)
        self.say_own("")

    def say_own(self, name: str) -> None:
        """Name the own view that is shown ("": none)."""
        self._chosen = name
        self.more.setText(name or self.tr("More"))
        self.more.setAccessibleName(self.tr("More views"))
        self.more.setProperty("chosen", bool(name))
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many as fit."""
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        """The text may have become larger or smaller."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.fit()

    def fit(self) -> None:
        """Hide the last tabs that have no room; the one that is chosen stays."""
        room = self.width() - self.more.sizeHint().width()
        current = self.tabs.currentIndex()
        places = [n for n in range(self.tabs.count()) if self.offered(n) or n == current]
        left = room - (self.tabs.width_of(current) if current >= 0 else 0)
        for place in range(self.tabs.count()):
            shown = place == current
            if place in places and not shown:
                left -= self.tabs.width_of(place)
                shown = left >= 0 or room <= 0
            if self.tabs.isTabVisible(place) != shown:
                self.tabs.setTabVisible(place, shown)
        visible = (n for n in range(self.tabs.count()) if self.tabs.isTabVisible(n))
        self.tabs.setFixedWidth(sum(map(self.tabs.width_of, visible)))

    def _fill(self) -> None:
        menu = self._menu
        menu.clear()
        for place in range(self.tabs.count()):
            if self.offered(place) and not self.tabs.isTabVisible(place):
                action = menu.addAction(self.tabs.tabText(place))
                action.triggered.connect(weakly(self.choose, place))
        menu.addSeparator()
        for view in self.own:
            action = menu.addAction(view.name)
            action.setCheckable(True)
            action.setChecked(view.name == self._chosen)
            action.triggered.connect(weakly(self._want, view.name))
        menu.addSeparator()
        menu.addAction(self.tr("Keep this as a view…")).triggered.connect(self.keep_wanted)
        mine = any(view.name == self._chosen and not view.of_team for view in self.own)
        if mine:
            words = self.tr("Remove the view “{name}”").format(name=self._chosen)
            menu.addAction(words).triggered.connect(weakly(self._want_removed, self._chosen))

    def choose(self, place: int) -> None:
        """Show a view that has no tab at present."""
        self.tabs.setTabVisible(place, True)
        self.tabs.setCurrentIndex(place)

    def _want(self, name: str) -> None:
        self.own_wanted.emit(name)

    def _want_removed(self, name: str) -> None:
        self.remove_wanted.emit(name)
