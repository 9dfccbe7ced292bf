"""What the agent did today: figures, and each save with its way back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from PySide6.QtCore import QLocale, QObject, Signal

from agent_app.domain.agent_figures import FiguresPerAgent
from agent_app.domain.errors import StoreError
from agent_app.domain.followup import Followup
from agent_app.domain.own_save import DayFigures, OwnSave, figures_of
from agent_app.domain.views import start_of
from agent_app.models.commands import Commands
from agent_app.models.team_status import TeamStatus
from agent_app.store.changes import Change
from agent_app.store.store import Store
from agent_app.text.labels import field_label, value_label
from agent_app.text.moments import brief_moment_text, clock_text

MAX_NAME = 60


@dataclass(frozen=True, slots=True)
class DoneLine:
    """One save: when, whose, what, and whether it can be taken back."""

    number: int
    followup_id: str
    time: str
    who: str
    what: str
    undone: bool
    may_undo: bool


class MyDay(QObject):
    """Follows the store, and the agent's team where there is one, until `close`. *now* gives UTC, *goal* how
    many calls a day the agent wants to make (0: no goal)."""

    changed = Signal()
    refused = Signal(object)
    """The local file did not take an undo: the error."""

    def __init__(
        self,
        store: Store,
        commands: Commands,
        now: Callable[[], datetime],
        zone: tzinfo,
        goal: Callable[[], int],
        team: TeamStatus,
    ) -> None:
        super().__init__()
        self._store, self._commands, self._team = store, commands, team
        team.event_heard.connect(self._on_event)
        self._now, self._zone, self._goal = now, zone, goal
        self._unlisten = store.changes.listen(self._on_change)

    def close(self) -> None:
        """Stop following the store."""
        self._unlisten()
        self._team.event_heard.disconnect(self._on_event)

    @property
    def goal(self) -> int:
        """How many calls are aimed at, or 0."""
        return self._goal()

    def figures(self) -> DayFigures:
        """Return what today comes to so far."""
        saves = self._saves()
        ids = {one.followup_id for save in saves for one in (save.patch, *save.also)}
        known = {one: found for one in ids if (found := self._followup(one)) is not None}
        return figures_of(saves, known, self._elsewhere())

    def lines(self) -> list[DoneLine]:
        """Today's saves, the latest first."""
        return [self._line(save) for save in reversed(self._saves())]

    def undo(self, number: int) -> bool:
        """Take a save back; says whether that was done."""
        save = self._store.own_saves.get(number)
        if save is None or not self._commands.may_take_save_back(save):
            return False
        try:
            self._commands.take_save_back(save)
        except StoreError as error:
            self.refused.emit(error)
            return False
        self.changed.emit()
        return True

    def _today(self) -> tuple[datetime, datetime]:
        today = self._now().astimezone(self._zone).date()
        return start_of(today, self._zone), start_of(today + timedelta(days=1), self._zone)

    def _saves(self) -> list[OwnSave]:
        return self._store.own_saves.between(*self._today())

    def _elsewhere(self) -> dict[str, str]:
        """Return today's outcomes of this agent by followup, as the team knows them."""
        me = self._team.me
        if me is None:
            return {}
        events = FiguresPerAgent(*self._today())
        events.add(one for one in self._team.events() if one.agent == me.id)
        return events.outcomes(me.id)

    def _on_event(self, _event: object) -> None:
        self.changed.emit()

    def _followup(self, followup_id: str) -> Followup | None:
        return self._store.followups.get(self._store.server_id_of(followup_id))

    def _line(self, save: OwnSave) -> DoneLine:
        followup = self._followup(save.patch.followup_id)
        debt = self._store.debts.get(followup.debt_id) if followup is not None else None
        who = debt.debtor if debt is not None and debt.debtor else ""
        return DoneLine(
            save.number,
            followup.id if followup is not None else "",
            clock_text(save.at.astimezone(self._zone), QLocale()),
            (who or (followup.debt_id if followup is not None else self.tr("Gone")))[:MAX_NAME],
            self._what(save),
            save.undone,
            self._commands.may_take_save_back(save),
        )

    def _what(self, save: OwnSave) -> str:
        status = str(save.patch.changes.get("status") or "")
        if status:
            said = value_label("status", status)
        elif save.patch.followup_id in save.created:
            said = self.tr("New")
        else:
            said = ", ".join(sorted(field_label(name) for name in save.patch.changes))
        parts = [said or self.tr("Saved")]
        if save.next_at is not None:
            when = brief_moment_text(save.next_at, self._now(), self._zone, QLocale())
            parts.append(self.tr("next call {moment}").format(moment=when))
        return " · ".join(parts)

    def _on_change(self, change: Change) -> None:
        if change.outbox or change.followups:
            self.changed.emit()
