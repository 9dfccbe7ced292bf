"""Whether a place may be called now, and when that changes."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from agent_app.domain.calling import CallingRule, Rulebook, read_spans
from agent_app.domain.calling_order import Hours
from agent_app.domain.debt import Debt
from agent_app.domain.local_hours import local_hours, place_of

PARIS = ZoneInfo("Europe/Paris")
LUNCH = {day: read_spans("10:00-13:00, 14:00-20:00") for day in range(5)}
FRANCE = Rulebook(
    (CallingRule("FR", "France", "", datetime(2026, 1, 1).date(), True, hours=LUNCH),)
)


def at(clock: str, day: int = 26) -> datetime:
    """A moment of November 2026 in Paris; the 26th is a Thursday."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 11, day, hour, minute, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("now", "hours", "until"),
    [
        (at("11:00"), Hours.OPEN, at("13:00")),
        (at("12:30"), Hours.CLOSING, at("13:00")),
        (at("13:30"), Hours.CLOSED, at("14:00")),
        (at("20:00", 27), Hours.CLOSED, at("10:00", 30)),
    ],
)
def test_the_teams_rule_decides(now: datetime, hours: Hours, until: datetime) -> None:
    found = local_hours("FR", FRANCE, now, UTC)
    assert (found.hours, found.until) == (hours, until)


def test_usual_hours_where_there_is_no_rule() -> None:
    assert local_hours("FR", Rulebook(), at("7:59"), UTC).until == at("8:00")
    assert local_hours("FR", Rulebook(), at("9:00"), UTC).hours is Hours.OPEN
    assert local_hours("", Rulebook(), at("20:30"), PARIS).hours is Hours.CLOSED


def test_a_country_with_several_clocks_is_open_where_all_are() -> None:
    morning = datetime(2026, 11, 26, 14, 0, tzinfo=UTC)  # 9:00 in New York, 6:00 in Los Angeles
    assert local_hours("US", Rulebook(), morning, UTC).hours is Hours.CLOSED
    zones = {"US": {"10": ("America/New_York",)}}
    assert local_hours("US 100", Rulebook(zones=zones), morning, UTC).hours is Hours.OPEN


@pytest.mark.parametrize(
    ("debt", "place"),
    [
        (Debt("d", country="France", postal_code="35000"), "FR"),
        (Debt("d", country="US", postal_code="10 001"), "US 100"),
        (Debt("d", country="US"), "US"),
        (Debt("d", phone="+33639981870"), ""),
    ],
)
def test_a_place_in_a_word(debt: Debt, place: str) -> None:
    assert place_of(debt) == place
