"""One read serves several ends, and a scarce share is spent where it buys most. The real sync and the
sandbox's own limiter, in made-up time."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from agent_app.api.client import Share
from agent_app.api.transport import Answer
from agent_app.domain.patch import diff
from agent_app.sync.budget import Purpose
from tests.benchmarks.fleet import Agent, Company, Figures, InProcess
from tests.benchmarks.virtual_time import VirtualLoop

OPEN, NEXT = "f-7", "f-8"
Story = Callable[[Agent], Awaitable[None]]
Slow = Callable[[str, str], float]
"""How long an answer takes (s), by method and the last part of the path."""


def tell(
    story: Story,
    *,
    slow: Slow = lambda _method, _last: 0.0,
    writes: int = 500,
    agents: int = 1,
) -> None:
    """Have a story happen to one of the company's *agents*, each with 60 followups."""
    loop = VirtualLoop()
    company = Company(agents, loop)
    company.sandbox.limits.writes = writes
    agent = Agent(0, company, loop, Figures(agents, company.limits))
    transport = agent.engine._client._transport
    assert isinstance(transport, InProcess)
    at_once = transport.send

    async def send(method: str, path: str, **more: Any) -> Answer:
        answer = await at_once(method, path, **more)
        await asyncio.sleep(slow(method, path.rsplit("/", 1)[-1]))
        return answer

    transport.send = send  # type: ignore[method-assign]

    async def run() -> None:
        agent.engine.start()
        await asyncio.sleep(60)
        company.sandbox.seen.clear()
        try:
            await story(agent)
        finally:
            await agent.engine.stop()
            agent.store.close()
            company.sandbox.media.close()

    asyncio.set_event_loop(loop)
    try:
        loop.run_until_complete(run())
    finally:
        asyncio.set_event_loop(None)
        loop.close()


def asked(agent: Agent) -> list[str]:
    """The requests so far: method and the last part of the path."""
    return [
        f"{one['method']} {one['path'].partition('?')[0].rsplit('/', 1)[-1]}"
        for one in agent.company.sandbox.seen
    ]


def save(agent: Agent, followup_id: str, notes: str) -> None:
    followup = agent.store.followups.get(followup_id)
    assert followup is not None
    agent.commands.save(diff(followup, {"notes": notes}))


def scarce(agent: Agent, left: int) -> None:
    """The company has used up all reads but so many."""
    now = agent.loop.now().timestamp()
    agent.engine.budget.note("read", Share(1_000, left, round(now) + 3_000, now))


def test_the_read_before_a_save_freshens_what_is_opened_next() -> None:
    async def story(agent: Agent) -> None:
        agent.company.records.update(NEXT, {"summary": "a colleague's"})
        save(agent, OPEN, "mine")
        await asyncio.sleep(5)
        agent.commands.opened(NEXT)
        await asyncio.sleep(5)
        assert asked(agent) == ["GET followups", f"PUT {OPEN}"]
        now = agent.store.followups.get(NEXT)
        assert now is not None
        assert now.summary == "a colleague's"

    tell(story)


def test_a_save_waits_for_a_look_that_is_under_way() -> None:
    async def story(agent: Agent) -> None:
        agent.company.records.update(OPEN, {"summary": "a colleague's"})
        agent.commands.dialled(OPEN)
        await asyncio.sleep(0.5)
        save(agent, OPEN, "mine")
        await asyncio.sleep(5)
        assert asked(agent) == [f"GET {OPEN}", f"PUT {OPEN}"]
        there = agent.company.records.followup(OPEN)
        assert there is not None
        assert (there["summary"], there["notes"]) == ("a colleague's", "mine")

    tell(story, slow=lambda method, _: 2.0 if method == "GET" else 0.0)


def test_a_look_that_does_not_come_holds_up_no_save() -> None:
    def slow(method: str, last: str) -> float:
        return 600.0 if (method, last) == ("GET", "followups") else 0.0

    async def story(agent: Agent) -> None:
        agent.commands.returned(OPEN)
        await asyncio.sleep(1)
        for followup_id in (OPEN, NEXT):
            save(agent, followup_id, "mine")
        await asyncio.sleep(20)
        assert not agent.store.outbox.entries()
        assert asked(agent)[1:] == [f"{m} {one}" for one in (OPEN, NEXT) for m in ("GET", "PUT")]

    tell(story, slow=slow)


