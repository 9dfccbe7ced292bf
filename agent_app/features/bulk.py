"""Many followups at once: reschedule, cancel, another type; with one undo."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject

from agent_app.domain.errors import StoreError
from agent_app.features.context import AppContext
from agent_app.models.bulk_changes import BulkChanges, BulkPlan
from agent_app.runtime.scope import Scope
from agent_app.text.labels import value_label
from agent_app.ui.followups.bulk_dialog import BulkDialog
from agent_app.ui.followups.list_panel import ListPanel
from agent_app.ui.widgets.announce import announce
from agent_app.ui.widgets.moment_editor import MomentEditor


class Bulk(QObject):
    """Serves the list of one account until `close`. *saved* hears that something was saved."""

    def __init__(
        self,
        context: AppContext,
        panel: ListPanel,
        changes: BulkChanges,
        saved: Callable[[], None],
    ) -> None:
        super().__init__()
        self._context, self._panel, self._changes = context, panel, changes
        self._saved = saved
        self._scope = Scope()
        line = panel.selection_line
        self._scope.connect(line.reschedule_wanted, self._reschedule)
        self._scope.connect(line.cancel_wanted, self._cancel)
        self._scope.connect(line.type_wanted, self._set_type)

    def close(self) -> None:
        """Let go of the list."""
        self._scope.close()

    def _reschedule(self) -> None:
        clock, theme = self._context.clock, self._context.theme
        title = self.tr("Reschedule")
        when = MomentEditor(title, theme, clock.zone, clock.now)
        when.focus.setObjectName("bulk_when")
        ids = self._panel.selected_ids()

        def plan(at: datetime | None) -> BulkPlan:
            return self._changes.reschedule(ids, at) if at is not None else BulkPlan()

        self._ask(title, plan, when)

    def _cancel(self) -> None:
        ids = self._panel.selected_ids()
        self._ask(self.tr("Cancel the followups"), lambda _at: self._changes.cancel(ids))

    def _set_type(self, kind: str) -> None:
        title = self.tr("Set type: {type}").format(type=value_label("type", kind))
        ids = self._panel.selected_ids()
        self._ask(title, lambda _at: self._changes.set_type(ids, kind))

    def _ask(
        self,
        title: str,
        plan: Callable[[datetime | None], BulkPlan],
        when: MomentEditor | None = None,
    ) -> None:
        if self._context.status.state.may_write:
            left = self._changes.writes_left
            BulkDialog(self._context.window, title, plan, self._save, left, when)

    def _save(self, plan: BulkPlan) -> None:
        try:
            self._changes.save(plan)
        except StoreError as error:
            self._context.window.notice.say(self._context.describe_error(error), tone="error")
            return
        self._panel.end_selection()
        self._saved()
        words = self.tr("%n followup(s) changed. Ctrl+Z takes it back.", "", len(plan.patches))
        announce(self._context.window, words)
