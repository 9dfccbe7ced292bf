"""How a debt stands, and what of that speaks against ringing its debtor.

The provider's documented values; a company may have more of its own, which pass through as plain text
(CONTRACT, "Debt `status`").
"""

from dataclasses import dataclass
from enum import StrEnum


class DebtStatus(StrEnum):
    """The documented statuses."""

    PENDING = "status.default.pending"
    IN_PROGRESS = "status.default.in_progress"
    PROCESSING = "status.default.processing"
    SETTLED = "status.default.settled"
    PAID = "status.default.paid"
    PARTIAL = "status.default.partial"
    FAILED = "status.default.failed"
    ARCHIVED = "status.default.archived"
    INVALID_PHONE = "status.default.invalid_phone"
    ON_HOLD = "status.default.on_hold"
    REFUSED = "status.default.refused"


AGAINST_CALLING = frozenset(
    {
        DebtStatus.PAID,
        DebtStatus.SETTLED,
        DebtStatus.ARCHIVED,
        DebtStatus.ON_HOLD,
        DebtStatus.REFUSED,
        DebtStatus.INVALID_PHONE,
    }
)
"""Nobody is rung for such a debt without a reason. On hold is typically a dispute."""


@dataclass(frozen=True, slots=True)
class Objection:
    """The debt's status speaks against a call."""

    status: DebtStatus


def objection(status: str | None) -> Objection | None:
    """Return what a debt's *status* has against a call to its debtor; an unknown one has nothing."""
    return Objection(DebtStatus(status)) if status in AGAINST_CALLING else None


GOING_ON = frozenset({DebtStatus.IN_PROGRESS, DebtStatus.PENDING, DebtStatus.PROCESSING})
"""Debts that are worked on as they should be: a list does not speak of them."""


def is_ordinary(status: str | None) -> bool:
    """Return whether a status tells an agent nothing: none, or "in progress"."""
    return not status or status == DebtStatus.IN_PROGRESS
