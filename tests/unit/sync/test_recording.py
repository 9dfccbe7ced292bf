"""Recordings: streamed by ranges, links that die on the way, and where a link may not lead."""

import asyncio
import io
import wave
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from agent_app.api.media import open_stream
from agent_app.domain.errors import ExternalError, LinkDead, Unreachable
from agent_app.sync.recording import AHEAD_BYTES, Recording
from tests.hosts import a_host
from tests.sandbox import RunningSandbox
from tests.unit.sync.stories import Desk, desk_on
from tests.waiting import until

pytestmark = pytest.mark.anyio


@pytest.fixture
def short_links() -> Iterator[RunningSandbox]:
    """A sandbox whose links live for a second."""
    sandbox = RunningSandbox("--link-life", "1")
    yield sandbox
    sandbox.stop()


def a_recording(sandbox: RunningSandbox) -> dict[str, Any]:
    rows = sandbox.api("GET", "/followups?limit=100&type=call")[1]["data"]
    # Other tests of the session may have left links of their own.
    found = [one for one in rows if (one.get("audio_url") or "").startswith(sandbox.media)]
    return max(found, key=lambda one: int(one["duration_ms"]))


@asynccontextmanager
async def listening(recording: Recording) -> AsyncIterator[asyncio.Task[None]]:
    work = asyncio.get_running_loop().create_task(recording.run())
    try:
        yield work
    finally:
        recording.close()
        await work


async def read(recording: Recording, start: int, most: int = 65_536) -> bytes:
    """As the player does: on a thread, waiting."""
    recording.wake()
    return await asyncio.to_thread(recording.spool.read, start, most)


async def read_all(recording: Recording) -> bytes:
    found = bytearray()
    while chunk := await read(recording, len(found)):
        found += chunk
    return bytes(found)


def recording_of(desk: Desk, followup_id: str) -> Recording:
    assert desk.engine is not None
    return desk.engine.recording(followup_id)


async def test_a_whole_recording_is_a_sound_file(sandbox: RunningSandbox) -> None:
    wanted = a_recording(sandbox)
    async with desk_on(sandbox) as desk:
        recording = recording_of(desk, wanted["id"])
        async with listening(recording) as work:
            data = await read_all(recording)
            await work
    assert recording.error is None
    with wave.open(io.BytesIO(data)) as file:
        length_ms = file.getnframes() * 1000 // file.getframerate()
    assert abs(length_ms - min(wanted["duration_ms"], 600_000)) <= 1


async def test_a_jump_ahead_is_a_range_of_its_own(sandbox: RunningSandbox) -> None:
    wanted = a_recording(sandbox)
    async with desk_on(sandbox) as desk:
        recording = recording_of(desk, wanted["id"])
        async with listening(recording):
            head = await read(recording, 0)
            assert head[:4] == b"RIFF"
            total = recording.spool.total
            assert total is not None
            tail = await read(recording, total - 100, 100)
            assert len(tail) == 100
            back = await read(recording, 1_000, 10)
            assert len(back) == 10


async def test_a_dead_link_is_renewed_by_one_read(short_links: RunningSandbox) -> None:
    wanted = a_recording(short_links)
    async with desk_on(short_links) as desk:
        stored = desk.store.followups.from_server(wanted["id"])
        assert stored is not None
        assert stored.media_urls_expire_at is not None
        end = stored.media_urls_expire_at
        await until(lambda: desk.clock.now() > end)
        short_links.forget_requests()
        recording = recording_of(desk, wanted["id"])
        async with listening(recording):
            assert (await read(recording, 0))[:4] == b"RIFF"
        reads = short_links.requests("GET", "/followups/")
        assert len(reads) == 1


