"""Which call is best to make next: what was agreed comes first, what is better left alone last."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_app.domain.calling_order import (
    BAND_BITS,
    DAY_MS,
    HOUR_MS,
    CallFacts,
    Hours,
    Why,
    points,
    rank,
    why,
)
from agent_app.domain.fields import Status

NOW = 1_790_000_000_000
PLAIN = CallFacts(scheduled_at=NOW - HOUR_MS, amount=500)

moments = st.one_of(st.none(), st.integers(NOW - 400 * DAY_MS, NOW + 2 * DAY_MS))
facts = st.builds(
    CallFacts,
    scheduled_at=moments,
    status=st.sampled_from(["scheduled", "in_progress"]),
    amount=st.floats(0, 1e7, allow_nan=False),
    tries=st.integers(0, 50),
    last_outcome=st.sampled_from(["", *Status]),
    last_call=moments,
    debt_called=moments,
    against=st.booleans(),
    hours=st.sampled_from(Hours),
)

IN_ORDER = [
    CallFacts(scheduled_at=NOW - HOUR_MS // 3, last_outcome="deal_not_found"),
    CallFacts(scheduled_at=NOW + HOUR_MS // 5, last_outcome="deal_found", last_call=NOW - HOUR_MS),
    CallFacts(scheduled_at=NOW - 11 * DAY_MS, last_outcome="deal_not_found"),
    CallFacts(scheduled_at=NOW - DAY_MS, last_outcome="deal_not_found", hours=Hours.CLOSED),
    CallFacts(scheduled_at=NOW - DAY_MS, status="in_progress"),
    replace(PLAIN, amount=5_000),
    replace(PLAIN, hours=Hours.CLOSING),
    replace(PLAIN, last_call=NOW - 5 * DAY_MS),
    PLAIN,
    replace(PLAIN, tries=1),
    replace(PLAIN, tries=3),
    replace(PLAIN, amount=9_000, last_call=NOW - HOUR_MS, last_outcome="no_answer"),
    replace(PLAIN, amount=9_000, hours=Hours.CLOSED),
    replace(PLAIN, amount=9_000, against=True, last_outcome="deal_found"),
]


def test_a_morning_in_its_order() -> None:
    ranks = [rank(one, NOW) for one in IN_ORDER]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == len(ranks)


@pytest.mark.parametrize(
    ("one", "reason"), [(IN_ORDER[0], Why.AGREED), (IN_ORDER[2], Why.MISSED), (PLAIN, Why.WORTH)]
)
def test_what_puts_a_call_where_it_is(one: CallFacts, reason: Why) -> None:
    assert why(one, NOW) is reason


def test_a_plan_that_is_older_than_the_conversation_was_not_agreed_in_it() -> None:
    planned = replace(PLAIN, scheduled_at=NOW - 10 * DAY_MS, last_outcome="deal_found")
    assert why(replace(planned, debt_called=NOW - 11 * DAY_MS), NOW) is Why.MISSED
    spoken = replace(planned, debt_called=NOW - HOUR_MS, last_call=NOW - HOUR_MS)
    assert why(spoken, NOW) is Why.CALLED_LATELY


@given(facts, st.one_of(st.none(), st.integers(0, 2**32 - 1)))
def test_the_rank_says_its_band_and_stays_in_it(one: CallFacts, turn: int | None) -> None:
    found = rank(one, NOW, turn)
    assert list(Why)[found >> BAND_BITS] is why(one, NOW)
    assert 0 <= found < 2**62


@given(facts, facts)
def test_a_better_band_is_always_first(one: CallFacts, other: CallFacts) -> None:
    order = list(Why)
    if order.index(why(one, NOW)) < order.index(why(other, NOW)):
        assert rank(one, NOW) < rank(other, NOW)


@given(facts, st.floats(0, 1e6, allow_nan=False))
def test_more_money_and_fewer_tries_never_count_less(one: CallFacts, more: float) -> None:
    assert points(replace(one, amount=one.amount + more), NOW) >= points(one, NOW)
    assert points(replace(one, tries=one.tries + 1), NOW) <= points(one, NOW)
