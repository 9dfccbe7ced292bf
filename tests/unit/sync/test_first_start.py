"""A first start on a company's long list: an agent's day comes first, with few reads; what is older
comes when it is asked for, and at night. The real sync and sandbox, in made-up time."""

import asyncio
import json
import math
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_app.api.client import Client
from agent_app.api.tokens import ClientCredentials
from agent_app.api.transport import Answer
from agent_app.api.wire import read_followup
from agent_app.domain.fields import Status
from agent_app.domain.views import View, filter_of
from agent_app.sandbox.accounts import CLIENT_ID, CLIENT_SECRET
from agent_app.store.store import Store
from agent_app.sync.engine import Engine
from agent_app.sync.first_start import parts_of
from tests.benchmarks.fleet import Company, InProcess
from tests.benchmarks.history import history
from tests.benchmarks.virtual_time import START, VirtualLoop

ROWS, AGENTS = 4_000, 12
DAY = (View.TO_CALL_NOW, View.OVERDUE, View.TODAY, View.WAITING)
Odd = Callable[[str, dict[str, str]], None]


class Desk:
    """One desk of a company of AGENTS with so many followups, and reads an hour."""

    def __init__(self, loop: VirtualLoop, reads: int, rows: int) -> None:
        self.loop = loop
        self.company = Company(AGENTS, loop)
        self.company.sandbox.limits.reads = reads
        records = self.company.records
        records.empty()
        records.fill(*history(rows, AGENTS, START))
        self.store = Store(None, None)
        self.asked: list[dict[str, str]] = []
        self.before: Odd = lambda _path, _query: None
        self.engine = self._new_engine()

    def _new_engine(self) -> Engine:
        transport = InProcess(self.company.app)
        at_once = transport.send

        async def send(method: str, path: str, **more: Any) -> Answer:
            query = dict(more.get("query") or {})
            if path.endswith("/followups"):
                self.before(path, query)
                self.asked.append(query)
            more["query"] = query
            return await at_once(method, path, **more)

        transport.send = send  # type: ignore[method-assign]
        grant = ClientCredentials(CLIENT_ID, CLIENT_SECRET)
        return Engine(Client(transport, grant, self.loop.time), self.store, now=self.loop.now)

    async def restart(self) -> None:
        await self.engine.stop()
        self.engine = self._new_engine()
        self.engine.start()

    def there(self) -> Store:
        """All of the server's followups, as a store sees them."""
        store = Store(None, None)
        rows = self.company.records._db.execute("select doc from followup").fetchall()
        store.followups.upsert([read_followup(json.loads(row[0])) for row in rows], START)
        return store

    def lacks(self) -> dict[View, int]:
        """How many followups of an agent's day are not here, by view."""
        there, found = self.there(), {}
        for view in DAY:
            wanted = filter_of(view, START, UTC)
            found[view] = there.listing.count(wanted) - self.store.listing.count(wanted)
        there.close()
        return found

    @property
    def has_day(self) -> bool:
        return bool(self.store.state("loaded")) and not self.store.state("day_read")

    @property
    def missing(self) -> int:
        return self.engine.state.now.older.missing

    async def until(self, holds: Callable[[], object], most_s: float = 7_200) -> None:
        end = self.loop.time() + most_s
        while not holds():
            assert self.loop.time() < end, "it did not come to hold in time"
            await asyncio.sleep(1)


@pytest.fixture
def loop() -> Iterator[VirtualLoop]:
    loop = VirtualLoop()
    yield loop
    loop.close()


def tell(
    loop: VirtualLoop,
    story: Callable[[Desk], Awaitable[None]],
    *,
    reads: int = 1_000,
    rows: int = ROWS,
) -> None:
    desk = Desk(loop, reads, rows)

    async def told() -> None:
        desk.engine.start()
        try:
            await story(desk)
        finally:
            await desk.engine.stop()
            desk.store.close()
            desk.company.sandbox.media.close()

    asyncio.set_event_loop(loop)
    try:
        loop.run_until_complete(told())
    finally:
        asyncio.set_event_loop(None)


def test_the_first_screen_takes_three_reads_and_the_day_few_more(loop: VirtualLoop) -> None:
    first_screen: list[int] = []

    async def story(desk: Desk) -> None:
        def is_due() -> bool:
            return desk.store.listing.count(filter_of(View.TO_CALL_NOW, START, UTC)) > 30

        desk.store.changes.listen(
            lambda _: first_screen.append(len(desk.asked)) if is_due() else None
        )
        await desk.until(lambda: desk.has_day)
        assert first_screen[0] <= 3
        assert set(desk.lacks().values()) == {0}
        assert sum(desk.engine.reads.values()) <= 40
        assert desk.store.followups.count() < ROWS / 2
        assert desk.missing > ROWS / 2

    tell(loop, story)


def test_a_refresh_leaves_what_is_older_alone(loop: VirtualLoop) -> None:
    async def story(desk: Desk) -> None:
        await desk.until(lambda: desk.has_day)
        desk.asked.clear()
        desk.engine.refresh()
        await asyncio.sleep(3_600)
        assert len(desk.asked) < 25
        created = desk.company.records.create({"debt_id": "d1", "status": "scheduled"})
        await asyncio.sleep(3_600)
        assert desk.store.followups.get(created["id"]) is not None  # what is new still comes
        assert desk.missing > ROWS / 2

    tell(loop, story)


