"""The other debts of the person behind the open followup: one call may settle several."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from agent_app.domain.debt import Debt
from agent_app.domain.followup import Followup
from agent_app.domain.outcomes import CONTACTED_STATUSES
from agent_app.store.changes import Change
from agent_app.store.store import Store

SETTLE_MS = 100
"""Changes of debts within this time are looked at together (milliseconds)."""


class PersonDebts(QObject):
    """Which they are, and for which of them the call counts as well. *read* asks the server for the
    debts of the debtor of a debt."""

    changed = Signal()

    def __init__(self, store: Store, read: Callable[[str], None] = lambda _debt_id: None) -> None:
        super().__init__()
        self._store, self._read = store, read
        self._debt_id = ""
        self._others: list[Debt] = []
        self._ticked: set[str] = set()
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._look)
        self._unlisten = store.changes.listen(self._on_change)

    def close(self) -> None:
        """Stop following the store."""
        self._settle.stop()
        self._unlisten()

    def show(self, debt_id: str) -> None:
        """Turn to the person behind a debt ("": nobody)."""
        if debt_id != self._debt_id:
            self._ticked.clear()
        self._debt_id = debt_id
        self._look()

    def _look(self) -> None:
        found = self._store.debts.of_person(self._debt_id) if self._debt_id else []
        self._others = [one for one in found if one.id != self._debt_id]
        self._ticked &= {one.id for one in self._others}
        self.changed.emit()

    def ask_server(self) -> None:
        """Somebody wants to know them all."""
        if self._debt_id:
            self._read(self._debt_id)

    @property
    def others(self) -> list[Debt]:
        """The person's other debts, the latest due first."""
        return self._others

    @property
    def ticked(self) -> frozenset[str]:
        """Ids of the debts for which the call counts as well."""
        return frozenset(self._ticked)

    def tick(self, debt_id: str, ticked: bool) -> None:
        """Let the call count for a debt, or not."""
        (self._ticked.add if ticked else self._ticked.discard)(debt_id)
        self.changed.emit()

    def untick(self) -> None:
        """The call was recorded for them."""
        self._ticked.clear()
        self.changed.emit()

    def settled(self, call: Followup | None) -> tuple[str, ...]:
        """Return the debts for which *call* is to be recorded once it is saved: none before its outcome."""
        if call is None or call.status not in CONTACTED_STATUSES:
            return ()
        return tuple(sorted(self._ticked))

    def _on_change(self, change: Change) -> None:
        if change.debts and self._debt_id and not self._settle.isActive():
            self._settle.start()
