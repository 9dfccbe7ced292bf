"""What the columns of a followup's row say: what the list, its counts and its searches go by."""

from collections.abc import Mapping
from typing import Any

from agent_app.domain.debt import Debt
from agent_app.domain.fields import Value
from agent_app.domain.followup import Followup
from agent_app.domain.part import share_of
from agent_app.domain.promise import promise_in
from agent_app.domain.reviews import (
    holds_secret,
    is_deal_without_summary,
    is_recorded_late,
    is_short_but_reached,
)
from agent_app.domain.telephone import tail
from agent_app.domain.text import fold, well_formed
from agent_app.store.codec import dumps, to_ms

MAX_PHONE, MAX_SUMMARY = 100, 400
"""Of a number and a summary in the list (characters)."""
NAMES = (
    "id", "debt_id", "share", "status", "type", "scheduled_at", "call_date", "day", "phone",
    "phone_tail", "summary", "debtor_key", "duration_ms", "direction", "reason", "is_retry", "paid",
    "opened", "clicked", "processed_at", "secret", "late", "short", "bare", "promised_on",
    "promised_times", "server", "local",
)  # fmt: skip
"""The columns that `values_of` fills, in its order."""


def values_of(
    server: Mapping[str, Any],
    local: Mapping[str, Value] | None,
    now: Followup,
    debt: Debt | None,
) -> tuple[Any, ...]:
    """Return the columns of a followup as the *server* said it; *local* is how it looks with what waits in
    the outbox, None where nothing does, and *now* the same as a `Followup`."""
    scheduled, called = to_ms(now.scheduled_at), to_ms(now.call_date)
    number, promise = phone_of(now, debt), promise_in(now.notes)
    return (
        now.id,
        now.debt_id,
        share_of(now.debt_id),
        now.status,
        now.type,
        scheduled,
        called,
        called if scheduled is None else scheduled,
        number,
        tail(number),
        well_formed((now.summary or "")[:MAX_SUMMARY]),
        fold(debt.debtor) if debt else "",
        _integer(now.duration_ms),
        now.direction or "",
        well_formed(now.disconnection_reason or ""),
        int(bool(now.is_retry)),
        int(bool(now.triggered_payment)),
        int(bool(now.email_opened)),
        int(bool(now.email_clicked)),
        to_ms(now.processed_at),
        int(holds_secret(now.notes)),
        int(is_recorded_late(now)),
        int(is_short_but_reached(now)),
        int(is_deal_without_summary(now)),
        promise.day.isoformat() if promise else None,
        promise.instalments if promise else None,
        dumps(server),
        dumps(local) if local is not None else None,
    )


def phone_of(followup: Followup, debt: Debt | None) -> str:
    """Return the number that was called, else the debtor's."""
    number = followup.phone_number_used or (debt.phone if debt else "") or ""
    return well_formed(number[:MAX_PHONE])


def _integer(value: int | None) -> int | None:
    """SQLite's integers have 64 bits; what a server says may have more."""
    return value if value is None or abs(value) < 2**62 else None
