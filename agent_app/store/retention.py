"""Lets go of followups that are done and older than the team keeps them, and of debts that only they named.

What a person has words in stays: drafts, saves that wait, what needs attention, promises that are not
due yet. Reviews and what is pinned to a debt stay as well, without the rest: no server has them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from agent_app.domain.retention import DONE_STATUSES
from agent_app.domain.subject import subject_of_debt
from agent_app.store.changes import Changes
from agent_app.store.codec import listed, marks, to_ms
from agent_app.store.database import Database
from agent_app.store.followups import Followups

LOOKED_AT = 200
"""Rows that one step looks at: what it cannot remove costs it time as well."""
_DONE = sorted(DONE_STATUSES)
_OVER = (
    f"status in ({marks(_DONE)}) and fetched_at < ?"
    " and max(coalesce(call_date, 0), coalesce(scheduled_at, 0), coalesce(processed_at, 0)) < ?"
    " and coalesce(promised_on, '') < ? and id not like 'new:%'"
    " and id not in (select followup_id from draft)"
    " and id not in (select followup_id from outbox)"
)


@dataclass(frozen=True, slots=True)
class Limit:
    """Followups that ended before `before` go, unless they were read at `read_before` or later (UTC):
    somebody asked for them then."""

    before: datetime
    read_before: datetime


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a pass has come: the day (ms) and key of the last row that was looked at."""

    day: int = -(2**62)
    key: int = 0


class Retention:
    """Works in steps of a few milliseconds."""

    def __init__(self, database: Database, changes: Changes, followups: Followups) -> None:
        self._database, self._changes, self._followups = database, changes, followups
        self._debts: set[str] = set()
        """Debts that followups named which went."""

    def over(self, limit: Limit) -> int:
        """Return how many followups are to go."""
        row = self._database.read_one(
            f"select count(*) from followup where day < ? and {_OVER}",
            [to_ms(limit.before), *self._values(limit)],
        )
        return int(row[0]) if row else 0

    def step(
        self, limit: Limit, cursor: Cursor, most: int, keep: Collection[str] = ()
    ) -> tuple[int, int, Cursor | None]:
        """Let at most *most* followups go, those of *keep* excepted. Returns how many went, the highest
        place in the server's list that one had (0: none), and where to go on (None: at the end)."""
        looked = self._database.read(
            "select day, key from followup where day >= ? and day < ?"
            " and not (day = ? and key <= ?) order by day, key limit ?",
            [cursor.day, to_ms(limit.before), cursor.day, cursor.key, LOOKED_AT],
        )
        if not looked:
            return 0, 0, None
        rows = self._database.read(
            f"select day, key, id, debt_id, from_end from followup where key in"
            f" (select value from json_each(?)) and {_OVER} order by day, key limit ?",
            [listed([key for _day, key in looked]), *self._values(limit), most],
        )
        went = [row for row in rows if row[2] not in keep]
        with self._database.transaction(durable=False):
            for _day, _key, followup_id, debt_id, _place in went:
                self._followups.remove(followup_id)
                self._debts.add(debt_id)
        last = rows[-1] if len(rows) == most else looked[-1]
        top = max((place or 0 for *_others, place in went), default=0)
        return len(went), top, Cursor(last[0], last[1])

    def step_debts(self, most: int) -> int:
        """Let at most *most* of the debts go that only such followups named; returns how many are
        left to be looked at."""
        with self._database.transaction(durable=False):
            for _ in range(min(most, len(self._debts))):
                self._drop_debt(self._debts.pop())
        return len(self._debts)

    def _drop_debt(self, debt_id: str) -> None:
        subject = subject_of_debt(debt_id)
        still = self._database.read_one(
            "select 1 from followup where debt_id = ?1 union all select 1 from draft where"
            " followup_id = ?2 union all select 1 from outbox where followup_id = ?2 or debt_id = ?1",
            [debt_id, subject],
        )
        if still is None:
            self._database.write("delete from debt where id = ?", [debt_id])
            self._changes.touch(debt=debt_id)

    def _values(self, limit: Limit) -> list[object]:
        before = to_ms(limit.before)
        return [*_DONE, to_ms(limit.read_before), before, limit.before.date().isoformat()]
