"""The next minute at which calling rules let a debtor be called."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from agent_app.domain.calling import CallingRule, Holiday, is_inside


def next_open(
    rules: Sequence[CallingRule],
    zones: Sequence[tzinfo],
    at: datetime,
    until: datetime,
    holiday: Holiday,
) -> datetime | None:
    """Return the first moment from *at* (aware), before *until*, that all of *rules* allow on the clocks of
    all *zones*: inside the hours, and on no public holiday where the rule closes those. None if
    there is none. How often a debtor was called is not looked at.
    """

    def is_open(moment: datetime) -> bool:
        clocks = [moment.astimezone(zone) for zone in zones]
        return all(
            is_inside(rule, there) and not (rule.holidays and holiday(rule.country, there.date()))
            for rule in rules
            for there in clocks
        )

    # Hours begin where a span does, or at midnight: nothing opens in between.
    starts = sorted(
        {at, *(one for one in _beginnings(rules, zones, at, until) if at < one < until)}
    )
    return next((one for one in starts if is_open(one)), None)


def _beginnings(
    rules: Iterable[CallingRule], zones: Sequence[tzinfo], at: datetime, until: datetime
) -> Iterable[datetime]:
    clocks = {first for rule in rules for spans in rule.hours.values() for first, _last in spans}
    for zone in zones:
        day, last = at.astimezone(zone).date(), until.astimezone(zone).date()
        for ahead in range((last - day).days + 1):
            for clock in clocks | {time()}:
                yield _moment(day + timedelta(days=ahead), clock, zone)


def _moment(day: date, clock: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)
