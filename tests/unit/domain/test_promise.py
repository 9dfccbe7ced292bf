"""A promise is read back as it was written, whatever stands around it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_app.domain.debt_status import DebtStatus
from agent_app.domain.promise import Promise, Standing, mark_of, promise_in, standing

DAY = date(2026, 12, 5)
PROMISE = Promise(Decimal("120.00"), "EUR", DAY)

promises = st.builds(
    Promise,
    st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False),
    st.sampled_from(["EUR", "GBP", "KWD", ""]),
    st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)),
    st.integers(1, 120),
)


@given(promises, st.text(), st.text())
def test_a_promise_in_any_text_is_read_back(promise: Promise, before: str, after: str) -> None:
    found = promise_in(f"{before}\nPromesse : {mark_of(promise)}\n{after.replace('→', '')}")
    assert found == promise


@pytest.mark.parametrize(
    ("written", "mark"),
    [
        (PROMISE, "120.00 EUR → 2026-12-05"),
        (Promise(Decimal(120), "EUR", DAY, 3), "120.00 EUR → 2026-12-05 (3×)"),
        (Promise(Decimal("12.345"), "KWD", DAY), "12.345 KWD → 2026-12-05"),
        (Promise(Decimal(80), "", DAY), "80.00 → 2026-12-05"),
    ],
)
def test_the_mark(written: Promise, mark: str) -> None:
    assert mark_of(written) == mark
    assert promise_in(mark) == written


@pytest.mark.parametrize(
    "notes",
    [None, "", "called → later", "120.00 EUR → 2026-13-05", "120,00 EUR → demain", "2026-12-05"],
)
def test_other_words_are_no_promise(notes: str | None) -> None:
    assert promise_in(notes) is None


def test_the_last_promise_counts() -> None:
    later = Promise(Decimal("60.00"), "EUR", date(2027, 1, 5), 2)
    assert promise_in(f"{mark_of(PROMISE)}\n{mark_of(later)}") == later


@pytest.mark.parametrize(
    ("today", "status", "paid_on", "expected"),
    [
        (DAY, DebtStatus.IN_PROGRESS, [], Standing.OPEN),
        (date(2026, 12, 6), DebtStatus.IN_PROGRESS, [], Standing.BROKEN),
        (date(2026, 12, 6), DebtStatus.PAID, [], Standing.KEPT),
        (DAY, DebtStatus.SETTLED, [], Standing.KEPT),
        (date(2026, 12, 6), None, [date(2026, 12, 1)], Standing.KEPT),
        (date(2026, 12, 6), None, [date(2026, 11, 30)], Standing.BROKEN),
        (date(2026, 12, 6), DebtStatus.PARTIAL, [], Standing.BROKEN),
        (date(2026, 12, 6), "status.custom.bailiff", [], Standing.BROKEN),
    ],
)
def test_what_became_of_it(
    today: date, status: str | None, paid_on: list[date], expected: Standing
) -> None:
    made_at = datetime(2026, 12, 1, 9, tzinfo=UTC)
    paid_at = [datetime(day.year, day.month, day.day, 9, tzinfo=UTC) for day in paid_on]
    assert standing(PROMISE, made_at, today, status, paid_at) == expected


def test_a_debt_that_is_partly_paid_speaks_for_instalments() -> None:
    promise = Promise(Decimal("120.00"), "EUR", DAY, 3)
    today, made_at = date(2026, 12, 6), datetime(2026, 12, 1, tzinfo=UTC)
    assert standing(promise, made_at, today, DebtStatus.PARTIAL, []) == Standing.KEPT
