"""What a screen reader hears: few events where a row changes, and the important words."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sandbox import RunningSandbox
from tests.ui.atspi import Event, Stream, missing, spoken_desk

MAX_OF_A_ROW = 25
"""More events at once and Orca drops some, at times those that matter."""
DESCRIPTION = "Object:PropertyChange:accessible-description"

pytestmark = pytest.mark.skipif(bool(missing()), reason=f"{missing()} is not installed")


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stream]:
    sandbox = RunningSandbox("--followups", "200")
    folder: Path = tmp_path_factory.mktemp("spoken")
    try:
        with spoken_desk(sandbox, folder) as stream:
            stream.act("list")
            yield stream
    finally:
        sandbox.stop()


def spoken(events: list[Event], stream: Stream) -> list[str]:
    """What Orca speaks of them, from version 43 on: descriptions of what has the focus."""
    focus = next(
        event.path
        for event in reversed(stream.events)
        if event.kind == "Object:StateChanged:focused" and event.detail[0]
    )
    told = [one for one in events if one.kind == DESCRIPTION and one.value]
    return [str(one.value) for one in told if one.path == focus or stream.is_cell(one)]


def test_a_row_change_sends_few_events(heard: Stream) -> None:
    for _ in range(3):
        events = heard.act("row")
        assert 1 <= len(events) <= MAX_OF_A_ROW, events
        assert any(one.kind == "Object:StateChanged:focused" for one in events)


def test_a_save_is_said(heard: Stream) -> None:
    heard.act("row")
    assert "Saved" in spoken(heard.act("save"), heard)


def test_save_and_next_says_whose_it_was_and_what(heard: Stream) -> None:
    heard.act("row")
    said = spoken(heard.act("save_next"), heard)
    assert any(": No answer" in one for one in said), said


def test_what_changed_in_the_form_is_told_when_the_keyboard_comes(heard: Stream) -> None:
    heard.act("list")
    heard.act("row")
    names = [one for one in heard.act("form") if one.kind.endswith("accessible-name")]
    assert names


def test_a_wrong_value_is_said(heard: Stream) -> None:
    heard.act("list")
    said = spoken(heard.act("wrong"), heard)
    assert any("not a date and time" in one for one in said), said
    assert not any(said.count(one) > 1 for one in said)


def test_a_call_and_the_network_are_said(heard: Stream) -> None:
    heard.act("list")
    assert any("+33 6 00 00 00 00" in one for one in spoken(heard.act("call"), heard))
    assert any("cannot be reached" in one for one in spoken(heard.act("offline"), heard))
