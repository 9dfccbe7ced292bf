"""The wire format: replies read tolerantly, changes written exactly.

A number in place of a reference or a telephone is read as its digits. Any other value of the wrong
type counts as not said, so that a reply which makes no sense takes no word away. Both are logged once
by the field's name. A row without an id is left out and counted,
unknown keys pass through (CONTRACT, "Read all of it tolerantly").
"""

import json
import logging
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
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
from agent_app.domain.fields import TEXT_KINDS, Kind, Value, field_of
from agent_app.domain.text import well_formed, without_controls

log = logging.getLogger(__name__)

MAX_ROWS = 10_000
"""A page with more rows than this is not one that this API sends (it allows 100)."""
MAX_TOTAL = 100_000_000
"""A list that claims to be longer than this says nothing believable about its length."""
DEEPEST = 20
"""An unknown key whose value is nested deeper than this is not kept."""

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


def _number_as_text(value: object) -> object:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(_whole(value)) if value == value // 1 else str(_finite(value))
    return value


Text = OnErrorOmit[StrictStr]
TextOrNone = OnErrorOmit[StrictStr | None]
Code = OnErrorOmit[Annotated[StrictStr, BeforeValidator(_number_as_text)]]
CodeOrNone = OnErrorOmit[Annotated[StrictStr, BeforeValidator(_number_as_text)] | None]
"""A reference, a telephone: digits that some servers send as a number."""
FlagOrNone = OnErrorOmit[StrictBool | None]
Moment = Annotated[datetime, BeforeValidator(_only_text), AfterValidator(_aware)]
MomentOrNone = OnErrorOmit[Moment | None]
WholeOrNone = OnErrorOmit[Annotated[int, BeforeValidator(_whole)] | None]
AmountOrNone = OnErrorOmit[Annotated[float, BeforeValidator(_finite)] | None]
DayOrNone = OnErrorOmit[Annotated[date, BeforeValidator(_only_text)] | None]


class FollowupSaid(TypedDict, total=False):
    """What a reply says of a followup."""

    __pydantic_config__ = ConfigDict(extra="allow")  # type: ignore[misc]

    debt_id: Code
    status: Text
    type: Text
    call_date: MomentOrNone
    scheduled_at: MomentOrNone
    summary: TextOrNone
    notes: TextOrNone
    call_id: CodeOrNone
    audio_url: TextOrNone
    duration_ms: WholeOrNone
    phone_number_used: CodeOrNone
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
    """What a reply says of a debt. Keys that the desk does not show are not kept (iban, contacts,
    metadata, import_date)."""

    __pydantic_config__ = ConfigDict(extra="ignore")  # type: ignore[misc]

    debtor_id: CodeOrNone
    civility: TextOrNone
    firstname: TextOrNone
    lastname: TextOrNone
    phone: CodeOrNone
    email: TextOrNone
    birthdate: DayOrNone
    amount: AmountOrNone
    amount_text: TextOrNone
    currency: TextOrNone
    object: TextOrNone
    internal_id: CodeOrNone
    invoice_reference: CodeOrNone
    debtor_reference: CodeOrNone
    due_date: DayOrNone
    address: TextOrNone
    street_address: TextOrNone
    street_number: CodeOrNone
    postal_code: CodeOrNone
    city: TextOrNone
    country: TextOrNone
    status: TextOrNone
    summary: TextOrNone
    nb_reminders: WholeOrNone
    nb_answered: WholeOrNone
    timeline_id: CodeOrNone
    last_timeline_restart: MomentOrNone
    followups_count: WholeOrNone
    company: TextOrNone
    debtor_company: TextOrNone
    payment_link: TextOrNone
    payment_plan_active: FlagOrNone
    plan_start_date: DayOrNone


class Pagination(TypedDict, total=False):
    """Where a page stands. Numbers that make no sense count as not said."""

    total: WholeOrNone
    page: WholeOrNone
    pages: WholeOrNone


_followup = TypeAdapter(FollowupSaid)
_debt = TypeAdapter(DebtSaid)
_pagination = TypeAdapter(Pagination)
_NAMES = FollowupSaid.__annotations__.keys() | DebtSaid.__annotations__.keys()
_CODE_NAMES = frozenset(
    name
    for shape in (FollowupSaid, DebtSaid)
    for name, kind in shape.__annotations__.items()
    if kind in (Code, CodeOrNone)
)
_OTHER_NAMES = _NAMES - _CODE_NAMES
_ESCAPED_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of rows: what was said of each, how many could not be read, and where it stands.

    `total` and `pages` are 0 where the reply does not say them, or says what makes no sense.
    """

    rows: list[dict[str, Any]]
    unreadable: int
    total: int
    page: int
    pages: int
    positions: tuple[int, ...] = ()

    def where(self) -> list[tuple[int, dict[str, Any]]]:
        """Return each row with its position on the page, where the rows that could not be read count too."""
        return list(zip(self.positions or range(len(self.rows)), self.rows, strict=True))


def parse_json(body: bytes) -> Any:
    """Return the JSON value of *body*. Raises NotUnderstood, without quoting the body."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise NotUnderstood("the reply is not JSON") from None
    if not _ESCAPED_SURROGATE.search(body):
        return value
    try:
        return _well_formed(value)
    except RecursionError:
        raise NotUnderstood("the reply is nested too deep") from None


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
    """Return what *value* says of one followup. Raises NotUnderstood if it has no id."""
    return _read_row(_followup, value)


