"""Text from elsewhere, pasted into the one-line fields of the form."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from tests.ui.conftest import Driver
from tests.waiting import until

pytestmark = pytest.mark.anyio


def paste(desk: Driver, name: str, text: str) -> QLineEdit:
    line = desk.field(name)
    assert isinstance(line, QLineEdit)
    line.setFocus()
    line.selectAll()
    QGuiApplication.clipboard().setText(text)
    line.paste()
    return line


@pytest.mark.parametrize(
    ("name", "pasted", "meant"),
    [
        ("phone_number_used", "\u202a+33\u00a06 39 98 99 77\u202c\r\n", "+33 6 39 98 99 77"),
        ("call_id", "\tcall-4711\u200b\n", "call-4711"),
        ("summary", "Promised to pay\r\non Friday ", "Promised to pay on Friday"),
    ],
)
async def test_what_is_pasted_is_cleaned(desk: Driver, name: str, pasted: str, meant: str) -> None:
    await desk.open(desk.sandbox.some(type="call", status="scheduled")["id"])
    line = paste(desk, name, pasted)
    assert desk.session.value(name) == meant
    desk.field("notes").setFocus()
    assert line.text() == meant
    desk.save()
    await desk.saved()
    assert desk.sandbox.followup(desk.session.followup_id)[name] == meant


async def test_a_base_that_nobody_touched_stays_as_it_is(desk: Driver) -> None:
    odd = " call-4711\u200e "
    wanted = desk.sandbox.some(type="call", status="scheduled")["id"]
    desk.sandbox.put(wanted, call_id=odd)
    desk.desk._refresh()
    await desk.open(wanted)
    await until(lambda: desk.session.value("call_id") == odd)
    desk.field("call_id").setFocus()
    desk.field("notes").setFocus()
    assert "call_id" not in desk.session.changed
    line = desk.field("call_id")
    assert isinstance(line, QLineEdit)
    line.setFocus()
    line.end(False)
    line.insert(" ")
    line.textEdited.emit(line.text())
    assert "call_id" not in desk.session.changed, "a blank more at the edge is no change"
