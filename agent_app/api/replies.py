"""What a status code, its headers and its body mean, as one of the domain's errors."""

import math
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from agent_app.api.wire import parse_json
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

MAX_PATIENCE_S = 6 * 3600
"""No wait that a server asks for is believed beyond this (seconds)."""


TRY_LATER = frozenset({408, 425})
"""4xx that say nothing of the request itself: it may be made again."""


def error_of(code: int, body: bytes, headers: Mapping[str, str] | None = None) -> ExternalError:
    """Return the error that a reply with *code* (not 2xx) stands for. Never raises.

    *headers* have their names in lower case.
    """
    headers = headers or {}
    if code >= 500 or code in TRY_LATER:
        return ServerTrouble(code)
    if 300 <= code < 400:
        return NotUnderstood(f"HTTP {code}: the server redirects, which is not followed")
    payload = _envelope(body)
    details = payload.get("details")
    details = details if isinstance(details, dict) else {}
    message = payload.get("message")
    message = message if isinstance(message, str) else ""
    match code:
        case 401:
            return SignedOut("HTTP 401")
        case 403:
            return NotAllowed(_scope_in(message))
        case 404:
            return NotFound("HTTP 404")
        case 407:
            return Unreachable("the proxy wants to know who asks")
        case 429:
            return RateLimited(_wait(details, headers))
        case 400 | 422:
            return Rejected(code, message, _messages(details))
    if 400 <= code < 500:
        return Refused(code, message)
    return NotUnderstood(f"HTTP {code}")


def _wait(details: Mapping[str, Any], headers: Mapping[str, str]) -> float | None:
    """Return how long a 429 asks to wait (seconds): the first of what it says that makes sense.

    Moments are held against the server's own clock, which may not be ours.
    """
    server_now = server_clock(headers) or datetime.now(UTC)
    payload = headers.get("retry-after")
    moments = [_moment_of(details.get("reset_time")), _http_date(payload)]
    waits = [
        seconds_of(details.get("retry_after")),
        seconds_of(payload),
        *(seconds_of((one - server_now).total_seconds()) for one in moments if one is not None),
    ]
    return next((wait for wait in waits if wait is not None), None)


def server_clock(headers: Mapping[str, str]) -> datetime | None:
    """Return what the server's clock showed when it answered (UTC), if it says so."""
    return _http_date(headers.get("date"))


def _http_date(value: object) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        moment = parsedate_to_datetime(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def seconds_of(value: object) -> float | None:
    """Return a wait in seconds, or None where what was said makes no sense (0, -1, "abc", 1e12 …)."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        seconds = float(value)
    except (ValueError, OverflowError):
        return None
    if not math.isfinite(seconds) or not 0 < seconds <= MAX_PATIENCE_S:
        return None
    return seconds


def _envelope(body: bytes) -> dict[str, Any]:
    try:
        value = parse_json(body)
    except NotUnderstood:
        return {}
    return value if isinstance(value, dict) else {}


def _messages(details: dict[str, Any]) -> dict[str, list[str]]:
    """Field name to messages; one text counts as a list of one, other shapes are left out."""
    found: dict[str, list[str]] = {}
    for name, words in details.items():
        if isinstance(words, str):
            found[name] = [words]
        elif isinstance(words, list):
            kept = [word for word in words if isinstance(word, str) and word]
            if kept:
                found[name] = kept
    return found


def beside(error: Rejected, names: Iterable[str]) -> Rejected:
    """*error* as it is, or beside a field: where it names none, but its one sentence does, of the
    fields *names* that were sent (CONTRACT, "a 400 may come without details")."""
    payload = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", error.message).lower()  # callDate
    words = re.findall(r"[a-z0-9]+", payload.replace("_", " "))
    named = [name for name in names if _holds(words, name.split("_"))]
    if error.fields or len(named) != 1:
        return error
    return Rejected(error.code, "", {named[0]: [error.message]})


def _holds(words: list[str], wanted: list[str]) -> bool:
    """Return whether *wanted* stand one after the other in *words*."""
    size = len(wanted)
    return any(words[at : at + size] == wanted for at in range(len(words) - size + 1))


def _scope_in(message: str) -> str:
    """`Required scope "followups:write" not found in token` names the scope."""
    parts = message.split('"')
    return parts[1] if len(parts) >= 3 and len(parts[1]) < 60 else ""


def _moment_of(value: object) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
