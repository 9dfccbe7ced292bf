"""Read days and times of day in the way that a locale writes them, whole or not at all.

Qt's own reader refuses what Qt's writer made in 28 of 665 locales (all of Spanish Latin America,
among others) and takes some of the rest for another hour. The locale's patterns (CLDR, as Qt holds
them) become one regular expression each, which the whole text has to match.
"""

import re
import unicodedata
from datetime import date, datetime, time
from functools import lru_cache

from PySide6.QtCore import QLocale

PIVOT_YEAR = 50
"""A year of two digits below this is of this century, from it on of the last."""
LONGEST = 80
"""No date with a time is longer (characters)."""

_FIELDS = {
    "yyyy": r"(?P<year>\d{4})",
    "yy": r"(?P<year>\d{2})",
    "MM": r"(?P<month>\d{1,2})",
    "M": r"(?P<month>\d{1,2})",
    "dd": r"(?P<day>\d{1,2})",
    "d": r"(?P<day>\d{1,2})",
    "hh": r"(?P<hour>\d{1,2})",
    "h": r"(?P<hour>\d{1,2})",
    "HH": r"(?P<hour>\d{1,2})",
    "H": r"(?P<hour>\d{1,2})",
    "mm": r"(?P<minute>\d{2})",
    "m": r"(?P<minute>\d{1,2})",
    "ss": r"(?P<second>\d{2})",
}
_TOKEN = re.compile(
    r"'(?P<quoted>[^']*)'|(?P<half>[Aa][Pp])|(?P<field>yyyy|yy|MM?|dd?|hh?|HH?|mm?|ss)"
)
_USUAL_TIMES = ("H:mm", "H'h'mm", "H:mm:ss", "h:mm Ap", "h Ap")
_USUAL_HALVES = {"am": False, "pm": True}


def date_format(locale: QLocale) -> str:
    """Return the locale's short date, always with the whole year."""
    if locale.language() == QLocale.Language.C:
        return "yyyy-MM-dd"
    short = locale.dateFormat(QLocale.FormatType.ShortFormat)
    return short if "yyyy" in short else short.replace("yy", "yyyy")


def time_format(locale: QLocale) -> str:
    """Return the locale's short time."""
    if locale.language() == QLocale.Language.C:
        return "HH:mm"
    return re.sub(r"\s*t+", "", locale.timeFormat(QLocale.FormatType.ShortFormat))


def plain(text: str) -> str:
    """*text* in one kind of digit, blank and case, without marks that nobody sees."""
    seen = (c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    digits = (str(unicodedata.decimal(c)) if c.isdecimal() else c for c in seen)
    return " ".join("".join(digits).casefold().split())


def read_day(text: str, locale: QLocale) -> date | None:
    """Return the day that *text* names in the locale's way, or as YYYY-MM-DD; else None."""
    text = plain(text)
    if len(text) > LONGEST:
        return None
    for pattern in _days(date_format(locale)):
        found = pattern.fullmatch(text)
        if found is not None:
            return _day_of(found)
    return None


def read_clock(text: str, locale: QLocale) -> time | None:
    """Return the time of day that *text* names in the locale's way, or as 9:05, 9h05, 9:05 pm; else None."""
    text = plain(text)
    if len(text) > LONGEST:
        return None
    halves = _halves(locale.amText(), locale.pmText())
    for pattern in _clocks(time_format(locale), tuple(halves)):
        found = pattern.fullmatch(text)
        if found is not None:
            return _clock_of(found, halves)
    return None


def read_day_and_clock(text: str, locale: QLocale) -> datetime | None:
    """Return the wall clock of a day and a time of day, in this order; else None."""
    words = plain(text)
    if len(words) > LONGEST:
        return None
    for at, sign in enumerate(words):
        if sign in " ,":
            day = read_day(words[:at], locale)
            clock = read_clock(words[at:].lstrip(" ,"), locale) if day is not None else None
            if day is not None and clock is not None:
                return datetime.combine(day, clock)
    return None


@lru_cache(maxsize=16)
def _days(short: str) -> tuple[re.Pattern[str], ...]:
    forms = dict.fromkeys((short, short.replace("yyyy", "yy"), "yyyy-MM-dd"))
    return tuple(re.compile(_expression(form, ())) for form in forms)


@lru_cache(maxsize=16)
def _clocks(short: str, halves: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    forms = dict.fromkeys((short, *_USUAL_TIMES))
    return tuple(re.compile(_expression(form, halves)) for form in forms)


def _halves(am: str, pm: str) -> dict[str, bool]:
    """Names of the halves of a day, as they are compared, and whether each is the later one."""
    return {**_USUAL_HALVES, _bare(am): False, _bare(pm): True}


def _bare(half: str) -> str:
    return plain(half).replace(" ", "").replace(".", "")


def _expression(form: str, halves: tuple[str, ...]) -> str:
    """Return the regular expression of a pattern of Qt's; *halves* are the names of the halves of a day."""
    parts, at = [], 0
    for token in _TOKEN.finditer(form):
        parts.append(_literal(form[at : token.start()]))
        if token["field"]:
            parts.append(_FIELDS[token["field"]])
        elif token["half"]:
            parts.append(
                r"\s*(?P<half>" + "|".join(map(_spelt, sorted(halves, key=len)[::-1])) + r")\s*"
            )
        else:
            parts.append(_literal(token["quoted"]))
        at = token.end()
    return "".join((*parts, _literal(form[at:])))


def _literal(text: str) -> str:
    """Return what stands between the fields; blanks, and the full stop at the end, may be missing."""
    words = r"\s*".join(re.escape(word) for word in plain(text).split())
    loose = rf"\s*{words}\s*" if text != text.strip() or not text else words
    return loose.replace(r"\.", r"\.?") if text.strip() in (".", "'г'.") else loose


def _spelt(half: str) -> str:
    """Return the name of a half of a day, with blanks and full stops anywhere between its letters."""
    return r"[\s.]*".join(re.escape(letter) for letter in half) + r"\.?"


def _day_of(found: re.Match[str]) -> date | None:
    year = int(found["year"])
    if len(found["year"]) == 2:
        year += 2000 if year < PIVOT_YEAR else 1900
    try:
        return date(year, int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def _clock_of(found: re.Match[str], halves: dict[str, bool]) -> time | None:
    values = found.groupdict()
    hour, minute = int(values["hour"]), int(values.get("minute") or 0)
    if (half := values.get("half")) is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if halves[_bare(half)] else 0)
    try:
        return time(hour, minute, int(values.get("second") or 0))
    except ValueError:
        return None
