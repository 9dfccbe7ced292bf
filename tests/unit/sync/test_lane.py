"""A lane that was ended by a mistake of ours goes on by itself, and says so meanwhile."""

import asyncio
import contextlib
import os
import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent_app.domain.errors import StoreFull
from agent_app.domain.sync_state import Connection, Stopped
from agent_app.models.sync_status import SyncStatus
from agent_app.store.changes import Change
from agent_app.sync.lane import LONGEST_PAUSE_S, Lane
from agent_app.sync.state import ObservableState
from tests.benchmarks.virtual_time import START, VirtualLoop
from tests.sandbox import RunningSandbox
from tests.unit.sync.stories import Desk, desk_on
from tests.waiting import until

SLIPS = [ValueError, RecursionError, StoreFull, KeyError, MemoryError, asyncio.CancelledError]


class Shift:
    """A lane in made-up time, whose work follows a script: a slip, or "works"."""

    def __init__(self, script: list[Any]) -> None:
        self.script = list(script)
        self.begun: list[float] = []
        self.told: list[Stopped | None] = []
        self.loop = VirtualLoop()
        self.lane = Lane("work", self._work, self.loop.now, random.Random(1), self.told.append)

    async def _work(self) -> None:
        self.begun.append(self.loop.time())
        while self.script:
            what = self.script.pop(0)
            if what is None:
                return  # work that never ends has ended: a mistake as well
            if what != "works":
                raise what("Kavanagh")
            self.lane.works()
        await asyncio.Event().wait()

    def run(self, for_s: float) -> None:
        async def shift() -> None:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(for_s):
                    await self.lane.run()

        try:
            self.loop.run_until_complete(shift())
        finally:
            self.loop.close()


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([*SLIPS, None, "works"]), max_size=30))
def test_whatever_ends_it_it_begins_again(script: list[Any]) -> None:
    shift = Shift(script)
    shift.run(31 * (LONGEST_PAUSE_S + 1))
    slips = sum(1 for one in script if one != "works")
    assert shift.script == []
    assert len(shift.begun) == slips + 1
    assert sum(1 for told in shift.told if told is not None) == slips


def test_the_pause_grows_and_is_short_again_once_it_worked(
    caplog: pytest.LogCaptureFixture,
) -> None:
    shift = Shift([ValueError] * 12 + ["works", ValueError])
    shift.run(100_000)
    pauses = [later - one for one, later in zip(shift.begun, shift.begun[1:], strict=False)]
    assert 1 <= pauses[0] <= 2
    assert LONGEST_PAUSE_S / 2 <= pauses[11] <= LONGEST_PAUSE_S
    assert all(later > one for one, later in zip(pauses[:6], pauses[2:8], strict=True))
    assert pauses[12] <= 2
    assert shift.told[12] is None
    stopped = shift.told[0]
    assert isinstance(stopped, Stopped)
    assert stopped.until - START == timedelta(seconds=pauses[0])
    assert "ValueError" in caplog.text
    assert "Kavanagh" not in caplog.text.replace('what("Kavanagh")', "")


def test_it_ends_where_it_is_cancelled() -> None:
    async def story() -> bool:
        lane = Lane("work", asyncio.Event().wait, utc, random.Random(1), lambda _: None)  # type: ignore[arg-type]
        task = asyncio.create_task(lane.run())
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait({task})
        return task.cancelled()

    from agent_app.sync.engine import utc_now as utc

    assert asyncio.run(story())


# -- in the engine


def break_once(owner: Any, name: str, slip: type[Exception]) -> None:
    """Have the next call of a method of ours end in a mistake."""
    real = getattr(owner, name)

    def broken(*given_: Any, **more: Any) -> Any:
        setattr(owner, name, real)
        raise slip("on purpose")

    setattr(owner, name, broken)


def status_of(desk: Desk) -> SyncStatus:
    assert desk.engine is not None
    status = SyncStatus(ZoneInfo("Europe/Paris"))
    status.follow(desk.engine.state)
    return status


