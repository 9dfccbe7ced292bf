"""Work that takes time is held until it ends, and ends with its owner; who waits for it may give up."""

import asyncio
import gc

from agent_app.runtime.tasks import Tasks, end, result_of


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


def test_work_that_took_the_end_for_an_error_is_ended_all_the_same() -> None:
    told: list[str] = []

    async def work() -> None:
        while True:
            try:
                await asyncio.sleep(3_600)
            except asyncio.CancelledError:
                told.append("went on" if len(told) < 2 else "ended")
                if told[-1] == "ended":
                    raise

    async def story() -> None:
        task = asyncio.create_task(work())
        await asyncio.sleep(0)
        async with asyncio.timeout(10):
            await end([task], patience_s=0.01)

    asyncio.run(story())
    assert told == ["went on", "went on", "ended"]


def test_who_gives_up_ends_no_work_and_its_failure_is_nobodys_mistake() -> None:
    mistakes: list[object] = []

    async def story() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _loop, context: mistakes.append(context))
        work: asyncio.Future[int] = loop.create_future()
        patient, impatient = (asyncio.ensure_future(result_of(work)) for _ in range(2))
        await asyncio.sleep(0)
        impatient.cancel()
        await asyncio.gather(impatient, return_exceptions=True)
        assert not work.done()
        work.set_result(7)
        assert await patient == 7

        unlucky: asyncio.Future[int] = loop.create_future()
        gives_up = asyncio.ensure_future(result_of(unlucky))
        await asyncio.sleep(0)
        gives_up.cancel()
        await asyncio.gather(gives_up, return_exceptions=True)
        unlucky.set_exception(OSError("too late"))
        await asyncio.sleep(0)
        del unlucky, gives_up
        gc.collect()

    asyncio.run(story())
    assert mistakes == []
