"""Calls that other programs tell of, from the first one on: they wait until an account and its form are there."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from agent_app.app.open_account import OpenAccount
from agent_app.features.context import AppContext

if TYPE_CHECKING:
    from agent_app.app.form_desk import FormDesk
    from agent_app.features.screen_pop import ScreenPops

translate = QCoreApplication.translate


class Calls:
    """Serves one window. *is_opening* says whether an account is on its way; *quiet_s* how long nobody has
    typed or clicked (seconds)."""

    def __init__(
        self, context: AppContext, is_opening: Callable[[], bool], quiet_s: Callable[[], float]
    ) -> None:
        self._context, self._is_opening, self._quiet_s = context, is_opening, quiet_s
        self.screen_pops: ScreenPops | None = None

    def take(
        self, values: dict[str, object], opened: OpenAccount | None, form_desk: "FormDesk | None"
    ) -> str:
        """Take loose values that another program sent; return what becomes of them."""
        if self.screen_pops is None:
            from agent_app.features.screen_pop import ScreenPops  # not for the first paint

            self.screen_pops = ScreenPops(self._context, self._is_opening, self._quiet_s)
            self.serve(opened, form_desk)
        return self.screen_pops.take(values)

    def serve(self, opened: OpenAccount | None, form_desk: "FormDesk | None") -> None:
        """Show the calls that wait, where there is an account and its form."""
        if self.screen_pops is None or form_desk is None or opened is None:
            return
        from agent_app.features.screen_pop import OpenDesk  # after the first paint

        self.screen_pops.serve(
            OpenDesk(
                opened.store, form_desk.session, opened.commands, form_desk.player, form_desk.show
            )
        )

    def end(self) -> None:
        """The account goes; calls wait for the next one."""
        if self.screen_pops is not None:
            self.screen_pops.end()

    def say_unreachable(self) -> None:
        """Say that other programs cannot reach this window: there is no local socket."""
        words = translate(
            "Desktop", "Telephone programs cannot open followups here: the local socket is refused."
        )
        self._context.window.statusBar().showMessage(words, 30_000)
