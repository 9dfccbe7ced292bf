"""Brings a call onto the desk: opens the followup that a telephone system names, facts filled in.

Nothing here saves. What a person typed is left as it is; a fact goes only where they typed none.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QLocale, QObject, QTimer

from agent_app.commands import Commands
from agent_app.domain.fields import OPEN_STATUSES
from agent_app.domain.screen_pop import NotAPop, ScreenPop, from_values
from agent_app.domain.telephone import e164
from agent_app.domain.views import Column, Filter
from agent_app.models.edit_session import EditSession
from agent_app.models.formats import region_of
from agent_app.store.changes import Change
from agent_app.store.store import Store
from agent_app.ui.main_window import MainWindow

log = logging.getLogger(__name__)

PATIENCE_MS = 15_000
"""How long a followup that is not here yet is waited for."""
MOST_ROWS = 200


class ScreenPopping(QObject):
    """Serves one window. *may* says whether the person lets telephones open followups."""

    def __init__(
        self, window: MainWindow, now: Callable[[], datetime], may: Callable[[], bool]
    ) -> None:
        super().__init__()
        self._window, self._now, self._may = window, now, may
        self._store: Store | None = None
        self._session: EditSession | None = None
        self._commands: Commands | None = None
        self._show: Callable[[str], None] = lambda _followup_id: None
        self._waiting: ScreenPop | None = None
        self._unlisten: Callable[[], None] = lambda: None
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._give_up)

    def serve(
        self, store: Store, session: EditSession, commands: Commands, show: Callable[[str], None]
    ) -> None:
        """Open followups of this account from now on; *show* opens one in list and form."""
        self.end()
        self._store, self._session, self._commands = store, session, commands
        self._show = show
        self._unlisten = store.changes.listen(self._on_change)

    def end(self) -> None:
        """The account goes."""
        self._unlisten()
        self._unlisten = lambda: None
        self._patience.stop()
        self._store = self._session = self._commands = None

    # -- in

    def take(self, values: dict[str, object]) -> None:
        """Loose values from the local socket."""
        try:
            pop = from_values(values)
        except NotAPop:
            log.info("a message to the socket named nothing to open")
            return
        self.open(pop)

    def open(self, pop: ScreenPop) -> None:
        """Open what *pop* names."""
        self._window.come_to_front()
        if not self._may():
            self._say(
                self.tr(
                    "Another program asked to open a followup. That is switched off in Settings › Calls."
                )
            )
            return
        self._waiting = pop
        if not self._try() and self._commands is not None and pop.followup_id:
            self._commands.opened(pop.followup_id)  # it is read, and then it is here
        if self._waiting is not None:
            self._patience.start()

    # -- finding

    def _on_change(self, _change: Change) -> None:
        if self._waiting is not None:
            self._try()

    def _try(self) -> bool:
        pop, store, session = self._waiting, self._store, self._session
        if pop is None or store is None or session is None:
            return False
        followup_id = pop.followup_id or self._by_phone(pop.phone)
        if not followup_id or store.followups.get(followup_id) is None:
            return False
        self._waiting = None
        self._patience.stop()
        self._show(followup_id)
        changes = pop.changes(self._now())
        typed = session.changed
        session.put({name: value for name, value in changes.items() if name not in typed})
        if pop.left_out:
            self._say(
                self.tr("Some facts of the call made no sense and were left out: {names}.").format(
                    names=", ".join(pop.left_out)
                )
            )
        if self._window.editor is not None:
            self._window.editor.focus_form()
        return True

    def _by_phone(self, phone: str) -> str:
        """The debtor's followup that a call is most likely about: the open one that is due next,
        else the latest. A number that leads to several debts is put into the search."""
        assert self._store is not None
        number = e164(phone, region_of(QLocale())) or phone
        keys = self._store.listing.keys(Filter(text=number), Column.SCHEDULED, descending=False)
        rows = list(self._store.listing.rows(keys[:MOST_ROWS]).values())
        if not rows:
            return ""
        if len({row.debt_id for row in rows}) > 1:
            self._window.search_field.setText(number)
        order = {key: place for place, key in enumerate(keys)}
        rows.sort(key=lambda row: (row.status not in OPEN_STATUSES, order[row.key]))
        if rows[0].status not in OPEN_STATUSES:
            return max(rows, key=lambda row: row.key).id
        return rows[0].id

    def _give_up(self) -> None:
        self._waiting = None
        self._say(self.tr("The followup that another program asked for was not found."))

    def _say(self, words: str) -> None:
        self._window.notice.say(
            words, tone="warning", action=self.tr("Close"), act=lambda: self._window.notice.say("")
        )
