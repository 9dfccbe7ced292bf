"""Layers over the window: the palette, the page of shortcuts, my day. None is a window of its own."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from agent_app.ui.widgets.layer import layer_over
from agent_app.ui.widgets.painted import Painted
from agent_app.ui.window.my_day_page import MyDayPage
from agent_app.ui.window.palette import Palette
from agent_app.ui.window.shortcuts_page import ShortcutsPage
from tests.ui.conftest import Driver
from tests.waiting import until

pytestmark = pytest.mark.anyio

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def a_call(desk: Driver) -> str:
    return str(desk.sandbox.some(type="call", status="scheduled")["id"])


def the_palette(desk: Driver) -> Palette:
    found = layer_over(desk.desk.window)
    assert isinstance(found, Palette)
    return found


async def test_the_first_letter_arrives_and_nothing_is_chosen_before_it(desk: Driver) -> None:
    await desk.open(a_call(desk))
    desk.panel.view.setFocus()
    desk.press(Qt.Key.Key_K, CONTROL)
    palette = the_palette(desk)
    assert QApplication.activeModalWidget() is None
    assert palette.list.currentRow() == -1
    desk.press(Qt.Key.Key_Return)  # so this does nothing
    assert desk.session.changed == frozenset()
    desk.press(Qt.Key.Key_D)  # no wait, no look
    assert palette.line.text() == "d"
    desk.press(Qt.Key.Key_Escape)
    assert layer_over(desk.desk.window) is None
    assert desk.panel.view.hasFocus()


async def test_what_does_harm_is_never_chosen_beforehand(desk: Driver) -> None:
    await desk.open(a_call(desk))
    desk.type("summary", "words")
    desk.press(Qt.Key.Key_K, CONTROL)
    palette = the_palette(desk)
    for typed in ("quit", "discard", "sign out"):
        palette.line.setText(typed)
        assert palette.words
        row = palette.list.currentRow()
        assert row == -1 or not palette._shown[row].harmful
    palette.line.setText("s")
    harmful = [entry.harmful for entry in palette._shown]
    assert harmful == sorted(harmful) and True in harmful  # they come last
    palette.dismiss()
    desk.session.discard()


async def test_settings_and_themes_are_found_by_what_one_calls_them(desk: Driver) -> None:
    desk.press(Qt.Key.Key_K, CONTROL)
    palette = the_palette(desk)
    palette.line.setText("language")
    assert palette.words[0] == "Settings"
    palette.line.setText("theme")
    assert "Theme: Dark" in palette.words
    palette.dismiss()


async def test_followups_of_one_debtor_are_together(desk: Driver) -> None:
    names: dict[str, int] = {}
    for place in range(desk.table.rowCount()):
        row = desk.table.row_at(place)
        names[row.debtor] = names.get(row.debtor, 0) + 1
    name = next(one for one, number in names.items() if one and number > 2)
    desk.press(Qt.Key.Key_K, CONTROL)
    palette = the_palette(desk)
    palette.line.setText(name)
    heads = [entry for entry in palette._shown if entry.icon == "person" and not entry.under]
    assert len({(one.words, one.hint.split("  ·  ")[0]) for one in heads}) == len(heads)
    assert any(entry.under for entry in palette._shown)
    palette.dismiss()


async def test_a_click_beside_a_layer_closes_it_and_the_lock_does(desk: Driver) -> None:
    desk.press(Qt.Key.Key_K, CONTROL)
    palette = the_palette(desk)
    QTest.mouseClick(palette._shade, Qt.MouseButton.LeftButton)
    assert layer_over(desk.desk.window) is None
    desk.press(Qt.Key.Key_K, CONTROL)
    desk.desk.window.cover(QWidget(), "anybody")
    assert layer_over(desk.desk.window) is None
    desk.desk.window.uncover()


async def test_every_key_is_on_one_page_and_no_number_acts_behind_it(desk: Driver) -> None:
    await desk.open(a_call(desk))
    desk.panel.view.setFocus()
    desk.press(Qt.Key.Key_F1)
    page = layer_over(desk.desk.window)
    assert isinstance(page, ShortcutsPage)
    actions = desk.desk.window.actions_
    shown = set(page.words)
    hidden = [
        spec.name
        for spec in actions.specs
        if spec.keys and actions[spec.name].isVisible()
        and actions[spec.name].text().replace("&", "").rstrip("…") not in shown
    ]  # fmt: skip
    assert hidden == []
    assert page.area.verticalScrollBar().maximum() == 0  # whole, at 1366 × 768
    desk.press(Qt.Key.Key_2)
    assert desk.session.changed == frozenset()
    desk.press(Qt.Key.Key_Escape)
    assert desk.panel.view.hasFocus()


async def test_my_day_counts_and_takes_back(desk: Driver) -> None:
    followup_id = a_call(desk)
    await desk.open(followup_id)
    desk.type("notes", "Pays. 120.00 EUR → 2026-12-05")
    desk.panel.view.setFocus()
    desk.press(Qt.Key.Key_1)
    desk.type("summary", "pays on Saturday")
    desk.save()
    await desk.saved()
    desk.preferences.keep(type(desk.preferences.settings)(daily_goal=2))
    desk.press(Qt.Key.Key_J, CONTROL)
    page = layer_over(desk.desk.window)
    assert isinstance(page, MyDayPage)
    texts = {name: label.text() for name, label in page._figures.items()}
    assert texts == {"calls": "1", "reached": "1 (100 %)", "deals": "1", "promised": "€120.00"}
    assert page._goal_words.text() == "1 of 2 calls"
    (line,) = page.lines
    assert line.what == "Deal found"
    assert line.may_undo
    desk.press(Qt.Key.Key_Z, CONTROL)
    await desk.saved_all()
    await until(lambda: page.lines[0].undone)
    assert not page.lines[0].may_undo
    assert page._figures["calls"].text() == "0"
    assert desk.sandbox.followup(followup_id)["status"] == "scheduled"
    page.dismiss()


async def test_the_key_of_my_day_takes_back_what_is_not_open_any_more(desk: Driver) -> None:
    followup_id = a_call(desk)
    await desk.open(followup_id)
    desk.panel.view.setFocus()
    desk.press(Qt.Key.Key_2)
    desk.save()
    await desk.saved()
    other = desk.sandbox.some(type="email")["id"]
    await desk.open(other)
    desk.press(Qt.Key.Key_J, CONTROL)
    page = layer_over(desk.desk.window)
    assert isinstance(page, MyDayPage)
    desk.press(Qt.Key.Key_Z, CONTROL)
    assert page.lines[0].undone
    assert desk.session.followup_id == other
    page.dismiss()


async def test_what_changed_since_is_not_taken_back(desk: Driver) -> None:
    followup_id = a_call(desk)
    await desk.open(followup_id)
    desk.type("summary", "first")
    desk.save()
    await desk.saved()
    desk.store.followups.upsert(
        [{"id": followup_id, "summary": "a colleague's"}], datetime.now(UTC)
    )
    desk.press(Qt.Key.Key_J, CONTROL)
    page = layer_over(desk.desk.window)
    assert isinstance(page, MyDayPage)
    assert not page.lines[0].may_undo
    assert not page.undo_buttons[page.lines[0].number].isVisible()
    page.dismiss()


async def test_a_letter_paints_the_palette_alone(desk: Driver) -> None:
    await desk.open(a_call(desk))
    desk.press(Qt.Key.Key_K, CONTROL)
    palette = the_palette(desk)
    inside, behind = Painted(palette.list.viewport()), Painted(desk.panel.view.viewport())
    for part in (palette.list.viewport(), desk.panel.view.viewport()):
        part.update()
    await until(inside.painted.is_set)
    await until(lambda: desk.table.is_settled)
    inside.painted.clear()
    behind.painted.clear()
    desk.press(Qt.Key.Key_D)
    await until(inside.painted.is_set)
    assert not behind.painted.is_set()
