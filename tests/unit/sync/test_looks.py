"""What is open is freshened while a person is in front of it, and nothing is read where nobody is.
The real sync and the sandbox's own limiter, in made-up time."""

import asyncio
from collections.abc import Awaitable, Callable

from tests.benchmarks.fleet import Agent, Company, Figures
from tests.benchmarks.virtual_time import VirtualLoop

OPEN = "f-7"

Story = Callable[[Agent], Awaitable[None]]


def tell(story: Story, reads: int = 1_000) -> None:
    loop = VirtualLoop()
    company = Company(1, loop)
    company.sandbox.limits.reads = reads
    agent = Agent(0, company, loop, Figures(1, company.limits))

    async def run() -> None:
        agent.engine.start()
        await asyncio.sleep(30)
        company.sandbox.seen.clear()
        await story(agent)
        await agent.engine.stop()
        agent.store.close()
        company.sandbox.media.close()

    asyncio.set_event_loop(loop)
    try:
        loop.run_until_complete(run())
    finally:
        asyncio.set_event_loop(None)
        loop.close()


def reads(agent: Agent) -> int:
    return sum(1 for one in agent.company.sandbox.seen if one["method"] == "GET")


def notes(agent: Agent) -> str | None:
    found = agent.store.followups.get(OPEN)
    assert found is not None
    return found.notes


def test_a_colleagues_words_come_by_themselves_while_it_stays_open() -> None:
    async def story(agent: Agent) -> None:
        agent.commands.opened(OPEN)
        await asyncio.sleep(10)
        for number in range(5):
            words = f"do not call again {number}"
            agent.company.records.update(OPEN, {"notes": words})
            await asyncio.sleep(125)
            assert notes(agent) == words
        assert reads(agent) <= 12

    tell(story)


def test_nobody_in_front_of_it_costs_nothing() -> None:
    async def story(agent: Agent) -> None:
        agent.commands.opened(OPEN)
        agent.commands.looked_at(False)
        await asyncio.sleep(3_600)
        elsewhere = reads(agent)
        assert elsewhere <= 8  # the list's own six, and the one of opening it
        agent.commands.looked_at(True)
        agent.commands.returned(OPEN)
        await asyncio.sleep(1_800)  # they went away without leaving the window
        agent.company.sandbox.seen.clear()
        await asyncio.sleep(3_600)
        assert reads(agent) <= 7

    tell(story)


def test_while_reads_are_scarce_what_is_open_waits_for_a_person() -> None:
    async def story(agent: Agent) -> None:
        agent.commands.opened(OPEN)
        await asyncio.sleep(3_000)
        assert reads(agent) <= 13  # three quarters of what there is
        agent.company.records.update(OPEN, {"notes": "on the phone"})
        agent.commands.dialled(OPEN)
        await asyncio.sleep(1)
        assert notes(agent) == "on the phone"

    tell(story, reads=16)
