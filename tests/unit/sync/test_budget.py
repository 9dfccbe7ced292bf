"""The company's share, by a server whose clock and numbers may be odd."""

import asyncio
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest

from agent_app.api.client import Share
from agent_app.api.transport import Answer
from agent_app.domain.errors import RateLimited
from agent_app.store.store import Store
from agent_app.sync.budget import Budget, NotNow, Purpose
from tests.benchmarks.virtual_time import START
from tests.unit.sync.made_up import MadeUp


@pytest.mark.parametrize("off", [timedelta(), timedelta(days=1), -timedelta(days=1)])
def test_a_used_up_share_comes_back_by_the_servers_clock(off: timedelta) -> None:
    now = START
    store = Store(None, None)
    budget = Budget(store, lambda: now)
    server = (START + off).timestamp()
    budget.note("write", Share(500, 0, round(server) + 600, server))
    with pytest.raises(RateLimited) as caught:
        budget.check("write", Purpose.SAVE)
    assert caught.value.until == START + timedelta(minutes=10)
    now = START + timedelta(minutes=11)
    budget.check("write", Purpose.SAVE)
    store.close()


def test_saves_keep_reads_that_nothing_else_may_use() -> None:
    store = Store(None, None)
    budget = Budget(store, lambda: START)
    budget.note("read", Share(1000, 100, round(START.timestamp()) + 600))
    for purpose in (Purpose.PERSON, Purpose.BACKGROUND):
        with pytest.raises(NotNow):
            budget.check("read", purpose)
    budget.check("read", Purpose.SAVE)
    store.close()


def test_a_used_share_comes_back_bit_by_bit() -> None:
    now = START
    store = Store(None, None)
    budget = Budget(store, lambda: now)
    budget.note("read", Share(1000, 100, round(START.timestamp()) + 5, START.timestamp()))
    tight = budget.pressure("read")
    now = START + timedelta(
        seconds=20
    )  # the first of what was used has left the hour, not the rest
    assert budget.pressure("read") > 0.8 * tight
    with pytest.raises(NotNow) as caught:
        budget.check("read", Purpose.OPEN)
    now = caught.value.until
    assert timedelta(minutes=10) < now - START < timedelta(minutes=30)
    budget.check("read", Purpose.OPEN)
    assert 1.0 < budget.pressure("read") < tight / 2
    store.close()


def test_what_is_more_urgent_goes_on_longer() -> None:
    store = Store(None, None)
    budget = Budget(store, lambda: START)
    stopped: list[Purpose] = []
    for left in range(1000, 0, -1):
        budget.note("read", Share(1000, left, round(START.timestamp()) + 600))
        for purpose in set(Purpose) - set(stopped):
            try:
                budget.check("read", purpose)
            except NotNow:
                stopped.append(purpose)
    assert Purpose.SAVE not in stopped
    assert set(stopped[:2]) == {Purpose.OLDER, Purpose.DAY}
    assert stopped[2] is Purpose.NIGHT
    assert set(stopped[3:6]) == {Purpose.STAY, Purpose.IDLE, Purpose.DUE}
    assert stopped[6:] == [one for one in reversed(Purpose) if one in stopped[6:]]
    store.close()


@pytest.mark.parametrize(
    "headers",
    [
        {"x-ratelimit-limit": "9" * 400, "x-ratelimit-remaining": "9" * 400},
        {"x-ratelimit-limit": "500", "x-ratelimit-remaining": "-7"},
        {"x-ratelimit-limit": "500", "x-ratelimit-remaining": "9000"},
        {"x-ratelimit-limit": "0", "x-ratelimit-remaining": "0"},
        {"x-ratelimit-limit": "nan", "x-ratelimit-remaining": "0"},
        {"x-ratelimit-limit": "500", "x-ratelimit-remaining": "400", "date": "Mon, 99 Foo"},
        {
            "x-ratelimit-limit": "500",
            "x-ratelimit-remaining": "400",
            "x-ratelimit-reset": "9" * 300,
        },
    ],
)
def test_odd_numbers_stop_nothing(headers: dict[str, str]) -> None:
    desk = MadeUp(2)
    odd = {"x-ratelimit-reset": "1780000000", **headers}
    desk.transport.odd = lambda _method, _path, answer: Answer(
        answer.code, httpx.Headers(odd), answer.body
    )

    async def story() -> None:
        for name in ("f0", "f1"):
            desk.save(name, notes="sent")
            await desk.until(lambda: not desk.store.outbox.entries(), timedelta(minutes=1))
            assert 1 <= desk.api.budget.pressure("write") <= 8

    desk.run(story)


@pytest.mark.parametrize("off_days", [-1, 1])
def test_a_429_without_details_is_obeyed_by_its_header(off_days: int) -> None:
    desk = MadeUp()
    server_now = START + timedelta(days=off_days)
    limited = httpx.Headers(
        {
            "retry-after": format_datetime(server_now + timedelta(seconds=900), usegmt=True),
            "date": format_datetime(server_now, usegmt=True),
        }
    )

    def odd(method: str, _path: str, answer: Answer) -> Answer:
        return Answer(429, limited, b"") if method == "PUT" and desk.loop.time() < 800 else answer

    desk.transport.odd = odd

    async def story() -> Any:
        desk.save("f0", notes="later")
        await asyncio.sleep(890)
        assert desk.count("PUT") == 1
        assert desk.state.now.until == pytest.approx(
            START + timedelta(seconds=900), abs=timedelta(seconds=5)
        )
        await desk.until(lambda: not desk.store.outbox.entries(), timedelta(minutes=1))

    desk.run(story)
