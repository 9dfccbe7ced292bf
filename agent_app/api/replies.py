"""Room: api. What a status code and its body mean, as one of the domain's errors."""

import math
from datetime import UTC, datetime
from typing import Any

from agent_app.api.wire import parse_json
from agent_app.domain.errors import (
    NotAllowed,
    NotThere,
    NotUnderstood,
    RateLimited,
    Rejected,
    ServerTrouble,
    SignedOut,
    WorldError,
)

MOST_PATIENCE_S = 6 * 3600
"""No wait that a server asks for is believed beyond this (seconds)."""


def error_of(code: int, body: bytes) -> WorldError:
    """The error that a reply with *code* (not 2xx) stands for. Never raises."""
    if code >= 500:
        return ServerTrouble(code)
    if 300 <= code < 400:
        return NotUnderstood(f"HTTP {code}: the server redirects, which is not followed")
    said = _envelope(body)
    details = said.get("details")
    details = details if isinstance(details, dict) else {}
    message = said.get("message")
    message = message if isinstance(message, str) else ""
    match code:
        case 401:
            return SignedOut("HTTP 401")
        case 403:
            return NotAllowed(_scope_in(message))
        case 404:
            return NotThere("HTTP 404")
        case 429:
            return RateLimited(
                seconds_of(details.get("retry_after")), _moment_of(details.get("reset_time"))
            )
        case 400 | 422:
            return Rejected(code, message, _messages(details))
    return NotUnderstood(f"HTTP {code}")


def seconds_of(value: object) -> float | None:
    """A wait in seconds, or None where what was said makes no sense (0, -1, "abc", 1e12 …)."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        seconds = float(value)
    except ValueError:
        return None
    if not math.isfinite(seconds) or not 0 < seconds <= MOST_PATIENCE_S:
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


def _scope_in(message: str) -> str:
    """`Required scope "followups:write" not found in token` names the scope."""
    parts = message.split('"')
    return parts[1] if len(parts) >= 3 and len(parts[1]) < 60 else ""


def _moment_of(value: object) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
