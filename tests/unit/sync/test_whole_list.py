"""The list is whole: whatever happens on the server, also between two pages, the desk's list comes
to be the server's, with few reads."""

import asyncio
import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent_app.api.wire import Page, read_page
from agent_app.domain.errors import NotFound
from agent_app.domain.patch import FollowupPatch
from agent_app.store.store import Store
from agent_app.sync import pages, whole, whole_list
from agent_app.sync import pull as pulling
from agent_app.sync.budget import Purpose
from agent_app.sync.colleagues import NOBODY
from agent_app.sync.pull import Pull
from agent_app.sync.state import ObservableState
from tests.benchmarks.virtual_time import VirtualLoop

ODD = "odd"
"""The id of a row that cannot be read."""


class Server:
    """The server's list, newest first; *between* happens before each answer to a page."""

    scopes = frozenset({"followups:read"})
    colleagues = NOBODY

    def __init__(self, rng: random.Random, rows: int, page_rows: int) -> None:
        self.rng, self.page_rows = rng, page_rows
        self.made = 0
        self.ids: list[str] = []
        self.between: list[str] = []
        self.reads = 0
        self.total: Any = None
        self.add(rows)
        if rows:
            self.ids.insert(len(self.ids) // 2, ODD)

    def add(self, rows: int) -> list[str]:
        new = [f"f{self.made + n}" for n in range(rows)]
        self.made += rows
        self.ids = new[::-1] + self.ids
        return new

    def change(self, what: str) -> None:
        if what == "add":
            self.add(self.rng.randint(1, 12))
        elif self.ids:
            gone = self.ids.pop(self.rng.randrange(len(self.ids)))
            if what == "move":
                self.ids.insert(self.rng.randint(0, len(self.ids)), gone)

    async def list_followups(self, _purpose: Purpose, page: int, **days: Any) -> Page:
        self.reads += 1
        if self.between and not days:
            self.change(self.between.pop())
        rows = [] if days else self.ids[(page - 1) * self.page_rows : page * self.page_rows]
        total = len(self.ids) if self.total is None else self.total
        pages = 1 if days else -(-len(self.ids) // self.page_rows)
        said = [{"id": one, "debt_id": "d"} if one != ODD else 42 for one in rows]
        return read_page(
            {"error": False, "data": said, "pagination": {"total": total, "pages": pages}}
        )

    async def get_followup(self, _purpose: Purpose, followup_id: str) -> dict[str, Any]:
        self.reads += 1
        if followup_id not in self.ids:
            raise NotFound("HTTP 404")
        return {"id": followup_id, "debt_id": "d"}


class Desk:
    def __init__(self, there: Server, loop: VirtualLoop) -> None:
        self.there, self.loop = there, loop
        self.store = Store(None, None)
        self.state = ObservableState()
        self.pull = Pull(there, self.store, self.state, loop.now)  # type: ignore[arg-type]

    def file_one(self) -> None:
        """A call that this desk files itself: it is known, and on top of the server's list."""
        (new,) = self.there.add(1)
        self.store.followups.upsert([{"id": new, "debt_id": "d"}], self.loop.now())

    def learn_one(self) -> None:
        """Read by its debt or its day: known, without a place in the list."""
        if self.there.ids:
            one = self.there.rng.choice(self.there.ids)
            if one != ODD:
                self.store.followups.upsert([{"id": one, "debt_id": "d"}], self.loop.now())

    async def refresh(self, *, asked: bool, later_s: float = 700) -> int:
        """A refresh some minutes later; returns how many reads it took."""
        await asyncio.sleep(later_s)
        before = self.there.reads
        await self.pull.refresh(asked=asked)
        return self.there.reads - before

    def ids(self) -> set[str]:
        return {row[0] for row in self.store._database.read("select id from followup")}


@pytest.fixture
def loop() -> Iterator[VirtualLoop]:
    loop = VirtualLoop()
    yield loop
    loop.close()


async def filled(loop: VirtualLoop, rows: int, page_rows: int = 100) -> Desk:
    desk = Desk(Server(random.Random(1), rows, page_rows), loop)
    await desk.pull.list.load()
    desk.store.set_state("loaded", True)
    return desk


def readable(there: Server) -> set[str]:
    return set(there.ids) - {ODD}


def test_what_this_desk_filed_itself_does_not_end_the_reading(loop: VirtualLoop) -> None:
    async def story() -> None:
        desk = await filled(loop, 1_500)
        desk.there.add(250)
        desk.file_one()
        reads = await desk.refresh(asked=False)
        assert desk.ids() == readable(desk.there)
        assert reads <= 4
        assert await desk.refresh(asked=False) == 1  # and then it costs what it did

    loop.run_until_complete(story())


def test_what_was_learnt_by_its_day_leaves_no_hole(loop: VirtualLoop) -> None:
    async def story() -> None:
        desk = await filled(loop, 3_000)
        desk.there.add(1_400)
        for _ in range(60):
            desk.learn_one()
        reads = await desk.refresh(asked=True)
        reads += await desk.refresh(asked=False)
        assert desk.ids() == readable(desk.there)
        assert reads <= 25  # of 44 pages

    loop.run_until_complete(story())


def test_a_hole_deep_in_the_list_is_found_without_reading_all_of_it(loop: VirtualLoop) -> None:
    async def story() -> None:
        desk = await filled(loop, 5_000)
        for number in (40, 2_345, 4_100):
            desk.store.forget(f"f{number}")
        await desk.refresh(asked=False)
        assert desk.ids() == readable(desk.there)
        assert await desk.refresh(asked=False) == 1

    loop.run_until_complete(story())


def test_what_the_server_no_longer_has_leaves_the_list_but_never_with_words(
    loop: VirtualLoop,
) -> None:
    async def story() -> None:
        desk = await filled(loop, 1_500)
        for one in ("f1200", "f1300", "f1400"):
            desk.there.ids.remove(one)
        desk.store.drafts.keep(
            FollowupPatch("f1300", {"notes": "mine"}, {"notes": None}), loop.now()
        )
        desk.pull.looks_at("f1400")
        for _ in range(6):
            assert await desk.refresh(asked=False) <= 5
        assert desk.ids() == readable(desk.there) | {"f1300", "f1400"}
        assert desk.state.now.gone == {"f1300", "f1400"}
        assert await desk.refresh(asked=False) == 1
        desk.pull.looks_at("")
        desk.store.discard("f1300")
        await desk.refresh(asked=False)
        assert desk.ids() == readable(desk.there)
        assert not desk.state.now.gone

    loop.run_until_complete(story())


def test_rows_that_cannot_be_read_are_counted_and_cost_no_search(loop: VirtualLoop) -> None:
    async def story() -> None:
        desk = await filled(loop, 1_500)
        assert desk.state.now.unreadable == 1
        await desk.refresh(asked=False)
        assert await desk.refresh(asked=False) == 1
        assert desk.state.now.unreadable == 1

    loop.run_until_complete(story())


@pytest.mark.parametrize("total", [10**12, 10**7, 0, -5, "many", float("nan"), None, 3])
def test_a_total_that_is_not_true_ends(loop: VirtualLoop, total: object) -> None:
    async def story() -> None:
        desk = await filled(loop, 1_500)
        desk.there.total = total
        desk.there.add(30)
        for _ in range(3):
            assert await desk.refresh(asked=True) <= 40
        assert readable(desk.there) <= desk.ids()
        assert await desk.refresh(asked=False) <= 5

    if total is not None:
        loop.run_until_complete(story())


STEPS = ["add", "delete", "move", "file", "learn", "refresh", "asked"]
histories = st.lists(
    st.tuples(
        st.sampled_from(STEPS),
        st.lists(st.sampled_from(["add", "delete", "move"]), max_size=4),
    ),
    max_size=12,
)


@pytest.mark.slow
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(histories, st.integers(0, 90), st.randoms(use_true_random=False))
def test_after_any_history_the_list_is_the_servers(
    monkeypatch: pytest.MonkeyPatch,
    history: list[tuple[str, list[str]]],
    rows: int,
    rng: random.Random,
) -> None:
    for module in (pulling, pages, whole, whole_list):
        monkeypatch.setattr(module, "PAGE_ROWS", 5)
    loop = VirtualLoop()

    async def story() -> None:
        there = Server(rng, rows, 5)
        desk = Desk(there, loop)
        await desk.refresh(asked=False)
        for what, between in history:
            there.between = list(between)
            if what == "file":
                desk.file_one()
            elif what == "learn":
                desk.learn_one()
            elif what in ("refresh", "asked"):
                await desk.refresh(asked=what == "asked")
            else:
                there.change(what)
        there.between = []
        for _ in range(12):
            await desk.refresh(asked=True)
            if desk.ids() == readable(there):
                break
        assert desk.ids() == readable(there)
        desk.store.close()

    try:
        loop.run_until_complete(story())
    finally:
        loop.close()
