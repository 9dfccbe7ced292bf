"""Read what replies say of the company, its users, credits and reports, as tolerantly as all others.

Names may be snake_case or camelCase and moments end in `Z` (CONTRACT, "Further endpoints"). A value of
another type counts as not said; a row without an id is left out.
"""

import re
from datetime import date, datetime
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError
from typing_extensions import TypedDict

from agent_app.api.wire import (
    AmountOrNone,
    Code,
    DayOrNone,
    FlagOrNone,
    MomentOrNone,
    TextOrNone,
    read_data,
)
from agent_app.domain.company import Credits, ReadyReport, User
from agent_app.domain.errors import NotUnderstood
from agent_app.domain.text import one_line

MAX_ROWS = 1_000
MAX_TEXT = 120
"""Of a name or word that is shown (characters)."""


class _Payload(TypedDict, total=False):
    """All names that these replies may have."""

    __pydantic_config__ = ConfigDict(extra="ignore")  # type: ignore[misc]

    id: Code
    name: TextOrNone
    email: TextOrNone
    firstname: TextOrNone
    lastname: TextOrNone
    is_active: FlagOrNone
    current_credits: AmountOrNone
    plan: TextOrNone
    expires_at: MomentOrNone
    type: TextOrNone
    period_start: DayOrNone
    period_end: DayOrNone
    format: TextOrNone
    status: TextOrNone
    created_at: MomentOrNone
    download_url: TextOrNone


_payload = TypeAdapter(_Payload)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def read_users(reply: object) -> tuple[list[User], int]:
    """Return the active users of a page, and how many pages there are. Raises NotUnderstood."""
    found = []
    for row in _rows(reply):
        person = " ".join(filter(None, (_text(row, "firstname"), _text(row, "lastname"))))
        name = person or _text(row, "name") or _text(row, "email")
        if row.get("is_active") is not False and name:
            found.append(User(str(row["id"]), name, _text(row, "email")))
    pages = reply.get("pagination") if isinstance(reply, dict) else None
    count = pages.get("pages") if isinstance(pages, dict) else None
    return found, count if isinstance(count, int) else 1


def read_company(reply: object) -> str:
    """Return the company's name, or "". Raises NotUnderstood."""
    return _text(_one(reply), "name")


def read_credits(reply: object) -> Credits:
    """Return what is left. Raises NotUnderstood."""
    row = _one(reply)
    left, ends = row.get("current_credits"), row.get("expires_at")
    return Credits(
        left if isinstance(left, float | int) else None,
        _text(row, "plan"),
        ends if isinstance(ends, datetime) else None,
    )


def read_reports(reply: object) -> list[ReadyReport]:
    """Return the reports of a page, in the server's order. Raises NotUnderstood."""
    return [
        ReadyReport(
            str(row["id"]),
            _text(row, "type"),
            _day(row, "period_start"),
            _day(row, "period_end"),
            _text(row, "format"),
            _text(row, "status"),
            made if isinstance(made := row.get("created_at"), datetime) else None,
        )
        for row in _rows(reply)
    ]


def read_link(reply: object) -> str:
    """Return where a report's file is. Raises NotUnderstood."""
    link = _one(reply).get("download_url")
    if not isinstance(link, str) or not link:
        raise NotUnderstood("the reply has no link")
    return link


def _rows(reply: object) -> list[dict[str, Any]]:
    data = read_data(reply)
    if not isinstance(data, list) or len(data) > MAX_ROWS:
        raise NotUnderstood("the list has another shape")
    rows = [_read(value) for value in data if isinstance(value, dict)]
    return [row for row in rows if row.get("id")]


def _one(reply: object) -> dict[str, Any]:
    data = read_data(reply)
    if not isinstance(data, dict):
        raise NotUnderstood("the reply has another shape")
    return _read(data)


def _read(value: dict[str, Any]) -> dict[str, Any]:
    plain = {_HUMP.sub("_", str(name)).lower(): one for name, one in value.items()}
    try:
        read: dict[str, Any] = dict(_payload.validate_python(plain))
    except ValidationError:
        raise NotUnderstood("a row of another shape") from None
    return read


def _text(row: dict[str, Any], name: str) -> str:
    return one_line(str(row.get(name) or ""))[:MAX_TEXT]


def _day(row: dict[str, Any], name: str) -> date | None:
    day = row.get(name)
    return day if isinstance(day, date) else None
