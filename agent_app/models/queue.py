"""Which debts this desk steers to: its part of the list, less what colleagues have.

Among calls that are due at the same moment, a desk that has neither a part nor a team begins at a place
of its own, so that several desks on one list do not all begin with the same call.
"""

from collections.abc import Callable
from datetime import datetime, tzinfo

from PySide6.QtCore import QObject, Signal

from agent_app.domain.calling import Rulebook
from agent_app.domain.local_hours import LocalHours, local_hours
from agent_app.domain.part import Part
from agent_app.domain.team import Claim
from agent_app.domain.views import Filter, View, filter_of


def nobody(_debt_id: str) -> Claim | None:
    """Answer for a desk without a team."""
    return None


class Queue(QObject):
    """*part* gives the desk's part as it is now. *start* is the number of a debt (`share_of`) with which
    a desk alone begins, or None."""

    changed = Signal()
    """Other debts are steered to: the rows of "To call now" are others."""
    moved = Signal()
    """They begin at another place: the same rows in another order."""

    def __init__(
        self, part: Callable[[], Part | None] = lambda: None, start: int | None = None
    ) -> None:
        super().__init__()
        self._part, self._start = part, start
        self._everybody = False
        self._book: Callable[[], Rulebook] = Rulebook
        self._hours: dict[str, LocalHours] = {}
        self._hours_of: tuple[int, tzinfo, Rulebook] | None = None
        self.claim_of: Callable[[str], Claim | None] = nobody
        """Which colleague has this debt; a team puts its own answer here."""
        self.has_team = False
        """Whether `claim_of` knows: then no desk needs a start of its own."""

    def note_team(self, there: bool) -> None:
        """The team is there, or is not any more."""
        if there != self.has_team:
            self.has_team = there
            self.moved.emit()

    def is_taken(self, debt_id: str) -> bool:
        """Return whether a colleague has this debt."""
        return self.claim_of(debt_id) is not None

    @property
    def part(self) -> Part | None:
        """The desk's own part, or None."""
        return self._part()

    @property
    def shows_everybody(self) -> bool:
        """Whether the person wants to see everybody's calls, though the desk has a part."""
        return self._everybody

    def show_everybody(self, on: bool) -> None:
        """Show everybody's calls, or those of the desk's own part alone."""
        if on != self._everybody:
            self._everybody = on
            self.changed.emit()

    def filter_of(self, view: View, now: datetime, zone: tzinfo) -> Filter:
        """Return the filter behind a saved view for this desk."""
        alone = self.part is None and not self.has_team
        return filter_of(view, now, zone, self._steered(), self._start if alone else None)

    def follow_rules(self, book: Callable[[], Rulebook]) -> None:
        """Go by the team's calling hours from now on; *book* gives them as they are."""
        self._book = book
        if book().any_on:
            self.changed.emit()

    def hours_at(self, place: str, now: datetime, zone: tzinfo) -> LocalHours:
        """Return the hours of a place (`local_hours.place_of`), worked out once a minute."""
        minute, book = int(now.timestamp()) // 60, self._book()
        if self._hours_of != (minute, zone, book):
            self._hours_of, self._hours = (minute, zone, book), {}
        found = self._hours.get(place)
        if found is None:
            found = self._hours[place] = local_hours(place, book, now, zone)
        return found

    def skips(self, debt_id: str) -> bool:
        """Return whether "Save and next" and reminders pass this debt by."""
        part = self._steered()
        return self.is_taken(debt_id) or (part is not None and not part.has(debt_id))

    def _steered(self) -> Part | None:
        return None if self._everybody else self.part
