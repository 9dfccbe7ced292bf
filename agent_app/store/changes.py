"""Tells who listens what changed, after the commit, several changes as one.

A listener is not the writer's business: what it raises is reported as a mistake of the program and
reaches neither the writer nor the other listeners. What a listener writes is announced after what
it was told of, so that all hear of everything in the order in which it was written.
"""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from agent_app.domain import mistakes
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
        self._untold: deque[Change] = deque()
        self._telling = False

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
        self._database.after_commit(self._announce, self._forget)

    def _forget(self) -> None:
        self._followups, self._debts, self._outbox = set(), set(), False

    def announce(self, followups: Iterable[str]) -> None:
        """Tell of followups that were written and committed in the background."""
        self._tell_all(Change(frozenset(followups), frozenset(), outbox=False))

    def _announce(self) -> None:
        change = Change(frozenset(self._followups), frozenset(self._debts), self._outbox)
        self._forget()
        self._tell_all(change)

    def _tell_all(self, change: Change) -> None:
        self._untold.append(change)
        if self._telling:
            return  # a listener wrote: the rest is told by whoever tells now
        self._telling = True
        try:
            while self._untold:
                self._tell(self._untold.popleft())
        finally:
            self._telling = False

    def _tell(self, change: Change) -> None:
        for listener in list(self._listeners):
            if listener not in self._listeners:
                continue  # another listener ended it
            try:
                listener(change)
            except Exception as error:
                mistakes.report(error)
