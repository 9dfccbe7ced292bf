"""Moments and durations as people read and type them, by locale and zone."""

import re
from datetime import UTC, date, datetime, timedelta, tzinfo

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from agent_app.domain.validation import Rule
from agent_app.text.locale_reading import (
    date_format,
    plain,
    read_clock,
    read_day,
    read_day_and_clock,
    time_format,
)

_ISO = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?", re.ASCII
)
translate = QCoreApplication.translate


class Unreadable(Exception):
    """What was typed cannot be read; `rule` says why."""

    def __init__(self, rule: Rule) -> None:
        super().__init__(rule)
        self.rule = rule


def moment_text(moment: datetime | None, zone: tzinfo, locale: QLocale) -> str:
    """*moment* to the minute in the person's zone, as `read_moment` reads it back."""
    if moment is None:
        return ""
    here = moment.astimezone(zone)
    day = locale.toString(QDate(here.year, here.month, here.day), date_format(locale))
    clock = locale.toString(QTime(here.hour, here.minute), time_format(locale))
    return f"{day} {clock}"


def brief_moment_text(moment: datetime, now: datetime, zone: tzinfo, locale: QLocale) -> str:
    """*moment* as short as it is clear: today by its time, this year without the year."""
    here, today = moment.astimezone(zone), now.astimezone(zone)
    clock = locale.toString(QTime(here.hour, here.minute), time_format(locale))
    if here.date() == today.date():
        return clock
    form = "d MMM" if here.year == today.year else "d MMM yyyy"
    return f"{locale.toString(QDate(here.year, here.month, here.day), form)} {clock}"


def date_text(day: date, locale: QLocale) -> str:
    """Return a day by the locale."""
    return locale.toString(QDate(day.year, day.month, day.day), date_format(locale))


def clock_text(here: datetime, locale: QLocale) -> str:
    """Return the time of day of a wall clock, by the locale."""
    return locale.toString(QTime(here.hour, here.minute), time_format(locale))


def moment_words(moment: datetime, now: datetime, zone: tzinfo, locale: QLocale) -> str:
    """*moment* in words, with its zone, so that nobody has to trust that it was understood."""
    here = moment.astimezone(zone)
    day = locale.toString(
        QDate(here.year, here.month, here.day), locale.dateFormat(QLocale.FormatType.LongFormat)
    )
    clock = clock_text(here, locale)
    minutes = round((here.utcoffset() or timedelta()).total_seconds() / 60)
    offset = f"UTC{'+' if minutes >= 0 else '−'}{abs(minutes) // 60}"
    if minutes % 60:
        offset += f":{abs(minutes) % 60:02}"
    return f"{day} {clock} ({here.tzname()}, {offset}) · {relative(moment, now, zone)}"


def relative(moment: datetime, now: datetime, zone: tzinfo) -> str:
    """Return how far off a moment is, as one would say it: "in 25 min", "2 h ago", "tomorrow"."""
    ahead = moment >= now
    minutes = whole_minutes(moment - now)
    if minutes == 0:
        return translate("Relative", "now")
    if minutes < 60:
        text = (
            translate("Relative", "in {n} min") if ahead else translate("Relative", "{n} min ago")
        )
        return text.format(n=minutes)
    days = (moment.astimezone(zone).date() - now.astimezone(zone).date()).days
    if abs(days) == 0 or minutes < 12 * 60:
        text = translate("Relative", "in {n} h") if ahead else translate("Relative", "{n} h ago")
        return text.format(n=round(minutes / 60))
    if abs(days) == 1:
        return translate("Relative", "tomorrow") if ahead else translate("Relative", "yesterday")
    text = translate("Relative", "in {n} days") if ahead else translate("Relative", "{n} days ago")
    return text.format(n=abs(days))


def late_words(moment: datetime, now: datetime) -> str:
    """Return how late something is that should have been done at a moment before *now*: "8 min late"."""
    minutes = whole_minutes(now - moment)
    if minutes < 60:
        return translate("Relative", "{n} min late").format(n=minutes)
    if minutes < 24 * 60:
        return translate("Relative", "{n} h late").format(n=round(minutes / 60))
    days = minutes // (24 * 60)
    if days == 1:
        return translate("Relative", "1 day late")
    return translate("Relative", "{n} days late").format(n=days)


def day_comes_first(locale: QLocale) -> bool:
    """Return whether 3/4 is the third of April where the locale is spoken."""
    form = date_format(locale)
    return form.find("d") < form.find("M") or form.startswith("yyyy")


def read_moment(
    text: str, zone: tzinfo, locale: QLocale, now: datetime, *, ahead: bool = True
) -> datetime | None:
    """Return the moment (UTC) that a person typed: ISO 8601, the locale's way, a time of today, or a
    phrase (`domain/when.py`), which lies *ahead* where it leaves that open.

    Empty text is None. Raises Unreadable, also for an hour that summer time leaves out.
    """
    text = " ".join(text.split())
    if not plain(text):
        return None
    naive = _read_iso(text)
    if naive is None:
        naive = _read_by_locale(text, locale, now.astimezone(zone).date())
    if naive is None:
        from agent_app.domain.when import ParseContext, understand  # not before somebody types one

        naive = understand(text, ParseContext(now, zone, day_comes_first(locale), ahead))
    if naive is None:
        raise Unreadable(Rule.UNREADABLE_MOMENT)
    if naive.tzinfo is not None:
        return naive.astimezone(UTC)
    return in_zone(naive, zone)


def in_zone(naive: datetime, zone: tzinfo) -> datetime:
    """Return the instant of a wall clock in *zone* (the first one of an hour that comes twice).

    Raises Unreadable for an hour that does not exist there.
    """
    moment = naive.replace(tzinfo=zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != naive:
        raise Unreadable(Rule.NO_SUCH_HOUR)
    return moment


def _read_iso(text: str) -> datetime | None:
    if not _ISO.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _read_by_locale(text: str, locale: QLocale, today: date) -> datetime | None:
    clock = read_clock(text, locale)
    if clock is not None:
        return datetime.combine(today, clock)
    day = read_day(text, locale)
    if day is not None:
        from agent_app.domain.when import START_OF_DAY  # when a day is first typed

        return datetime.combine(day, START_OF_DAY)
    return read_day_and_clock(text, locale)


def duration_text(milliseconds: int | None) -> str:
    """Return a duration as h:mm:ss; what is below a second is not shown."""
    if milliseconds is None:
        return ""
    seconds = milliseconds // 1000
    return f"{seconds // 3600}:{seconds % 3600 // 60:02}:{seconds % 60:02}"


def read_duration(text: str) -> int | None:
    """Milliseconds of h:mm:ss or m:ss, or None for empty text. Raises Unreadable."""
    text = text.strip()
    if not text:
        return None
    match = re.fullmatch(r"(?:(\d{1,4}):)?(\d{1,4}):([0-5]\d)", text, re.ASCII)
    if not match or (match[1] and int(match[2]) > 59):
        raise Unreadable(Rule.UNREADABLE_DURATION)
    hours, minutes, seconds = int(match[1] or 0), int(match[2]), int(match[3])
    return ((hours * 60 + minutes) * 60 + seconds) * 1000


def whole_minutes(gap: timedelta) -> int:
    """Return the size of *gap* in minutes, rounded to the nearest."""
    return round(abs(gap.total_seconds()) / 60)
