"""Replies are read tolerantly, changes are written exactly."""

import contextlib
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent_app.api import wire
from agent_app.api.replies import error_of, seconds_of
from agent_app.domain.errors import (
    ExternalError,
    NotAllowed,
    NotFound,
    NotUnderstood,
    RateLimited,
    Rejected,
    ServerTrouble,
    SignedOut,
)

json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=8,
)
names = st.sampled_from([*wire.FollowupSaid.__annotations__, "mood"])


def test_unknown_values_and_keys_pass_through() -> None:
    said = wire.read_followup({"id": "f", "status": "abducted", "mood": {"today": "fine"}})
    assert said == {"id": "f", "status": "abducted", "mood": {"today": "fine"}}


def test_half_a_surrogate_pair_costs_no_page() -> None:
    body = b'{"error": false, "data": [{"id": "a", "notes": "x\\ud800y"}, {"id": "b\\udc00"}]}'
    page = wire.read_page(wire.parse_json(body))
    assert [(row["id"], row.get("notes")) for row in page.rows] == [("a", "x?y"), ("b?", None)]


def test_a_key_that_is_missing_is_not_said() -> None:
    assert wire.read_followup({"id": "f", "notes": None}) == {"id": "f", "notes": None}


def test_an_odd_value_costs_its_field_alone_and_is_logged_once_by_name(
    caplog: pytest.LogCaptureFixture,
) -> None:
    odd = {
        "id": "f",
        "summary": "good",
        "notes": 7,
        "phone_number_used": 33639980001,
        "call_id": 4711.0,
        "disconnection_reason": ["CANARY"],
        "duration_ms": "CANARY",
        "is_retry": "yes",
        "call_date": 5,
        "scheduled_at": "CANARY",
        "status": None,
    }
    wire._note_odd.cache_clear()
    for _ in range(3):
        said = wire.read_followup(odd)
    good = {"id": "f", "summary": "good"}
    assert said == {**good, "phone_number_used": "33639980001", "call_id": "4711"}
    named = [str(record.args[0]) for record in caplog.records if isinstance(record.args, tuple)]
    assert sorted(named) == [
        "call_date",
        "call_id",
        "disconnection_reason",
        "duration_ms",
        "is_retry",
        "notes",
        "phone_number_used",
        "scheduled_at",
    ]
    assert "CANARY" not in caplog.text


def test_a_row_whose_id_is_a_number_is_shown() -> None:
    page = wire.read_page({"error": False, "data": [{"id": 4711, "debt_id": 12}, {"id": True}]})
    assert page.rows == [{"id": "4711", "debt_id": "12"}]
    assert page.unreadable == 1


def nested(deep: int) -> Any:
    value: Any = []
    for _ in range(deep):
        value = [value]
    return value


def test_what_is_nested_deep_ends_as_not_understood_or_is_left_out() -> None:
    deep = b"[" * 900 + b"]" * 900
    row = b'{"id": "f", "x": ' + deep + b', "notes": "\\ud800"}'
    with contextlib.suppress(NotUnderstood):
        value = wire.parse_json(row)
        assert wire.read_followup(value) == {"id": "f", "notes": "?"}
    said = wire.read_followup({"id": "f", "x": nested(900), "y": nested(5)})
    assert said == {"id": "f", "y": nested(5)}


@pytest.mark.parametrize(
    "said", [-1, 10**12, 10**400, "many", float("nan"), float("inf"), None, True, [], 1.5]
)
def test_a_total_that_makes_no_sense_is_not_said(said: object) -> None:
    page = wire.read_page(
        {"error": False, "data": [{"id": "a"}], "pagination": {"total": said, "pages": said}}
    )
    assert (page.total, page.pages, len(page.rows)) == (0, 0, 1)


def test_moments_are_instants() -> None:
    said = wire.read_followup({"id": "f", "call_date": "2026-03-01T10:00:00+02:00"})
    assert said["call_date"] == datetime(2026, 3, 1, 8, tzinfo=UTC)


@pytest.mark.slow
@settings(max_examples=2_000, deadline=None)
@given(st.dictionaries(names, json_values, max_size=6))
def test_no_row_is_ever_too_odd(row: dict[str, Any]) -> None:
    said = wire.read_followup({**row, "id": "f"})
    assert said["id"] == "f"


def test_one_bad_row_hides_no_other() -> None:
    page = wire.read_page(
        {
            "error": False,
            "data": [42, {"id": "a"}, {"no": "id"}, {"id": ""}, {"id": "b"}],
            "pagination": {"total": "many", "page": 1, "limit": 20, "pages": 3},
        }
    )
    assert [row["id"] for row in page.rows] == ["a", "b"]
    assert (page.unreadable, page.total, page.pages) == (3, 0, 3)


