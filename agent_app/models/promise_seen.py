"""What became of the last promise to pay that a debtor made for a debt."""

from datetime import UTC, datetime, tzinfo

from agent_app.domain.followup import Followup
from agent_app.domain.promise import Promise, Standing, promise_in, standing
from agent_app.store.store import Store

_FIRST = datetime.min.replace(tzinfo=UTC)


def last_promise(
    store: Store, debt_id: str, now: datetime, zone: tzinfo
) -> tuple[Promise, Standing] | None:
    """Return the debt's last promise and what became of it by *now*; None where none was made."""
    followups = store.followups.of_debt(debt_id) if debt_id else []
    made = next(
        ((one, promise) for one in followups if (promise := promise_in(one.notes)) is not None),
        None,
    )
    if made is None:
        return None
    followup, promise = made
    debt = store.debts.get(debt_id)
    paid_at = [_moment(one) for one in followups if one.triggered_payment]
    today = now.astimezone(zone).date()
    status = debt.status if debt is not None else None
    return promise, standing(promise, _moment(followup), today, status, paid_at)


def _moment(followup: Followup) -> datetime:
    return followup.call_date or followup.scheduled_at or _FIRST
