"""Counts for supervisors: groups of like contacts, a day at a time.

A day is one range of an index that holds all that is counted, so that a day of 3,000 contacts takes
a few milliseconds and the window can breathe between days.
"""

from collections.abc import Iterator
from datetime import date, datetime, tzinfo
from decimal import Decimal

from agent_app.domain.fields import DIALLED_TYPES, Status
from agent_app.domain.money import Deal
from agent_app.domain.periods import stretches
from agent_app.domain.promise import Promise, promise_in
from agent_app.domain.reviews import REACHED
from agent_app.domain.statistics import Group, Overdue
from agent_app.store.codec import marks, to_ms
from agent_app.store.database import Database

HOUR_MS = 3_600_000


class Outcomes:
    """Reads for the supervisors' view."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def day(self, day: date, zone: tzinfo, until: datetime | None = None) -> Iterator[Group]:
        """Yield what was executed on *day* in *zone*, before *until*, in groups; the hour counts for dialled
        calls only, as only their hours are shown: that makes a third fewer groups."""
        dialled = sorted(DIALLED_TYPES)
        for part in stretches(day, zone):
            end = part.end if until is None else min(part.end, until)
            rows = self._database.read(
                f"select case when type in ({marks(dialled)}) then (call_date - ?) / ? else 0 end"
                " as hour, type, status, direction = 'inbound' as inbound,"
                " is_retry, paid, opened, clicked,"
                " case status when 'failed' then reason else '' end as why, count(*)"
                " from followup where call_date >= ? and call_date < ?"
                " group by hour, type, status, inbound, is_retry, paid, opened, clicked, why",
                [*dialled, to_ms(part.hour_zero), HOUR_MS, to_ms(part.start), to_ms(end)],
            )
            for row in rows:
                yield Group(
                    day,
                    int(row[0]),
                    row[1],
                    row[2],
                    inbound=bool(row[3]),
                    retry=bool(row[4]),
                    paid=bool(row[5]),
                    opened=bool(row[6]),
                    clicked=bool(row[7]),
                    reason=row[8],
                    count=row[9],
                )

    def talk_ms(self, first: datetime, end: datetime) -> list[int]:
        """Return how long the answered attempts between two instants took (ms)."""
        dialled, reached = sorted(DIALLED_TYPES), sorted(REACHED)
        rows = self._database.read(
            "select duration_ms from followup indexed by followup_by_outcome where call_date >= ? and call_date < ?"
            f" and type in ({marks(dialled)}) and status in ({marks(reached)})"
            " and direction <> 'inbound' and duration_ms > 0",
            [to_ms(first), to_ms(end), *dialled, *reached],
        )
        return [row[0] for row in rows]

    def overdue(self, now: datetime) -> Overdue:
        """Scheduled followups whose time has gone by *now*."""
        at = to_ms(now) or 0
        rows = self._database.read(
            "select scheduled_at from followup where status = 'scheduled' and scheduled_at < ?"
            " order by scheduled_at",
            [at],
        )
        return Overdue(tuple(at - row[0] for row in rows))

    def deals(self, first: datetime, end: datetime) -> Iterator[Deal]:
        """Yield the debts of which a call of the team between two instants ended in a deal."""
        dialled = sorted(DIALLED_TYPES)
        rows = self._database.read(
            "select f.debt_id, coalesce(debt_fact.creditor, ''),"
            " coalesce(d.doc ->> '$.currency', ''), debt_fact.amount, max(f.paid),"
            " coalesce(d.doc ->> '$.company', '')"
            " from followup f indexed by followup_by_outcome"
            " left join debt_fact on of_debt = f.debt_id left join debt d on d.id = f.debt_id"
            " where call_date >= ? and call_date < ? and f.debt_id <> ''"
            f" and f.type in ({marks(dialled)}) and f.status = ? and f.direction <> 'inbound'"
            " group by f.debt_id",
            [to_ms(first), to_ms(end), *dialled, Status.DEAL_FOUND],
        )
        for debt_id, creditor, currency, amount, paid, written in rows:
            owed = None if amount is None else Decimal(str(amount))
            yield Deal(debt_id, creditor, currency, owed, bool(paid), " ".join(written.split()))

    def promises(self, first: datetime, end: datetime) -> Iterator[Promise]:
        """Yield what debtors promised in contacts between two instants."""
        rows = self._database.read(
            "select coalesce(local, server) ->> '$.notes' from followup indexed by followup_promised"
            " where promised_on is not null and call_date >= ? and call_date < ?",
            [to_ms(first), to_ms(end)],
        )
        found = (promise_in(row[0]) for row in rows)
        yield from (promise for promise in found if promise is not None)