def read_debt(value: object) -> dict[str, Any]:
    """Return what *value* says of one debt. Raises NotUnderstood if it has no id."""
    return _read_row(_debt, value)


def _read_row(adapter: TypeAdapter[Any], value: object) -> dict[str, Any]:
    row_id = _id_of(value)
    if not isinstance(value, dict) or not row_id:
        raise NotUnderstood("a row without an id")
    try:
        payload: dict[str, Any] = adapter.validate_python(value)
    except ValidationError:
        raise NotUnderstood("a row of another shape") from None
    for name in value.keys() & _CODE_NAMES:
        if payload.get(name) != value[name]:
            _note_odd(name)
    for name in value.keys() & _OTHER_NAMES:
        if name not in payload and value[name] is not None:
            _note_odd(name)
    for name in [name for name in payload if name not in _NAMES and _is_deep(payload[name])]:
        del payload[name]
        _note_odd("an unknown key")
    payload["id"] = row_id
    return payload


def _id_of(value: object) -> str:
    """Return the id of a row, a number's digits included; or ""."""
    found = value.get("id") if isinstance(value, dict) else None
    if isinstance(found, int) and not isinstance(found, bool) and abs(found) < 2**63:
        return str(found)
    return found if isinstance(found, str) else ""


@lru_cache(maxsize=128)
def _note_odd(name: str) -> None:
    """Log, once for each field, that a reply had a value of another type there."""
    log.warning("a reply has an odd value for %s", name)


def _is_deep(value: object) -> bool:
    """Return whether lists and objects are nested deeper than DEEPEST in *value*."""
    level = [value]
    for _ in range(DEEPEST):
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
        if not level:
            return False
    return any(isinstance(one, dict | list) for one in level)


def read_data(reply: object) -> object:
    """Return the `data` of a success envelope. Raises NotUnderstood.

    Some of the provider's answers have it in one more envelope (CONTRACT, debtors and creditors).
    """
    if not isinstance(reply, dict) or reply.get("error") is not False or "data" not in reply:
        raise NotUnderstood("the reply has another shape")
    data = reply["data"]
    if isinstance(data, dict) and "id" not in data and isinstance(data.get("data"), dict | list):
        return data["data"]
    return data


def read_page(reply: object, *, debts: bool = False) -> Page:
    """Return a list's reply. Raises NotUnderstood if it is not one."""
    data = read_data(reply)
    if not isinstance(data, list) or len(data) > MAX_ROWS:
        raise NotUnderstood("the list has another shape")
    read = read_debt if debts else read_followup
    rows: list[dict[str, Any]] = []
    positions: list[int] = []
    for position, value in enumerate(data):
        try:
            rows.append(read(value))
        except NotUnderstood:
            continue
        positions.append(position)
    payload = reply.get("pagination") if isinstance(reply, dict) else None
    where = _pagination.validate_python(payload if isinstance(payload, dict) else {})
    total, number, pages = (_count(where.get(name)) for name in ("total", "page", "pages"))
    if total < len(data):
        total = 0
    return Page(rows, len(data) - len(rows), total, number, pages, tuple(positions))


def _count(payload: object) -> int:
    """Return a count that a reply names, or 0 where it makes no sense."""
    return payload if isinstance(payload, int) and 0 <= payload <= MAX_TOTAL else 0


def write_changes(changes: Mapping[str, Value]) -> dict[str, Any]:
    """Return the JSON body that makes *changes*: only these fields, moments in UTC."""
    return {name: _written(name, value) for name, value in changes.items()}


def _written(name: str, value: Value) -> Any:
    if isinstance(value, str):
        value = without_controls(value)
    field = field_of(name)
    if field is None:
        raise ValueError(f"{name} cannot be written")
    kind = field.kind
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    if value is None and kind in TEXT_KINDS and kind is not Kind.LINK:
        return CLEARED_TEXT
    if value == "" and kind in (Kind.CHOICE, Kind.LINK):
        return None
    return value
