"""What a refusal means: every code one error, every wait one that makes sense."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_app.api.replies import MAX_PATIENCE_S, beside, error_of
from agent_app.domain.errors import (
    ExternalError,
    NotAllowed,
    NotFound,
    NotUnderstood,
    RateLimited,
    Refused,
    Rejected,
    ServerTrouble,
    SignedOut,
    Unreachable,
)

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
OTHERS: dict[int, type[ExternalError]] = {
    400: Rejected,
    401: SignedOut,
    403: NotAllowed,
    404: NotFound,
    407: Unreachable,
    408: ServerTrouble,
    422: Rejected,
    425: ServerTrouble,
    429: RateLimited,
}


def test_every_code_has_its_meaning() -> None:
    for code in range(300, 600):
        kind = NotUnderstood if code < 400 else ServerTrouble if code >= 500 else Refused
        assert type(error_of(code, b"{}")) is OTHERS.get(code, kind), code


def test_a_refusal_keeps_the_servers_sentence() -> None:
    refused = error_of(409, b'{"error":true,"message":"Closed yesterday","code":409}')
    assert isinstance(refused, Refused)
    assert (refused.code, refused.message, refused.retry) == (409, "Closed yesterday", False)
    rejected = error_of(400, b'{"error":true,"message":"Invalid call_date"}')
    assert isinstance(rejected, Rejected)
    assert rejected.message == "Invalid call_date"


def limited(details: Any = None, **headers: str) -> float | None:
    body = {"error": True, "code": 429} | ({"details": details} if details is not None else {})
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    error = error_of(429, json.dumps(body).encode(), named)
    assert isinstance(error, RateLimited)
    return error.retry_after


@pytest.mark.parametrize("off", [timedelta(), timedelta(days=1), -timedelta(days=1)])
def test_a_wait_is_measured_on_the_servers_own_clock(off: timedelta) -> None:
    date = format_datetime(NOW + off, usegmt=True)
    later = format_datetime(NOW + off + timedelta(minutes=5), usegmt=True)
    moment = (NOW + off + timedelta(minutes=7)).isoformat()
    assert limited(date=date, retry_after=later) == 300
    assert limited({"reset_time": moment}, date=date) == 420
    assert limited({"retry_after": 30, "reset_time": moment}, date=date, retry_after=later) == 30
    assert limited(date=date, retry_after="120") == 120


ABSURD = ["-1", "0", "nan", "inf", "-inf", "31536000", "soon", "", "1e400", "9" * 5_000, "٣٠ days"]


@pytest.mark.parametrize("word", ABSURD)
def test_an_absurd_wait_is_no_wait(word: str) -> None:
    assert limited({"retry_after": word}, retry_after=word) is None
    assert limited({"retry_after": word}, retry_after="60") == 60


@pytest.mark.parametrize(
    "moment",
    [
        "9999-12-31T23:59:59-12:00",
        "0001-01-01T00:00:00+12:00",
        "2027-06-01T12:00:00Z",
        "yesterday",
        "Mon, 99 Foo 2026 12:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 -2300",
    ],
)
def test_an_absurd_moment_is_no_wait(moment: str) -> None:
    date = format_datetime(NOW, usegmt=True)
    assert limited({"reset_time": moment}, date=date, retry_after=moment) is None


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=5) | st.sampled_from(["details", "message"]), inner)
    ),
    max_leaves=8,
)


@given(
    st.integers(300, 599),
    anything,
    st.dictionaries(st.sampled_from(["retry-after", "date"]), st.text(max_size=30)),
)
def test_no_reply_raises_and_no_wait_is_out_of_bounds(
    code: int, details: Any, headers: dict[str, str]
) -> None:
    reset = details if isinstance(details, str) else None
    body = {"details": {"retry_after": details, "reset_time": reset, "notes": details}}
    error = error_of(code, json.dumps(body).encode(), headers)
    assert isinstance(error, ExternalError)
    if isinstance(error, RateLimited):
        assert error.retry_after is None or 0 < error.retry_after <= MAX_PATIENCE_S


@pytest.mark.parametrize(
    ("message", "sent", "named"),
    [
        ("Invalid callDate format. Use YYYY-MM-DD", {"call_date", "notes"}, "call_date"),
        ("Invalid call_date format", {"call_date", "scheduled_at"}, "call_date"),
        ("The call date is wrong", {"call_date"}, "call_date"),
        ("STATUS may not be sent", {"status", "notes"}, "status"),
        ("The scheduled date is before the call date", {"call_date", "scheduled_at"}, "call_date"),
        # no word of what was sent, or of more than one: it is nobody's
        ("Invalid call_date format", {"notes"}, ""),
        ("status and type do not go together", {"status", "type"}, ""),
        ("The footnotes are too long", {"notes"}, ""),
        ("", {"notes"}, ""),
    ],
)
def test_a_sentence_that_names_a_field_goes_beside_it(
    message: str, sent: set[str], named: str
) -> None:
    bare = error_of(400, json.dumps({"error": True, "message": message, "code": 400}).encode())
    assert isinstance(bare, Rejected)
    found = beside(bare, sent)
    assert found.fields == ({named: [message]} if named else {})
    assert found.message == ("" if named else message)


def test_details_go_before_the_sentence() -> None:
    error = Rejected(400, "Invalid notes", {"summary": ["too short"]})
    assert beside(error, {"notes", "summary"}) is error
