"""Moments as people type them after a call, in English and French.

`tomorrow 9`, `demain 14h`, `in 2h`, `dans 2 h`, `mon 10:30`, `lundi prochain 9h30`, `+3d`,
`25/12 9:00`, `3 décembre midi`. The grammar is ours because it has to be right: of 29 such phrases
dateparser 1.5 reads 19, and takes `demain 14h` for five in the morning of the day after. What names
a day in longer words and is not known here (`in three days`, `dans trois semaines`) it is still
asked for, without the time of day, which is where it errs.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from agent_app.domain.text import fold

START_OF_DAY = time(9)
"""A day without a time means this: nobody calls at midnight."""
MAX_CHARACTERS = 60
FAR_DAYS = 36_600

_DAYS = {
    "today": 0, "aujourd'hui": 0, "aujourdhui": 0, "auj": 0,
    "tomorrow": 1, "tmr": 1, "tmrw": 1, "tom": 1, "demain": 1, "dem": 1,
    "day after tomorrow": 2, "overmorrow": 2, "apres-demain": 2, "apres demain": 2,
    "yesterday": -1, "hier": -1,
    "day before yesterday": -2, "avant-hier": -2, "avant hier": -2,
}  # fmt: skip
_WEEKDAYS = (
    ("monday", "mon", "lundi", "lun"),
    ("tuesday", "tues", "tue", "mardi", "mar"),
    ("wednesday", "wed", "mercredi", "mer"),
    ("thursday", "thurs", "thur", "thu", "jeudi", "jeu"),
    ("friday", "fri", "vendredi", "ven"),
    ("saturday", "sat", "samedi", "sam"),
    ("sunday", "sun", "dimanche", "dim"),
)
_WEEKDAY = {name: number for number, names in enumerate(_WEEKDAYS) for name in names}
_MONTHS = (
    ("january", "jan", "janvier", "janv"),
    ("february", "feb", "fevrier", "fevr", "fev"),
    ("march", "mar", "mars"),
    ("april", "apr", "avril", "avr"),
    ("may", "mai"),
    ("june", "jun", "juin"),
    ("july", "jul", "juillet", "juil"),
    ("august", "aug", "aout"),
    ("september", "sept", "sep", "septembre"),
    ("october", "oct", "octobre"),
    ("november", "nov", "novembre"),
    ("december", "dec", "decembre"),
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_CLOCKS = {
    "noon": time(12), "midday": time(12), "midi": time(12),
    "this morning": time(9), "ce matin": time(9), "morning": time(9), "matin": time(9),
    "this afternoon": time(14), "cet apres-midi": time(14), "afternoon": time(14),
    "apres-midi": time(14), "apres midi": time(14),
    "this evening": time(18), "ce soir": time(18), "evening": time(18), "soir": time(18),
    "tonight": time(18),
}  # fmt: skip
_UNIT = {
    **dict.fromkeys(("min", "mins", "minute", "minutes", "mn", "m"), "minutes"),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "heure", "heures"), "hours"),
    **dict.fromkeys(("d", "day", "days", "j", "jour", "jours"), "days"),
    **dict.fromkeys(("w", "wk", "week", "weeks", "sem", "semaine", "semaines"), "weeks"),
    **dict.fromkeys(("mo", "month", "months", "mois"), "months"),
}
_WORDS_OF_TIME = (
    ("half an hour", "30 min"), ("une demi-heure", "30 min"), ("une demi heure", "30 min"),
    ("1/2 h", "30 min"), ("a quarter of an hour", "15 min"), ("un quart d'heure", "15 min"),
    ("an hour", "1 h"), ("one hour", "1 h"), ("une heure", "1 h"), ("a minute", "1 min"),
    ("a week", "1 w"), ("one week", "1 w"), ("une semaine", "1 w"), ("a day", "1 d"),
    ("un jour", "1 d"), ("a month", "1 mo"), ("un mois", "1 mo"),
    ("two", "2"), ("deux", "2"), ("three", "3"), ("trois", "3"), ("four", "4"), ("quatre", "4"),
    ("five", "5"), ("cinq", "5"), ("six", "6"), ("ten", "10"), ("dix", "10"),
)  # fmt: skip

_AMOUNT = r"(\d{1,4})\s*(" + "|".join(sorted(_UNIT, key=len, reverse=True)) + r")\b\s*"
_MINUTES_AFTER_HOURS = re.compile(r"^(\d{1,3})\s*(?:h|hr|hrs|hours?|heures?)\s*([0-5]\d)$")
_CLOCK = re.compile(
    r"(?:^|\s)(?:at\s+|a\s+|@\s*|vers\s+|pour\s+)?"
    r"(?:(?P<h>\d{1,2})(?:\s*(?:h|:|\.)\s*(?P<m>[0-5]\d))?\s*(?P<ap>am|pm|a\.m\.|p\.m\.)"
    r"|(?P<h24>\d{1,2})\s*(?:h|:)\s*(?P<m24>[0-5]\d)?(?:\s*(?:min|mn))?"
    r"|(?P<packed>[0-2]\d[0-5]\d)"
    r"|(?P<bare>\d{1,2}))$"
)
_CLOCK_WORD = re.compile(
    r"(?:^|\s)(?:at\s+|a\s+|in the\s+|dans l'|le\s+)?("
    + "|".join(sorted(_CLOCKS, key=len, reverse=True))
    + r")$"
)

_SPELT_OUT = re.compile(
    r"(?:in|dans|d'ici) [a-z]+(?:[ -][a-z]+)? (?:days?|weeks?|months?|jours?|semaines?|mois)"
    r"|(?:il y a) [a-z]+(?:[ -][a-z]+)? (?:jours?|semaines?|mois)"
    r"|[a-z]+(?:[ -][a-z]+)? (?:days?|weeks?|months?) ago"
)


@dataclass(frozen=True, slots=True)
class ParseContext:
    """Where and when somebody types: the instant, their zone, and whether 3/4 is the 3 April.

    *ahead* says that what is meant lies in the future where a phrase leaves that open (a call to
    make); without it, in the past (a call that was made).
    """

    now: datetime
    zone: tzinfo
    day_first: bool = True
    ahead: bool = True

    @property
    def clock(self) -> datetime:
        """The wall clock."""
        return self.now.astimezone(self.zone).replace(tzinfo=None)


def understand(text: str, here: ParseContext) -> datetime | None:
    """Return what *text* means: an aware moment for a span of time ("in 2h"), else a naive wall clock.

    None for what is no such phrase. A wall clock may name an hour that summer time leaves out.
    """
    text = _plain(text)
    if not text or len(text) > MAX_CHARACTERS:
        return None
    try:
        return _span(text, here) or _day_and_clock(text, here)
    except (OverflowError, ValueError):
        return None  # a day or a year that does not exist


def _plain(text: str) -> str:
    """Lower case, no accents, one kind of space, no commas."""
    return " ".join(fold(text.replace("’", "'")).replace(",", " ").split())


# -- spans: "in 2h", "dans 2 h", "+3d 9:00", "2 h ago", "il y a 2 h"


def _span(text: str, here: ParseContext) -> datetime | None:
    sign = 1
    if found := re.match(r"(?:in |dans |d'ici |\+\s*)", text):
        rest = text[found.end() :]
    elif found := re.match(r"(?:il y a |-\s*)", text):
        rest, sign = text[found.end() :], -1
    elif text.endswith(" ago"):
        rest, sign = text.removesuffix(" ago"), -1
    else:
        return None
    for words, amount in _WORDS_OF_TIME:
        rest = re.sub(rf"(?:^|(?<=\s)){re.escape(words)}\b", amount, rest)
    if found := _MINUTES_AFTER_HOURS.match(rest):
        span = timedelta(hours=int(found[1]), minutes=int(found[2]))
        return _after(here.now, sign * span)
    total: dict[str, int] = {}
    while found := re.match(_AMOUNT + r"(?:et |and )?", rest):
        unit = _UNIT[found[2]]
        total[unit] = total.get(unit, 0) + int(found[1])
        rest = rest[found.end() :]
    if not total:
        return None
    return _shifted(total, sign, rest.strip(), here)


def _shifted(total: dict[str, int], sign: int, rest: str, here: ParseContext) -> datetime | None:
    short = timedelta(hours=total.get("hours", 0), minutes=total.get("minutes", 0)) * sign
    days = (total.get("days", 0) + 7 * total.get("weeks", 0)) * sign
    months = total.get("months", 0) * sign
    if not days and not months:
        return None if rest else _after(here.now, short)
    clock = here.clock.time().replace(second=0, microsecond=0)
    if rest:
        split = _split_clock(rest)
        if split is None or split[0] or short:
            return None
        clock = split[1]
    day = _months_later(here.clock.date(), months) + timedelta(days=days)
    return datetime.combine(day, clock) + short


def _after(now: datetime, span: timedelta) -> datetime:
    """That much time later, to the minute; an instant, whatever clocks do meanwhile."""
    moment = now.astimezone(UTC) + span
    return moment.replace(second=0, microsecond=0)


def _months_later(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError("no such month")


# -- a day, a time, or both


def _day_and_clock(text: str, here: ParseContext) -> datetime | None:
    day = _day(text, None, here)
    if day is not None:
        return datetime.combine(day, START_OF_DAY)
    split = _split_clock(text)
    if split is None:
        # "14h demain", "9am on friday"
        if found := re.match(r"(\S+(?:\s*(?:am|pm))?)\s+(?:on\s+|le\s+)?(.+)$", text):
            clock = _clock(found[1])
            day = _day(found[2], clock, here) if clock else None
            if day is not None and clock is not None:
                return datetime.combine(day, clock)
        return None
    rest, clock = split
    if not rest:
        bare = re.fullmatch(r"(?:at |a )?\d{1,2}", text)
        return None if bare else datetime.combine(here.clock.date(), clock)
    day = _day(rest, clock, here)
    return datetime.combine(day, clock) if day is not None else None


def _split_clock(text: str) -> tuple[str, time] | None:
    """Return what stands before a time of day at the end of *text*, and that time."""
    if found := _CLOCK_WORD.search(text):
        return text[: found.start()].strip(), _CLOCKS[found[1]]
    found = _CLOCK.search(text)
    if found is None:
        return None
    clock = _clock_of(found)
    rest = re.sub(r"(?:^|\s)(?:at|a)$", "", text[: found.start()].strip())
    return (rest, clock) if clock is not None else None


def _clock(text: str) -> time | None:
    split = _split_clock(text)
    return split[1] if split is not None and not split[0] else None


def _clock_of(found: re.Match[str]) -> time | None:
    if found["packed"]:
        hour, minute = int(found["packed"][:2]), int(found["packed"][2:])
    elif found["ap"]:
        hour, minute = int(found["h"]), int(found["m"] or 0)
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["ap"].startswith("p") else 0)
    else:
        hour = int(found["h24"] or found["bare"])
        minute = int(found["m24"] or 0)
    return time(hour, minute) if hour < 24 else None


def _day(text: str, clock: time | None, here: ParseContext) -> date | None:
    today = here.clock.date()
    text = re.sub(r"^(?:on|le|the|for|pour)\s+", "", text)
    text = re.sub(r"^(?:the|le|la)\s+", "", text)
    if text in _DAYS:
        return today + timedelta(days=_DAYS[text])
    if text in ("next week", "semaine prochaine"):
        return today + timedelta(days=7 - today.weekday())
    if text in ("next month", "mois prochain"):
        return _months_later(today, 1)
    for read in (_weekday, _numeric, _named_month):
        day = read(text, clock, here)
        if day is not None:
            return day
    return _by_library(text, here)


def _weekday(text: str, clock: time | None, here: ParseContext) -> date | None:
    found = re.fullmatch(
        r"(?P<before>next|this|last|ce|coming)?\s*(?P<name>[a-z]+)\.?\s*"
        r"(?P<after>prochain|dernier|next week|la semaine prochaine|en huit)?",
        text,
    )
    if found is None or found["name"] not in _WEEKDAY:
        return None
    now = here.clock
    wanted, today = _WEEKDAY[found["name"]], now.date()
    words = {found["before"], found["after"]}
    if words & {"next week", "la semaine prochaine"}:
        return today + timedelta(days=7 - today.weekday() + wanted)
    behind = bool(words & {"last", "dernier"})
    if behind or (not here.ahead and not words & {"next", "prochain", "coming", "this", "ce"}):
        days = (today.weekday() - wanted) % 7
        later = clock is not None and datetime.combine(today, clock) > now
        if days == 0 and (behind or later):
            days = 7
        return today - timedelta(days=days)
    days = (wanted - today.weekday()) % 7
    gone = clock is None or datetime.combine(today, clock) <= now
    if days == 0 and (gone or words & {"next", "prochain"}):
        days = 7
    if "en huit" in words:
        days += 7
    return today + timedelta(days=days)


def _numeric(text: str, _clock: time | None, here: ParseContext) -> date | None:
    if found := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    found = re.fullmatch(r"(\d{1,2})[/.\-](\d{1,2})(?:[/.\-](\d{4}|\d{2}))?\.?", text)
    if found is None:
        return None
    one, two = int(found[1]), int(found[2])
    day, month = (one, two) if here.day_first else (two, one)
    return _with_year(day, month, found[3], here)


def _named_month(text: str, _clock: time | None, here: ParseContext) -> date | None:
    names = "|".join(sorted(_MONTH, key=len, reverse=True))
    number = r"(?P<day>\d{1,2})(?:er|st|nd|rd|th|e)?"
    for form in (
        rf"(?:[a-z]+ )?{number}\s*(?:of\s+)?(?P<month>{names})\.?(?:\s+(?P<year>\d{{4}}))?",
        rf"(?P<month>{names})\.?\s+{number}(?:\s+(?P<year>\d{{4}}))?",
    ):
        found = re.fullmatch(form, text)
        if found is not None:
            before = text.split()[0]
            if before.isalpha() and before not in _WEEKDAY and before not in _MONTH:
                return None
            return _with_year(int(found["day"]), _MONTH[found["month"]], found["year"], here)
    return None


def _with_year(day: int, month: int, year: str | None, here: ParseContext) -> date:
    """Return the day; where no year is given, the one that comes next, or came last."""
    today = here.clock.date()
    if year:
        full = int(year)
        return date(full + 2000 if full < 100 else full, month, day)
    years = (0, 1, 2, 3, 4) if here.ahead else (0, -1, -2, -3, -4)
    for more in years:
        try:
            found = date(today.year + more, month, day)
        except ValueError:  # 29 February
            continue
        if (found >= today) if here.ahead else (found <= today):
            return found
    raise ValueError("there is no such day")


def _by_library(text: str, here: ParseContext) -> date | None:
    """Return a span of days with its number spelt out, the one form that the library reads right.

    It costs 54 ms to import, so it is asked last. Anything else it is not asked for: it finds a
    day in nearly every text.
    """
    if not _SPELT_OUT.fullmatch(text):
        return None
    import dateparser  # 54 ms, for spans that are spelt out

    found = dateparser.parse(
        text,
        languages=["en", "fr"],
        settings={
            "RELATIVE_BASE": here.clock,
            "PREFER_DATES_FROM": "future" if here.ahead else "past",
            "DATE_ORDER": "DMY" if here.day_first else "MDY",
            "PARSERS": ["relative-time", "absolute-time"],
            "REQUIRE_PARTS": ["day"],
        },
    )
    if found is None or abs((found.date() - here.clock.date()).days) > FAR_DAYS:
        return None
    day: date = found.date()
    return day
