"""One account in the window: whatever lives with it is owned here, and goes with it.

The list stands as soon as the store is open, which is all that the first paint needs. The form, and
what belongs to it, is a `FormDesk`: imported after the first paint, built whole, or not there.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from agent_app.app.open_account import OpenAccount
from agent_app.app.team_desk import TeamDesk
from agent_app.config.account import Account
from agent_app.features.context import AppContext
from agent_app.models.commands import Commands
from agent_app.models.followup_table import FollowupTable
from agent_app.models.queue import Queue
from agent_app.models.view_counts import ViewCounts
from agent_app.runtime.scope import Scope
from agent_app.store.store import Store
from agent_app.ui.followups.list_panel import ListPanel

if TYPE_CHECKING:
    from agent_app.app.form_desk import FormDesk
    from agent_app.system.notifier import Notifier


class AccountScope(Scope):
    """Serves one account until `aclose`. It is made before the account's store is open: what is begun
    for the account earlier, a sandbox say, is given to `at_end`."""

    def __init__(self, context: AppContext, account: Account, queue: Queue) -> None:
        super().__init__()
        self._context, self.account, self._queue = context, account, queue
        self.team_desk = TeamDesk(context, account, queue)
        self.form_desk: FormDesk | None = None

    def open_list(self, store: Store, where: str) -> OpenAccount:
        """Show the list of *store*; *where* names the server."""
        context, clock, queue = self._context, self._context.clock, self._queue
        table = self.adopt(FollowupTable(store, clock.now, clock.zone, queue))
        counts = self.adopt(ViewCounts(store, clock.now, clock.zone, queue))
        panel = ListPanel(table, counts, context.theme, clock.now, clock.zone, queue)
        context.window.show_list(panel, where)
        commands = Commands(store, clock.now, lambda: context.settings.planned_type)
        return OpenAccount(store, commands, panel)

    def open_form(
        self, opened: OpenAccount, notifier: "Notifier", quiet_s: Callable[[], float]
    ) -> "FormDesk":
        """Put the form beside the list. *quiet_s* gives how long nobody has typed or clicked (seconds)."""
        from agent_app.app.form_desk import FormDesk  # after the first paint

        self.team_desk.foresee()
        desk = self.form_desk = self.adopt(FormDesk(self._context, opened, notifier))
        for part in self.team_desk.serve(opened.store, opened.panel, desk, quiet_s):
            self.adopt(part)
        return desk

    async def aclose(self) -> None:
        """Keep what was typed, and let go of the account, in the order in which nothing is lost."""
        self.form_desk = None  # nobody begins anything in it from now on
        await super().aclose()
