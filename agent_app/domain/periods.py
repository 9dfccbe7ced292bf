"""Spans of days that a supervisor looks at, in a person's zone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum

from agent_app.domain.views import start_of

MAX_DAYS = 3_700


class Span(StrEnum):
    """What can be chosen."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    THIS_WEEK = "this_week"
    LAST_WEEK = "last_week"
    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both included."""

    first: date
    last: date

    @property
    def days(self) -> list[date]:
        """Every day of it."""
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]

    def before(self) -> "Period":
        """Return the days to compare this period with: the same weekdays, so many whole weeks before that
        none of them is in this period."""
        back = timedelta(weeks=-(-len(self.days) // 7))
        return Period(self.first - back, self.last - back)

    def start(self, zone: tzinfo) -> datetime:
        """Return the instant at which it begins."""
        return start_of(self.first, zone)

    def end(self, zone: tzinfo) -> datetime:
        """Return the instant at which it is over."""
        return start_of(self.last + timedelta(days=1), zone)


def period_of(span: Span, today: date) -> Period:
    """Return the days of *span* seen from *today*; weeks begin on Monday (ISO 8601). This week and this
    month go on to today."""
    match span:
        case Span.TODAY | Span.CUSTOM:
            return Period(today, today)
        case Span.YESTERDAY:
            day = today - timedelta(days=1)
            return Period(day, day)
        case Span.THIS_WEEK:
            return Period(today - timedelta(days=today.weekday()), today)
        case Span.LAST_WEEK:
            monday = today - timedelta(days=today.weekday() + 7)
            return Period(monday, monday + timedelta(days=6))
        case Span.THIS_MONTH:
            return Period(today.replace(day=1), today)
        case Span.LAST_MONTH:
            last = today.replace(day=1) - timedelta(days=1)
            return Period(last.replace(day=1), last)


def custom(first: date, last: date) -> Period:
    """Two days in either order, at most ten years apart."""
    first, last = min(first, last), max(first, last)
    return Period(max(first, last - timedelta(days=MAX_DAYS)), last)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a day with one offset from UTC. `hour_zero` is the instant at which the wall clock
    would have shown 0:00 with that offset."""

    day: date
    start: datetime
    end: datetime
    hour_zero: datetime


def stretches(day: date, zone: tzinfo) -> Iterator[Stretch]:
    """Yield the day in parts between which clocks change: one, or two on such a day."""
    start = start_of(day, zone).astimezone(UTC)
    end = start_of(day + timedelta(days=1), zone).astimezone(UTC)
    while start < end:
        offset = start.astimezone(zone).utcoffset()
        last = end
        if (end - timedelta(seconds=1)).astimezone(zone).utcoffset() != offset:
            low, high = start, end
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) / 2
                if middle.astimezone(zone).utcoffset() == offset:
                    low = middle
                else:
                    high = middle
            last = high.replace(microsecond=0)
        midnight = datetime(day.year, day.month, day.day, tzinfo=UTC) - (offset or timedelta())
        yield Stretch(day, start, last, midnight)
        start = last


def hour_spans(
    period: Period, weekday: int, hour: int, zone: tzinfo
) -> list[tuple[datetime, datetime]]:
    """Return every stretch of the period in which the wall clock shows this hour on this weekday."""
    found = []
    for day in period.days:
        if day.weekday() != weekday:
            continue
        for part in stretches(day, zone):
            start = max(part.start, part.hour_zero + timedelta(hours=hour))
            end = min(part.end, part.hour_zero + timedelta(hours=hour + 1))
            if start < end:
                found.append((start, end))
    return found
