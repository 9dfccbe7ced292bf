"""Why a call is worth making now, in a few words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QLocale

from agent_app.domain.calling_order import Hours
from agent_app.domain.list_row import ListRow
from agent_app.domain.local_hours import LocalHours
from agent_app.text.reasons import Here, reason_words

NOW = datetime(2026, 11, 26, 10, 5, tzinfo=UTC)
HERE = Here(NOW, UTC, QLocale("en_GB"))
OPEN = LocalHours(Hours.OPEN, None, ())
ROW = ListRow(
    1, "f", "d", "Femke", "call", "scheduled", NOW - timedelta(hours=1), None, "", "", None, False
)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "first call"),
        ({"tries": 2, "last_call": NOW - DAY, "amount": 2310.0}, "third try · large amount"),
        ({"tries": 7, "last_call": NOW - DAY}, "try 8"),
        ({"last_outcome": "deal_not_found", "scheduled_at": NOW - HOUR / 12}, "promised for 10:00"),
        ({"last_outcome": "deal_found", "scheduled_at": NOW - 11 * DAY}, "promised for 15 Nov"),
        ({"status": "in_progress"}, "begun, no outcome yet"),
        ({"person_called": NOW - 2 * HOUR}, "called 2 h ago on another debt"),
        ({"person_called": NOW - HOUR, "last_call": NOW - HOUR}, "called 1 h ago"),
        ({"last_outcome": "deal_not_found", "last_call": NOW - 5 * HOUR, "scheduled_at": NOW - 6 * HOUR},
         "planned for 04:05"),
        ({"against": True, "debt_status": "status.default.paid"}, "Paid"),
        ({"tries": 1, "last_call": NOW - 5 * DAY, "person_called": NOW - 5 * DAY},
         "second try · rested 5 days"),
    ],
)  # fmt: skip
def test_a_reason_in_words(values: dict[str, Any], said: str) -> None:
    assert reason_words(replace(ROW, **values), OPEN, HERE) == said


@pytest.mark.parametrize(
    ("hours", "until", "said"),
    [
        (Hours.CLOSING, NOW + HOUR / 2, "until 10:35 there · first call"),
        (Hours.CLOSED, NOW + 2 * HOUR, "opens at 12:05"),
        (Hours.CLOSED, NOW + 4 * DAY, "opens Mon 10:05"),
        (Hours.CLOSED, None, "closed there"),
    ],
)
def test_the_hours_at_the_debtors_place(hours: Hours, until: datetime | None, said: str) -> None:
    assert reason_words(ROW, LocalHours(hours, until, ()), HERE) == said
