"""A long word of a server pushes nothing out of the window."""

import pytest
from PySide6.QtCore import Qt

from agent_app.ui.widgets.words_label import WordsLabel
from tests.ui.conftest import Driver
from tests.waiting import until

pytestmark = pytest.mark.anyio

LONG = "josephine.de-la-tour-du-pin-verclause@" + "w" * 160 + ".example"


async def test_a_debtor_named_by_one_long_word_cuts_no_form(desk: Driver) -> None:
    await desk.open(str(desk.sandbox.some(type="call", status="scheduled")["id"]))
    content, panel = desk.editor._content, desk.editor.debt
    await until(lambda: content.minimumSizeHint().width() > 0)

    def say(text: str) -> int:
        for label in (panel._title, panel._facts, panel._more, panel._address):
            label.setText(text)
            label.show()
        desk.editor.banner.say(text)
        desk.editor.form.rows["notes"].set_problem(text, is_error=True, at_once=True)
        return int(content.minimumSizeHint().width())

    before = say("a dozen letters, and some more words")
    say(LONG)
    assert content.minimumSizeHint().width() <= before
    await until(lambda: panel._title.toolTip() == LONG)
    assert panel._title.text() == LONG
    right = desk.editor.mapToGlobal(desk.editor.rect().topRight()).x()
    for name in ("status", "type", "notes"):
        field = desk.field(name)
        assert field.mapToGlobal(field.rect().topRight()).x() <= right


def test_what_fits_is_shown_whole_and_has_no_tip(qapp: object) -> None:
    label = WordsLabel()
    label.resize(400, 40)
    label.show()
    label.setText("Short words, all of them")
    assert label.toolTip() == ""
    assert label.text() == "Short words, all of them"
    label.setText(LONG)
    assert label.text() == LONG
    assert label.minimumSizeHint().width() < 400
    assert label.accessibleName() == LONG
    assert label.textFormat() == Qt.TextFormat.PlainText
