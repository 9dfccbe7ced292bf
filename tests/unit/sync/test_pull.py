"""Stories of reading: what a reply says of a followup, and what the desk makes of it."""

from typing import Any

import pytest

from tests.sandbox import RunningSandbox
from tests.unit.sync.stories import Desk, desk_on
from tests.waiting import until

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


def seen_notes(desk: Desk, followup_id: str) -> list[str | None]:
    """What the list and the form show of the notes, one after the other."""
    shown: list[str | None] = []

    def look(_change: Any) -> None:
        now = desk.followup(followup_id).notes
        if not shown or shown[-1] != now:
            shown.append(now)

    desk.store.changes.listen(look)
    return shown


async def test_a_list_from_before_a_save_that_arrives_after_it_undoes_nothing(
    sandbox: RunningSandbox,
) -> None:
    wanted = sandbox.some()["id"]
    async with desk_on(sandbox) as desk:
        assert desk.engine is not None
        sandbox.fault("GET */followups late=1", count=1)
        sandbox.forget_requests()
        refreshed = desk.state.last_refresh
        desk.engine.refresh()
        await until(lambda: sandbox.requests("GET", "/followups"))
        shown = seen_notes(desk, wanted)
        desk.save(wanted, notes="saved while the list was on its way")
        await desk.settled()
        await until(lambda: desk.state.last_refresh != refreshed)
        assert shown == ["saved while the list was on its way"]
        sandbox.put(wanted, notes="a colleague's, later")
        desk.engine.refresh()  # and what came after it is shown
        await until(lambda: desk.followup(wanted).notes == "a colleague's, later")


async def test_a_followup_read_from_before_a_save_undoes_nothing(sandbox: RunningSandbox) -> None:
    wanted = sandbox.some(type="call")["id"]
    async with desk_on(sandbox) as desk:
        sandbox.put(wanted, summary="theirs")
        sandbox.fault("GET */followups/* late=1", count=1)
        sandbox.forget_requests()
        desk.clock.move(seconds=20)
        desk.commands.dialled(wanted)
        await until(lambda: sandbox.requests("GET", f"/followups/{wanted}"))
        shown = seen_notes(desk, wanted)
        desk.save(wanted, notes="saved while it was read")
        await until(lambda: desk.followup(wanted).summary == "theirs")
        assert shown == ["saved while it was read"]


async def test_who_dials_has_it_read_at_once_with_one_read(sandbox: RunningSandbox) -> None:
    wanted = sandbox.some(type="call")["id"]
    async with desk_on(sandbox) as desk:
        sandbox.put(wanted, summary="Do not call again")
        sandbox.forget_requests()
        desk.clock.move(seconds=20)
        desk.commands.dialled(wanted)
        await until(lambda: desk.followup(wanted).summary == "Do not call again")
        (read,) = sandbox.requests("GET", "/followups")  # those of debts may come at any time
        assert read["path"].endswith(f"/{wanted}")
        desk.commands.dialled(wanted)  # again, a moment later
        desk.save(wanted, notes="spoken")
        await desk.settled()
        assert len(sandbox.requests("GET", "/followups")) == 1


async def test_what_is_open_and_no_longer_there_stays_until_it_is_left(
    own_sandbox: RunningSandbox,
) -> None:
    wanted, other = (own_sandbox.some(type=one)["id"] for one in ("call", "email"))
    async with desk_on(own_sandbox) as desk:
        assert desk.engine is not None
        own_sandbox.ask("DELETE", f"/sandbox/followups/{wanted}")
        desk.clock.move(seconds=20)
        desk.commands.dialled(wanted)
        await until(lambda: wanted in desk.state.gone)
        assert desk.store.followups.get(wanted) is not None
        desk.commands.opened(other)
        desk.engine.refresh()
        await until(lambda: desk.store.followups.get(wanted) is None)
        await until(lambda: not desk.state.gone)


async def test_rows_that_make_no_sense_are_counted(own_sandbox: RunningSandbox) -> None:
    own_sandbox.fault("GET */followups bad-row")
    async with desk_on(own_sandbox) as desk:
        assert desk.engine is not None
        assert desk.state.unreadable == 2  # one on each page
        own_sandbox.no_faults()
        desk.engine.refresh()
        await until(lambda: desk.state.unreadable == 0)
        there = own_sandbox.api("GET", "/followups?limit=1")[1]["pagination"]["total"]
        await until(lambda: desk.store.followups.count() == there)


async def test_a_request_for_debts_that_failed_is_made_again(own_sandbox: RunningSandbox) -> None:
    own_sandbox.fault("GET */debts* status=503", count=1)
    async with desk_on(own_sandbox) as desk:
        assert desk.engine is not None
        assert desk.store.followups.debts_without_name()
        assert desk.state.connection == "online"
        desk.engine.refresh()
        await until(lambda: not desk.store.followups.debts_without_name())
