"""Tells the team what the agent did: followup, debt, outcome, moment and times, and no word of a debtor.

The saves that this computer keeps for two days are what is told, so none is lost where the team is away or
the program ends meanwhile; what was told is noted beside them.
"""

import logging
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer

from agent_app.domain.errors import StoreError
from agent_app.domain.own_save import OUTCOMES, OwnSave
from agent_app.domain.patch import FollowupPatch
from agent_app.domain.team import Event, NoTeam
from agent_app.models.team_status import TeamStatus
from agent_app.runtime.tasks import Tasks
from agent_app.store.changes import Change
from agent_app.store.store import Store

log = logging.getLogger(__name__)

TOLD = "team_told"
"""The number of the last save that the team was told of."""
MAY_BE_UNDONE = timedelta(minutes=3)
"""A save is taken back within a minute; a slow clock has some more."""

Times = tuple[int | None, int | None]
"""How long was talked, and from the talk's end to the save (milliseconds)."""


class ToldEvents(QObject):
    """Serves one account in a team, until `close`. *now* gives UTC, *times_of* the times of a followup that was
    worked on in the form just now."""

    def __init__(
        self,
        team: TeamStatus,
        store: Store,
        tasks: Tasks,
        now: Callable[[], datetime],
        times_of: Callable[[str], Times],
    ) -> None:
        super().__init__()
        self._team, self._store, self._tasks = team, store, tasks
        self._now, self._times_of = now, times_of
        self._is_telling = self._is_due = False
        self._taken_back: set[int] = set()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._look)
        self._unlisten = store.changes.listen(self._on_change)
        team.changed.connect(self._look)
        if store.state(TOLD) is None:  # what was done before there was a team is nobody's business
            all_kept = store.own_saves.after(0, now())
            store.set_place(**{TOLD: all_kept[-1].number if all_kept else 0})
        self._look()

    def close(self) -> None:
        """Stop following the store; what is not told yet is told by the next start."""
        self._soon.stop()
        self._unlisten()
        self._team.changed.disconnect(self._look)

    def _on_change(self, change: Change) -> None:
        if change.outbox:
            self._soon.start()

    def _look(self) -> None:
        self._is_due = True  # what is saved while something is told is told next
        if self._team.state.is_live and not self._is_telling:
            self._is_telling = True
            self._tasks.start(self._tell())

    async def _tell(self) -> None:
        try:
            while self._is_due:
                self._is_due = False
                await self._tell_news()
        except (NoTeam, StoreError) as error:
            log.info("not told yet what was done: %s", type(error).__name__)
        finally:
            self._is_telling = False

    async def _tell_news(self) -> None:
        told = int(self._store.state(TOLD) or 0)
        for save in self._store.own_saves.after(told, self._now() - MAY_BE_UNDONE):
            is_new = save.number > told
            is_taken_back = save.undone and save.number not in self._taken_back
            if is_new or is_taken_back:
                for event in self._events(save):
                    await self._team.tell(event)
            if is_new:
                self._store.set_place(**{TOLD: save.number})

    def _events(self, save: OwnSave) -> Iterator[Event]:
        """What a save comes to; of one that was taken back, how it was before."""
        if save.is_bulk:
            return
        if save.undone:
            self._taken_back.add(save.number)
        talk_ms, wrap_up_ms = self._times_of(save.patch.followup_id)
        for place, patch in enumerate((save.patch, *save.also)):
            status = _status(patch, undone=save.undone)
            followup = self._store.followups.get(self._store.server_id_of(patch.followup_id))
            if not status or followup is None:
                continue
            is_first = place == 0 and not save.undone
            yield Event(
                uuid.uuid4().hex,
                "",
                followup.id,
                followup.debt_id,
                status,
                save.at if not save.undone else self._now(),
                (followup.duration_ms or talk_ms) if is_first else None,
                wrap_up_ms if is_first else None,
            )


def _status(patch: FollowupPatch, *, undone: bool) -> str:
    if str(patch.changes.get("status") or "") not in OUTCOMES:
        return ""
    return str(patch.base.get("status") or "") if undone else str(patch.changes["status"])
