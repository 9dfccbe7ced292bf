"""A followup as the desk knows it, and how what a reply says joins what is known."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any, get_args

from agent_app.domain.fields import Value


@dataclass(frozen=True, slots=True)
class Followup:
    """One contact with a debtor. None means that the server has no value or never said one.

    `status`, `type` and `direction` are plain text, as unknown values pass through
    (CONTRACT, "What follows for a client"). Moments are aware; `duration_ms` is milliseconds.
    """

    id: str
    debt_id: str = ""
    status: str = ""
    type: str = ""
    call_date: datetime | None = None
    scheduled_at: datetime | None = None
    summary: str | None = None
    notes: str | None = None
    call_id: str | None = None
    audio_url: str | None = None
    duration_ms: int | None = None
    phone_number_used: str | None = None
    direction: str | None = None
    disconnection_reason: str | None = None
    is_retry: bool | None = None
    pdf_url: str | None = None
    processed_at: datetime | None = None
    triggered_payment: bool | None = None
    email_opened: bool | None = None
    email_open_count: int | None = None
    email_first_opened_at: datetime | None = None
    email_clicked: bool | None = None
    email_click_count: int | None = None
    media_urls_expire_at: datetime | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    def get(self, name: str) -> Value:
        """Return the value of the field *name*, as it is spelt on the wire."""
        value: Value = getattr(self, name)
        return value


_TEXT_BY_DEFAULT = frozenset({"debt_id", "status", "type"})
KNOWN_NAMES = frozenset(f.name for f in fields(Followup)) - {"extra"}
MOMENT_NAMES = frozenset(f.name for f in fields(Followup) if datetime in get_args(f.type))
"""What holds a moment; told from the types, so that a new one is found."""


_LINKS, _LINKS_END = ("audio_url", "pdf_url"), "media_urls_expire_at"


def from_values(values: Mapping[str, Any]) -> Followup:
    """Return a followup of plain *values*, which hold at least `id`; unknown names go to `extra`."""
    known: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    for name, value in values.items():
        if name not in KNOWN_NAMES:
            extra[name] = value
        elif value is not None or name not in _TEXT_BY_DEFAULT:
            known[name] = value
    return Followup(**known, extra=extra)


def joined(known: Mapping[str, Any], payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is known of a followup once a reply says *payload* of it.

    A key that the reply lacks is not said, and what was known stays (CONTRACT, "Replies are
    uneven"). The moment at which links die is the exception: where a reply says that there are no
    links, it goes with them.
    """
    whole = {**known, **payload}
    says_media = any(name in payload for name in _LINKS)
    if says_media and not any(whole.get(name) for name in _LINKS) and _LINKS_END not in payload:
        whole.pop(_LINKS_END, None)
    return whole


def with_changes(followup: Followup, changes: Mapping[str, Value]) -> Followup:
    """*followup* as it will be once *changes* are on the server."""
    return replace(followup, **dict(changes)) if changes else followup  # type: ignore[arg-type]
