"""How long a computer keeps what is done: the server keeps the rest, and a person may ask for it again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from agent_app.domain.fields import OPEN_STATUSES, Status

DONE_STATUSES = frozenset(Status) - OPEN_STATUSES
"""Statuses after which nothing happens any more. One that is not known may mean anything: it stays."""
_MOMENTS = ("call_date", "scheduled_at", "processed_at")


def last_moment(values: Mapping[str, Any]) -> datetime | None:
    """Return the latest moment that a followup tells of, or None."""
    found = [moment for name in _MOMENTS if isinstance(moment := values.get(name), datetime)]
    return max(found, default=None)


def is_over(values: Mapping[str, Any], before: datetime) -> bool:
    """Return whether a followup is done, and all that it tells of happened *before* a moment (aware)."""
    moment = last_moment(values)
    return values.get("status") in DONE_STATUSES and moment is not None and moment < before
