"""A move is better or worse by what the figure means, and of few nothing is said."""

import pytest

from agent_app.domain.statistics import Rate
from agent_app.domain.trend import Good, Move, Turn, move_of_count, move_of_rate


@pytest.mark.parametrize(
    ("now", "good", "turn"),
    [
        (60, Good.MORE, Turn.BETTER),
        (40, Good.MORE, Turn.WORSE),
        (60, Good.FEWER, Turn.WORSE),
        (40, Good.FEWER, Turn.BETTER),
        (40, Good.NEITHER, Turn.NEITHER),
        (50, Good.MORE, Turn.NEITHER),
    ],
)
def test_fewer_unanswered_calls_are_better_and_fewer_deals_are_worse(
    now: int, good: Good, turn: Turn
) -> None:
    assert move_of_rate(Rate(now, 100), Rate(50, 100), good) == Move(now - 50, turn, is_rate=True)
    assert move_of_count(now, 50, good) == Move(2 * (now - 50), turn, is_rate=False)


@pytest.mark.parametrize(
    ("now", "before"), [((1, 2), (50, 100)), ((50, 100), (1, 29)), ((0, 0), (50, 100))]
)
def test_few_are_not_compared(now: tuple[int, int], before: tuple[int, int]) -> None:
    assert move_of_rate(Rate(*now), Rate(*before), Good.MORE) is None
    assert move_of_count(100, 29, Good.MORE) is None
