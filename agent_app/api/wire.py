"""Room: api. The wire format: replies read tolerantly, changes written exactly.

A key whose value has the wrong type counts as not said, a row without an id is left out and
counted, unknown keys pass through (CONTRACT, "Read all of it tolerantly").
"""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    OnErrorOmit,
    StrictBool,
    StrictStr,
    TypeAdapter,
    ValidationError,
)
from typing_extensions import TypedDict

from agent_app.api.assumptions import CLEARED_TEXT
from agent_app.domain.errors import NotUnderstood
from agent_app.domain.fields import FIELD_BY_NAME, TEXT_KINDS, Kind, Value
from agent_app.domain.text import well_formed

MOST_ROWS = 10_000
"""A page with more rows than this is not one that this API sends (it allows 100)."""

FIRST_YEAR, LAST_YEAR = 1000, 9998


def _only_text(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError("a moment is text")
    return value


def _aware(value: datetime) -> datetime:
    # At the calendar's ends a moment cannot be shown in another zone.
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError("not a moment of these times")
    # A moment without an offset is not documented; the provider's replies carry +00:00.
    return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)


def _whole(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("not a number")
    if not math.isfinite(value) or value != int(value) or abs(value) >= 2**63:
        raise ValueError("not a whole number")
    return int(value)


def _finite(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("not a number")
    if not math.isfinite(value):
        raise ValueError("not finite")
    return value


Text = OnErrorOmit[StrictStr]
TextOrNone = OnErrorOmit[StrictStr | None]
FlagOrNone = OnErrorOmit[StrictBool | None]
Moment = Annotated[datetime, BeforeValidator(_only_text), AfterValidator(_aware)]
MomentOrNone = OnErrorOmit[Moment | None]
WholeOrNone = OnErrorOmit[Annotated[int, BeforeValidator(_whole)] | None]
AmountOrNone = OnErrorOmit[Annotated[float, BeforeValidator(_finite)] | None]
DayOrNone = OnErrorOmit[Annotated[date, BeforeValidator(_only_text)] | None]


class FollowupSaid(TypedDict, total=False):
    """What a reply says of a followup."""

    __pydantic_config__ = ConfigDict(extra="allow")  # type: ignore[misc]

    debt_id: Text
    status: Text
    type: Text
    call_date: MomentOrNone
    scheduled_at: MomentOrNone
    summary: TextOrNone
    notes: TextOrNone
    call_id: TextOrNone
    audio_url: TextOrNone
    duration_ms: WholeOrNone
    phone_number_used: TextOrNone
    direction: TextOrNone
    disconnection_reason: TextOrNone
    is_retry: FlagOrNone
    pdf_url: TextOrNone
    processed_at: MomentOrNone
    triggered_payment: FlagOrNone
    email_opened: FlagOrNone
    email_open_count: WholeOrNone
    email_first_opened_at: MomentOrNone
    email_clicked: FlagOrNone
    email_click_count: WholeOrNone
    media_urls_expire_at: MomentOrNone


class DebtSaid(TypedDict, total=False):
    """What a reply says of a debt. Keys that the desk does not show are not kept."""

    __pydantic_config__ = ConfigDict(extra="ignore")  # type: ignore[misc]

    civility: TextOrNone
    firstname: TextOrNone
    lastname: TextOrNone
    phone: TextOrNone
    email: TextOrNone
    amount: AmountOrNone
    amount_text: TextOrNone
    currency: TextOrNone
    object: TextOrNone
    internal_id: TextOrNone
    invoice_reference: TextOrNone
    debtor_reference: TextOrNone
    due_date: DayOrNone
    address: TextOrNone
    street_address: TextOrNone
    street_number: TextOrNone
    postal_code: TextOrNone
    city: TextOrNone
    country: TextOrNone
    status: TextOrNone
    followups_count: WholeOrNone
    company: TextOrNone
    debtor_company: TextOrNone
    payment_link: TextOrNone
    payment_plan_active: FlagOrNone


class Pagination(TypedDict, total=False):
    """Where a page stands. Numbers that make no sense count as not said."""

    total: WholeOrNone
    page: WholeOrNone
    pages: WholeOrNone


_followup = TypeAdapter(FollowupSaid)
_debt = TypeAdapter(DebtSaid)
_pagination = TypeAdapter(Pagination)
_ESCAPED_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of rows: what was said of each, how many could not be read, and where it stands."""

    rows: list[dict[str, Any]]
    unreadable: int
    total: int
    page: int
    pages: int


def parse_json(body: bytes) -> Any:
    """The JSON value of *body*. Raises NotUnderstood, without quoting the body."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise NotUnderstood("the reply is not JSON") from None
    return _well_formed(value) if _ESCAPED_SURROGATE.search(body) else value


def _well_formed(value: Any) -> Any:
    """*value* without halves of surrogate pairs: one odd text must not cost a whole page."""
    if isinstance(value, str):
        return well_formed(value)
    if isinstance(value, list):
        return [_well_formed(one) for one in value]
    if isinstance(value, dict):
        return {well_formed(name): _well_formed(one) for name, one in value.items()}
    return value


def read_followup(value: object) -> dict[str, Any]:
    """What *value* says of one followup. Raises NotUnderstood if it has no id."""
    return _read_row(_followup, value)


def read_debt(value: object) -> dict[str, Any]:
    """What *value* says of one debt. Raises NotUnderstood if it has no id."""
    return _read_row(_debt, value)


def _read_row(adapter: TypeAdapter[Any], value: object) -> dict[str, Any]:
    if not isinstance(value, dict) or not isinstance(value.get("id"), str) or not value["id"]:
        raise NotUnderstood("a row without an id")
    try:
        said: dict[str, Any] = adapter.validate_python(value)
    except ValidationError:
        raise NotUnderstood("a row of another shape") from None
    said["id"] = value["id"]
    return said


def read_data(reply: object) -> object:
    """The `data` of a success envelope. Raises NotUnderstood."""
    if not isinstance(reply, dict) or reply.get("error") is not False or "data" not in reply:
        raise NotUnderstood("the reply has another shape")
    return reply["data"]


def read_page(reply: object, *, debts: bool = False) -> Page:
    """A list's reply. Raises NotUnderstood if it is not one."""
    data = read_data(reply)
    if not isinstance(data, list) or len(data) > MOST_ROWS:
        raise NotUnderstood("the list has another shape")
    read = read_debt if debts else read_followup
    rows: list[dict[str, Any]] = []
    for value in data:
        try:
            rows.append(read(value))
        except NotUnderstood:
            continue
    said = reply.get("pagination") if isinstance(reply, dict) else None
    where = _pagination.validate_python(said if isinstance(said, dict) else {})
    said_total, said_page, said_pages = where.get("total"), where.get("page"), where.get("pages")
    total, number, pages = (max(n or 0, 0) for n in (said_total, said_page, said_pages))
    return Page(rows, len(data) - len(rows), total, number, pages)


def write_changes(changes: Mapping[str, Value]) -> dict[str, Any]:
    """The JSON body that makes *changes*: only these fields, moments in UTC."""
    return {name: _written(name, value) for name, value in changes.items()}


def _written(name: str, value: Value) -> Any:
    kind = FIELD_BY_NAME[name].kind
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    if value is None and kind in TEXT_KINDS and kind is not Kind.LINK:
        return CLEARED_TEXT
    if value == "" and kind in (Kind.CHOICE, Kind.LINK):
        return None
    return value
