"""A person's own views of the list: kept under a name, chosen again, removed; the team's beside them."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QInputDialog

from agent_app.domain.own_views import MAX_NAME, with_own
from agent_app.features.context import AppContext
from agent_app.runtime.scope import Scope
from agent_app.ui.followups.list_panel import ListPanel


class OwnViews(QObject):
    """Serves the list of one account until `close`."""

    def __init__(self, context: AppContext, panel: ListPanel) -> None:
        super().__init__()
        self._context, self._panel = context, panel
        self._scope = Scope()
        views = panel.filters.views
        self._scope.connect(views.own_wanted, self._show)
        self._scope.connect(views.keep_wanted, self._ask)
        self._scope.connect(views.remove_wanted, self._remove)
        views.own = context.preferences.own_views

    def close(self) -> None:
        """Let go of the list."""
        self._scope.close()

    def _show(self, name: str) -> None:
        for view in self._context.preferences.own_views:
            if view.name == name:
                self._panel.show_own(view)

    def _ask(self) -> None:
        dialog = QInputDialog(self._context.window)
        dialog.setObjectName("keep_view")
        dialog.setWindowTitle(self.tr("Keep this as a view"))
        dialog.setLabelText(self.tr("Name of the view"))
        dialog.textValueSelected.connect(self.keep)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def keep(self, name: str) -> None:
        """Keep what the list shows under a name."""
        name = " ".join(name.split())[:MAX_NAME]
        if not name:
            return
        preferences, view = self._context.preferences, self._panel.own_view(name)
        own = tuple(one for one in preferences.own_views if not one.of_team)
        preferences.keep_own_views(with_own(own, view))
        self._panel.filters.views.own = preferences.own_views
        self._panel.show_own(view)

    def _remove(self, name: str) -> None:
        preferences = self._context.preferences
        preferences.keep_own_views([one for one in preferences.own_views if one.name != name])
        self._panel.filters.views.own = preferences.own_views
        self._panel.forget_own(name)
