"""Stories of reading: what a reply says of a followup, and what the desk makes of it."""

import pytest

from tests.sandbox import RunningSandbox
from tests.unit.sync.stories import desk_on

pytestmark = pytest.mark.anyio


async def test_a_recording_that_was_cleared_goes_and_stays_away(sandbox: RunningSandbox) -> None:
    wanted = sandbox.some(type="call")["id"]
    sandbox.put(wanted, audio_url="https://example.org/a.wav")
    async with desk_on(sandbox) as desk:
        assert desk.followup(wanted).audio_url
        desk.save(wanted, audio_url=None)
        await desk.settled()
        for _ in range(2):
            now = desk.followup(wanted)
            assert now.audio_url is None
            assert bool(now.pdf_url) == (now.media_urls_expire_at is not None)
            assert desk.engine is not None
            await desk.engine._pull.reread(wanted)
