"""What is open while the server goes on: read anew when one dials, and gone with words."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from agent_app.ui.editor.call_line import CallLine
from tests.sandbox import RunningSandbox
from tests.ui.conftest import Start
from tests.waiting import until

pytestmark = pytest.mark.anyio


async def test_who_dials_sees_what_a_colleague_wrote_and_that_it_is_gone(
    start: Start, own_sandbox: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[str] = []
    monkeypatch.setattr(CallLine, "call", lambda _line, number: called.append(number))
    desk = await start(own_sandbox)
    wanted = next(
        row["id"]
        for row in own_sandbox.api("GET", "/followups?limit=100&type=call")[1]["data"]
        if row["phone_number_used"]
    )
    other = own_sandbox.some(type="email")["id"]
    await desk.open(wanted)
    own_sandbox.put(wanted, notes="Do not call again")
    monkeypatch.setattr("agent_app.sync.looks.DIALLED_FRESH", timedelta(seconds=-1))
    desk.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    await until(lambda: desk.text("notes") == "Do not call again")
    assert called

    own_sandbox.ask("DELETE", f"/sandbox/followups/{wanted}")
    desk.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    await until(lambda: "no longer has this followup" in desk.editor.banner.words)
    assert desk.session.followup_id == wanted
    assert "leaves the list" in desk.editor.banner.words
    desk.type("summary", "But I spoke to her")
    await until(lambda: "Your text is kept" in desk.editor.banner.words)
    desk.session.discard()
    await desk.open(other)
    desk.press(Qt.Key.Key_F5)
    await until(lambda: desk.store.followups.get(wanted) is None)


async def test_rows_that_could_not_be_read_are_said(
    start: Start, own_sandbox: RunningSandbox
) -> None:
    own_sandbox.fault("GET */followups bad-row")
    desk = await start(own_sandbox)
    await until(lambda: "2 row" in desk.desk.status.refresh_words())
    assert "could not be read" in desk.desk.status.refresh_words()
