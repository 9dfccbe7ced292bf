"""Which followups a list shows: a filter as plain values, and the saved views."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from agent_app.domain.calling_order import Hours
from agent_app.domain.fields import DIALLED_TYPES, OPEN_STATUSES, Status
from agent_app.domain.part import Part
from agent_app.domain.promise import Standing
from agent_app.domain.reviews import LookFor

SOON = timedelta(minutes=15)
"""A call that is due within this time belongs in "To call now"."""


TO_CALL_STATUSES = frozenset({Status.SCHEDULED, Status.IN_PROGRESS})
"""Statuses of a call that is to be made."""


class View(StrEnum):
    """The saved views, in the order of the tabs."""

    TO_CALL_NOW = "to_call_now"
    OVERDUE = "overdue"
    TODAY = "today"
    WAITING = "waiting"
    DONE = "done"
    ALL = "all"
    UNSENT = "unsent"
    """What was saved and has not left."""
    DRAFTS = "drafts"
    """What was typed and is not saved."""


RARE = frozenset({View.UNSENT, View.DRAFTS})
"""Views that are there only while they hold something."""


class Column(StrEnum):
    """The columns that a list can be sorted by."""

    DEBTOR = "debtor"
    AMOUNT = "amount"
    REASON = "reason"
    """Why a call is worth making now; sorted by it, the best one is first."""
    SCHEDULED = "scheduled_at"
    EXECUTED = "call_date"
    TRIES = "tries"
    LAST = "last_outcome"
    LOCAL = "local_time"
    TYPE = "type"
    STATUS = "status"
    PHONE = "phone"
    CREDITOR = "creditor"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class Filter:
    """What to show. None or empty means "any". Moments are aware; `until` bounds are exclusive.

    `creditor`, `currency` and `amount_*` are of the debt. `spans` are stretches of the call date, of which one has to fit; `look_for` needs `now`, `promise`
    needs `today` (the person's).
    The order by `Column.REASON` needs `now`, and the `hours` of all places at that instant.
    `part` lets only its debts through; rows of the same `scheduled_at` are in the order of their debts'
    numbers (`share_of`) from `start` on, round to those before it. `scheduled_*` bound `scheduled_at`; `day_*` bound the day of a followup, which is
    `scheduled_at`, or `call_date` where there is none.
    """

    statuses: frozenset[str] = frozenset()
    not_statuses: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    scheduled_until: datetime | None = None
    touched_from: datetime | None = None
    touched_until: datetime | None = None
    day_from: datetime | None = None
    day_until: datetime | None = None
    status: str = ""
    type: str = ""
    text: str = ""
    ids: frozenset[str] = frozenset()
    creditor: str | None = None
    currency: str | None = None
    amount_from: float | None = None
    amount_until: float | None = None
    debt_id: str = ""
    debt_status: str = ""
    unsent: bool = False
    unsaved: bool = False
    spans: tuple[tuple[datetime, datetime], ...] = ()
    inbound: bool | None = None
    retry: bool | None = None
    paid: bool | None = None
    opened: bool | None = None
    clicked: bool | None = None
    reason: str | None = None
    talked_from_ms: int | None = None
    talked_until_ms: int | None = None
    look_for: LookFor | None = None
    has_promise: bool = False
    promise: Standing | None = None
    today: date | None = None
    now: datetime | None = None
    hours: tuple[tuple[str, Hours], ...] = ()
    part: Part | None = None
    start: int | None = None


def filter_of(
    view: View, now: datetime, zone: tzinfo, part: Part | None = None, start: int | None = None
) -> Filter:
    """Return the filter behind a saved view at the instant *now* for a person in *zone*. *part* is the desk's
    own part of the debts, if it has one: the calls of "To call now" are those of that part. *start* is where
    a desk begins among those that are due at the same moment."""
    waiting_to_be_done = frozenset({Status.SCHEDULED, Status.ON_HOLD, Status.IN_PROGRESS})
    match view:
        case View.TO_CALL_NOW:
            return Filter(
                statuses=TO_CALL_STATUSES,
                types=frozenset(DIALLED_TYPES),
                scheduled_until=now + SOON,
                part=part,
                start=start,
            )
        case View.OVERDUE:
            return Filter(statuses=waiting_to_be_done, scheduled_until=now)
        case View.TODAY:
            today = now.astimezone(zone).date()
            return Filter(
                touched_from=start_of(today, zone),
                touched_until=start_of(today + timedelta(days=1), zone),
            )
        case View.WAITING:
            return Filter(statuses=frozenset(OPEN_STATUSES))
        case View.DONE:
            return Filter(not_statuses=frozenset(OPEN_STATUSES))
        case View.ALL:
            return Filter()
        case View.UNSENT:
            return Filter(unsent=True)
        case View.DRAFTS:
            return Filter(unsaved=True)


def narrowed(
    base: Filter,
    zone: tzinfo,
    *,
    status: str = "",
    type: str = "",
    debt_status: str = "",
    first_day: date | None = None,
    last_day: date | None = None,
    text: str = "",
) -> Filter:
    """*base* with what the person picked above the list; both days are included."""
    return replace(
        base,
        status=status,
        type=type,
        debt_status=debt_status,
        day_from=start_of(first_day, zone) if first_day else None,
        day_until=start_of(last_day + timedelta(days=1), zone) if last_day else None,
        text=text,
    )


def start_of(day: date, zone: tzinfo) -> datetime:
    """Return the instant at which *day* begins in *zone*."""
    return datetime.combine(day, time.min, tzinfo=zone)
