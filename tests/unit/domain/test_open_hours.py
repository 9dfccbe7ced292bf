"""The next open minute, against a look at every quarter of an hour."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_app.config.team_files import read_rules
from agent_app.domain.calling import CallingRule, is_inside
from agent_app.domain.open_hours import next_open
from agent_app.models.calling_guard import holiday
from agent_app.system.paths import resources

BOOK = read_rules(resources() / "rules" / "calling.toml")
US, FR, GB = (next(r for r in BOOK.rules if r.country == code) for code in ("US", "FR", "GB"))
PARIS, NEW_YORK, LOS_ANGELES = (
    ZoneInfo(name) for name in ("Europe/Paris", "America/New_York", "America/Los_Angeles")
)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-11-26 09:00", "2026-11-26 10:00"),  # before the day's first hour
        ("2026-11-26 10:00", "2026-11-26 10:00"),
        ("2026-11-26 13:30", "2026-11-26 14:00"),  # lunch
        ("2026-11-27 20:00", "2026-11-30 10:00"),  # Friday evening: Monday
        ("2026-12-24 21:00", "2026-12-28 10:00"),  # Christmas on a Friday
    ],
)
def test_the_french_hours(at: str, expected: str) -> None:
    first = datetime.fromisoformat(at).replace(tzinfo=PARIS)
    found = next_open([FR], [PARIS], first, first + timedelta(days=14), holiday)
    assert found is not None
    assert found.astimezone(PARIS) == datetime.fromisoformat(expected).replace(tzinfo=PARIS)


def test_both_places_must_be_open() -> None:
    at = datetime(2026, 11, 26, 8, tzinfo=NEW_YORK)
    found = next_open([US], [NEW_YORK, LOS_ANGELES], at, at + timedelta(days=1), holiday)
    assert found == datetime(2026, 11, 26, 8, tzinfo=LOS_ANGELES)


def test_a_rule_without_hours_and_no_rule_leave_it() -> None:
    at = datetime(2026, 11, 26, 3, 17, tzinfo=UTC)
    for rules in ([], [GB]):
        assert next_open(rules, [PARIS], at, at + timedelta(days=1), holiday) == at


def test_there_may_be_none() -> None:
    at = datetime(2026, 11, 28, 0, tzinfo=PARIS)  # a weekend
    assert next_open([FR], [PARIS], at, at + timedelta(days=2), holiday) is None


@given(
    st.sampled_from([[US], [FR], [GB], [US, FR]]),
    st.lists(st.sampled_from([PARIS, NEW_YORK, LOS_ANGELES]), min_size=1, max_size=2),
    st.integers(min_value=0, max_value=4 * 24 * 400),
)
def test_no_quarter_of_an_hour_before_it_is_open(
    rules: list[CallingRule], zones: list[ZoneInfo], quarters: int
) -> None:
    quarter = timedelta(minutes=15)
    at = datetime(2026, 1, 1, tzinfo=UTC) + quarters * quarter
    until = at + timedelta(days=2)
    found = next_open(rules, zones, at, until, holiday)

    def is_open(moment: datetime) -> bool:
        return all(
            is_inside(rule, moment.astimezone(zone))
            and not (rule.holidays and holiday(rule.country, moment.astimezone(zone).date()))
            for rule in rules
            for zone in zones
        )

    expected = next((one for n in range(2 * 96) if is_open(one := at + n * quarter)), None)
    assert found == expected
