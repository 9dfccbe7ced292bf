"""Pages while rows move: 200 schedules of rows that are added, repeat, or never end.

At rest the set is right, and a load asks for at most two pages more than there are.
"""

import asyncio
import random
from typing import Any

import pytest

from agent_app.api.wire import Page, read_followup
from agent_app.domain.errors import NotFound
from agent_app.store.store import Store
from agent_app.sync.budget import Purpose
from agent_app.sync.colleagues import NOBODY
from agent_app.sync.pull import Pull
from agent_app.sync.state import ObservableState
from agent_app.sync.whole_list import MAX_PAGES
from tests.benchmarks.virtual_time import START

PAGE = 100


class MovingList:
    """A list like the server's, newest first, to which rows are added between two requests."""

    scopes = frozenset({"followups:read"})
    colleagues = NOBODY

    def __init__(self, rng: random.Random, rows: int, added: float, kind: str) -> None:
        self.rng, self.added, self.kind = rng, added, kind
        self.ids = [f"f{n}" for n in range(rows)]
        self.requests = 0

    async def list_followups(self, _purpose: Purpose, page: int, **_days: Any) -> Page:
        self.requests += 1
        if self.rng.random() < self.added:
            count = self.rng.choice([1, 3, 99, 100, 130])
            self.ids = [f"new{self.requests}-{n}" for n in range(count)] + self.ids
        ids = self.ids[(page - 1) * PAGE : page * PAGE]
        pages = (len(self.ids) + PAGE - 1) // PAGE
        total = len(self.ids)
        if self.kind == "repeats":
            ids = ids + ids[:3]
        elif self.kind == "never ends":
            ids, pages, total = self.ids[:PAGE], page + 1, 10**9
        elif self.kind == "says nothing":
            pages = total = 0
        rows = [read_followup({"id": one, "debt_id": "d"}) for one in ids]
        return Page(rows, 0, total, page, pages)

    async def get_followup(self, _purpose: Purpose, followup_id: str) -> dict[str, Any]:
        if followup_id not in self.ids:
            raise NotFound("HTTP 404")
        return read_followup({"id": followup_id, "debt_id": "d"})


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["adds", "repeats", "never ends", "says nothing"])
def test_schedules(kind: str) -> None:
    for seed in range(50):
        rng = random.Random(f"{kind}/{seed}")
        there = MovingList(
            rng, rng.choice([0, 1, 99, 100, 101, 450, 1000]), rng.choice([0.0, 0.3, 0.9]), kind
        )
        asyncio.run(_load(there, kind))


async def _load(there: MovingList, kind: str) -> None:
    store = Store(None, None)
    pull = Pull(there, store, ObservableState(), lambda: START)  # type: ignore[arg-type]
    await pull.refresh(asked=False)
    pages = (len(there.ids) + PAGE - 1) // PAGE
    if kind == "never ends":
        # It ends as soon as a page brings nothing new, however many more are promised.
        assert there.requests <= (4 if not there.added else 200) < MAX_PAGES
        return
    assert there.requests <= max(pages, 1) + 2
    there.added = 0.0  # at rest: one refresh that a person asks for
    await pull.refresh(asked=True)
    stored = set(store.listing.keys_of(there.ids))
    if len(there.ids) <= 1000:
        assert stored == set(there.ids)
    store.close()
