"""Moments and durations as people read and type them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from agent_app.domain.validation import Rule
from agent_app.text.moments import (
    Unreadable,
    duration_text,
    moment_text,
    read_duration,
    read_moment,
    relative,
)

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
LOCALES = sorted(
    {
        locale.name()
        for locale in QLocale.matchingLocales(
            QLocale.Language.AnyLanguage, QLocale.Script.AnyScript, QLocale.Country.AnyCountry
        )
    }
    | {"C"}
)


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS).astimezone(UTC)


@given(
    st.datetimes(datetime(1971, 1, 1), datetime(2399, 1, 1)),
    st.sampled_from(LOCALES),
)
def test_what_is_shown_is_read_back_to_the_minute(naive: datetime, name: str) -> None:
    moment = naive.replace(tzinfo=UTC, second=0, microsecond=0)
    locale = QLocale(name)
    text = moment_text(moment, PARIS, locale)
    read = read_moment(text, PARIS, locale, NOW)
    assert read is not None
    # An hour that comes twice is read as its first coming.
    assert read in (moment, moment - timedelta(hours=1), moment - timedelta(minutes=9, seconds=21))


def test_every_locale_reads_what_now_writes() -> None:
    """All of Qt's locales, at each kind of hour: noon, midnight, before and after both."""
    wrong = []
    for name in LOCALES:
        locale = QLocale(name)
        for hour in (0, 1, 9, 12, 13, 23):
            moment = datetime(2026, 11, 25, hour, 5, tzinfo=PARIS).astimezone(UTC)
            text = moment_text(moment, PARIS, locale)
            try:
                right = read_moment(text, PARIS, locale, NOW) == moment
            except Unreadable:
                right = False
            if not right:
                wrong.append((name, text))
    assert wrong == []


@pytest.mark.parametrize(
    "text", ["2026-12-31", "31/12/2026", "31/12/26", "31/12", "31 décembre 2026", "31 dec"]
)
def test_a_day_alone_is_the_same_hour_in_every_spelling(text: str) -> None:
    assert read_moment(text, PARIS, QLocale("fr_FR"), NOW) == paris("2026-12-31T09:00")


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("fr_FR", "2026-11-25 00.05"),
        ("fr_FR", "2026-11-25T10"),
        ("fr_FR", "2026-11-25 1030 00"),
        ("fr_FR", "25/11/2026 12:05 xm"),
        ("fr_FR", "25/11/2026 10:00 11:00"),
        ("fr_FR", "25/11/2026 10:00 or so"),
        ("en_GB", "25/11/2026 13:05 pm"),
        ("en_US", "11/25/2026 0:05 AM"),
        ("fr_FR", "99/12/2026"),
    ],
)
def test_a_time_is_understood_whole_or_refused(locale: str, text: str) -> None:
    with pytest.raises(Unreadable):
        read_moment(text, PARIS, QLocale(locale), NOW)


@pytest.mark.parametrize(
    ("locale", "text", "wanted"),
    [
        ("en_GB", "2026-12-31 14:30", paris("2026-12-31T14:30")),
        ("fr_FR", "2026-12-31T14:30", paris("2026-12-31T14:30")),
        ("fr_FR", "2026-12-31T14:30:00+00:00", datetime(2026, 12, 31, 14, 30, tzinfo=UTC)),
        ("fr_FR", "2026-12-31T14:30Z", datetime(2026, 12, 31, 14, 30, tzinfo=UTC)),
        ("fr_FR", "\u200e31/12/2026\u200f 14:30\ufeff", paris("2026-12-31T14:30")),
        ("fr_FR", "２０２６-12-31 14:30", paris("2026-12-31T14:30")),
        ("es_MX", "25/11/2026 12:05 a. m.", paris("2026-11-25T00:05")),
        ("es_CO", "25/11/2026 12:05 p.m.", paris("2026-11-25T12:05")),
        ("es_CO", "25/11/2026, 2:05 PM", paris("2026-11-25T14:05")),
        ("ak_GH", "25/11/2026 12:05 ANW", paris("2026-11-25T12:05")),
        ("zh_TW", "2026/11/25 下午2:05", paris("2026-11-25T14:05")),
        ("ar_EG", "٢٥/١١/٢٠٢٦ ٢:٠٥ م", paris("2026-11-25T14:05")),
        ("fi_FI", "25.11.2026 9.05", paris("2026-11-25T09:05")),
        ("fr_FR", "31/12/2026 14:30", paris("2026-12-31T14:30")),
        ("fr_FR", "31/12/26 14:30", paris("2026-12-31T14:30")),
        ("fr_FR", "31/12/2026 9h05", paris("2026-12-31T09:05")),
        ("fr_FR", "9h", paris("2026-06-01T09:00")),
        ("fr_FR", " 09:15 ", paris("2026-06-01T09:15")),
        ("en_US", "12/31/2026 2:30 PM", paris("2026-12-31T14:30")),
        ("en_US", "12/31/2026\u202f2:30\u202fPM", paris("2026-12-31T14:30")),
        ("en_GB", "", None),
        ("C", "   ", None),
    ],
)
def test_what_people_type(locale: str, text: str, wanted: datetime | None) -> None:
    assert read_moment(text, PARIS, QLocale(locale), NOW) == wanted


@pytest.mark.parametrize(
    "text", ["soon", "2026-13-01", "31/02/2026 10:00", "25:00", "2026-12-31 99:99", "\0", "1" * 500]
)
def test_what_cannot_be_read(text: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_moment(text, PARIS, QLocale("fr_FR"), NOW)
    assert caught.value.rule is Rule.UNREADABLE_MOMENT


def test_the_hour_that_does_not_exist() -> None:
    with pytest.raises(Unreadable) as caught:
        read_moment("2026-03-29 02:30", PARIS, QLocale("fr_FR"), NOW)
    assert caught.value.rule is Rule.NO_SUCH_HOUR


def test_the_hour_that_comes_twice_is_its_first_coming() -> None:
    read = read_moment("2026-10-25 02:30", PARIS, QLocale("fr_FR"), NOW)
    assert read == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@given(st.integers(0, 3_600_000 * 9_999))
def test_a_duration_is_read_back_to_the_second(milliseconds: int) -> None:
    assert read_duration(duration_text(milliseconds)) == milliseconds // 1000 * 1000


@pytest.mark.parametrize(
    ("text", "wanted"), [("0:03:20", 200_000), ("3:20", 200_000), ("75:00", 4_500_000), ("", None)]
)
def test_durations(text: str, wanted: int | None) -> None:
    assert read_duration(text) == wanted


@pytest.mark.parametrize("text", ["x", "1", "1:60", "1:75:00", "-1:00", "1:2:3:4", "²:00"])
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(Unreadable):
        read_duration(text)


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        (timedelta(seconds=20), "now"),
        (timedelta(minutes=25), "in 25 min"),
        (timedelta(minutes=-25), "25 min ago"),
        (timedelta(hours=3), "in 3 h"),
        (timedelta(hours=20), "tomorrow"),
        (timedelta(hours=-20), "yesterday"),
        (timedelta(days=12), "in 12 days"),
        (timedelta(days=-12), "12 days ago"),
    ],
)
def test_how_far_off(gap: timedelta, words: str) -> None:
    assert relative(NOW + gap, NOW, PARIS) == words
