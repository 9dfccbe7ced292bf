"""What the contract accepts: every wrong field is named, nothing else is refused.

The checks follow `resources/openapi.yaml`; the contract's tests hold the two together.
"""

import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

STATUSES = (
    "on_hold",
    "scheduled",
    "in_progress",
    "sent",
    "delivered",
    "deal_found",
    "no_answer",
    "deal_not_found",
    "bad_behavior",
    "failed",
    "cancelled",
)
TYPES = ("call", "email", "sms", "whatsapp", "voicemail", "manual_call", "physical", "postmail")
DIRECTIONS = ("inbound", "outbound")
DEBT_STATUSES = tuple(
    f"status.default.{name}"
    for name in (
        "pending",
        "in_progress",
        "processing",
        "settled",
        "paid",
        "partial",
        "failed",
        "archived",
        "invalid_phone",
        "on_hold",
        "refused",
    )
)
"""The documented ones; a company may have more."""

Check = Callable[[Any], str | None]
"""Gives the message for a wrong value, None for a good one."""

_MOMENT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[Zz]|[+-](\d\d):(\d\d))", re.ASCII
)
_URI = re.compile(
    r"[A-Za-z][A-Za-z0-9+.\-]*:(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*"
)


def _one_of(choices: tuple[str, ...]) -> Check:
    def check(value: Any) -> str | None:
        if isinstance(value, str) and value in choices:
            return None
        return f"must be one of: {', '.join(choices)}"

    return check


def _text(value: Any) -> str | None:
    return None if isinstance(value, str) else "must be a text"


def _flag(value: Any) -> str | None:
    return None if isinstance(value, bool) else "must be true or false"


def _milliseconds(value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "must be a whole number of milliseconds"
    if not math.isfinite(value) or value != int(value):
        return "must be a whole number of milliseconds"
    return "must not be negative" if value < 0 else None


def _uri(value: Any) -> str | None:
    # An empty text clears the field (CONTRACT, "Assumed").
    good = isinstance(value, str) and (value == "" or _URI.fullmatch(value))
    return None if good else "must be an address (URI)"


def _moment(value: Any) -> str | None:
    words = "must be a date and time with an offset (ISO 8601)"
    if not isinstance(value, str):
        return words
    return None if moment_of(value) is not None else words


def _or_null(check: Check) -> Check:
    return lambda value: None if value is None else check(value)


WRITABLE: dict[str, Check] = {
    "status": _one_of(STATUSES),
    "type": _one_of(TYPES),
    "call_date": _or_null(_moment),
    "scheduled_at": _or_null(_moment),
    "summary": _or_null(_text),
    "notes": _or_null(_text),
    "call_id": _or_null(_text),
    "audio_url": _or_null(_uri),
    "duration_ms": _or_null(_milliseconds),
    "phone_number_used": _or_null(_text),
    "direction": _or_null(_one_of(DIRECTIONS)),
    "disconnection_reason": _or_null(_text),
    "is_retry": _flag,
}


DEBT_WRITABLE: dict[str, Check] = {
    "status": _text,  # a company may have statuses of its own
    **dict.fromkeys(
        (
            "summary",
            "phone",
            "email",
            "street_address",
            "street_number",
            "postal_code",
            "city",
            "country",
        ),
        _or_null(_text),
    ),
}


def wrong_fields(
    body: Mapping[str, Any], writable: Mapping[str, Check] = WRITABLE
) -> dict[str, list[str]]:
    """Messages by field, for every writable field whose value the contract refuses."""
    found: dict[str, list[str]] = {}
    for name, check in writable.items():
        if name in body and (words := check(body[name])) is not None:
            found[name] = [words]
    return found


def moment_of(text: str) -> datetime | None:
    """Return the instant of an RFC 3339 date-time, or None; a leap second counts as the next second."""
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    leap = match[6] == "60"
    plain = text.upper()
    if leap:
        plain = plain[:17] + "59" + plain[19:]
    try:
        moment = datetime.fromisoformat(plain)
    except ValueError:
        return None
    try:
        return moment.astimezone(UTC) + timedelta(seconds=1 if leap else 0)
    except OverflowError:  # the first or last hours of the calendar, seen from elsewhere
        return moment.replace(tzinfo=UTC)


def stored_moment(text: str) -> str:
    """Return a moment as replies carry it: with +00:00."""
    moment = moment_of(text)
    assert moment is not None
    return moment.isoformat()


def day_of(text: str) -> date | None:
    """Return the day of a YYYY-MM-DD, or None."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def whole_number(text: str) -> int | None:
    """Return the whole number that *text* is, or None."""
    if not re.fullmatch(r"[+-]?\d{1,300}", text, re.ASCII):
        return None
    return int(text)