@pytest.mark.anyio
@pytest.mark.parametrize("slip", [ValueError, RecursionError, StoreFull])
async def test_sending_goes_on_after_any_mistake(
    sandbox: RunningSandbox, slip: type[Exception]
) -> None:
    wanted = sandbox.some(type="call", status="no_answer")["id"]
    async with desk_on(sandbox) as desk:
        assert desk.engine is not None
        status = status_of(desk)
        break_once(desk.store.outbox, "next", slip)
        desk.save(wanted, notes=f"after {slip.__name__}")
        await until(lambda: desk.state.sending)
        assert status.connection_words() == "Sending has stopped"
        assert "trying again at" in status.sentence()
        desk.engine.state.answered(desk.clock.now())  # another lane's answer
        assert status.connection_words() == "Sending has stopped"
        await desk.settled()
        assert sandbox.followup(wanted)["notes"] == f"after {slip.__name__}"
        await until(lambda: status.connection_words() == "Online")
        assert status.sentence() == ""


@pytest.mark.anyio
async def test_a_refresh_does_not_wait_for_the_pause(sandbox: RunningSandbox) -> None:
    wanted = sandbox.some(type="call", status="no_answer")["id"]
    async with desk_on(sandbox) as desk:
        assert desk.engine is not None
        for lane in (desk.engine._sending, desk.engine._reading):
            lane._failures = 12  # the next pause is a long one
        break_once(desk.store.outbox, "next", ValueError)
        break_once(desk.engine._pull, "refresh", RecursionError)
        desk.save(wanted, notes="do not wait")
        desk.engine.refresh()
        await until(lambda: desk.state.sending and desk.state.reading)
        before = desk.state.last_refresh
        desk.engine.refresh()
        await desk.settled()
        await until(lambda: desk.state.last_refresh != before)
        assert (desk.state.sending, desk.state.reading) == (None, None)


@pytest.mark.anyio
async def test_a_listeners_mistake_stops_nothing(
    sandbox: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    reported: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: reported.append(error))

    def slip(_change: Change) -> None:
        raise ValueError("array.index(x): x not in array")

    wanted = sandbox.some(type="call", status="no_answer")["id"]
    async with desk_on(sandbox) as desk:
        assert desk.engine is not None
        desk.store.changes.listen(slip)
        desk.engine.state.listen(lambda _: slip(Change(frozenset(), frozenset(), outbox=True)))
        desk.save(wanted, notes="a slip in the window")
        await desk.settled()
        assert desk.state.sending is None
        assert sandbox.followup(wanted)["notes"] == "a slip in the window"
    assert reported


# -- a full disk


@contextlib.contextmanager
def no_room() -> Iterator[None]:
    """No file of this process can be written, as on a full disk."""
    import resource
    import signal

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


@pytest.mark.anyio
@pytest.mark.skipif(os.name == "nt", reason="the size limit of a file is set the POSIX way")
@pytest.mark.parametrize("when", ["before it left", "while it was under way"])
async def test_a_full_disk_then_room_again(
    own_sandbox: RunningSandbox, tmp_path: Path, when: str
) -> None:
    rows = own_sandbox.api("GET", "/followups?limit=3&type=call")[1]["data"]
    async with desk_on(own_sandbox, tmp_path / "x.store", running=False) as desk:
        for row in rows[:2]:
            desk.save(row["id"], notes=f"kept, {when}")
        if when == "while it was under way":
            own_sandbox.fault("PUT * delay=0.5", count=1)
            desk.start()
            await until(lambda: desk.store.outbox.entries()[0].state == "leaving")
        with no_room():
            if when == "before it left":
                desk.start()
            await until(lambda: desk.state.sending)
            assert isinstance(desk.state.sending.error, StoreFull)
            assert "disk is full" in status_of(desk).sentence()
        desk.save(rows[2]["id"], notes=f"kept, {when}")
        await desk.settled()  # without a restart, without a key
        for row in rows:
            assert own_sandbox.followup(row["id"])["notes"] == f"kept, {when}"
        assert desk.state.sending is None


def test_the_state_keeps_a_stopped_lane_beside_an_answer() -> None:
    state, stopped = ObservableState(), Stopped(ValueError(), START)
    state.set(sending=stopped)
    state.answered(START)
    assert (state.now.connection, state.now.sending) == (Connection.ONLINE, stopped)
