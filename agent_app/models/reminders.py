"""Says when a call is due: once each, also after the computer slept."""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from agent_app.store.codec import from_ms, to_ms
from agent_app.store.followups import DueCall
from agent_app.store.store import Store

TICK_MS = 10_000
LOOK_BACK = timedelta(hours=12)
"""What became due longer ago, while the program did not run, is not called out any more."""

NOTED_EVERY = timedelta(minutes=30)
"""How often an idle window writes down how far it has looked, and does not wait for the disk. What was
called out is on the disk at once, so that nothing is called out twice after a crash."""

UNTIL, SNOOZED = "reminded_until", "snoozed"


class Reminders(QObject):
    """Watches the clock and the store. *now* gives UTC; *on* says whether to remind at all, *skips*
    whether the calls of a debt are others' business."""

    due = Signal(list)
    """These `DueCall`s became due since the last look."""

    def __init__(
        self,
        store: Store,
        now: Callable[[], datetime],
        on: Callable[[], bool],
        skips: Callable[[str], bool] = lambda _debt_id: False,
    ) -> None:
        super().__init__()
        self._store, self._now, self._on, self._skips = store, now, on, skips
        self._last: datetime | None = None
        self._noted: datetime | None = None
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Watch from now on, until `close`."""
        self._timer.start()

    def close(self) -> None:
        """Stop watching."""
        if self._timer.isActive() and self._last is not None:
            self._store.set_place(**{UNTIL: to_ms(self._last)})
        self._timer.stop()

    def look(self) -> None:
        """Call out what became due. The first look ever calls out nothing."""
        now = self._now()
        last = self._last or from_ms(self._store.state(UNTIL))
        if last is not None and last > now:
            last = now  # the clock was put back
        found: list[DueCall] = []
        if last is not None and self._on():
            found = self._store.followups.became_due(max(last, now - LOOK_BACK), now)
            found = [one for one in found if not self._skips(one.debt_id)]
            found += self._awake(now, {one.followup_id for one in found})
        self._last = now
        if found:
            self._noted = now
            self._store.set_state(UNTIL, to_ms(now))
            self.due.emit(found)
        elif self._noted is None or abs(now - self._noted) >= NOTED_EVERY:
            self._noted = now
            self._store.set_place(**{UNTIL: to_ms(now)})

    def snooze(self, calls: list[DueCall], minutes: int) -> None:
        """Call these out again in so many minutes, if they are still due then."""
        again = to_ms(self._now() + timedelta(minutes=minutes))
        sleeping: dict[str, int] = dict(self._store.state(SNOOZED) or {})
        sleeping |= {one.followup_id: again or 0 for one in calls}
        self._store.set_state(SNOOZED, sleeping)

    def _awake(self, now: datetime, known: set[str]) -> list[DueCall]:
        """Those whose snooze is over and which are still to be called."""
        sleeping: dict[str, int] = dict(self._store.state(SNOOZED) or {})
        over = [one for one, until in sleeping.items() if until <= (to_ms(now) or 0)]
        if not over:
            return []
        self._store.set_state(SNOOZED, {k: v for k, v in sleeping.items() if k not in over})
        found = [self._store.followups.due_call(one, now) for one in over]
        return [one for one in found if one is not None and one.followup_id not in known]
