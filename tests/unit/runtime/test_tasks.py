"""Work that takes time is held until it ends, and ends with its owner."""

import asyncio

from agent_app.runtime.tasks import Tasks


def test_the_end_cancels_what_runs_and_waits_for_it() -> None:
    told: list[str] = []

    async def work() -> None:
        try:
            await asyncio.sleep(3_600)
        finally:
            await asyncio.sleep(0)  # it tidies up
            told.append("ended")

    async def story() -> None:
        tasks = Tasks()
        tasks.start(work())
        await asyncio.sleep(0)
        await tasks.end()

    asyncio.run(story())
    assert told == ["ended"]
