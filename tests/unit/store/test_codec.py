"""Values survive the file, whatever unknown keys are called."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from agent_app.domain.debt import from_values
from agent_app.store.codec import dumps, loads
from agent_app.store.store import Store

AT = datetime(2026, 11, 1, 8, tzinfo=UTC)


def test_a_debt_comes_back() -> None:
    said = {
        "id": "d",
        "birthdate": date(1980, 2, 29),
        "plan_start_date": date(2026, 1, 1),
        "due_date": None,
        "last_timeline_restart": AT,
        "nb_reminders": 3,
    }
    assert loads(dumps(said)) == said
    debt = from_values(loads(dumps(said)))
    assert (debt.birthdate, debt.last_timeline_restart) == (date(1980, 2, 29), AT)


@pytest.mark.parametrize("value", ["soon", "", 7, [1], {"a": 1}])
@pytest.mark.parametrize("name", ["birthdate", "due_date", "last_timeline_restart"])
def test_an_unknown_key_of_a_followup_with_a_dates_name_spoils_no_row(
    name: str, value: Any
) -> None:
    store = Store(None, None)
    store.followups.upsert([{"id": "f", "debt_id": "d", "status": "scheduled", name: value}], AT)
    followup = store.followups.get("f")
    assert followup is not None
    assert followup.status == "scheduled"
