"""Plain values to JSON text and back. A moment is kept as ISO 8601 in UTC."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from agent_app.domain.followup import MOMENT_NAMES
from agent_app.domain.text import well_formed

DATE_NAMES = frozenset({"birthdate", "due_date", "plan_start_date"})
MOMENTS = MOMENT_NAMES | {"last_timeline_restart"}


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in the store")


_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain)


def dumps(values: Mapping[str, Any]) -> str:
    """JSON text of *values*; a lone surrogate, which SQLite cannot keep, is replaced."""
    return well_formed(_encoder.encode(values))


def loads(text: str) -> dict[str, Any]:
    """Return the values that `dumps` was given."""
    values: dict[str, Any] = json.loads(text)
    for name in MOMENTS & values.keys():
        if values[name] is not None:
            values[name] = _read(datetime.fromisoformat, values[name])
    for name in DATE_NAMES & values.keys():
        if values[name] is not None:
            values[name] = _read(date.fromisoformat, values[name])
    return values


def _read(read: Callable[[str], Any], value: Any) -> Any:
    """Return a moment or day of its text. Another value is no field of ours but an unknown key of the same
    name (a followup's "due_date"), and stays as it came."""
    try:
        return read(value)
    except (ValueError, TypeError):
        return value


def to_ms(moment: datetime | None) -> int | None:
    """Whole milliseconds since 1970 UTC."""
    return None if moment is None else round(moment.timestamp() * 1000)


def from_ms(milliseconds: int | None) -> datetime | None:
    """Return the moment that `to_ms` was given, to the millisecond."""
    return None if milliseconds is None else datetime.fromtimestamp(milliseconds / 1000, UTC)


def marks(values: Iterable[object]) -> str:
    """As many question marks as there are values, for an `in (…)`."""
    return ",".join("?" for _ in values)


AMONG = "(select value from json_each(?))"
"""As `marks`, for a list of any length, which is bound as one text by `listed`."""


def listed(values: Iterable[str]) -> str:
    """Return a list for `AMONG`; SQLite takes 32,766 values at most one by one."""
    return well_formed(json.dumps(list(values), ensure_ascii=False))
