"""What an outcome puts into the open form, and when the debtor is called again."""

from datetime import datetime, timedelta

import pytest

from agent_app.domain.outcomes import NEXT_CALL, Outcome
from tests.unit.models.desk import PARIS, FormDesk


def planned(desk: FormDesk) -> str:
    """When "no answer" plans the next call, on the clock of Paris."""
    desk.session.open("f1")
    desk.filler.choose(Outcome.NO_ANSWER)
    at = desk.session.value(NEXT_CALL)
    assert isinstance(at, datetime)
    return f"{at.astimezone(PARIS):%Y-%m-%d %H:%M}"


def test_without_rules_the_next_call_is_as_the_team_says(desk: FormDesk) -> None:
    assert planned(desk) == "2026-11-27 09:00"


def test_the_shipped_french_rule_moves_it_to_the_next_open_minute(desk: FormDesk) -> None:
    desk.turn_on("FR")
    assert planned(desk) == "2026-11-27 10:00"
    assert not desk.session.problems(NEXT_CALL)
    assert desk.session.save() == ""  # and no reason is asked for


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("tomorrow 13:30", "2026-11-27 14:00"),  # after lunch
        ("tomorrow 21", "2026-11-30 10:00"),  # Friday evening: Monday morning
        ("tomorrow 11:30", "2026-11-27 11:30"),  # open already
        ("sat 11", "2026-11-30 11:00"),  # a weekend keeps the hour
    ],
)
def test_closed_hours_and_weekends_are_skipped(desk: FormDesk, rule: str, expected: str) -> None:
    desk.turn_on("FR")
    desk.retry = rule
    assert planned(desk) == expected


def test_a_weekend_keeps_the_hour_without_rules_and_counts_where_the_team_works(
    desk: FormDesk,
) -> None:
    desk.retry = "sat 9"
    assert planned(desk) == "2026-11-30 09:00"
    desk.session.discard()
    desk.weekends = True
    assert planned(desk) == "2026-11-28 09:00"


def test_where_nothing_is_open_for_weeks_the_teams_rule_stands_and_warns(desk: FormDesk) -> None:
    desk.turn_on("FR", hours={6: ()})
    assert planned(desk) == "2026-11-27 09:00"
    assert desk.session.problems(NEXT_CALL)


def test_an_hour_that_summer_time_leaves_out_is_the_one_after(desk: FormDesk) -> None:
    desk.now = datetime(2026, 3, 28, 12, tzinfo=PARIS)
    desk.retry, desk.weekends = "tomorrow 2:30", True
    assert planned(desk) == "2026-03-29 03:30"


def test_a_call_has_direction_and_number_of_the_one_before_it(desk: FormDesk) -> None:
    last = desk.now - timedelta(days=6)
    desk.followup("f0", call_date=last, phone_number_used="+33639980002", status="no_answer")
    desk.followup("f1", type="call")
    desk.session.open("f1")
    assert desk.filler.choose(Outcome.DEAL_FOUND) == "summary"
    assert desk.session.value("phone_number_used") == "+33639980002"
    assert desk.session.value("direction") == "outbound"
    assert desk.session.value("call_date") == desk.clock()


def test_nothing_open_nothing_filled(desk: FormDesk) -> None:
    assert desk.filler.choose(Outcome.DEAL_FOUND) == ""


def test_what_can_be_a_rule(desk: FormDesk) -> None:
    assert desk.filler.is_rule("demain 14h")
    assert not desk.filler.is_rule("whenever")
