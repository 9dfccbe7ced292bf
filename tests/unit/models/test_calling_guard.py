"""What the calling rules, and how a debt stands, have against a call."""

from datetime import datetime, timedelta

from PySide6.QtCore import QLocale

from agent_app.domain.calling import Breach, RuleBreach
from agent_app.domain.debt_status import DebtStatus, Objection
from agent_app.domain.followup import Followup
from agent_app.text.moments import clock_text
from tests.unit.models.desk import PARIS, FormDesk

NIGHT = datetime(2026, 11, 26, 23, tzinfo=PARIS)
MORNING = datetime(2026, 11, 27, 10, tzinfo=PARIS)


def opened(desk: FormDesk) -> Followup:
    followup = desk.store.followups.get("f1")
    assert followup is not None
    return followup


def test_all_rules_are_off_at_first(desk: FormDesk) -> None:
    assert desk.guard.findings(opened(desk), NIGHT) == []
    assert desk.guard.next_open(opened(desk), NIGHT, NIGHT + timedelta(days=1)) == NIGHT


def test_a_night_call_goes_against_the_hours_of_the_debtors_country(desk: FormDesk) -> None:
    desk.turn_on("FR")
    (found,) = desk.guard.findings(opened(desk), NIGHT)
    assert isinstance(found, RuleBreach) and found.breach is Breach.HOURS
    assert desk.guard.words(found).startswith(clock_text(NIGHT, QLocale()))
    assert desk.guard.next_open(opened(desk), NIGHT, NIGHT + timedelta(days=1)) == MORNING


def test_a_rule_of_another_country_says_nothing(desk: FormDesk) -> None:
    desk.turn_on("US")
    assert desk.guard.findings(opened(desk), NIGHT) == []


def test_messages_are_no_calls(desk: FormDesk) -> None:
    desk.turn_on("FR")
    desk.followup("f1", type="sms")
    assert desk.guard.findings(opened(desk), NIGHT) == []


def test_a_paid_debt_speaks_against_a_call_and_not_against_one_that_was_made(
    desk: FormDesk,
) -> None:
    desk.debt(status=DebtStatus.PAID)
    found = desk.guard.findings(opened(desk), MORNING)
    assert found == [Objection(DebtStatus.PAID)]
    assert desk.guard.words(found[0])
    assert desk.guard.findings(opened(desk), MORNING, was_made=True) == []


def test_calls_to_the_person_are_counted_over_all_their_debts(desk: FormDesk) -> None:
    desk.turn_on("FR")
    desk.debt("d1", debtor_reference="C1")
    desk.debt("d2", debtor_reference="C1")
    for day in range(1, 5):
        at = MORNING - timedelta(days=day)
        desk.followup(f"call{day}", debt_id="d2", status="no_answer", call_date=at)
    breaches = [one.breach for one in desk.guard.findings(opened(desk), MORNING)
                if isinstance(one, RuleBreach)]  # fmt: skip
    assert breaches == [Breach.TOO_MANY]


def test_the_debtors_clock_is_told_where_it_is_another(desk: FormDesk) -> None:
    assert desk.guard.local_time(opened(desk), MORNING) == ""
    desk.debt(country="US", postal_code="10001", phone="+12125550101")
    assert "4:00" in desk.guard.local_time(opened(desk), MORNING)
