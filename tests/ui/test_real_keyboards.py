"""The layouts of some countries on a real X server: `packaging/test.sh` runs this on Xvfb."""

import asyncio
import shutil
from collections.abc import AsyncIterator

import pytest
from PySide6.QtGui import QGuiApplication

from agent_app.domain.views import View
from tests.ui.conftest import Driver
from tests.waiting import until

pytestmark = pytest.mark.anyio

TOOLS = ("xdotool", "setxkbmap")
TWO, THREE, SIX, ALT_GR = "11", "12", "15", "108"
"""X's codes of keys."""


async def run(*command: str) -> None:
    process = await asyncio.create_subprocess_exec(*command)
    assert await process.wait() == 0


async def hold(held: str, code: str) -> None:
    await run("xdotool", "keydown", held, "key", code, "keyup", held)


@pytest.fixture
async def on_x(desk: Driver) -> AsyncIterator[Driver]:
    """A desk whose window has the keyboard of an X server."""
    if QGuiApplication.platformName() != "xcb":
        pytest.skip("this screen is no X server")
    for tool in TOOLS:
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed")
    await run("xdotool", "windowfocus", str(int(desk.desk.window.winId())))
    await until(desk.desk.window.isActiveWindow)
    yield desk
    await run("setxkbmap", "us")


async def in_the_list(desk: Driver) -> None:
    await desk.open(str(desk.sandbox.some(type="call", status="scheduled")["id"]))
    desk.panel.view.setFocus()


@pytest.mark.parametrize("layout", ["fr", "be", "cz", "sk", "lt", "us"])
async def test_the_digit_row_acts_on_every_layout(on_x: Driver, layout: str) -> None:
    desk = on_x
    await run("setxkbmap", layout)
    await in_the_list(desk)
    await run("xdotool", "key", TWO)
    await until(lambda: desk.session.value("status") == "no_answer")
    desk.field("notes").setFocus()
    before = desk.text("notes")
    await hold("Alt_L", THREE)
    await until(lambda: desk.session.value("status") == "deal_not_found")
    assert desk.text("notes") == before
    desk.session.discard()
    desk.panel.view.setFocus()
    if layout not in ("lt", "us"):  # those have no third level here: the key is Alt's
        await hold(ALT_GR, TWO)
    await hold("Control_L", THREE)
    await until(lambda: desk.panel.filters.view is list(View)[2])
    assert desk.session.changed == frozenset()


async def test_a_held_digit_writes_nothing(on_x: Driver) -> None:
    await run("setxkbmap", "us")
    await in_the_list(on_x)
    await run("xdotool", "keydown", SIX, "sleep", "1.2", "keyup", SIX)
    await until(lambda: on_x.session.value("status") == "failed")
    await run("xdotool", "key", "x")  # what came before it has arrived when this has
    await until(lambda: on_x.text("disconnection_reason").endswith("x"))
    assert "6" not in on_x.text("disconnection_reason")
    on_x.session.discard()


@pytest.mark.parametrize("number", ["0612345678", "612345678"])
async def test_a_scanned_number_is_searched_for(on_x: Driver, number: str) -> None:
    await run("setxkbmap", "us")
    await in_the_list(on_x)
    await run("xdotool", "type", "--delay", "50", number)
    await until(lambda: on_x.desk.window.search_field.text() == number)
    assert on_x.session.changed == frozenset()
