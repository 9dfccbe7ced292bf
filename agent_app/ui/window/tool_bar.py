"""The tool bar: what is pressed most, and the quick search."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QToolBar, QToolButton, QWidget

from agent_app.domain.text import be_ready_to_fold
from agent_app.ui.widgets.theme import Theme
from agent_app.ui.window.actions import WindowActions

ICONS = {"refresh": "refresh", "previous": "up", "next": "down", "report": "chart"}


class _SearchLine(QLineEdit):
    """The quick search. What finding needs is there before the first letter."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Somebody is about to type."""
        super().focusInEvent(event)
        be_ready_to_fold()


class ToolBar(QToolBar):
    """Shows the actions that are tools, and says what is searched for."""

    search_typed = Signal(str)
    found_wanted = Signal()
    """The person wants the first hit (Return or ↓)."""
    search_left = Signal()
    """The person is done with the search (Escape)."""

    def __init__(self, actions: WindowActions, theme: Theme) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("Tools"))
        self._actions, self._theme = actions, theme
        self.setObjectName("tools")
        self.setMovable(False)
        self.setIconSize(QSize(18, 18))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        actions["report"].setIconText(self.tr("Outcomes"))
        for action in sorted(actions.tools, key=lambda one: one.objectName() != "refresh"):
            self.addAction(action)
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(space)
        self.search = self._make_search()
        self._search_place = self.addWidget(self.search)

    def _make_search(self) -> QLineEdit:
        search = _SearchLine()
        search.setAccessibleName(self.tr("Search"))
        search.setObjectName("search")
        search.setPlaceholderText(self.tr("Search (Ctrl+F): debtor, phone, summary, notes, ID"))
        search.setClearButtonEnabled(True)
        search.setMinimumWidth(240)
        search.textChanged.connect(self.search_typed)
        search.returnPressed.connect(self.found_wanted)
        for key, wanted in (
            (Qt.Key.Key_Escape, self.search_left),
            (Qt.Key.Key_Down, self.found_wanted),
        ):
            shortcut = QShortcut(QKeySequence(key), search)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(wanted)
        self._search_icon = search.addAction(
            self._theme.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition
        )
        self._search_icon.setText(self.tr("Go to the search"))
        self._search_icon.triggered.connect(self.go_to_search)
        return search

    def go_to_search(self) -> None:
        """Put the keyboard into the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def paint_icons(self) -> None:
        """Show the icons in the theme's colours."""
        for name, icon in ICONS.items():
            self._actions[name].setIcon(self._theme.icon(icon, "muted"))
        self._keep_room_for_refresh()
        self._search_icon.setIcon(self._theme.icon("search", "muted"))

    def show_search(self, shown: bool) -> None:
        """Show the search where there is a list to search in."""
        self._search_place.setVisible(shown)
        self.search.setVisible(shown)  # at once: the keyboard may go there

    def show_loading(self, loading: bool) -> None:
        """Say what the first tool does now: read anew, or stop reading."""
        self._actions["refresh"].setText(self._refresh_words(loading))

    def _refresh_words(self, loading: bool) -> str:
        return self.tr("Stop lo&ading") if loading else self.tr("&Refresh")

    def _keep_room_for_refresh(self) -> None:
        """What stands beside the button stays where it is, whatever the button says."""
        action, widest = self._actions["refresh"], 0
        button = self.widgetForAction(action)
        said = action.text()
        for loading in (False, True):
            action.setText(self._refresh_words(loading))
            widest = max(widest, button.sizeHint().width())
        action.setText(said)
        button.setMinimumWidth(widest)

    def free(self) -> QRect:
        """Return where nothing is that anybody needs, in the window: right of the tools, up to the
        search, as high as menu and tools."""
        window = self.window()
        bottom = self.mapTo(window, QPoint(0, self.height())).y()
        ends = [
            button.mapTo(window, QPoint(button.width(), 0)).x()
            for action in self.actions()
            if (button := self.widgetForAction(action)) is not None
            and isinstance(button, QToolButton)
        ]
        left = max(ends, default=0) + 12
        right = self.search.mapTo(window, QPoint(0, 0)).x() - 12
        return QRect(QPoint(left, 2), QPoint(right, bottom - 2))