async def test_a_link_that_dies_in_the_middle_is_renewed(short_links: RunningSandbox) -> None:
    """A link that looks good still (clocks differ) and that its host refuses."""
    wanted = a_recording(short_links)
    async with desk_on(short_links) as desk:
        await desk.engine._pull.reread(wanted["id"])  # type: ignore[union-attr]
        link = desk.store.followups.from_server(wanted["id"]).audio_url  # type: ignore[union-attr]
        assert link
        renewals: list[str] = []

        async def renew() -> str:
            await desk.engine._pull.reread(wanted["id"])  # type: ignore[union-attr]
            new = desk.store.followups.from_server(wanted["id"]).audio_url  # type: ignore[union-attr]
            renewals.append(str(new))
            return str(new)

        recording = Recording(lambda: link, renew, this_computer=True)
        async with listening(recording):
            assert (await read(recording, 0))[:4] == b"RIFF"
            total = recording.spool.total
            assert total is not None
            assert total > AHEAD_BYTES or recording.spool.have_bytes <= total

            async def is_dead() -> bool:
                try:
                    async with open_stream(link, 0, this_computer=True):
                        return False
                except LinkDead:
                    return True

            for _ in range(400):
                if await is_dead():
                    break
                await asyncio.sleep(0.01)
            recording.spool._have = [(0, 100)]  # the rest is still to be fetched
            tail = await read(recording, total - 50, 50)
            assert len(tail) == 50
        assert renewals
        assert recording.error is None


async def test_a_link_that_is_dead_for_good_ends_in_a_sentence(sandbox: RunningSandbox) -> None:
    asked = []

    async def renew() -> str:
        asked.append(1)
        return f"{sandbox.media}/audio/1/1000?expires=1&signature=x"

    link = f"{sandbox.media}/audio/1/1000?expires=1&signature=x"
    recording = Recording(lambda: link, renew, this_computer=True)
    await recording.run()
    assert isinstance(recording.error, LinkDead)
    assert asked == [1]
    assert await read(recording, 0) == b""


async def test_a_host_without_ranges_is_read_through() -> None:
    body = bytes(range(256)) * 1_000

    async def handle(_head: str, writer: asyncio.StreamWriter) -> None:
        writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)

    async with a_host(handle) as host:

        async def renew() -> str:
            return ""

        recording = Recording(lambda: f"{host}/a", renew, this_computer=True)
        async with listening(recording):
            assert await read(recording, 200_000, 5) == body[200_000:200_005]
            assert await read_all(recording) == body


async def test_a_recording_that_breaks_off_is_tried_again_and_then_said_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("agent_app.sync.recording.PAUSE_S", 0.01)
    tries: list[int] = []

    async def handle(_head: str, writer: asyncio.StreamWriter) -> None:
        tries.append(1)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")

    async with a_host(handle) as host:

        async def renew() -> str:
            return ""

        recording = Recording(lambda: f"{host}/a", renew, this_computer=True)
        await recording.run()
    assert isinstance(recording.error, Unreachable)
    assert len(tries) == 3


@pytest.mark.parametrize(
    "head",
    [
        "206 Partial\r\nContent-Range: bytes 0-1/" + "9" * 5_000,
        "206 Partial\r\nContent-Range: bytes " + "0" * 5_000 + "-1/2",
        "206 Partial\r\nContent-Range: bytes ٠-١/٢",
        "416 Not There\r\nContent-Range: bytes */" + "9" * 5_000,
        "200 OK\r\nContent-Length: 0",
        "206 Partial\r\nContent-Range: bytes 0-0/0\r\nContent-Length: 0",
    ],
)
async def test_odd_lengths_are_met_in_words(head: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agent_app.sync.recording.PAUSE_S", 0.01)

    async def handle(_head: str, writer: asyncio.StreamWriter) -> None:
        writer.write(f"HTTP/1.1 {head}\r\n\r\n".encode())

    async with a_host(handle) as host:

        async def renew() -> str:
            return ""

        recording = Recording(lambda: f"{host}/a", renew, this_computer=True)
        await asyncio.wait_for(recording.run(), 20)
    assert isinstance(recording.error, ExternalError)


async def test_a_mistake_of_ours_is_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_said: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Recording, "_fetch", broken)
    told: list[int] = []

    async def renew() -> str:
        return ""

    recording = Recording(lambda: "https://example.org/a", renew)
    recording.listen(lambda: told.append(1))
    await recording.run()
    assert isinstance(recording.error, ExternalError)
    assert told
