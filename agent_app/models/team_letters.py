"""Letters to the team that are kept in the store until they have left.

What a person wrote while the team is away, or just before the program ends, leaves at the next chance.
"""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from agent_app.domain.errors import StoreError
from agent_app.domain.team import NoTeam
from agent_app.models.team_status import TeamStatus
from agent_app.runtime.tasks import Tasks
from agent_app.store.store import Store

log = logging.getLogger(__name__)

Letter = dict[str, Any]
"""Anything that JSON can hold, with its `id`."""
Send = Callable[[Letter], Awaitable[Letter | None]]
"""Sends a letter and returns what is kept of it, None for nothing; the letter itself if it cannot leave yet.
Raises NoTeam."""


class TeamLetters(QObject):
    """The letters of one kind, kept in the store's state *place*, until `close`."""

    changed = Signal()
    """One was written, or has left."""

    def __init__(
        self, team: TeamStatus, store: Store, tasks: Tasks, place: str, send: Send
    ) -> None:
        super().__init__()
        self._team, self._store, self._tasks = team, store, tasks
        self._place, self._send = place, send
        self._is_sending = self._is_due = False
        team.changed.connect(self.look)

    def close(self) -> None:
        """Send nothing more; what has not left is kept for the next start."""
        self._team.changed.disconnect(self.look)

    def all(self) -> list[Letter]:
        """Return those that are kept, the oldest first."""
        return list(self._store.state(self._place) or [])

    def put(self, letter: Letter) -> None:
        """Keep a letter, in the place of the one with its id. Raises StoreError."""
        self.keep([*(one for one in self.all() if one["id"] != letter["id"]), letter])
        self.look()

    def keep(self, letters: list[Letter]) -> None:
        """Keep these and no others. Raises StoreError."""
        self._store.set_state(self._place, letters)
        self.changed.emit()

    def look(self) -> None:
        """Send what can leave now; what is written meanwhile goes after it."""
        self._is_due = True
        if self._team.state.is_live and not self._is_sending:
            self._is_sending = True
            self._tasks.start(self._go())

    async def _go(self) -> None:
        try:
            while self._is_due:
                self._is_due = False
                for letter in self.all():
                    self._note(letter, await self._send(letter))
        except (NoTeam, StoreError) as error:
            log.info("%s wait: %s", self._place, type(error).__name__)
        finally:
            self._is_sending = False

    def _note(self, letter: Letter, left: Letter | None) -> None:
        if left is letter:
            return
        kept = [left if one == letter else one for one in self.all()]
        self.keep([one for one in kept if one is not None])
