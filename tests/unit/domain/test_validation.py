"""Our own rules: only what the agent changed is judged."""

from datetime import UTC, datetime, timedelta

import pytest

from agent_app.domain.fields import Value
from agent_app.domain.followup import from_values
from agent_app.domain.validation import Rule, check

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
ODD = from_values(
    {"id": "f", "status": "scheduled", "type": "call", "audio_url": "not a link", "duration_ms": -4}
)


@pytest.mark.parametrize(
    ("name", "value", "rule", "warning"),
    [
        ("status", None, Rule.REQUIRED, False),
        ("type", "", Rule.REQUIRED, False),
        ("audio_url", "recording.wav", Rule.NOT_A_LINK, False),
        ("audio_url", "javascript:alert(1)", Rule.NOT_A_LINK, False),
        ("audio_url", "https://", Rule.NOT_A_LINK, False),
        ("audio_url", "https://a b", Rule.NOT_A_LINK, False),
        ("audio_url", "https://[", Rule.NOT_A_LINK, False),
        ("duration_ms", -1, Rule.NEGATIVE, False),
        ("phone_number_used", "call me", Rule.NOT_A_NUMBER, True),
        ("call_date", NOW + timedelta(hours=1), Rule.CALL_IN_FUTURE, True),
        ("scheduled_at", NOW - timedelta(hours=1), Rule.SCHEDULED_IN_PAST, True),
        ("scheduled_at", None, Rule.NEEDS_SCHEDULE, False),
    ],
)
def test_what_is_wrong(name: str, value: Value, rule: Rule, warning: bool) -> None:
    (problem,) = check(ODD, {name: value}, NOW)
    assert (problem.name, problem.rule, problem.warning) == (name, rule, warning)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("status", "abducted"),
        ("audio_url", "https://example.org/a.wav?x=1"),
        ("audio_url", None),
        ("duration_ms", 0),
        ("phone_number_used", "+33 6 39 98 00 00"),
        ("call_date", NOW),
        ("call_date", NOW + timedelta(minutes=4)),
        ("scheduled_at", NOW + timedelta(days=1)),
        ("notes", "<b>&\0"),
    ],
)
def test_what_is_good(name: str, value: Value) -> None:
    assert check(ODD, {name: value}, NOW) == []


def test_a_followup_that_came_in_odd_still_gets_its_notes() -> None:
    assert check(ODD, {"notes": "x"}, NOW) == []


def test_scheduled_without_a_date_is_wrong_only_when_touched() -> None:
    (problem,) = check(from_values({"id": "f", "status": "failed"}), {"status": "scheduled"}, NOW)
    assert problem.rule is Rule.NEEDS_SCHEDULE
