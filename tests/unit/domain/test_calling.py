"""A test for each country's rule, and for what the rules have in common."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from agent_app.config.team_files import read_rules, write_rules
from agent_app.domain.calling import (
    Attempt,
    Breach,
    CallingRule,
    Rulebook,
    judge,
    read_spans,
    spans_text,
)
from agent_app.domain.debt import Debt
from agent_app.domain.errors import BadSetting
from agent_app.domain.places import country_code, places_of
from agent_app.models.calling_guard import holiday
from agent_app.system.paths import resources

BOOK = read_rules(resources() / "rules" / "calling.toml")
US, FR, GB = (next(r for r in BOOK.rules if r.country == code) for code in ("US", "FR", "GB"))
NEW_YORK, LOS_ANGELES, PARIS, LONDON = (
    ZoneInfo(name)
    for name in ("America/New_York", "America/Los_Angeles", "Europe/Paris", "Europe/London")
)


def breaches(
    rule: CallingRule, at: datetime, *zones: ZoneInfo, attempts: list[Attempt] | None = None
) -> list[Breach]:
    found = judge(rule, BOOK, at, zones, attempts or [], "debt", holiday)
    return [one.breach for one in found]


def calls(first: datetime, *days_before: int, status: str = "no_answer", debt: str = "debt",
          inbound: bool = False) -> list[Attempt]:  # fmt: skip
    return [Attempt(first - timedelta(days=n), status, debt, inbound) for n in days_before]


def test_all_are_off_and_name_their_source_and_day() -> None:
    assert not BOOK.any_on
    for rule in BOOK.rules:
        assert rule.source
        assert rule.checked >= date(2026, 1, 1)
    assert "law 2025-594" in FR.note
    assert "your company" in FR.note


# -- United States: 12 CFR 1006.6(b)(1), 1006.14(b)(2)


@pytest.mark.parametrize(
    ("hour", "minute", "zone", "inside"),
    [
        (7, 59, NEW_YORK, False), (8, 0, NEW_YORK, True), (20, 59, NEW_YORK, True),
        (21, 0, NEW_YORK, False), (8, 30, LOS_ANGELES, True),
    ],
)  # fmt: skip
def test_us_hours(hour: int, minute: int, zone: ZoneInfo, inside: bool) -> None:
    at = datetime(2026, 11, 24, hour, minute, tzinfo=zone)
    assert (breaches(US, at, zone) == []) is inside


def test_us_where_address_and_number_disagree_both_must_be_inside() -> None:
    at = datetime(2026, 11, 24, 9, 0, tzinfo=NEW_YORK)  # 6:00 in Los Angeles
    assert breaches(US, at, NEW_YORK) == []
    assert breaches(US, at, NEW_YORK, LOS_ANGELES) == [Breach.HOURS]


def test_us_no_more_than_seven_calls_in_seven_days_about_a_debt() -> None:
    at = datetime(2026, 11, 24, 12, 0, tzinfo=NEW_YORK)
    seven = calls(at - timedelta(hours=1), 0, 1, 2, 3, 4, 5, 6)
    assert breaches(US, at, NEW_YORK, attempts=seven[:6]) == []
    assert breaches(US, at, NEW_YORK, attempts=seven) == [Breach.TOO_MANY]
    inbound = calls(at, 1, inbound=True)
    assert breaches(US, at, NEW_YORK, attempts=seven[:6] + inbound) == []
    other = calls(at, 1, debt="another")
    assert breaches(US, at, NEW_YORK, attempts=seven[:6] + other) == []
    old = calls(at, 7)
    assert breaches(US, at, NEW_YORK, attempts=seven[:6] + old) == []


def test_us_none_within_seven_days_after_a_conversation() -> None:
    at = datetime(2026, 11, 24, 12, 0, tzinfo=NEW_YORK)
    for days, expected in ((0, True), (6, True), (7, False), (8, False)):
        talked = calls(at - timedelta(minutes=1), days, status="deal_not_found")
        assert (breaches(US, at, NEW_YORK, attempts=talked) == [Breach.AFTER_CONVERSATION]) is (
            expected
        )
    inbound = calls(at, 2, status="deal_found", inbound=True)
    assert breaches(US, at, NEW_YORK, attempts=inbound) == [Breach.AFTER_CONVERSATION]


# -- France: D. 223-9


@pytest.mark.parametrize(
    ("day", "hour", "minute", "inside"),
    [
        (24, 9, 59, False), (24, 10, 0, True), (24, 12, 59, True), (24, 13, 0, False),
        (24, 13, 59, False), (24, 14, 0, True), (24, 19, 59, True), (24, 20, 0, False),
        (28, 11, 0, False), (29, 11, 0, False),
    ],
)  # fmt: skip
def test_fr_hours_on_working_days(day: int, hour: int, minute: int, inside: bool) -> None:
    at = datetime(2026, 11, day, hour, minute, tzinfo=PARIS)
    assert (breaches(FR, at, PARIS) == []) is inside


@pytest.mark.parametrize(("month", "day"), [(5, 1), (7, 14), (12, 25)])
def test_fr_public_holidays(month: int, day: int) -> None:
    at = datetime(2026, month, day, 11, 0, tzinfo=PARIS)
    assert breaches(FR, at, PARIS) == [Breach.HOLIDAY]


def test_fr_four_calls_in_thirty_days_to_a_person() -> None:
    at = datetime(2026, 11, 24, 11, 0, tzinfo=PARIS)
    four = calls(at, 1, 5, 20, 29)
    assert breaches(FR, at, PARIS, attempts=four[:3]) == []
    assert breaches(FR, at, PARIS, attempts=four) == [Breach.TOO_MANY]
    other_debt = calls(at, 1, debt="another")
    assert breaches(FR, at, PARIS, attempts=four[:3] + other_debt) == [Breach.TOO_MANY]
    assert breaches(FR, at, PARIS, attempts=four[:3] + calls(at, 30)) == []


def test_fr_sixty_days_after_a_refusal() -> None:
    at = datetime(2026, 11, 24, 11, 0, tzinfo=PARIS)
    for days, expected in ((1, True), (60, True), (61, False)):
        refused = calls(at, days, status="bad_behavior")
        assert (Breach.AFTER_REFUSAL in breaches(FR, at, PARIS, attempts=refused)) is expected


# -- United Kingdom: CONC 7.9


def test_gb_names_no_hours_until_the_company_fills_them_in() -> None:
    night = datetime(2026, 11, 24, 3, 0, tzinfo=LONDON)
    assert breaches(GB, night, LONDON) == []
    from dataclasses import replace

    own = replace(GB, hours={day: read_spans("9:00-18:00") for day in range(5)})
    assert breaches(own, night, LONDON) == [Breach.HOURS]
    assert breaches(own, night.replace(hour=10), LONDON) == []


# -- where a debtor is


@pytest.mark.parametrize(
    ("country", "postal", "phone", "countries", "zones"),
    [
        ("FR", "75011", "", ("FR",), ("Europe/Paris",)),
        ("France", "97400", "", ("FR",), ("Indian/Reunion",)),
        ("FR", "75011", "+33639980012", ("FR",), ("Europe/Paris",)),
        ("US", "10001", "", ("US",), ("America/New_York",)),
        ("US", "96801", "", ("US",), ("Pacific/Honolulu",)),
        ("US", "10001", "+13105550123", ("US",), ("America/New_York", "America/Los_Angeles")),
        ("GB", "LS1 4AP", "+447700900123", ("GB",), ("Europe/London",)),
        ("", "", "+12125550123", ("US",), ("America/New_York",)),
        ("BE", "1000", "+33639980012", ("BE", "FR"), ("Europe/Brussels", "Europe/Paris")),
        ("Narnia", "1", "nobody", (), ()),
    ],
)  # fmt: skip
def test_places(
    country: str, postal: str, phone: str, countries: tuple[str, ...], zones: tuple[str, ...]
) -> None:
    debt = Debt("d", country=country, postal_code=postal)
    found = places_of(debt, phone, BOOK.zones)
    assert (found.countries, found.zones) == (countries, zones)


def test_a_country_without_a_known_place_has_all_its_zones() -> None:
    found = places_of(Debt("d", country="US"), "", BOOK.zones)
    assert {"America/New_York", "Pacific/Honolulu", "America/Los_Angeles"} <= set(found.zones)
    assert country_code("Etats-Unis") == ""


# -- the file


def test_hours_as_people_write_them() -> None:
    assert spans_text(read_spans("10:00-13:00, 14:00 – 20:00")) == "10:00-13:00, 14:00-20:00"
    assert spans_text(read_spans("0:00-24:00")) == "00:00-24:00"
    for wrong in ("10", "13:00-10:00", "10:00-14:00, 13:00-15:00", "25:00-26:00", "10:00"):
        with pytest.raises(ValueError, match=r"\S"):
            read_spans(wrong)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    file = tmp_path / "calling.toml"
    write_rules(file, BOOK)
    assert read_rules(file) == BOOK
    assert read_rules(tmp_path / "none.toml") == Rulebook()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[rule]]\ncountry = 'France'\nname = 'x'", "rule.0.country"),
        ("[[rule]]\ncountry = 'FR'\nname = 'x'\nhours = {someday = '9:00-10:00'}", "someday"),
        ("[[rule]]\ncountry = 'FR'\nname = 'x'\nhours = {monday = 'noon'}", "noon"),
        ("[[rule]]\ncountry = 'FR'\nname = 'x'\nextra = 1", "rule.0.extra"),
        ("conversation = ['talked']", "conversation.0"),
        ("[zones.FR]\n'1' = ['Europe/Atlantis']", "Atlantis"),
        ("=", "cannot be understood"),
    ],
)
def test_a_wrong_file_says_what_is_wrong(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "calling.toml"
    file.write_text(text)
    with pytest.raises(BadSetting, match=words):
        read_rules(file)


def test_attempts_of_tomorrow_do_not_count() -> None:
    at = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    later = [Attempt(at + timedelta(hours=n), "deal_found", "debt") for n in range(9)]
    assert breaches(US, at, NEW_YORK, attempts=later) == [Breach.HOURS]  # 7:00 there
