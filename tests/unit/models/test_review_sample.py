"""Chance draws among the calls of today; nobody is drawn twice, and a draw lasts until it is reviewed."""

from datetime import timedelta
from random import Random

from agent_app.domain.reviews import Review
from agent_app.models.review_sample import SIZE, ReviewSample
from tests.unit.models.desk import PARIS, THURSDAY, FormDesk


def calls(desk: FormDesk, count: int) -> None:
    desk.debt()
    for n in range(count):
        at = THURSDAY - timedelta(minutes=n)
        desk.followup(f"call-{n}", call_date=at, status="no_answer")
    desk.followup("yesterday", call_date=THURSDAY - timedelta(days=1), status="no_answer")
    desk.followup("planned", scheduled_at=THURSDAY)
    desk.followup("mail", type="email", call_date=THURSDAY, status="sent")


def review(desk: FormDesk, ids: list[str]) -> None:
    for one in ids:
        desk.store.reviews.keep(Review(one, "Zoé", THURSDAY))


def test_a_draw_stays_until_it_is_reviewed_and_the_next_has_others(desk: FormDesk) -> None:
    calls(desk, 12)
    sample = ReviewSample(desk.store, desk.clock, PARIS, Random(1))
    first = sample.draw()
    assert len(set(first)) == SIZE
    assert all(one.startswith("call-") for one in first)
    review(desk, first[:2])
    assert sample.draw() == first
    again = ReviewSample(desk.store, desk.clock, PARIS, Random(2))  # the next start
    assert again.left() == first[2:]
    review(desk, first)
    second = again.draw()
    assert not set(second) & set(first)
    review(desk, second)
    assert len(again.draw()) == 12 - 2 * SIZE
    review(desk, again.drawn())
    assert again.draw() == []


def test_another_day_begins_without_a_draw(desk: FormDesk) -> None:
    calls(desk, 3)
    sample = ReviewSample(desk.store, desk.clock, PARIS)
    assert len(sample.draw()) == 3
    desk.now += timedelta(days=1)
    assert sample.drawn() == []
    assert sample.draw() == []


def test_all_calls_have_the_same_chance(desk: FormDesk) -> None:
    calls(desk, 10)
    found = dict.fromkeys((f"call-{n}" for n in range(10)), 0)
    for seed in range(200):
        desk.store.set_state("review_sample", None)
        for one in ReviewSample(desk.store, desk.clock, PARIS, Random(seed)).draw():
            found[one] += 1
    assert all(60 <= count <= 140 for count in found.values())
