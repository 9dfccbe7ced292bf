"""Who has what, at two and three real windows, on a real NATS server."""

from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from agent_app.domain.team import Activity
from agent_app.domain.views import Column, View
from agent_app.ui.widgets.banner import Banner
from tests.nats_server import RunningNats
from tests.ui.conftest import Driver
from tests.ui.test_team import Join, join, nats, shared  # noqa: F401  (fixtures)
from tests.waiting import until

pytestmark = pytest.mark.anyio


def line(desk: Driver) -> Any:
    """What the form says of the colleague who has the debt."""
    return desk.editor.findChild(Banner, "claim")


def debt(desk: Driver) -> str:
    return desk.session.shown.debt_id if desk.session.shown else ""


def has(desk: Driver, debt_id: str) -> bool:
    """Whether the desk's claim of a debt stands."""
    return desk.desk.context.team.team.claims.holds(debt_id)  # type: ignore[union-attr]


def save(desk: Driver) -> None:
    """By the mouse: only one window has the keyboard."""
    QTest.mouseClick(desk.editor.bar.save_button, Qt.MouseButton.LeftButton)


def dial(desk: Driver) -> None:
    QTest.keyClick(desk.desk.window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)


async def test_two_desks_begin_with_other_calls_and_pass_by_what_the_other_has(join: Join) -> None:  # noqa: F811
    anna = await join("anna")
    await until(lambda: debt(anna) and has(anna, debt(anna)))
    ben = await join("ben")
    await until(lambda: debt(ben) and has(ben, debt(ben)))
    assert debt(ben) != debt(anna)
    ours = {debt(anna), debt(ben)}
    ben.desk.window.save_and_next()
    await until(lambda: debt(ben) not in ours and has(ben, debt(ben)))
    assert debt(ben) != debt(anna)


async def test_the_list_and_the_form_say_who_has_it_and_a_call_is_warned_of_once(
    join: Join,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dialled: list[str] = []

    def dial_for(url: QUrl) -> bool:
        dialled.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", dial_for)
    anna, ben = await join("anna"), await join("ben")
    await until(lambda: debt(anna) and debt(ben) and has(anna, debt(anna)))
    wanted = anna.session.followup_id
    row = ben.table.row_at(ben.table.place_of(wanted))
    await until(lambda: "with Anna" in ben.table.taken_words(row))
    assert "with Anna" in ben.table._said(row, Column.DEBTOR)
    await ben.open(wanted)
    await until(lambda: line(ben).words.startswith("Anna has this debt since"))
    assert not line(anna) or not line(anna).words
    dial(ben)
    assert dialled == []
    assert "Call again" in line(ben).words
    dial(ben)
    await until(lambda: dialled or ben.editor.reason.isVisible())  # a calling rule may ask as well
    palette = ben.form_desk.palette
    hints = [entry.hint for entry in palette._followups(row.debtor)]
    assert any("with Anna" in hint for hint in hints)
    ben.desk.take_pop({"phone": row.phone})
    card = ben.desk.calls.screen_pops.card  # type: ignore[union-attr]
    await until(lambda: "with Anna" in said(card))


def said(card: Any) -> str:
    return " ".join(label.text() for label in card.findChildren(QLabel))


async def test_a_debt_is_taken_over_and_what_was_typed_stays(join: Join) -> None:  # noqa: F811
    anna, ben = await join("anna"), await join("ben")
    await until(lambda: debt(anna) and has(anna, debt(anna)))
    wanted = anna.session.followup_id
    anna.type("summary", "Half a word")
    await ben.open(wanted)
    await until(lambda: line(ben).words)
    ben.desk.window.actions_["take_over"].trigger()
    await until(lambda: has(ben, debt(ben)) and not line(ben).words)
    await until(lambda: line(anna).words == "Ben has taken this debt over. What you typed is kept.")
    assert anna.text("summary") == "Half a word"
    save(anna)
    await anna.saved_all()
    assert anna.sandbox.followup(wanted)["summary"] == "Half a word"
    button = next(one for one in line(anna).findChildren(QPushButton) if not one.isHidden())
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    await until(lambda: has(anna, debt(anna)) and not line(anna).words)


async def test_what_a_colleague_saves_stands_in_an_open_form_at_once(join: Join) -> None:  # noqa: F811
    anna, ben = await join("anna"), await join("ben")
    await until(lambda: debt(anna) and has(anna, debt(anna)))
    wanted = anna.session.followup_id
    await ben.open(wanted)
    ben.type("notes", "Ben's own words")
    reads = len(ben.sandbox.requests("GET", f"/followups/{wanted}"))
    anna.type("summary", "Anna was here")
    save(anna)
    await until(lambda: ben.text("summary") == "Anna was here")
    assert ben.text("notes") == "Ben's own words"
    mark = ben.editor.form.rows["summary"]
    await until(lambda: "Anna was here" in str(ben.session.value("summary")))
    assert mark is not None
    assert len(ben.sandbox.requests("GET", f"/followups/{wanted}")) - reads <= 2


async def test_who_leaves_covers_or_loses_the_server_holds_nothing(
    join: Join,  # noqa: F811
    nats: RunningNats,  # noqa: F811
) -> None:
    anna, ben = await join("anna"), await join("ben")
    await until(lambda: debt(anna) and has(anna, debt(anna)))
    taken, team = debt(anna), ben.desk.context.team
    await until(lambda: team.claim_of(taken))
    anna.desk._watch_idle().lock()
    await until(lambda: not team.claim_of(taken))
    await until(lambda: team.people()[0].activity is Activity.AWAY)
    anna.desk._watch_idle().unlock()
    await until(lambda: team.claim_of(taken))
    nats.kill()
    await until(lambda: not team.claim_of(taken) and not line(ben).words)
    ben.type("summary", "Alone")
    save(ben)
    await ben.saved_all()


async def test_walking_by_takes_nothing(join: Join) -> None:  # noqa: F811
    anna, ben = await join("anna", view=View.ALL), await join("ben", view=View.ALL)
    rows = [anna.table.row_at(place) for place in range(8)]
    seen: set[str] = set()
    ben.desk.context.team.claims_changed.connect(seen.update)
    anna.panel.view.setFocus()
    for row in rows:
        anna.panel.choose(row.id)
    last = debt(anna)
    passed = {row.debt_id for row in rows[1:]} - {last}
    if anna.session.shown.status in ("scheduled", "on_hold", "in_progress"):
        await until(lambda: has(anna, last))
    assert not passed & seen
