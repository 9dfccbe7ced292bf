"""What the window shows of the sync: tools, menus, strips, the list's progress."""

from PySide6.QtCore import QObject, Signal

from agent_app.domain.sync_state import Connection
from agent_app.models.sync_status import SyncStatus
from agent_app.ui.window.actions import WindowActions
from agent_app.ui.window.desk_view import DeskView
from agent_app.ui.window.status_line import StatusLine
from agent_app.ui.window.tool_bar import ToolBar


class StatusFollower(QObject):
    """Follows *status* for the window's parts."""

    refresh_wanted = Signal()
    sign_in_wanted = Signal()

    def __init__(
        self,
        status: SyncStatus,
        actions: WindowActions,
        tools: ToolBar,
        line: StatusLine,
        desk: DeskView,
    ) -> None:
        super().__init__(tools)
        self._status, self._actions, self._tools = status, actions, tools
        self._line, self._desk, self._banner = line, desk, desk.banner
        status.changed.connect(self.show_status)

    def show_status(self) -> None:
        """Show it as it is now."""
        actions, state = self._actions, self._status.state
        actions.offer_to_supervisors(state.may_report)
        self._line.show_status()
        self._tools.show_loading(state.progress is not None)
        older = state.older
        actions["older"].setVisible(bool(older.missing))
        actions["older"].setText(
            self.tr("Stop &getting older followups")
            if older.reading
            else self.tr("&Get older followups")
        )
        self._show_trouble()
        panel = self._desk.list
        if panel is not None:
            panel.older_line.show_older(self._status.older_words(), reading=older.reading)
            busy = state.refreshing or (state.connection is Connection.STARTING and not state.error)
            panel.show_progress(state.progress, busy)
            nothing_yet = state.last_refresh is None
            panel.show_empty_words(
                self.tr("Loading followups…") if nothing_yet and not state.error else ""
            )

    def _show_trouble(self) -> None:
        sentence = self._status.sentence()
        if not sentence:
            self._banner.say("")
        elif self._status.state.connection is Connection.SIGNED_OUT:
            self._banner.say(
                sentence,
                tone="warning",
                action=self.tr("Sign in"),
                act=self.sign_in_wanted.emit,
            )
        else:
            self._banner.say(
                sentence,
                tone="warning",
                action=self.tr("Try again"),
                act=self.refresh_wanted.emit,
            )
