"""The fields of a followup and of a debt that a person may write, each described once.

Validation, the diff, the wire format and the form all read this table, so a new field is a
line here (and a line in the form's layout). Source: CONTRACT, "Documented facts".
"""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, StrEnum

Value = str | int | bool | datetime | None
"""What a field can hold. A moment is an aware datetime; a duration is whole milliseconds."""


class Status(StrEnum):
    """The documented statuses. The server may know more: those travel as plain text."""

    ON_HOLD = "on_hold"
    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    SENT = "sent"
    DELIVERED = "delivered"
    DEAL_FOUND = "deal_found"
    NO_ANSWER = "no_answer"
    DEAL_NOT_FOUND = "deal_not_found"
    BAD_BEHAVIOR = "bad_behavior"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Type(StrEnum):
    """The documented ways of contact. The server may know more."""

    CALL = "call"
    EMAIL = "email"
    SMS = "sms"
    WHATSAPP = "whatsapp"
    VOICEMAIL = "voicemail"
    MANUAL_CALL = "manual_call"
    PHYSICAL = "physical"
    POSTMAIL = "postmail"


class Direction(StrEnum):
    """Who called whom."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"


OPEN_STATUSES = frozenset({Status.ON_HOLD, Status.SCHEDULED, Status.IN_PROGRESS, Status.SENT})
"""Statuses of a followup that still waits for something to happen."""

NOT_MADE = frozenset({Status.SCHEDULED, Status.ON_HOLD, Status.CANCELLED})
"""Statuses of a contact that was not made, whatever its call date says."""

CALL_TYPES = frozenset({Type.CALL, Type.MANUAL_CALL, Type.VOICEMAIL})
"""Types that a telephone carries, and so have a call's details."""

DIALLED_TYPES = frozenset({Type.CALL, Type.MANUAL_CALL})
"""Types for which a person has to dial."""


class Kind(Enum):
    """How a field behaves: what it holds, how it is compared, cleared and edited."""

    CHOICE = "choice"
    MOMENT = "moment"
    LINE = "line"
    TEXT = "text"
    LINK = "link"
    DURATION = "duration"
    FLAG = "flag"


TEXT_KINDS = frozenset({Kind.LINE, Kind.TEXT, Kind.LINK})


@dataclass(frozen=True, slots=True)
class Field:
    """One writable field: its name on the wire, its kind, and its choices (for a choice)."""

    name: str
    kind: Kind
    choices: tuple[str, ...] = ()
    required: bool = False
    call_detail: bool = False


FIELDS: tuple[Field, ...] = (
    Field("status", Kind.CHOICE, tuple(Status), required=True),
    Field("type", Kind.CHOICE, tuple(Type), required=True),
    Field("call_date", Kind.MOMENT),
    Field("scheduled_at", Kind.MOMENT),
    Field("summary", Kind.LINE),
    Field("notes", Kind.TEXT),
    Field("call_id", Kind.LINE, call_detail=True),
    Field("audio_url", Kind.LINK, call_detail=True),
    Field("duration_ms", Kind.DURATION, call_detail=True),
    Field("phone_number_used", Kind.LINE, call_detail=True),
    Field("direction", Kind.CHOICE, tuple(Direction), call_detail=True),
    Field("disconnection_reason", Kind.LINE, call_detail=True),
    Field("is_retry", Kind.FLAG, call_detail=True),
)
"""Every field that PUT accepts, in the order of the form."""

FIELD_BY_NAME: dict[str, Field] = {field.name: field for field in FIELDS}

DEBT_FIELDS: tuple[Field, ...] = (
    Field("status", Kind.CHOICE, required=True),
    Field("phone", Kind.LINE),
    Field("email", Kind.LINE),
    Field("street_number", Kind.LINE),
    Field("street_address", Kind.LINE),
    Field("postal_code", Kind.LINE),
    Field("city", Kind.LINE),
    Field("country", Kind.LINE),
    Field("summary", Kind.TEXT),
)
"""Every field that PUT of a debt accepts. A company may have statuses of its own."""

DEBT_FIELD_BY_NAME: dict[str, Field] = {field.name: field for field in DEBT_FIELDS}


def field_of(name: str) -> Field | None:
    """Return the field *name* of a followup, else of a debt; what both have behaves the same in both."""
    return FIELD_BY_NAME.get(name) or DEBT_FIELD_BY_NAME.get(name)


def same(name: str, one: Value, other: Value) -> bool:
    """Return whether two values of the field *name* mean the same to a person.

    No text and empty text are the same, so are no flag and a flag that is off (a reply may
    leave keys out); moments are compared as instants, whatever their offsets.
    """
    field = field_of(name)
    if field is not None:
        if field.kind in TEXT_KINDS or field.kind is Kind.CHOICE:
            return (one or "") == (other or "")
        if field.kind is Kind.FLAG:
            return bool(one) == bool(other)
    return one == other


def alike(name: str, one: Value, other: Value) -> bool:
    """Return whether two values are the same after what a server may do to what it is sent: blanks at the
    ends, line ends and composed letters of a text, and parts of a second."""
    if same(name, one, other):
        return True
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one.replace(microsecond=0) == other.replace(microsecond=0)
    field = field_of(name)
    if field is None or field.kind not in TEXT_KINDS:
        return False
    return _tidied(one) == _tidied(other)


def _tidied(value: Value) -> Value:
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    text = unicodedata.normalize("NFC", value)
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
