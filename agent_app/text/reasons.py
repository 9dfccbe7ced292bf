"""Why a call is worth making now, in a few words."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from agent_app.domain.calling_order import LARGE, CallFacts, Hours, Why, rest_days, why
from agent_app.domain.list_row import ListRow
from agent_app.domain.local_hours import LocalHours
from agent_app.text.debts import debt_status_label
from agent_app.text.moments import clock_text, relative

RESTED_DAYS = 4
"""After so many days without a call the rest is worth a word."""
translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Here:
    """The person's own instant, clock and language."""

    now: datetime
    zone: tzinfo
    locale: QLocale


def facts_of(row: ListRow, hours: LocalHours) -> CallFacts:
    """Return what the order of calls goes by, of a row of the list."""
    return CallFacts(
        _ms(row.scheduled_at),
        row.status,
        row.amount or 0.0,
        row.tries,
        row.last_outcome,
        _ms(row.person_called),
        row.against,
        hours.hours,
        _ms(row.last_call),
    )


def reason_words(row: ListRow, hours: LocalHours, here: Here) -> str:
    """Return what puts a call where it is in the queue: "promised for 10:00", "third try · large amount"."""
    facts, now_ms = facts_of(row, hours), _ms(here.now) or 0
    match why(facts, now_ms):
        case Why.AGREED | Why.MISSED:
            assert row.scheduled_at is not None
            when = _promised(row.scheduled_at, here)
            return translate("Reasons", "promised for {moment}").format(moment=when)
        case Why.BEGUN:
            return translate("Reasons", "begun, no outcome yet")
        case Why.CALLED_LATELY:
            return called_words(row, here)
        case Why.CLOSED:
            return _opens(hours, here)
        case Why.AGAINST:
            return debt_status_label(row.debt_status)
        case Why.WORTH:
            return _worth(row, facts, hours, now_ms, here)


def _promised(at: datetime, here: Here) -> str:
    """Return an agreed time: of today the hour, of another day the day."""
    there = at.astimezone(here.zone)
    if there.date() == here.now.astimezone(here.zone).date():
        return clock_text(there, here.locale)
    return here.locale.toString(QDate(there.year, there.month, there.day), "d MMM")


def called_words(row: ListRow, here: Here) -> str:
    """When the person was called last, and whether that was for another debt."""
    assert row.person_called is not None
    when = relative(row.person_called, here.now, here.zone)
    if row.person_called == row.last_call:
        return translate("Reasons", "called {when}").format(when=when)
    return translate("Reasons", "called {when} on another debt").format(when=when)


def try_words(tries: int) -> str:
    """Return which try without an answer the next call is."""
    match tries:
        case 1:
            return translate("Reasons", "second try")
        case 2:
            return translate("Reasons", "third try")
        case 3:
            return translate("Reasons", "fourth try")
        case 4:
            return translate("Reasons", "fifth try")
    return translate("Reasons", "try {n}").format(n=tries + 1)


def _worth(row: ListRow, facts: CallFacts, hours: LocalHours, now_ms: int, here: Here) -> str:
    rested = rest_days(facts, now_ms)
    parts = []
    if hours.hours is Hours.CLOSING and hours.until is not None:
        until = clock_text(hours.until, here.locale)
        parts.append(translate("Reasons", "until {time} there").format(time=until))
    if row.tries:
        parts.append(try_words(row.tries))
    elif row.last_call is None:
        parts.append(translate("Reasons", "first call"))
    if (row.amount or 0) >= LARGE:
        parts.append(translate("Reasons", "large amount"))
    if rested >= RESTED_DAYS:
        parts.append(translate("Reasons", "rested {n} days").format(n=rested))
    if not parts and row.scheduled_at is not None:
        when = _promised(row.scheduled_at, here)
        parts.append(translate("Reasons", "planned for {moment}").format(moment=when))
    return " · ".join(parts[:2])


def _opens(hours: LocalHours, here: Here) -> str:
    if hours.until is None:
        return translate("Reasons", "closed there")
    until = hours.until
    clock = clock_text(until, here.locale)
    if until.date() == here.now.astimezone(until.tzinfo).date():
        return translate("Reasons", "opens at {time}").format(time=clock)
    day = here.locale.dayName(until.isoweekday(), QLocale.FormatType.ShortFormat)
    return translate("Reasons", "opens {day} {time}").format(day=day, time=clock)


def _ms(moment: datetime | None) -> int | None:
    return None if moment is None else round(moment.timestamp() * 1000)
