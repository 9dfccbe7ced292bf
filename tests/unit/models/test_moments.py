"""Moments and durations as people read and type them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from agent_app.domain.validation import Rule
from agent_app.models.moments import (
    Unreadable,
    duration_text,
    moment_text,
    read_duration,
    read_moment,
    relative,
)

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
LOCALES = ["C", "en_GB", "en_US", "fr_FR", "fr_CH", "de_DE", "sv_SE", "fi_FI", "nl_BE"]


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


@pytest.mark.parametrize(
    ("locale", "text", "wanted"),
    [
        ("en_GB", "2026-12-31 14:30", paris("2026-12-31T14:30")),
        ("fr_FR", "2026-12-31T14:30", paris("2026-12-31T14:30")),
        ("fr_FR", "2026-12-31T14:30:00+00:00", datetime(2026, 12, 31, 14, 30, tzinfo=UTC)),
        ("fr_FR", "2026-12-31T14:30Z", datetime(2026, 12, 31, 14, 30, tzinfo=UTC)),
        ("fr_FR", "2026-12-31", paris("2026-12-31T00:00")),
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
