"""Debtors get their names, whatever fails at first, and what is nowhere is not asked for each time."""

import asyncio
from typing import Any

import pytest

from agent_app.api.wire import Page
from agent_app.domain.errors import NotFound, ServerTrouble
from agent_app.store.store import Store
from agent_app.sync.budget import Purpose
from agent_app.sync.debtors import Debtors
from tests.benchmarks.virtual_time import VirtualLoop


class Server:
    """Debts; the first *failing* requests fail, and those *hidden* are on no page of the list."""

    scopes = frozenset({"debts:read"})

    def __init__(self, debts: set[str], hidden: set[str], failing: int = 0) -> None:
        self.debts, self.hidden, self.failing = debts, hidden, failing
        self.asked: list[str] = []

    def _note(self, what: str) -> None:
        self.asked.append(what)
        if self.failing:
            self.failing -= 1
            raise ServerTrouble(503)

    async def list_debts(self, _purpose: Purpose, page: int) -> Page:
        self._note(f"page {page}")
        rows = sorted(self.debts - self.hidden)
        return Page(
            [{"id": one} for one in rows[page * 10 - 10 : page * 10]], 0, len(rows), page, 2
        )

    async def get_debt(self, _purpose: Purpose, debt_id: str) -> dict[str, Any]:
        self._note(debt_id)
        if debt_id not in self.debts:
            raise NotFound("HTTP 404")
        return {"id": debt_id}


def desk(there: Server, loop: VirtualLoop, named: set[str]) -> tuple[Store, Debtors]:
    store = Store(None, None)
    rows = [{"id": f"f-{one}", "debt_id": one} for one in named]
    store.followups.upsert(rows, loop.now())
    return store, Debtors(there, store, loop.now)  # type: ignore[arg-type]


def test_failures_are_tried_again_after_growing_pauses() -> None:
    loop = VirtualLoop()
    debts = {f"d{n:02}" for n in range(20)}
    there = Server(debts, hidden={"d03", "d04", "d05", "d06", "d07"}, failing=5)
    store, debtors = desk(there, loop, debts)

    async def story() -> None:
        with pytest.raises(ServerTrouble):
            await debtors.name(Purpose.BACKGROUND)
        work = asyncio.create_task(debtors.run())
        debtors.go_on()
        await asyncio.sleep(90)
        assert len(there.asked) == 2  # not each second
        await asyncio.sleep(7_200)
        assert store.followups.debts_without_name() == []
        work.cancel()
        asked = len(there.asked)
        await debtors.name(Purpose.BACKGROUND)
        assert len(there.asked) == asked

    loop.run_until_complete(story())
    loop.close()


def test_a_debt_that_is_nowhere_is_asked_for_once_a_day() -> None:
    loop = VirtualLoop()
    there = Server({"d"}, hidden=set())
    _, debtors = desk(there, loop, {"d", "nowhere"})

    async def story() -> None:
        for _ in range(5):
            await debtors.name(Purpose.BACKGROUND)
            await debtors.freshen(Purpose.PERSON, "nowhere")
            await asyncio.sleep(600)
        assert sorted(there.asked) == ["d", "nowhere"]
        await asyncio.sleep(24 * 3_600)
        await debtors.name(Purpose.BACKGROUND)
        assert there.asked[-1] == "nowhere"

    loop.run_until_complete(story())
    loop.close()
