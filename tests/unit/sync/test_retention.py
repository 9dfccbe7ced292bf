"""Followups that are done and old leave, and no refresh, night or restart brings them back unasked. The real
sync and sandbox, in made-up time."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, timedelta

import pytest

from agent_app.domain.views import View, filter_of
from agent_app.sync.retention import EACH_S, Retention
from tests.benchmarks.virtual_time import START, VirtualLoop
from tests.unit.sync.test_first_start import ROWS, Desk, tell

DAYS = 90


@pytest.fixture
def loop() -> Iterator[VirtualLoop]:
    loop = VirtualLoop()
    yield loop
    loop.close()


def keep(desk: Desk, days: int = DAYS) -> Retention:
    desk.engine.retention._keep_days = lambda: days
    desk.engine.retention.note_limit()
    return desk.engine.retention


def old(desk: Desk) -> int:
    """How many followups are here that nobody needs and that ended before the limit, half a day ago."""
    before = round((desk.loop.now() - timedelta(days=DAYS, hours=12)).timestamp() * 1000)
    rows = desk.store._database.read(
        "select count(*) from followup where day < ? and status in"
        " ('no_answer', 'deal_found', 'deal_not_found')",
        [before],
    )
    return int(rows[0][0])


async def bring_all(desk: Desk) -> None:
    await desk.until(lambda: desk.has_day)
    desk.engine.bring_older()
    await desk.until(lambda: desk.missing == 0, most_s=40_000)


@pytest.mark.slow
def test_what_is_old_goes_and_stays_gone(loop: VirtualLoop) -> None:
    async def story(desk: Desk) -> None:
        await bring_all(desk)
        assert desk.store.followups.count() == ROWS
        assert old(desk) > ROWS / 2
        await keep(desk).make()
        assert old(desk) == 0
        kept = desk.store.followups.count()
        assert 0 < kept < ROWS / 2
        assert desk.missing == 0 or desk.missing <= ROWS - kept

        desk.asked.clear()
        desk.engine.refresh()  # F5
        await asyncio.sleep(2 * 86_400)  # two nights, in which nobody is there
        assert old(desk) == 0
        asked_a_day = len(desk.asked) / 2
        await desk.restart()
        keep(desk)
        desk.asked.clear()
        await asyncio.sleep(86_400)
        assert old(desk) == 0
        assert len(desk.asked) <= asked_a_day + 20, "no page is read again and again"
        assert set(desk.lacks().values()) == {0}

    tell(loop, story)


@pytest.mark.slow
def test_a_first_start_and_its_nights_end_at_the_limit(loop: VirtualLoop) -> None:
    async def story(desk: Desk) -> None:
        keep(desk)
        await desk.until(lambda: desk.has_day)
        await asyncio.sleep(3 * 86_400)
        pages = len(desk.asked)
        assert old(desk) < 100, "at most a page that lay on the way"
        assert desk.store.listing.count(filter_of(View.DONE, START, UTC)) > 300
        await asyncio.sleep(86_400)
        assert len(desk.asked) - pages < 200

    tell(loop, story)


@pytest.mark.slow
def test_what_a_person_asks_for_comes_back_for_a_day(loop: VirtualLoop) -> None:
    async def story(desk: Desk) -> None:
        retention = keep(desk)
        await bring_all(desk)
        assert desk.store.followups.count() == ROWS
        assert await retention.make() == 0
        await asyncio.sleep(86_400 + EACH_S + 3_600)
        assert old(desk) == 0
        await bring_all(desk)
        assert desk.store.followups.count() == ROWS

    tell(loop, story)


def test_a_short_list_is_read_whole_and_the_old_part_of_it_left_out(loop: VirtualLoop) -> None:
    async def story(desk: Desk) -> None:
        keep(desk)
        await desk.until(lambda: desk.store.state("loaded"))
        before = desk.store.followups.count()
        assert old(desk) == 0
        assert set(desk.lacks().values()) == {0}
        for _ in range(3):
            desk.asked.clear()
            desk.engine.refresh()
            await asyncio.sleep(1_200)
            assert len(desk.asked) < 30
        assert old(desk) == 0
        assert desk.store.followups.count() == before

    tell(loop, story, rows=1_500)


@pytest.mark.slow
def test_a_supervisor_may_look_at_a_period_that_went(loop: VirtualLoop) -> None:
    async def story(desk: Desk) -> None:
        await bring_all(desk)
        retention = keep(desk)
        await retention.make()
        assert old(desk) == 0
        first = START.date() - timedelta(days=200)
        desk.engine.load_period(first, first + timedelta(days=9))
        await desk.until(lambda: old(desk) > 10)
        await asyncio.sleep(60)
        assert await retention.make() == 0
        await asyncio.sleep(2 * 86_400)
        await retention.make()
        assert old(desk) == 0
        desk.engine.load_period(first, first + timedelta(days=9))
        await desk.until(lambda: old(desk) > 10)

    tell(loop, story)


@pytest.mark.slow
def test_a_longer_limit_brings_back_at_night_what_it_covers(loop: VirtualLoop) -> None:
    async def story(desk: Desk) -> None:
        keep(desk, 30)
        await desk.until(lambda: desk.has_day)
        await asyncio.sleep(86_400)
        few = desk.store.followups.count()
        keep(desk, 200)
        await asyncio.sleep(2 * 86_400)
        assert desk.store.followups.count() > few + 300

    tell(loop, story)


@pytest.mark.slow
def test_no_limit_keeps_all(loop: VirtualLoop) -> None:
    async def story(desk: Desk) -> None:
        await bring_all(desk)
        await asyncio.sleep(2 * 86_400)
        assert desk.store.followups.count() >= ROWS

    tell(loop, story)
