"""A team at real windows, on a real NATS server."""

import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from agent_app.domain.settings import Settings
from agent_app.domain.team import TeamLink
from agent_app.domain.views import View
from tests.nats_server import RunningNats
from tests.sandbox import RunningSandbox
from tests.ui.conftest import Driver, Start
from tests.unit.team.desks import credentials
from tests.waiting import until

pytestmark = pytest.mark.anyio

Join = Callable[..., Awaitable[Driver]]


@pytest.fixture
def nats() -> Iterator[RunningNats]:
    server = RunningNats()
    yield server
    server.stop()


@pytest.fixture
def shared() -> Iterator[RunningSandbox]:
    """A list with calls for everybody: other tests use theirs up."""
    sandbox = RunningSandbox("--followups", "500")
    yield sandbox
    sandbox.stop()


@pytest.fixture
def join(start: Start, nats: RunningNats, shared: RunningSandbox, tmp_path: Path) -> Join:
    """Opens a member's window; `await join("anna")` gives its driver once it is live."""

    async def begin(
        member: str, role: str = "agent", view: View = View.TO_CALL_NOW, *, figures: bool = True
    ) -> Driver:
        file = credentials(tmp_path, member, role)
        settings = Settings(
            language="en",
            team_credentials=str(file),
            team_servers=(nats.address,),
            team_figures=figures,
        )
        folder = tmp_path / f"desk-{member}"
        folder.mkdir()
        desk: Driver = await start(shared, folder=folder, settings=settings, view=view)
        await until(lambda: desk.desk.context.team.state.is_live)
        return desk

    return begin


def foot(desk: Driver) -> str:
    """What the window's foot says of the team."""
    label = desk.desk.window.statusBar().findChild(QLabel, "team")
    assert isinstance(label, QLabel)
    return label.text() if not label.isHidden() else ""


async def test_the_window_says_who_is_there_and_that_a_team_is_away(
    join: Join, nats: RunningNats
) -> None:
    anna = await join("anna")
    assert foot(anna) == "Team: nobody else here"
    ben = await join("ben")
    await until(lambda: "1 colleague" in foot(anna))
    nats.kill()
    await until(lambda: foot(anna) == foot(ben) == "Team not reachable: working alone")
    nats.start()
    for desk in (anna, ben):
        desk.desk._scope.team_desk.wake()  # type: ignore[union-attr]
    await until(lambda: "1 colleague" in foot(anna) and "1 colleague" in foot(ben))
    await ben.desk.stop()
    await until(lambda: foot(anna) == "Team: nobody else here")


async def test_settings_and_sign_in_say_who_one_is_in_the_team(join: Join) -> None:
    anna = await join("anna")
    anna.form_desk.ask_settings()
    dialog = anna.desk.window.findChild(QLabel, "settings_team")
    assert isinstance(dialog, QLabel)
    assert dialog.text() == "Team: Anna (agent), 127.0.0.1. Connected."
    anna.desk.window.sign_in_wanted.emit()
    page = anna.desk.window.sign_in_page.findChild(QLabel, "sign_in_team")
    assert isinstance(page, QLabel)
    assert page.text().startswith("Team: Anna (agent), 127.0.0.1")


async def test_credentials_that_make_no_sense_are_said_and_the_desk_works(
    start: Start, tmp_path: Path
) -> None:
    file = tmp_path / "nobody.toml"
    file.write_text("nothing of use")
    desk: Driver = await start(settings=Settings(language="en", team_credentials=str(file)))
    assert desk.desk.context.team.state.link is TeamLink.BAD_FILE
    assert foot(desk) == "Team: sign-in file not usable, working alone"
    assert "administrator" in desk.desk.context.team.sentence()
    await desk.open(desk.table.row_at(0).id)
    desk.type("summary", "All the same")
    desk.save()
    await desk.saved()


async def test_a_desk_without_a_team_imports_nothing_of_it(start: Start, tmp_path: Path) -> None:
    script = (
        "import sys; import agent_app.app.run, agent_app.app.form_desk, agent_app.sync.engine;"
        "import agent_app.app.connection;"
        "print(sorted(n for n in sys.modules if n.split('.')[0] == 'nats' or"
        " n.startswith('agent_app.team.') or n == 'agent_app.sync.teamwork'))"
    )
    done = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
