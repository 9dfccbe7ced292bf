"""What a person does is said at once, also where it changes while something is being said."""

import asyncio
from collections.abc import Callable

import pytest

from agent_app.domain.team import Activity, Member
from agent_app.team.bus import Message
from agent_app.team.messages import PresenceSaid
from agent_app.team.presences import Presences
from agent_app.team.subjects import Lifetimes
from tests.waiting import until

pytestmark = pytest.mark.anyio


class Slow:
    """A bus on which each word takes until `go_on`."""

    def __init__(self) -> None:
        self.said: list[Activity] = []
        self._gate = asyncio.Event()

    async def follow(self, _stream: str, _subject: str, _hear: Callable[[Message], None]) -> None:
        """Nobody else is there."""

    async def put(self, _subject: str, data: bytes, **_more: object) -> int:
        said = PresenceSaid.read(data)
        assert said is not None
        self.said.append(Activity(said.activity))
        await self._gate.wait()
        self._gate.clear()
        return 1

    def go_on(self) -> None:
        self._gate.set()

    def now(self) -> float:
        return 1.0


async def test_what_becomes_news_while_something_is_said_is_said_next() -> None:
    bus, presences = Slow(), Presences(Member("anna"), Lifetimes())
    bus.go_on()
    await presences.join(bus)  # type: ignore[arg-type]
    work = asyncio.create_task(presences.run())
    presences.be(Activity.ON_CALL)
    await until(lambda: bus.said[-1] is Activity.ON_CALL)
    presences.be(Activity.WRAPPING_UP)
    bus.go_on()
    await until(lambda: bus.said[-1] is Activity.WRAPPING_UP, deadline_s=2)
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)
