"""Room: store. Tells who listens what changed, after the commit, several changes as one."""

from collections.abc import Callable
from dataclasses import dataclass

from agent_app.store.database import Database


@dataclass(frozen=True, slots=True)
class Change:
    """Ids of followups and debts that were written, and whether the outbox or drafts were."""

    followups: frozenset[str]
    debts: frozenset[str]
    outbox: bool


Listener = Callable[[Change], None]


class Changes:
    """Collects what a transaction touches and announces it once when it is committed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._listeners: list[Listener] = []
        self._followups: set[str] = set()
        self._debts: set[str] = set()
        self._outbox = False

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Have *listener* called after each commit; returns what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def touch(self, *, followup: str = "", debt: str = "", outbox: bool = False) -> None:
        """Note a change inside the transaction under way."""
        if followup:
            self._followups.add(followup)
        if debt:
            self._debts.add(debt)
        self._outbox |= outbox
        self._database.after_commit(self._announce)

    def _announce(self) -> None:
        change = Change(frozenset(self._followups), frozenset(self._debts), self._outbox)
        self._followups, self._debts, self._outbox = set(), set(), False
        for listener in list(self._listeners):
            listener(change)
