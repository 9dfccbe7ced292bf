"""A desk leaves its team whatever its connection is just doing."""

import asyncio
import contextlib
from pathlib import Path

import pytest

from agent_app.domain.team import NoTeam, TeamLink
from agent_app.team.credentials import Credentials
from agent_app.team.subjects import Lifetimes
from agent_app.team.team import Team, TeamSettings
from tests.unit.team.desks import settings
from tests.waiting import until

pytestmark = pytest.mark.anyio


class Dying:
    """A connection that ends while its streams are looked at. As NATS' client does, its end takes a
    cancellation for one of its own tasks'."""

    server = "made up"

    def __init__(self) -> None:
        self.is_closing = False

    async def make_streams(self, _lives: Lifetimes, _replicas: int, *, may_make: bool) -> None:
        raise NoTeam(TeamLink.LOST, f"gone {may_make}")

    async def close(self) -> None:
        self.is_closing = True
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(3_600)


async def test_it_ends_while_a_connection_is_being_closed(tmp_path: Path) -> None:
    dying = Dying()

    async def opened(_settings: TeamSettings, _credentials: Credentials) -> Dying:
        return dying

    team = Team(settings(tmp_path, "anna", "nowhere"), opened=opened)  # type: ignore[arg-type]
    team.start()
    await until(lambda: dying.is_closing)
    async with asyncio.timeout(2):
        await team.stop()
    assert team.state.link is TeamLink.OFF