@pytest.mark.slow
@settings(max_examples=2_000, deadline=None)
@given(st.binary(max_size=60) | json_values.map(lambda v: json.dumps(v).encode()))
def test_any_body_is_read_or_refused(body: bytes) -> None:
    for read in (wire.read_page, wire.read_data):
        with contextlib.suppress(NotUnderstood):
            read(wire.parse_json(body))


def test_a_refused_body_is_not_quoted() -> None:
    with pytest.raises(NotUnderstood) as caught:
        wire.parse_json(b"CANARY of a debtor")
    assert "CANARY" not in repr(caught.value)
    assert caught.value.__cause__ is None


@given(
    st.integers(100, 599),
    st.binary(max_size=40) | json_values.map(lambda v: json.dumps(v).encode()),
)
def test_any_refusal_becomes_an_error(code: int, body: bytes) -> None:
    assert isinstance(error_of(code, body), ExternalError)


def refusal(code: int, **more: Any) -> ExternalError:
    return error_of(
        code, json.dumps({"error": True, "message": "m", "code": code, **more}).encode()
    )


def test_refusals() -> None:
    rejected = refusal(400, details={"notes": ["a", "b"], "type": "c", "x": 5, "y": [1]})
    assert isinstance(rejected, Rejected)
    assert rejected.fields == {"notes": ["a", "b"], "type": ["c"]}
    assert isinstance(refusal(422), Rejected)
    assert isinstance(refusal(401), SignedOut)
    assert isinstance(refusal(404), NotFound)
    assert isinstance(refusal(503), ServerTrouble)
    forbidden = refusal(403, message='Required scope "followups:write" not found in token')
    assert isinstance(forbidden, NotAllowed)
    assert forbidden.scope == "followups:write"
    limited = refusal(
        429, details={"retry_after": 1800, "limit": 5, "reset_time": "2026-01-01T00:00:00+00:00"}
    )
    assert isinstance(limited, RateLimited)
    assert limited.retry_after == 1800


@pytest.mark.parametrize("value", [0, -1, "abc", 1e12, None, True, float("nan"), [], "1e99"])
def test_a_wait_that_makes_no_sense_is_none(value: object) -> None:
    assert seconds_of(value) is None


@pytest.mark.parametrize(("value", "seconds"), [(1800, 1800), ("30", 30), (0.5, 0.5)])
def test_a_wait_is_kept_to_the_second(value: object, seconds: float) -> None:
    assert seconds_of(value) == seconds


def test_changes_are_written_as_the_contract_wants_them() -> None:
    moment = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
    assert wire.write_changes(
        {
            "notes": None,
            "call_date": None,
            "scheduled_at": moment,
            "duration_ms": None,
            "direction": None,
            "is_retry": True,
            "audio_url": None,
            "summary": "é",
        }
    ) == {
        "notes": "",
        "call_date": None,
        "scheduled_at": "2026-03-01T08:00:00+00:00",
        "duration_ms": None,
        "direction": None,
        "is_retry": True,
        "audio_url": None,
        "summary": "é",
    }


def test_a_debt_keeps_what_is_shown_and_no_more() -> None:
    said = wire.read_debt(
        {
            "id": "d",
            "status": "status.custom.ours",
            "birthdate": "1980-02-29",
            "plan_start_date": "soon",
            "timeline_id": 17,
            "last_timeline_restart": "2026-11-01T08:00:00+00:00",
            "nb_reminders": 3,
            "summary": "Disputes it",
            "iban": "FR7630006000011234567890189",
            "contacts": [{"phone": "1"}],
            "metadata": {"a": 1},
            "import_date": "2026-01-01T00:00:00+00:00",
        }
    )
    assert said == {
        "id": "d",
        "status": "status.custom.ours",
        "birthdate": date(1980, 2, 29),
        "timeline_id": "17",
        "last_timeline_restart": datetime(2026, 11, 1, 8, tzinfo=UTC),
        "nb_reminders": 3,
        "summary": "Disputes it",
    }


def test_one_more_envelope_is_opened() -> None:
    inner = {"id": "d", "firstName": "A"}
    assert wire.read_data({"error": False, "data": {"data": inner}}) == inner
    assert wire.read_data({"error": False, "data": {"data": [inner]}}) == [inner]
    told = {"id": "f", "data": {"of": "its own"}}
    assert wire.read_data({"error": False, "data": told}) == told


def test_a_followup_without_a_type_says_none() -> None:
    for said in ({"id": "f", "type": None}, {"id": "f"}):
        assert "type" not in wire.read_followup(said)
