"""Promises are found by what became of them, in SQL as in the domain's own words."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from agent_app.domain.debt_status import DebtStatus
from agent_app.domain.promise import Promise, Standing, mark_of, standing
from agent_app.domain.views import Column, Filter
from agent_app.store.migrations import STEPS
from agent_app.store.store import Store

TODAY = date(2026, 12, 6)
MADE_AT = datetime(2026, 12, 1, 9, tzinfo=UTC)


def found(store: Store, what: Standing) -> list[str]:
    wanted = Filter(promise=what, today=TODAY)
    keys = store.listing.keys(wanted, Column.EXECUTED, descending=False)
    return [row.id for row in store.listing.rows(keys).values()]


def with_promise(promise: Promise, status: str | None = None) -> Store:
    store = Store(None, None)
    store.take_in_debts([{"id": "d", "status": status}], MADE_AT)
    notes = f"Promise to pay: {mark_of(promise)}"
    made = {"id": "f", "debt_id": "d", "notes": notes, "call_date": MADE_AT}
    store.followups.upsert([made, {"id": "other", "debt_id": "d", "notes": "→"}], MADE_AT)
    return store


@given(
    day=st.dates(TODAY - timedelta(days=2), TODAY + timedelta(days=2)),
    times=st.sampled_from([1, 3]),
    status=st.sampled_from([*DebtStatus, None, "status.custom.bailiff"]),
    paid_days=st.lists(st.integers(-2, 2), max_size=2),
)
def test_sql_and_domain_agree(
    day: date, times: int, status: str | None, paid_days: list[int]
) -> None:
    promise = Promise(Decimal("120.00"), "EUR", day, times)
    store = with_promise(promise, status)
    paid_at = [MADE_AT + timedelta(days=days) for days in paid_days]
    store.followups.upsert(
        [
            {"id": f"p{n}", "debt_id": "d", "call_date": at, "triggered_payment": True}
            for n, at in enumerate(paid_at)
        ],
        MADE_AT,
    )
    expected = standing(promise, MADE_AT, TODAY, status, paid_at)
    assert {what: found(store, what) for what in Standing} == {
        what: ["f"] if what is expected else [] for what in Standing
    }
    assert store.listing.count(Filter(has_promise=True)) == 1
    store.close()


def test_the_step_of_the_layout_finds_promises_that_are_there_already() -> None:
    store = with_promise(Promise(Decimal("120.00"), "EUR", TODAY, 3))
    database = store._database
    step = next(step for step in STEPS if "promise_day" in step)
    update = step[step.index("update followup") : step.index("create index")]
    with database.transaction():
        database.write("update followup set promised_on = null, promised_times = null")
        database.write(update)
    rows = database.read("select promised_on, promised_times from followup where id = 'f'")
    assert rows == [(TODAY.isoformat(), 3)]
    store.close()