def test_what_was_asked_for_long_ago_is_not_fresh_when_it_comes() -> None:
    async def story(agent: Agent) -> None:
        agent.commands.dialled(OPEN)
        await asyncio.sleep(9)  # the answer is made, and on its way
        agent.company.records.update(OPEN, {"notes": "a colleague's"})
        await asyncio.sleep(2)
        save(agent, OPEN, "mine")
        await asyncio.sleep(30)
        there = agent.company.records.followup(OPEN)
        assert there is not None
        assert there["notes"] == "a colleague's"
        assert agent.store.outbox.attention(OPEN) is not None

    tell(story, slow=lambda method, last: 10.0 if (method, last) == ("GET", OPEN) else 0.0)


def test_a_followup_that_is_on_another_page_is_read_alone() -> None:
    async def story(agent: Agent) -> None:
        agent.store.places.put({OPEN: None})
        save(agent, OPEN, "mine")
        await asyncio.sleep(5)
        assert asked(agent) == [f"GET {OPEN}", f"PUT {OPEN}"]

    tell(story)


def test_nothing_is_read_for_a_save_that_has_to_wait_for_its_write() -> None:
    async def story(agent: Agent) -> None:
        for number in range(4):
            save(agent, f"f-{number + 20}", "mine")
            await asyncio.sleep(10)
        agent.company.sandbox.seen.clear()
        save(agent, OPEN, "mine")
        await asyncio.sleep(1_200)
        assert not [one for one in asked(agent) if one.startswith("PUT")]
        assert agent.engine.reads[Purpose.SAVE, "followups"] == 4

    tell(story, writes=4)


def test_while_reads_are_scarce_a_row_is_opened_without_one_and_dialled_and_saved_with_one() -> (
    None
):
    async def story(agent: Agent) -> None:
        await asyncio.sleep(400)
        agent.company.sandbox.seen.clear()
        scarce(agent, 300)
        agent.commands.opened(OPEN)
        await asyncio.sleep(5)
        assert asked(agent) == []
        agent.commands.dialled(OPEN)
        await asyncio.sleep(60)
        assert asked(agent) == [f"GET {OPEN}"]
        save(agent, OPEN, "mine")
        await asyncio.sleep(5)
        assert asked(agent)[1:] == ["GET followups", f"PUT {OPEN}"]

    tell(story)


def test_the_scarcer_reads_are_the_rarer_are_looks_that_nobody_asked_for() -> None:
    async def story(agent: Agent) -> None:
        agent.commands.opened(OPEN)
        await asyncio.sleep(900)
        easy = agent.engine.reads[Purpose.STAY, "followups"]
        agent.commands.opened(OPEN)
        for _ in range(45):
            scarce(agent, 600)
            await asyncio.sleep(20)
        scarcer = agent.engine.reads[Purpose.STAY, "followups"] - easy
        assert easy >= 6
        assert 3 <= scarcer < easy

    tell(story)


def test_what_was_saved_is_looked_at_again_only_when_it_is_worked_on() -> None:
    async def story(agent: Agent) -> None:
        agent.commands.opened(OPEN)
        save(agent, OPEN, "mine")
        await asyncio.sleep(800)
        assert agent.engine.reads[Purpose.STAY, "followups"] == 0
        followup = agent.store.followups.get(OPEN)
        assert followup is not None
        agent.commands.keep_draft(diff(followup, {"notes": "mine, and more"}), {})
        await asyncio.sleep(95)
        agent.engine.looked_at(True)
        await asyncio.sleep(130)
        assert agent.engine.reads[Purpose.STAY, "followups"] >= 1

    tell(story)


def test_the_list_of_who_is_away_gives_way_and_comes_when_they_are_back() -> None:
    async def story(agent: Agent) -> None:
        agent.commands.looked_at(False)
        before = agent.engine.reads.total()
        for _ in range(120):
            scarce(agent, 450)
            await asyncio.sleep(30)
        assert agent.engine.reads.total() - before <= 1
        agent.commands.looked_at(True)
        await asyncio.sleep(5)
        assert agent.engine.reads[Purpose.BACKGROUND, "followups"] >= 1

    tell(story)


def test_pages_read_for_saves_do_not_keep_new_followups_out_of_the_list() -> None:
    async def story(agent: Agent) -> None:
        fresh = agent.company.records.create({"debt_id": "debt-1", "type": "call"})
        for number in range(20):
            save(agent, f"f-{number}", "mine")
            await asyncio.sleep(60)
        assert agent.store.followups.get(fresh["id"]) is not None

    tell(story, agents=3)  # the pages of what is saved are not the newest
