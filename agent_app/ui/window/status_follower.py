"""What the window shows of the sync: tools, menus, strips, the list's progress."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from agent_app.domain.sync_state import Connection
from agent_app.models.sync_status import SyncStatus
from agent_app.ui.window.status_line import StatusLine
from agent_app.ui.window.tool_bar import ToolBar

if TYPE_CHECKING:
    from agent_app.ui.window.main_window import MainWindow


class StatusFollower(QObject):
    """Follows *status* for *window*, of which *tools* and *line* are parts."""

    def __init__(
        self, window: "MainWindow", status: SyncStatus, tools: ToolBar, line: StatusLine
    ) -> None:
        super().__init__(window)
        self._window, self._status, self._tools, self._line = window, status, tools, line
        status.changed.connect(self.show_status)

    def show_status(self) -> None:
        """Show it as it is now."""
        window, state = self._window, self._status.state
        window.actions_.offer_to_supervisors(state.may_report)
        self._line.show_status()
        self._tools.show_loading(state.progress is not None)
        older = state.older
        window.actions_["older"].setVisible(bool(older.missing))
        window.actions_["older"].setText(
            self.tr("Stop &getting older followups")
            if older.reading
            else self.tr("&Get older followups")
        )
        self._show_trouble()
        if window.list_panel is not None:
            panel = window.list_panel
            panel.older_line.show_older(self._status.older_words(), reading=older.reading)
            busy = state.refreshing or (state.connection is Connection.STARTING and not state.error)
            panel.show_progress(state.progress, busy)
            nothing_yet = state.last_refresh is None
            panel.show_empty_words(
                self.tr("Loading followups…") if nothing_yet and not state.error else ""
            )

    def _show_trouble(self) -> None:
        window, sentence = self._window, self._status.sentence()
        if not sentence:
            window.banner.say("")
        elif self._status.state.connection is Connection.SIGNED_OUT:
            window.banner.say(
                sentence,
                tone="warning",
                action=self.tr("Sign in"),
                act=window.sign_in_wanted.emit,
            )
        else:
            window.banner.say(
                sentence,
                tone="warning",
                action=self.tr("Try again"),
                act=window.refresh.emit,
            )
