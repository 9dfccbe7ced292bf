"""What is typed is on disk while one types, and a disk that was full costs no word."""

import asyncio
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import Driver
from tests.waiting import until

pytestmark = pytest.mark.anyio
LONG = "a long note " * 20_000


def fill_disk(desk: Driver) -> None:
    """From here on the file must not grow, as on a full disk."""
    connection = desk.store._database._connection
    connection.pragma("max_page_count", connection.pragma("page_count"))


def make_room(desk: Driver) -> None:
    desk.store._database._connection.pragma("max_page_count", 2**30)


def paste(desk: Driver, name: str, text: str) -> None:
    QApplication.clipboard().setText(text)
    widget: Any = desk.field(name)
    widget.setFocus()
    widget.selectAll()
    widget.paste()


def drafted(desk: Driver, followup_id: str, name: str) -> Any:
    """What the file itself holds, whatever is remembered beside it."""
    row = desk.store._database.read_one(
        "select changes ->> ('$.' || ?) from draft where followup_id = ?", [name, followup_id]
    )
    return row and row[0]


async def test_who_types_without_a_pause_has_a_draft_all_the_same(desk: Driver) -> None:
    followup_id = desk.sandbox.some(type="call")["id"]
    await desk.open(followup_id)
    desk.type("notes", "")
    letters = 0
    async with asyncio.timeout(20):
        while not drafted(desk, followup_id, "notes"):
            widget = desk.field("notes")
            widget.insertPlainText("x")  # type: ignore[attr-defined]
            letters += 1
            await asyncio.sleep(0.02)
    assert desk.text("notes").count("x") == letters


async def test_a_draft_that_met_a_full_disk_is_kept_when_there_is_room(desk: Driver) -> None:
    followup_id = desk.sandbox.some(type="call")["id"]
    await desk.open(followup_id)
    fill_disk(desk)
    paste(desk, "notes", LONG)
    await until(lambda: "The disk is full" in desk.editor.banner.words)
    assert not drafted(desk, followup_id, "notes")
    make_room(desk)
    await until(lambda: drafted(desk, followup_id, "notes") == LONG)
    await until(lambda: not desk.editor.banner.words)
    assert desk.text("notes") == LONG


async def test_what_was_typed_on_a_full_disk_outlives_the_next_row(desk: Driver) -> None:
    first, second = (desk.sandbox.some(type=one)["id"] for one in ("call", "email"))
    await desk.open(first)
    fill_disk(desk)
    paste(desk, "notes", LONG)
    await desk.open(second)
    assert desk.text("notes") != LONG
    await desk.open(first)
    assert desk.text("notes") == LONG
    await desk.open(second)
    make_room(desk)
    await until(lambda: drafted(desk, first, "notes") == LONG)
    await until(lambda: not desk.editor.banner.words)


async def test_a_save_that_met_a_full_disk_is_not_taken_for_done(desk: Driver) -> None:
    followup_id = desk.sandbox.some(type="call", status="no_answer")["id"]
    await desk.open(followup_id)
    fill_disk(desk)
    paste(desk, "notes", LONG)
    desk.save()
    assert "save again" in desk.editor.banner.words
    make_room(desk)
    await until(lambda: drafted(desk, followup_id, "notes") == LONG)
    await until(lambda: "not saved" in desk.editor.banner.words)
    assert not desk.store.outbox.of(followup_id)
    desk.save()
    await desk.saved()
    assert not desk.editor.banner.words
    assert desk.sandbox.followup(followup_id)["notes"] == LONG
