"""Desks whose company is near its limit of writes keep out of each other's way."""

import heapq
import itertools
import random
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from agent_app.api.client import Share
from agent_app.domain.errors import RateLimited
from agent_app.sandbox.envelope import Refusal
from agent_app.sandbox.limits import Limits
from agent_app.store.store import Store
from agent_app.sync.budget import Budget, NotNow
from agent_app.sync.slots import PATIENCE, Slots
from tests.benchmarks.virtual_time import START

HOUR_S = 3_600.0


class Fleet:
    """Desks that save 25 outcomes an hour each, with the sandbox's own limiter and no network."""

    def __init__(self, desks: int, seed: int) -> None:
        self.now = 0.0
        self.limits = Limits(lambda: self.now)
        self.desks = [Desk(self, seed * 1_000 + number) for number in range(desks)]
        self.refused: Counter[int] = Counter()
        """By hour."""
        self.ages: list[tuple[float, float]] = []
        """When saved, and how long it took (s)."""

    def run(self, hours: float) -> None:
        order = itertools.count()
        due: list[tuple[float, int, Any]] = []
        for desk in self.desks:
            for at in desk.saves(hours):
                heapq.heappush(due, (at, next(order), (desk, at)))
        while due:
            self.now, _, (desk, at) = heapq.heappop(due)
            again = desk.write(at)
            if again is None:
                self.ages.append((at, self.now - at))
            else:
                heapq.heappush(due, (max(again, self.now + 0.05), next(order), (desk, at)))

    def oldest(self, hour: int) -> float:
        return max(age for at, age in self.ages if hour <= at / HOUR_S < hour + 1)


class Desk:
    def __init__(self, fleet: Fleet, seed: int) -> None:
        self.fleet = fleet
        self.rng = random.Random(seed)
        self.slots = Slots(self.rng)

    def saves(self, hours: float) -> list[float]:
        """One each 144 s, give or take what talks take."""
        first = self.rng.uniform(0, 600)
        each = HOUR_S / 25
        return [
            first + number * each + self.rng.uniform(9, 106)
            for number in range(int((hours * HOUR_S - first) / each))
        ]

    def write(self, saved: float) -> float | None:
        """Try to write what was saved then; returns when to try again, or None."""
        fleet, now = self.fleet, START + timedelta(seconds=self.fleet.now)
        until = self.slots.wait(now, START + timedelta(seconds=saved))
        if until is not None:
            return (until - START).total_seconds()
        try:
            fleet.limits.take("company", "write")
        except Refusal as refusal:
            fleet.refused[int(fleet.now // HOUR_S)] += 1
            wait = timedelta(seconds=(refusal.details or {})["retry_after"])
            self.slots.refused(now, now + wait)
            return fleet.now + wait.total_seconds()
        said = fleet.limits.headers("company", "write")
        limit, remaining = (int(said[f"X-RateLimit-{name}"]) for name in ("Limit", "Remaining"))
        self.slots.wrote(now, Share(limit, remaining, 0))
        return None


@pytest.mark.parametrize("seed", range(3))
def test_twenty_desks_that_use_up_500_writes_are_hardly_refused(seed: int) -> None:
    fleet = Fleet(20, seed)
    fleet.run(4)
    assert fleet.refused[0] == 0
    assert fleet.refused[1] <= 20  # 400 where each just tries, 900 in the fourth hour
    assert fleet.oldest(1) <= 100
    assert max(fleet.refused.values(), default=0) <= 250
    assert len(fleet.ages) >= 4 * 480


def test_more_desks_than_there_is_room_for_do_not_storm_the_limit() -> None:
    fleet = Fleet(24, 0)
    fleet.run(3)
    assert max(fleet.refused.values()) <= 1_000  # 600 saves for 500 writes; 16,000 without
    written = sum(2 * HOUR_S <= at + age < 3 * HOUR_S for at, age in fleet.ages)
    assert written >= 490  # and what room there is is used


def desk_at(remaining: int, own: int, each_s: float = 144.0) -> tuple[Slots, Any]:
    """A desk that wrote *own* times, each after so long, of 500; the last reply said *remaining*."""
    slots, now = Slots(random.Random(1)), START
    for number in range(own):
        now = START + timedelta(seconds=each_s * number)
        left = 20 if number < own - 1 else remaining  # 480 used: all but full
        slots.wrote(now, Share(500, left, 0))
    return slots, now


def test_while_enough_is_left_nobody_waits() -> None:
    slots, now = desk_at(10, 25)
    assert slots.wait(now, now) is None


def test_near_the_wall_a_desk_waits_for_a_slot_that_it_gives_back() -> None:
    slots, _ = desk_at(2, 25)
    # Of 25 writes 23 are its part: it is one in debt, so that the second must leave the hour, too.
    saved = START + timedelta(hours=1, seconds=144 - 20)
    until = slots.wait(saved, saved)
    assert until is not None
    assert timedelta(seconds=20) <= until - saved <= timedelta(seconds=25)
    assert slots.wait(until, saved) is None


def test_where_none_comes_back_soon_it_borrows_one_and_after_refusals_ever_later() -> None:
    slots, now = desk_at(2, 25)
    saved, waits = now + timedelta(seconds=1), []
    for _ in range(6):
        at = saved
        while (until := slots.wait(at, saved)) is not None:
            assert until > at
            at = until
        waits.append((at - saved).total_seconds())
        slots.refused(at, at + timedelta(seconds=2))
        saved = at
    assert waits[0] == PATIENCE.total_seconds()
    assert slots.wait(saved, saved - timedelta(hours=2)) is not None


def test_who_uses_all_alone_is_not_held_up() -> None:
    slots = Slots(random.Random(1))
    for number in range(490):
        now = START + timedelta(seconds=number)
        assert slots.wait(now, now) is None
        slots.wrote(now, Share(500, 499 - number, 0))


def test_a_long_wait_is_told_and_a_short_one_is_not() -> None:
    now = START
    store = Store(None, None)
    budget = Budget(store, lambda: now, random.Random(1))
    budget.note("write", Share(500, 3, round(START.timestamp()) + 7, START.timestamp()))
    budget.wrote()
    with pytest.raises(NotNow) as short:
        budget.pace(now)
    assert short.value.kind == "write"
    assert short.value.until == now + PATIENCE
    for _ in range(8):
        budget.limited("write", RateLimited(1.0))
    now = START + timedelta(seconds=2)
    with pytest.raises(RateLimited) as long:
        budget.pace(START - timedelta(minutes=5))
    assert long.value.until is not None
    store.close()
