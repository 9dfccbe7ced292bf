"""A promise to pay: how much, until when, in how many instalments.

The API has no place for one (CONTRACT), so it is a line of the followup's notes: the team's words for
people, and behind them a mark of fixed form that every desk reads, in whatever language it was
written: `120.00 EUR → 2026-12-05 (3×)`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from agent_app.domain.debt_status import DebtStatus

MAX_INSTALMENTS = 120
MAX_AMOUNT = Decimal(10) ** 12

_MARK = re.compile(
    r"(?<![\d.])(\d{1,12}(?:\.\d{1,4})?) ([A-Z]{3})? ?→ (\d{4}-\d\d-\d\d)(?: \((\d{1,3})×\))?"
)
PAID = frozenset({DebtStatus.PAID, DebtStatus.SETTLED})


@dataclass(frozen=True, slots=True)
class Promise:
    """`amount` is all that was promised, in units of `currency` (ISO 4217, or "" where the debt names
    none); the first of the `instalments` is due on `day`."""

    amount: Decimal
    currency: str
    day: date
    instalments: int = 1


class Standing(StrEnum):
    """What became of a promise."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"


def mark_of(promise: Promise) -> str:
    """Write a promise as `promise_in` reads it."""
    amount = format(promise.amount, "f")
    plain = (
        f"{promise.amount:.2f}" if Decimal(f"{promise.amount:.2f}") == promise.amount else amount
    )
    money = f"{plain} {promise.currency}".strip()
    times = f" ({promise.instalments}×)" if promise.instalments > 1 else ""
    return f"{money} → {promise.day.isoformat()}{times}"


def promise_in(notes: str | None) -> Promise | None:
    """Read the last promise in a text: a later one takes the place of an earlier one."""
    if not notes or "→" not in notes:
        return None
    found = [promise for match in _MARK.finditer(notes) if (promise := _read(match)) is not None]
    return found[-1] if found else None


def without_mark(text: str) -> str:
    """*text* without the marks of promises, and the blank or dot that leads to one."""
    if "→" not in text:
        return text
    return re.sub(r"(?: ·)? ?" + _MARK.pattern, "", text)


def _read(match: "re.Match[str]") -> Promise | None:
    amount, currency, day, times = match.groups()
    try:
        return Promise(Decimal(amount), currency or "", date.fromisoformat(day), int(times or 1))
    except (ValueError, InvalidOperation):
        return None


def standing(
    promise: Promise,
    made_at: datetime,
    today: date,
    status: str | None,
    paid_at: Iterable[datetime],
) -> Standing:
    """Say what became of a promise that was made at a moment (aware).

    *status* is the debt's, *paid_at* are the moments of the debt's followups that triggered a payment.
    A debt that is partly paid speaks for a promise of instalments alone: it may have been so before.
    `store/listing.py` says the same in SQL.
    """
    partly = status == DebtStatus.PARTIAL and promise.instalments > 1
    if status in PAID or partly or any(at >= made_at for at in paid_at):
        return Standing.KEPT
    return Standing.BROKEN if today > promise.day else Standing.OPEN
