"""What was done before is read beside the notes while one types; notes are pinned; flags are raised."""

from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from agent_app.domain.flags import Flag
from tests.ui.conftest import Driver
from tests.waiting import until

pytestmark = pytest.mark.anyio

CONTROL = Qt.KeyboardModifier.ControlModifier
ID_ROLE = Qt.ItemDataRole.UserRole


def events(desk: Driver) -> Any:
    return desk.editor.history.events


def ids(desk: Driver) -> list[str]:
    return [events(desk).item(n).data(ID_ROLE) for n in range(events(desk).count())]


def a_debt_with_history(desk: Driver) -> list[str]:
    """Ids of one debt's followups, as the server has them."""
    for one in desk.sandbox.api("GET", "/followups?limit=100")[1]["data"]:
        reply = desk.sandbox.api("GET", f"/followups/debt/{one['debt_id']}?limit=100")[1]
        if reply["pagination"]["total"] > 2:
            return [each["id"] for each in reply["data"]]
    raise AssertionError("no debt has a history")


async def opened(desk: Driver) -> tuple[str, list[str]]:
    first, *rest = a_debt_with_history(desk)
    await desk.open(first)
    await until(lambda: set(ids(desk)) == set(rest))
    return first, rest


async def test_the_others_of_the_debt_are_beside_the_notes_and_stay_while_one_types(
    desk: Driver,
) -> None:
    await opened(desk)
    notes = desk.field("notes")
    desk.type("notes", "while I read")
    assert events(desk).isVisible() and notes.isVisible()
    left = events(desk).mapTo(desk.desk.window, events(desk).rect().topLeft()).x()
    right = notes.mapTo(desk.desk.window, notes.rect().topRight()).x()
    assert left > right
    assert not events(desk).visibleRegion().isEmpty()
    desk.session.discard()


async def test_ctrl_h_goes_there_return_opens_escape_goes_back(desk: Driver) -> None:
    _first, rest = await opened(desk)
    desk.field("notes").setFocus()
    desk.press(Qt.Key.Key_H, CONTROL)
    assert events(desk).hasFocus() and events(desk).currentRow() == 0
    desk.press(Qt.Key.Key_Escape)
    assert desk.field("notes").hasFocus()
    desk.press(Qt.Key.Key_H, CONTROL)
    wanted = ids(desk)[0]
    desk.press(Qt.Key.Key_Return)
    await until(lambda: desk.session.followup_id == wanted)
    assert wanted in rest


async def test_a_pinned_note_stays_with_the_debt(desk: Driver) -> None:
    first, rest = await opened(desk)
    pinned = desk.editor.history.pinned
    pinned.setFocus()
    QTest.keyClicks(pinned, "deaf, speak slowly")
    desk.press(Qt.Key.Key_Escape)
    debt_id = desk.store.followups.get(first).debt_id
    assert desk.store.pins.get(debt_id) == "deaf, speak slowly"
    assert desk.session.changed == frozenset()  # nothing for the server
    other = next(
        one["id"]
        for one in desk.sandbox.api("GET", "/followups?limit=100")[1]["data"]
        if one["debt_id"] != debt_id
    )
    await desk.open(other)
    assert pinned.toPlainText() == ""
    await desk.open(rest[0])
    await until(lambda: pinned.toPlainText() == "deaf, speak slowly")


async def test_p_pins_what_was_written_before(desk: Driver) -> None:
    first, rest = await opened(desk)
    desk.store.followups.upsert([{"id": rest[0], "notes": "Never at work"}], datetime.now(UTC))
    await until(
        lambda: any("Never at work" in events(desk).item(n).text() for n in range(len(rest)))
    )
    desk.press(Qt.Key.Key_H, CONTROL)
    events(desk).setCurrentRow(ids(desk).index(rest[0]))
    desk.press(Qt.Key.Key_P)
    await until(lambda: "Never at work" in desk.editor.history.pinned.toPlainText())
    assert desk.session.followup_id == first


async def test_flags_are_raised_with_their_words(desk: Driver) -> None:
    first, rest = await opened(desk)
    desk.store.followups.upsert(
        [{"id": rest[0], "notes": "Litige : jamais signé.\nNe plus appeler."}], datetime.now(UTC)
    )

    def shown() -> list[str]:
        return [pill.text() for pill in desk.editor.debt.flags if pill.isVisible()]

    await until(lambda: {"Do not call", "Disputed"} <= set(shown()))
    pill = next(one for one in desk.editor.debt.flags if one.text() == "Do not call")
    assert pill.objectName() == f"flag_{Flag.DO_NOT_CALL}"
    assert "Ne plus appeler" in pill.toolTip() == pill.accessibleDescription()
    desk.store.followups.upsert([{"id": rest[0], "notes": "Promised to pay"}], datetime.now(UTC))
    await until(
        lambda: not any("Ne plus appeler" in one.toolTip() for one in desk.editor.debt.flags)
    )
    assert desk.session.followup_id == first


async def test_it_says_how_far_back_this_computers_memory_goes(desk: Driver) -> None:
    await opened(desk)
    assert desk.desk.engine is not None
    desk.desk.engine.retention.note_limit()
    desk.form_desk.card.changed.emit()
    words = desk.editor.history.events.accessibleDescription()
    assert words.startswith("What was done before ")
    assert desk.editor.history._heading.toolTip() == words


async def test_the_bar_has_no_handle_where_nothing_scrolls(desk: Driver) -> None:
    """It is always there, so that rows are measured once; its handle is not."""
    await opened(desk)
    desk.desk.window.resize(1366, 2400)
    bar = events(desk).verticalScrollBar()
    await until(lambda: bar.maximum() == 0 and not bar.isEnabled())
    desk.desk.window.resize(1366, 600)
    await until(lambda: bar.maximum() > 0 and bar.isEnabled())