@pytest.mark.slow
def test_what_is_older_comes_when_a_person_asks_and_waits_for_its_share(loop: VirtualLoop) -> None:
    async def story(desk: Desk) -> None:
        await desk.until(lambda: desk.has_day)
        missing = desk.missing
        desk.engine.bring_older()
        await desk.until(lambda: desk.engine.state.now.older.waits_until)
        assert 0 < desk.missing < missing
        assert desk.engine.budget.pressure("read") < 2  # more than a third is left to others
        await desk.until(lambda: not desk.missing, 12 * 3_600)
        assert desk.store.followups.count() == ROWS
        assert not desk.engine.state.now.older.reading
        desk.asked.clear()
        await asyncio.sleep(3_600)
        assert len(desk.asked) < 12

    tell(loop, story, reads=100)


def test_it_can_be_stopped(loop: VirtualLoop) -> None:
    async def story(desk: Desk) -> None:
        await desk.until(lambda: desk.has_day)
        at_most = desk.missing - 300
        desk.store.changes.listen(
            lambda _: desk.engine.stop_older() if desk.missing < at_most else None
        )
        desk.engine.bring_older()
        await desk.until(lambda: not desk.engine.state.now.older.reading)
        assert desk.missing > at_most - 500

    tell(loop, story)


@pytest.mark.slow
def test_at_night_it_comes_by_itself_where_nobody_works(loop: VirtualLoop) -> None:
    async def story(desk: Desk) -> None:
        await desk.until(lambda: desk.has_day)
        missing = desk.missing
        evening = desk.loop.now().astimezone().replace(hour=19, minute=58)
        await asyncio.sleep((evening - desk.loop.now()).total_seconds())
        desk.engine.opened("")  # somebody is there
        await asyncio.sleep(700)
        assert desk.missing == missing
        await asyncio.sleep(5 * 3_600)
        assert desk.missing == 0

    tell(loop, story)


def test_without_a_filter_by_status_the_newest_pages_come(loop: VirtualLoop) -> None:
    async def story(desk: Desk) -> None:
        def unheard(_path: str, query: dict[str, str]) -> None:
            query.pop("status", None)

        desk.before = unheard
        await desk.until(lambda: desk.has_day)
        assert 30 < len(desk.asked) < 45
        assert desk.store.followups.count() > 3_000

    tell(loop, story)


@pytest.mark.slow
def test_what_was_begun_goes_on_after_the_share_and_after_a_restart(loop: VirtualLoop) -> None:
    async def story(desk: Desk) -> None:
        await desk.until(lambda: desk.asked[3:])
        await asyncio.sleep(30)
        assert not desk.has_day  # the rest is for colleagues
        assert desk.engine.state.now.older.waits_until
        await desk.restart()
        await desk.until(lambda: desk.has_day, 5 * 3_600)
        assert set(desk.lacks().values()) == {0}
        asked = [tuple(sorted(one.items())) for one in desk.asked if "date_from" not in one]
        parts = [one for one in asked if "status" in dict(one)]
        assert len(parts) - len(set(parts)) <= 2  # at most the page that each break came upon

    tell(loop, story, reads=30)


def test_what_leaves_a_part_while_it_is_read_hides_nothing(loop: VirtualLoop) -> None:
    async def story(desk: Desk) -> None:
        hold = [
            row[0]
            for row in desk.company.records._db.execute(
                "select id from followup where status = 'scheduled' order by number desc"
            )
        ]
        done = hold[:60]

        def between(_path: str, query: dict[str, str]) -> None:
            if query.get("status") == Status.SCHEDULED and query["page"] == "2" and done:
                for one in done:
                    desk.company.records.update(one, {"status": "cancelled"})
                done.clear()

        desk.before = between
        await desk.until(lambda: desk.has_day)
        assert not done
        assert desk.lacks()[View.WAITING] <= 0

    tell(loop, story)


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1))
zones = st.integers(-12, 12).map(lambda hours: timezone(timedelta(hours=hours)))


@given(moments, st.integers(-90, 90), st.sampled_from(list(Status)), zones, zones)
def test_the_parts_hold_all_of_an_agents_day(
    now: datetime, days: int, status: Status, here: timezone, server: timezone
) -> None:
    at = now.replace(tzinfo=UTC)
    planned = at + timedelta(days=days / 9)
    store = Store(None, None)
    row = {"id": "f", "debt_id": "d", "status": status, "type": "call", "scheduled_at": planned}
    store.followups.upsert([row], at)
    is_wanted = any(store.listing.count(filter_of(view, at, here)) for view in DAY)
    store.close()
    day = planned.astimezone(server).date()
    held = any(
        (not part.status or part.status == status)
        and (part.first_day or date.min) <= day <= (part.last_day or date.max)
        for part in parts_of(at.astimezone(here).date())
    )
    assert held or not is_wanted, (now, days, status, here, server)


def test_a_short_list_is_read_whole(loop: VirtualLoop) -> None:
    async def story(desk: Desk) -> None:
        await desk.until(lambda: desk.has_day)
        assert desk.missing == 0
        assert len(desk.asked) == math.ceil(desk.company.records.followups({}, 0, 1)[1] / 100)

    tell(loop, story, rows=1_500)
