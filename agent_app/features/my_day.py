"""My day: what the agent did, on a page over the window."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

from agent_app.features.context import AppContext
from agent_app.models.commands import Commands
from agent_app.models.my_day import MyDay
from agent_app.runtime.scope import Scope
from agent_app.store.store import Store

if TYPE_CHECKING:
    from agent_app.ui.window.my_day_page import MyDayPage


class MyDayFeature(QObject):
    """Serves one account; *show* opens a followup."""

    def __init__(
        self, context: AppContext, store: Store, commands: Commands, show: Callable[[str], None]
    ) -> None:
        super().__init__()
        self._context, self._store, self._commands, self._show = context, store, commands, show
        self._page: MyDayPage | None = None
        self._scope = Scope()
        self._scope.connect(context.window.actions_["my_day"].triggered, self.open)

    def close(self) -> None:
        """Stop listening to the window."""
        self._scope.close()
        if self._page is not None and isValid(self._page):
            self._page.dismiss()

    def open(self) -> None:
        """Show the page, as the day is now."""
        from agent_app.ui.window.my_day_page import MyDayPage  # when it is first wanted

        context = self._context
        day = MyDay(
            self._store,
            self._commands,
            context.clock.now,
            context.clock.zone,
            lambda: context.settings.daily_goal,
            context.team,
        )
        page = MyDayPage(context.window, day)
        page.wanted.connect(self._show)
        day.refused.connect(self._on_refused)
        day.setParent(page)
        page.closed.connect(day.close)
        self._page = page
        page.open()

    def _on_refused(self, error: Exception) -> None:
        self._context.window.notice.say(self._context.describe_error(error), tone="error")
