"""Calls of today that chance draws for a supervisor to review, so that nobody picks whom to look at."""

from collections.abc import Callable
from datetime import date, datetime, tzinfo
from random import Random, SystemRandom

from agent_app.domain.fields import DIALLED_TYPES, NOT_MADE
from agent_app.domain.periods import Period
from agent_app.domain.views import Column, Filter
from agent_app.store.store import Store

SIZE = 5
STATE = "review_sample"


class ReviewSample:
    """Draws among one account's calls. *now* gives UTC. What was drawn is kept in the store until the day
    is over."""

    def __init__(
        self,
        store: Store,
        now: Callable[[], datetime],
        zone: tzinfo,
        chance: Random | None = None,
    ) -> None:
        self._store, self._now, self._zone = store, now, zone
        self._chance = chance or SystemRandom()

    def drawn(self) -> list[str]:
        """Return the ids of the last draw of today, in the order of chance."""
        draws = self._draws()
        return draws[-1] if draws else []

    def left(self) -> list[str]:
        """Return those of the last draw that nobody has reviewed."""
        return [one for one in self.drawn() if self._store.reviews.get(one) is None]

    def draw(self) -> list[str]:
        """Return the last draw while any of it is left to review, or draw others; fewer than `SIZE`, or
        none, where there are no more."""
        if self.left():
            return self.drawn()
        draws = self._draws()
        found = self._others({one for draw in draws for one in draw})
        if found:
            day = self._today().isoformat()
            self._store.set_state(STATE, {"day": day, "draws": [*draws, found]})
        return found

    def _others(self, drawn: set[str]) -> list[str]:
        """Draw among the calls of today that were neither drawn nor reviewed."""
        keys = list(self._store.listing.keys(self._calls(), Column.EXECUTED, descending=False))
        self._chance.shuffle(keys)
        found: list[str] = []
        for start in range(0, len(keys), SIZE):
            some = self._store.listing.cells(keys[start : start + SIZE], ("id",))
            ids = [str(cells[0]) for cells in some]
            found += [one for one in ids if one not in drawn and not self._is_reviewed(one)]
            if len(found) >= SIZE:
                break
        return found[:SIZE]

    def _is_reviewed(self, followup_id: str) -> bool:
        return self._store.reviews.get(followup_id) is not None

    def _calls(self) -> Filter:
        today = Period(self._today(), self._today())
        return Filter(
            spans=((today.start(self._zone), today.end(self._zone)),),
            types=frozenset(DIALLED_TYPES),
            not_statuses=frozenset(NOT_MADE),
        )

    def _today(self) -> date:
        return self._now().astimezone(self._zone).date()

    def _draws(self) -> list[list[str]]:
        kept = self._store.state(STATE) or {}
        return list(kept["draws"]) if kept.get("day") == self._today().isoformat() else []
