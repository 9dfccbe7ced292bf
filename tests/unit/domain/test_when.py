"""What people type for a moment, as a table: English and French, and around clock changes."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_app.domain.when import ParseContext, understand

PARIS = ZoneInfo("Europe/Paris")
TUESDAY = datetime(2026, 11, 24, 15, 0, tzinfo=PARIS)

PHRASES = [
    # days in words
    ("tomorrow 9", "2026-11-25 09:00"),
    ("Tomorrow at 9", "2026-11-25 09:00"),
    ("tomorrow", "2026-11-25 09:00"),
    ("tomorrow 9:30", "2026-11-25 09:30"),
    ("tomorrow 5pm", "2026-11-25 17:00"),
    ("tomorrow morning", "2026-11-25 09:00"),
    ("tomorrow afternoon", "2026-11-25 14:00"),
    ("tomorrow noon", "2026-11-25 12:00"),
    ("today 18:15", "2026-11-24 18:15"),
    ("tonight", "2026-11-24 18:00"),
    ("day after tomorrow 9:00", "2026-11-26 09:00"),
    ("demain 14h", "2026-11-25 14:00"),
    ("demain à 9h", "2026-11-25 09:00"),
    ("demain 9h30", "2026-11-25 09:30"),
    ("demain matin", "2026-11-25 09:00"),
    ("demain après-midi", "2026-11-25 14:00"),
    ("demain midi", "2026-11-25 12:00"),
    ("demain 1430", "2026-11-25 14:30"),
    ("après-demain 11h", "2026-11-26 11:00"),
    ("aujourd'hui 17h", "2026-11-24 17:00"),
    ("aujourd’hui à 17 h 30", "2026-11-24 17:30"),
    ("ce soir", "2026-11-24 18:00"),
    ("14h demain", "2026-11-25 14:00"),
    ("9am tomorrow", "2026-11-25 09:00"),
    # spans
    ("in 2h", "2026-11-24 17:00"),
    ("in 2 hours", "2026-11-24 17:00"),
    ("in 90 min", "2026-11-24 16:30"),
    ("in half an hour", "2026-11-24 15:30"),
    ("in an hour", "2026-11-24 16:00"),
    ("in 2h30", "2026-11-24 17:30"),
    ("dans 2 h", "2026-11-24 17:00"),
    ("dans 2h", "2026-11-24 17:00"),
    ("dans 1 h 15 min", "2026-11-24 16:15"),
    ("dans une demi-heure", "2026-11-24 15:30"),
    ("dans un quart d'heure", "2026-11-24 15:15"),
    ("dans une heure", "2026-11-24 16:00"),
    ("+45m", "2026-11-24 15:45"),
    ("+2h", "2026-11-24 17:00"),
    ("+3d", "2026-11-27 15:00"),
    ("+3j", "2026-11-27 15:00"),
    ("+1w", "2026-12-01 15:00"),
    ("+3d 9:00", "2026-11-27 09:00"),
    ("in 3 days at 10", "2026-11-27 10:00"),
    ("dans 3 jours à 10h", "2026-11-27 10:00"),
    ("in a week", "2026-12-01 15:00"),
    ("in two weeks 9am", "2026-12-08 09:00"),
    ("dans une semaine", "2026-12-01 15:00"),
    ("dans trois jours", "2026-11-27 15:00"),
    ("in 1 month 9:00", "2026-12-24 09:00"),
    # weekdays
    ("mon 10:30", "2026-11-30 10:30"),
    ("monday", "2026-11-30 09:00"),
    ("next monday at 2pm", "2026-11-30 14:00"),
    ("friday 5pm", "2026-11-27 17:00"),
    ("tue 16:00", "2026-11-24 16:00"),
    ("tue 10:00", "2026-12-01 10:00"),
    ("next tuesday 16:00", "2026-12-01 16:00"),
    ("monday next week 9", "2026-11-30 09:00"),
    ("lundi prochain 9h30", "2026-11-30 09:30"),
    ("lun. 9h", "2026-11-30 09:00"),
    ("vendredi 17h", "2026-11-27 17:00"),
    ("mardi 16h", "2026-11-24 16:00"),
    ("mardi prochain", "2026-12-01 09:00"),
    ("lundi en huit 9h", "2026-12-07 09:00"),
    ("next week", "2026-11-30 09:00"),
    ("la semaine prochaine 10h", "2026-11-30 10:00"),
    # dates
    ("25/12 9:00", "2026-12-25 09:00"),
    ("25/12", "2026-12-25 09:00"),
    ("24.12. 9:00", "2026-12-24 09:00"),
    ("12/1 9h", "2027-01-12 09:00"),
    ("12/01/2027 9h", "2027-01-12 09:00"),
    ("12/01/27 16h15", "2027-01-12 16:15"),
    ("2026-12-25 9:00", "2026-12-25 09:00"),
    ("3 december at noon", "2026-12-03 12:00"),
    ("3 décembre à 9h", "2026-12-03 09:00"),
    ("dec 3 9am", "2026-12-03 09:00"),
    ("january 5th 2027 14:00", "2027-01-05 14:00"),
    ("le 12 janvier 2027 à 16h15", "2027-01-12 16:15"),
    ("1er décembre 8h", "2026-12-01 08:00"),
    ("thu 3 dec 9:00", "2026-12-03 09:00"),
    ("29/2 9:00", "2028-02-29 09:00"),
    # a time of today
    ("17:45", "2026-11-24 17:45"),
    ("17h45", "2026-11-24 17:45"),
    ("5pm", "2026-11-24 17:00"),
    ("midi", "2026-11-24 12:00"),
    # longer words, by the library
    ("in eight days", "2026-12-02 09:00"),
    ("dans sept jours 10h", "2026-12-01 10:00"),
]

PAST = [
    ("mon 10:30", "2026-11-23 10:30"),
    ("tue 10:00", "2026-11-24 10:00"),
    ("tue 16:00", "2026-11-17 16:00"),
    ("vendredi dernier 9h", "2026-11-20 09:00"),
    ("last tuesday 9:00", "2026-11-17 09:00"),
    ("yesterday 16:20", "2026-11-23 16:20"),
    ("hier 16h20", "2026-11-23 16:20"),
    ("avant-hier 9h", "2026-11-22 09:00"),
    ("2h ago", "2026-11-24 13:00"),
    ("il y a 20 min", "2026-11-24 14:40"),
    ("il y a 3 jours", "2026-11-21 15:00"),
    ("-30m", "2026-11-24 14:30"),
    ("23/12 9:00", "2025-12-23 09:00"),
]

NOTHING = [
    "", "9", "soon", "call back", "99", "25:00", "tomorrow 25", "tomorrow 9:75", "32/1 9:00",
    "31/2 9:00", "in h", "in 2 parsecs", "demain demain", "++3d", "tomorrow tomorrow 9", "13pm",
    "x" * 500, "mon mon", "in 9999 months 9:00 again", "0/0", "\0", "31 june 9:00", "/", "at",
    "foo 3 dec 9:00", "+9999mo +9999mo",
]  # fmt: skip


def read(phrase: str, here: ParseContext) -> str | None:
    found = understand(phrase, here)
    if found is None:
        return None
    wall = found if found.tzinfo is None else found.astimezone(here.zone)
    return wall.strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(("phrase", "meant"), PHRASES)
def test_what_is_to_come(phrase: str, meant: str) -> None:
    assert read(phrase, ParseContext(TUESDAY, PARIS)) == meant


@pytest.mark.parametrize(("phrase", "meant"), PAST)
def test_what_has_been(phrase: str, meant: str) -> None:
    assert read(phrase, ParseContext(TUESDAY, PARIS, ahead=False)) == meant


@pytest.mark.parametrize("phrase", NOTHING)
def test_what_means_nothing_is_not_guessed(phrase: str) -> None:
    assert read(phrase, ParseContext(TUESDAY, PARIS)) is None


def test_the_locale_says_which_number_is_the_day() -> None:
    assert read("3/4/2027 9:00", ParseContext(TUESDAY, PARIS)) == "2027-04-03 09:00"
    assert (
        read("3/4/2027 9:00", ParseContext(TUESDAY, PARIS, day_first=False)) == "2027-03-04 09:00"
    )


@pytest.mark.parametrize(
    ("now", "phrase", "meant"),
    [
        # Clocks go on from 02:00 to 03:00 on 29 March 2026, and back from 03:00 to 02:00 on 25
        # October: two hours are two hours, three days are the same time of day.
        ("2026-03-29T00:30+00:00", "in 2h", "2026-03-29T02:30+00:00"),
        ("2026-03-28T23:30+00:00", "dans 2 h", "2026-03-29T01:30+00:00"),
        ("2026-10-24T23:30+00:00", "in 2h", "2026-10-25T01:30+00:00"),
        ("2026-10-25T00:30+00:00", "in 2h", "2026-10-25T02:30+00:00"),
        ("2026-03-27T14:00+00:00", "+3d", "2026-03-30T13:00+00:00"),
        ("2026-10-23T13:00+00:00", "+3d", "2026-10-26T14:00+00:00"),
        ("2026-03-28T08:00+00:00", "tomorrow 9", "2026-03-29T07:00+00:00"),
        ("2026-10-24T08:00+00:00", "demain 9h", "2026-10-25T08:00+00:00"),
    ],
)
def test_around_a_change_of_clocks(now: str, phrase: str, meant: str) -> None:
    found = understand(phrase, ParseContext(datetime.fromisoformat(now), PARIS))
    assert found is not None
    moment = found if found.tzinfo else found.replace(tzinfo=PARIS)
    assert moment.astimezone(UTC) == datetime.fromisoformat(meant)


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)),
    st.integers(0, 23),
    st.sampled_from(["mon", "mar.", "wednesday", "jeudi", "fri", "samedi", "dim"]),
)
def test_a_weekday_lies_ahead_and_within_a_week(now: datetime, hour: int, name: str) -> None:
    here = ParseContext(now.replace(tzinfo=UTC), UTC)
    found = understand(f"{name} {hour}:00", here)
    assert found is not None
    assert found.time() == time(hour)
    assert timedelta(0) < found - now <= timedelta(days=7)


@pytest.mark.slow
@given(st.text(max_size=80))
def test_no_text_is_too_odd(text: str) -> None:
    understand(text, ParseContext(TUESDAY, PARIS))


@given(
    st.text(alphabet="0123456789 :/.-+hdjm demainlunfri", max_size=30),
    st.booleans(),
)
def test_no_phrase_is_too_odd(text: str, ahead: bool) -> None:
    understand(text, ParseContext(TUESDAY, PARIS, ahead=ahead))
