"""How a figure has moved since the period before, and whether that is good news."""

from dataclasses import dataclass
from enum import StrEnum

from agent_app.domain.statistics import SMALL_SAMPLE, Rate


class Good(StrEnum):
    """Which way a figure should go."""

    MORE = "more"
    FEWER = "fewer"
    NEITHER = "neither"


class Turn(StrEnum):
    """What a move means."""

    BETTER = "better"
    WORSE = "worse"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Move:
    """`by` is in points of a percentage for a rate, in percent for a number."""

    by: int
    turn: Turn
    is_rate: bool


def move_of_rate(now: Rate, before: Rate, good: Good) -> Move | None:
    """Return how a rate moved; None where either is of too few to compare them."""
    if now.value is None or before.value is None or now.is_small or before.is_small:
        return None
    points = round(now.value * 100) - round(before.value * 100)
    return Move(points, _turn(points, good), is_rate=True)


def move_of_count(now: int, before: int, good: Good) -> Move | None:
    """Return how a number moved; None where there were too few before to compare."""
    if before < SMALL_SAMPLE:
        return None
    percent = round(100 * (now - before) / before)
    return Move(percent, _turn(percent, good), is_rate=False)


def _turn(by: int, good: Good) -> Turn:
    if not by or good is Good.NEITHER:
        return Turn.NEITHER
    return Turn.BETTER if (by > 0) is (good is Good.MORE) else Turn.WORSE
