"""How a debt stands, and what has something against a call."""

import pytest

from agent_app.domain.debt_status import AGAINST_CALLING, DebtStatus, is_ordinary, objection
from agent_app.sandbox.rules import DEBT_STATUSES
from agent_app.text.debts import debt_status_label, objection_words


def test_they_are_the_documented_ones() -> None:
    assert {str(one) for one in DebtStatus} == set(DEBT_STATUSES)


@pytest.mark.parametrize("status", list(DebtStatus))
def test_each_has_words(status: DebtStatus) -> None:
    assert debt_status_label(status)
    assert "." not in debt_status_label(status)
    found = objection(str(status))
    assert (found is not None) == (status in AGAINST_CALLING)
    if found is not None:
        assert objection_words(found).endswith(".")


@pytest.mark.parametrize("status", [None, "", "status.custom.bailiff", "paid", "<b>"])
def test_an_unknown_one_is_shown_as_it_is_and_keeps_nobody_from_calling(
    status: str | None,
) -> None:
    assert debt_status_label(status) == (status or "")
    assert objection(status) is None


def test_in_progress_tells_nothing() -> None:
    assert is_ordinary(None)
    assert is_ordinary("status.default.in_progress")
    assert not is_ordinary("status.default.pending")
    assert not is_ordinary("status.custom.bailiff")
