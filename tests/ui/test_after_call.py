"""From hang-up to saved outcome: counted keystrokes, templates, times in words, the next call."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from agent_app.domain.outcomes import Outcome, fitting
from agent_app.domain.templates import Template
from agent_app.ui.window.palette import Palette
from tests.ui.conftest import Driver
from tests.waiting import until

pytestmark = pytest.mark.anyio

NONE, CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


class Stenographer:
    """Presses keys where the focus is, and counts them; a chord is one stroke."""

    def __init__(self) -> None:
        self.strokes: list[str] = []

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        widget = QApplication.focusWidget()
        assert widget is not None
        self.strokes.append(key.name.removeprefix("Key_"))
        QTest.keyClick(widget, key, modifiers)

    def write(self, text: str) -> None:
        """Words, which are not counted."""
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClicks(widget, text)

    def report(self, what: str) -> None:
        print(f"{what}: {len(self.strokes)} keystrokes ({' '.join(self.strokes)})")


def a_call(desk: Driver, **wanted: str) -> str:
    return str(desk.sandbox.some(type="call", **(wanted or {"status": "scheduled"}))["id"])


async def open_in_list(desk: Driver, followup_id: str) -> None:
    await desk.open(followup_id)
    desk.panel.view.setFocus()


def tomorrow_at_9() -> datetime:
    at = (datetime.now().astimezone() + timedelta(days=1)).replace(
        hour=9, minute=0, second=0, microsecond=0
    )
    while at.weekday() > 4:
        at += timedelta(days=1)
    return at


async def test_no_answer_try_again_tomorrow_at_9(desk: Driver) -> None:
    followup_id = a_call(desk)
    debt_id = desk.sandbox.followup(followup_id)["debt_id"]
    before = desk.sandbox.api("GET", f"/followups/debt/{debt_id}")[1]["pagination"]["total"]
    await open_in_list(desk, followup_id)
    keys = Stenographer()
    keys.press(Qt.Key.Key_2)
    assert QApplication.focusWidget() is desk.field("next_call")
    keys.press(Qt.Key.Key_Return, CONTROL)
    keys.report("no answer, try again tomorrow at 9")
    assert len(keys.strokes) <= 4
    await desk.saved()
    saved = desk.sandbox.followup(followup_id)
    assert saved["status"] == "no_answer"
    assert saved["call_date"] is not None
    reply = desk.sandbox.api("GET", f"/followups/debt/{debt_id}")[1]
    assert reply["pagination"]["total"] == before + 1
    new = next(one for one in reply["data"] if one["is_retry"] and one["status"] == "scheduled")
    assert datetime.fromisoformat(new["scheduled_at"]) == tomorrow_at_9()
    assert new["phone_number_used"]
    assert new["type"] == "manual_call"  # the provider would ring a `call` by itself


@pytest.mark.parametrize(
    ("rule", "filed_as"), [("manual_call", "manual_call"), ("call", "call"), ("same", "call")]
)
async def test_what_a_planned_call_is_filed_as_is_the_teams(
    desk: Driver, rule: str, filed_as: str
) -> None:
    preferences = desk.preferences
    preferences.keep(replace(preferences.settings, planned_type=rule))
    followup_id = a_call(desk)
    await open_in_list(desk, followup_id)
    desk.editor.choose_outcome(Outcome.NO_ANSWER)
    desk.save()
    await desk.saved()
    debt_id = desk.session.followup.debt_id
    reply = desk.sandbox.api("GET", f"/followups/debt/{debt_id}")[1]["data"]
    assert reply[0]["is_retry"]
    assert reply[0]["type"] == filed_as
    desk.panel.view.setFocus()
    desk.press(Qt.Key.Key_N, CONTROL)
    assert desk.session.value("type") == filed_as


async def test_deal_found_summary_save_next(desk: Driver) -> None:
    followup_id = a_call(desk)
    await open_in_list(desk, followup_id)
    following = desk.panel.following_id()
    keys = Stenographer()
    keys.press(Qt.Key.Key_1)
    assert QApplication.focusWidget() is desk.field("summary")
    keys.write("Pays 120 on the fifth")
    keys.press(Qt.Key.Key_Return, CONTROL | SHIFT)
    keys.report("deal found, summary, save, next")
    assert len(keys.strokes) <= 4
    await until(lambda: desk.session.followup_id == following)
    await until(lambda: desk.desk.status.state.waiting == 0)
    saved = desk.sandbox.followup(followup_id)
    assert (saved["status"], saved["summary"]) == ("deal_found", "Pays 120 on the fifth")
    keys.press(Qt.Key.Key_1)  # the number keys work at once for the next one
    assert desk.session.value("status") == "deal_found"


async def test_a_number_in_a_text_is_a_number(desk: Driver) -> None:
    await desk.open(a_call(desk))
    desk.type("summary", "2 calls")
    assert desk.text("summary") == "2 calls"
    assert desk.session.value("status") == "scheduled"
    QTest.keyClick(desk.field("summary"), Qt.Key.Key_3, ALT)
    await until(lambda: desk.session.value("status") == "deal_not_found")


@pytest.mark.parametrize("outcome", sorted(fitting("call").all))
async def test_nothing_is_sent_until_save(desk: Driver, outcome: Outcome) -> None:
    followup_id = a_call(desk)
    before = desk.sandbox.followup(followup_id)
    await open_in_list(desk, followup_id)
    focus = desk.form_desk.outcome_filler
    assert focus is not None
    desk.editor.choose_outcome(outcome)
    assert desk.session.changed
    assert desk.store.outbox.entries() == []
    assert desk.sandbox.followup(followup_id) == before
    desk.session.discard()
    assert desk.session.changed == frozenset()


async def test_undo_takes_the_next_call_back_too(desk: Driver) -> None:
    followup_id = a_call(desk)
    await open_in_list(desk, followup_id)
    desk.editor.choose_outcome(Outcome.NO_ANSWER)
    desk.save()
    await desk.saved()
    debt_id = desk.session.followup.debt_id
    desk.panel.view.setFocus()
    desk.press(Qt.Key.Key_Z, CONTROL)
    await until(lambda: desk.desk.status.state.waiting == 0)
    await until(lambda: desk.sandbox.followup(followup_id)["status"] == "scheduled")
    reply = desk.sandbox.api("GET", f"/followups/debt/{debt_id}")[1]["data"]
    new = [one for one in reply if one["is_retry"] and one["scheduled_at"]]
    # The server has no delete: the call that was planned is cancelled.
    assert [one["status"] for one in new if one["id"] != followup_id][:1] == ["cancelled"]


async def test_a_planned_call_is_drafted_and_comes_back(desk: Driver) -> None:
    followup_id, other = a_call(desk), a_call(desk, status="no_answer")
    await desk.open(followup_id)
    desk.type("next_call", "friday 10:30")
    assert "10:30" in desk.editor.form.rows["next_call"].hint_shown
    await desk.open(other)
    await desk.open(followup_id)
    planned = desk.session.value("next_call")
    assert planned is not None
    assert (planned.astimezone().weekday(), planned.astimezone().hour) == (4, 10)
    assert "10:30" in desk.text("next_call")


async def test_a_phrase_becomes_its_date_when_it_is_left(desk: Driver) -> None:
    await desk.open(a_call(desk))
    desk.type("scheduled_at", "in 2h")
    row = desk.editor.form.rows["scheduled_at"]
    assert "UTC" in row.hint_shown
    meant = desk.session.value("scheduled_at")
    desk.field("summary").setFocus()
    assert row.hint_shown == ""
    assert desk.text("scheduled_at") != "in 2h"
    assert row.editor.read() == meant.replace(second=0, microsecond=0)


async def test_a_new_call_for_the_debt(desk: Driver) -> None:
    followup_id = a_call(desk, status="no_answer")
    await open_in_list(desk, followup_id)
    debt_id = desk.session.followup.debt_id
    count = desk.store.followups.count()
    desk.press(Qt.Key.Key_N, CONTROL)
    assert desk.session.is_begun
    assert QApplication.focusWidget() is desk.field("scheduled_at")
    assert desk.editor.bar.words == "New, not saved yet"
    await desk.open(followup_id)  # nothing was typed: nothing is left behind
    assert desk.store.followups.count() == count
    desk.press(Qt.Key.Key_N, CONTROL)
    desk.type("summary", "Call about the plan")
    new_id = desk.session.followup_id
    await desk.open(followup_id)
    assert desk.store.followups.get(new_id) is not None
    desk.session.open(new_id)
    assert desk.text("summary") == "Call about the plan"
    desk.save()
    await until(lambda: desk.desk.status.state.waiting == 0)
    await until(lambda: not desk.session.followup_id.startswith("new:"))
    saved = desk.sandbox.followup(desk.session.followup_id)
    assert (saved["debt_id"], saved["status"], saved["summary"]) == (
        debt_id,
        "scheduled",
        "Call about the plan",
    )
    assert datetime.fromisoformat(saved["scheduled_at"]) == tomorrow_at_9()


async def test_a_begun_call_can_be_discarded(desk: Driver) -> None:
    followup_id = a_call(desk, status="no_answer")
    await open_in_list(desk, followup_id)
    count = desk.store.followups.count()
    desk.press(Qt.Key.Key_N, CONTROL)
    desk.editor.discard()
    assert desk.store.followups.count() == count
    assert desk.session.followup_id == followup_id


async def test_a_template_is_typed_by_its_name(desk: Driver) -> None:
    desk.preferences._templates = [
        Template("plan", "{debtor} pays {amount} by {unknown}"),
        Template("nothing", "No answer"),
        Template("two", "first\nsecond"),
    ]
    await desk.open(a_call(desk))
    debt = desk.store.debts.get(desk.session.followup.debt_id)
    desk.type("summary", "Said: /pl")
    snippets = desk.form_desk.palette._snippets
    assert snippets is not None
    assert snippets.shown == ["plan"]
    desk.press(Qt.Key.Key_Tab)
    text = desk.text("summary")
    assert text.startswith(f"Said: {debt.debtor} pays ")
    assert text.endswith("by {unknown}")
    assert desk.session.value("summary") == text
    desk.type("notes", "a /two ")  # the space takes a whole name
    assert desk.text("notes") == "a first\nsecond"
    desk.type("summary", "24/11, https://two ")
    assert desk.text("summary") == "24/11, https://two "
    desk.type("summary", "/n")
    desk.press(Qt.Key.Key_Escape)
    assert snippets.shown == []
    assert desk.text("summary") == "/n"


def shown_palette() -> Palette:
    found = [w for w in QApplication.allWidgets() if isinstance(w, Palette) and w.isVisible()]
    assert len(found) == 1
    return found[0]


async def test_the_palette_never_reads_a_whole_list(desk: Driver) -> None:
    desk.form_desk.palette.open_palette()
    palette = shown_palette()

    def too_slow(*_said: object) -> None:
        raise AssertionError("the whole list was read")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desk.store.listing, "keys", too_slow)
        patch.setattr("agent_app.store.listing.SHORT_LIST", 0)
        QTest.keyClicks(palette.line, "mor")
        assert palette.words
    QApplication.clipboard().setText("a" * 1_000_000)
    palette.line.paste()
    assert len(palette.line.text()) <= 200
    palette.dismiss()


async def test_the_palette_finds_actions_and_followups(desk: Driver) -> None:
    followup_id = a_call(desk)
    await open_in_list(desk, followup_id)
    desk.press(Qt.Key.Key_K, CONTROL)
    palette = shown_palette()
    QTest.keyClicks(palette.line, "no answ")
    assert palette.words[0] == "No answer"
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert desk.session.value("status") == "no_answer"
    desk.session.discard()
    other = desk.sandbox.some(type="email")
    desk.form_desk.palette.open_palette()
    palette = shown_palette()
    palette.line.setText(other["id"])
    assert len(palette.words) == 1
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    await until(lambda: desk.session.followup_id == other["id"])


async def test_text_grows_and_shrinks(desk: Driver) -> None:
    font = QApplication.font().pointSizeF()
    desk.press(Qt.Key.Key_Plus, CONTROL)
    desk.press(Qt.Key.Key_Plus, CONTROL)
    assert QApplication.font().pointSizeF() == font + 2
    assert desk.preferences.settings.font_points == 2
    desk.press(Qt.Key.Key_0, CONTROL)
    assert QApplication.font().pointSizeF() == font


async def test_settings_are_kept(desk: Driver) -> None:
    desk.press(Qt.Key.Key_Comma, CONTROL)
    from agent_app.ui.settings.dialog import SettingsDialog

    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, SettingsDialog))
    dialog.fields["retry"].setText("whenever")
    dialog._on_ok()
    assert dialog.isVisible()
    assert "not a time" in dialog.wrong.text()
    dialog.fields["retry"].setText("+3d 10:00")
    dialog.fields["agent_name"].setEditText("Sam")
    assert dialog.fields["planned_type"].currentData() == "manual_call"
    dialog.fields["planned_type"].setCurrentIndex(dialog.fields["planned_type"].findData("same"))
    dialog.templates.add()
    dialog.templates.name.setText("hi")
    dialog.templates.name.textEdited.emit("hi")
    dialog.templates.text.setPlainText("Hello from {agent}")
    dialog.rules.rules[1].on.setChecked(True)
    dialog._on_ok()
    assert not dialog.isVisible()
    preferences = desk.preferences
    assert preferences.settings.agent_name == "Sam"
    assert [rule.country for rule in preferences.book.rules if rule.enabled] == ["FR"]
    from agent_app.config.layers import configure
    from agent_app.config.team_files import read_rulebook, read_templates

    folder = desk.desk._folder
    assert configure(folder).settings.retry == "+3d 10:00"
    assert configure(folder).settings.planned_type == "same"
    assert read_templates(folder / "templates.toml") == [Template("hi", "Hello from {agent}")]
    assert read_rulebook(folder / "calling.toml", folder) == preferences.book
    assert not [
        w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()
    ]
