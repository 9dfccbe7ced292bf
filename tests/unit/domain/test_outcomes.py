"""Which outcomes fit, which one a followup has, and what "call back" makes of it."""

from datetime import UTC, datetime, timedelta

import pytest

from agent_app.domain.fields import CALL_TYPES, DIALLED_TYPES, Status, Type
from agent_app.domain.followup import Followup, with_changes
from agent_app.domain.outcomes import (
    DIGITS,
    NEXT_CALL,
    Outcome,
    OutcomeInputs,
    chosen,
    fill,
    fitting,
)

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
TOMORROW = NOW + timedelta(days=1)
KINDS = [*Type, "", "pigeon"]


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_that_fit_have_the_same_key(kind: str) -> None:
    choice = fitting(kind)
    assert set(choice.usual) & set(choice.rest) == set()
    digits = [DIGITS[one] for one in choice.all]
    assert len(digits) == len(set(digits))
    assert 3 <= len(choice.usual) <= 4


@pytest.mark.parametrize("kind", KINDS)
def test_only_what_fits_the_type(kind: str) -> None:
    found = fitting(kind).all
    dialled = kind in DIALLED_TYPES
    assert (Outcome.CALL_BACK in found) is dialled
    assert (Outcome.DELIVERED in found) is not dialled
    assert (Outcome.CALL_RESULTS in found) is (kind in CALL_TYPES)


def test_call_back_is_a_call_that_was_made_and_one_that_is_planned() -> None:
    followup = Followup("f", "d", status=Status.SCHEDULED, type=Type.MANUAL_CALL)
    known = OutcomeInputs(NOW, TOMORROW, debtor_phone="+33639980001")
    filled = fill(Outcome.CALL_BACK, followup, known)
    assert filled.focus == NEXT_CALL
    assert filled.next_call == TOMORROW
    assert filled.changes["status"] == Status.DEAL_NOT_FOUND
    assert filled.changes["call_date"] == NOW
    assert filled.changes["phone_number_used"] == "+33639980001"


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_chosen_is_shown_as_chosen(kind: str) -> None:
    followup = Followup("f", "d", status=Status.SCHEDULED, type=kind)
    assert chosen(followup, None, ()) is None
    known = OutcomeInputs(NOW, TOMORROW)
    for outcome in fitting(kind).all - {Outcome.CALL_RESULTS}:
        filled = fill(outcome, followup, known)
        after = with_changes(followup, filled.changes)
        found = chosen(after, filled.next_call, filled.changes.keys())
        assert found is outcome
