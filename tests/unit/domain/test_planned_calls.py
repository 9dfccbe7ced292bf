"""What a planned call is filed as: never by chance as what the provider executes by itself."""

from datetime import UTC, datetime

import pytest

from agent_app.domain.fields import DIALLED_TYPES, Type
from agent_app.domain.followup import Followup
from agent_app.domain.outcomes import next_call_of, type_planned
from agent_app.domain.settings import PLANNED_TYPES, Settings

AT = datetime(2026, 11, 26, 9, tzinfo=UTC)


@pytest.mark.parametrize("kind", [*Type, "pigeon"])
def test_a_person_calls_unless_the_team_chose_otherwise(kind: str) -> None:
    followup = Followup(id="f", debt_id="d", status="no_answer", type=kind)
    assert type_planned(Settings().planned_type, followup) == Type.MANUAL_CALL
    assert type_planned("call", followup) == Type.CALL
    same = kind if kind in DIALLED_TYPES else Type.MANUAL_CALL
    assert type_planned("same", followup) == same
    for rule in PLANNED_TYPES:
        assert type_planned(rule, followup) in DIALLED_TYPES


def test_the_next_call_says_so() -> None:
    followup = Followup(id="f", debt_id="d", status="no_answer", type="call")
    assert next_call_of(followup, AT, "manual_call")["type"] == "manual_call"
