"""What a supervisor decides for all comes into effect at every desk of the team, and no other's word is lost."""

import contextlib
import itertools
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QMenu

from agent_app.config.layers import Source
from agent_app.config.team_files import read_templates
from agent_app.domain.calling import Rulebook
from agent_app.domain.errors import StoreFull
from agent_app.domain.team import SharedKind
from agent_app.domain.templates import Template
from agent_app.models.team_standards import LETTERS
from agent_app.ui.settings.dialog import SettingsDialog
from agent_app.ui.settings.team_line import TeamLine
from tests.nats_server import RunningNats
from tests.ui.conftest import Driver
from tests.ui.test_drafts import fill_disk, make_room
from tests.ui.test_team import Join, join, nats, shared  # noqa: F401  (fixtures)
from tests.waiting import until

pytestmark = pytest.mark.anyio


def settings(desk: Driver) -> SettingsDialog:
    desk.form_desk.ask_settings()
    found = [one for one in desk.desk.window.findChildren(SettingsDialog) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def accept(dialog: SettingsDialog) -> None:
    press_ok(dialog)
    assert not dialog.isVisible()


def press_ok(dialog: SettingsDialog) -> None:
    box = dialog.findChild(QDialogButtonBox)
    assert isinstance(box, QDialogButtonBox)
    QTest.mouseClick(box.button(QDialogButtonBox.StandardButton.Ok), Qt.MouseButton.LeftButton)


def add_template(dialog: SettingsDialog, name: str, text: str, *, for_team: bool) -> None:
    page = dialog.templates
    page.add()
    QTest.keyClicks(page.name, name)
    page.text.setPlainText(text)
    if page.for_team.isChecked() is not for_team:
        page.for_team.click()


def names(desk: Driver) -> list[tuple[str, bool]]:
    return [(one.name, one.of_team) for one in desk.desk.preferences.templates]


def team_words(dialog: SettingsDialog, kind: SharedKind) -> str:
    if kind is SharedKind.TEMPLATES:
        label = dialog.templates.findChild(QLabel, "team_words")
        return label.text() if isinstance(label, QLabel) else ""
    return dialog.team_lines[kind].words.text()


def own(desk: Driver) -> list[Template]:
    return read_templates(desk.desk.preferences._folder / "templates.toml")


def leave_no_page(desk: Driver) -> None:
    """Fill what is free inside the file, too."""
    with contextlib.suppress(StoreFull):
        for number in itertools.count():
            desk.store.set_state(f"filler {number}", "x" * 2_000)


def wake(*desks: Driver) -> None:
    for desk in desks:
        desk.desk._scope.team_desk.wake()  # type: ignore[union-attr]


async def test_templates_are_the_teams_and_ones_own(join: Join) -> None:  # noqa: F811
    anna = await join("anna")
    dialog = settings(anna)
    assert dialog.templates.for_team.isHidden()  # an agent decides for themself
    add_template(dialog, "mine", "My words", for_team=False)
    add_template(dialog, "hello", "My hello", for_team=False)
    accept(dialog)
    sofia = await join("sofia", role="supervisor")
    dialog = settings(sofia)
    add_template(dialog, "hello", "Hello {debtor}", for_team=True)
    add_template(dialog, "boss", "For me alone", for_team=False)
    accept(dialog)
    await until(lambda: names(anna) == [("hello", True), ("mine", False)])
    assert "Sofia changed the team's templates." in anna.desk.window.statusBar().currentMessage()
    assert names(sofia) == [("boss", False), ("hello", True)]
    assert own(sofia) == [Template("boss", "For me alone")]
    # The agent reads the team's and changes their own; what the team's hides is kept.
    dialog = settings(anna)
    page = dialog.templates
    assert page.list.item(0).text() == "hello (team)"
    assert page.name.isReadOnly() and page.text.isReadOnly() and not page._remove.isEnabled()
    assert page.text.toPlainText() == "Hello {debtor}"
    assert "From the team: Sofia" in team_words(dialog, SharedKind.TEMPLATES)
    page.list.setCurrentRow(1)
    assert not page.name.isReadOnly()
    page.text.setPlainText("My other words")
    accept(dialog)
    assert own(anna) == [Template("mine", "My other words"), Template("hello", "My hello")]
    # The supervisor takes it back: the agent's own is there again.
    dialog = settings(sofia)
    page = dialog.templates
    page.list.setCurrentRow(1)
    page.remove()
    accept(dialog)
    await until(lambda: ("hello", False) in names(anna))


async def test_what_a_full_disk_refuses_stays_in_the_window(join: Join) -> None:  # noqa: F811
    sofia, anna = await join("sofia", role="supervisor"), await join("anna")
    dialog = settings(sofia)
    texts = [Template(f"hello{n}", "x" * 4_800, of_team=True) for n in range(20)]
    dialog.templates._texts += texts
    fill_disk(sofia)
    leave_no_page(sofia)
    press_ok(dialog)
    assert dialog.isVisible() and "The disk is full" in dialog.wrong.text()
    assert names(sofia) == []
    make_room(sofia)
    accept(dialog)
    await until(lambda: len(names(anna)) == 20)


async def test_rules_scorecard_and_goal_hold_for_all_and_stay_without_the_team(
    join: Join,  # noqa: F811
    nats: RunningNats,  # noqa: F811
) -> None:
    anna = await join("anna")
    sofia = await join("sofia", role="supervisor")
    dialog = settings(anna)
    dialog.fields["daily_goal"].setValue(40)
    accept(dialog)
    dialog = settings(sofia)
    dialog.rules.rules[0].on.setChecked(True)
    dialog.fields["review_questions"].setPlainText("Was it kind?")
    dialog.fields["daily_goal"].setValue(55)
    for line in dialog.team_lines.values():
        assert not line.box.isChecked()
        line.box.click()
    accept(dialog)
    preferences = anna.desk.preferences
    await until(lambda: preferences.settings.daily_goal == 55 and preferences.book.rules[0].enabled)
    assert preferences.settings.review_questions == "Was it kind?"
    assert sofia.desk.preferences.configuration.settings.daily_goal == 0  # it is not her own
    dialog = settings(anna)
    assert not dialog.fields["daily_goal"].isEnabled() and not dialog.rules.rules[0].on.isEnabled()
    assert dialog.fields["agent_name"].isEnabled()
    assert "From the team: Sofia" in team_words(dialog, SharedKind.GOALS)
    accept(dialog)
    assert preferences.configuration.settings.daily_goal == 40
    anna.desk.window.actions_["bigger"].trigger()  # another setting: hers stays hers
    assert preferences.settings.daily_goal == 55
    assert preferences.configuration.settings.daily_goal == 40
    # The team's server is away: what was decided stays, in a new start too.
    nats.kill()
    await until(lambda: not anna.desk.context.team.state.is_live)
    assert preferences.settings.daily_goal == 55
    kept = {one["kind"]: one["text"] for one in anna.store.state("team_standards")}
    assert kept["goals"] == "55"
    # Withdrawn while the team is away: it leaves later, and each has their own again.
    await until(lambda: not sofia.desk.context.team.state.is_live)
    dialog = settings(sofia)
    dialog.team_lines[SharedKind.GOALS].box.click()
    accept(dialog)
    assert [one["id"] for one in sofia.store.state(LETTERS)] == ["goals"]
    dialog = settings(sofia)
    assert "leaves when the team is back" in team_words(dialog, SharedKind.GOALS)
    assert not dialog.team_lines[SharedKind.GOALS].box.isChecked()
    dialog.reject()
    nats.start()
    wake(anna, sofia)
    await until(lambda: preferences.settings.daily_goal == 40)
    await until(lambda: sofia.store.state(LETTERS) == [])
    assert preferences.book.rules[0].enabled


async def test_of_two_supervisors_the_second_sees_the_first_and_loses_nothing(
    join: Join,  # noqa: F811
) -> None:
    sofia = await join("sofia", role="supervisor")
    karim = await join("karim", role="supervisor")
    first, second = settings(sofia), settings(karim)
    add_template(first, "promise", "Sofia's", for_team=True)
    add_template(second, "promise", "Karim's", for_team=True)
    accept(first)
    await until(lambda: names(karim) == [("promise", True)])
    accept(second)
    notice = karim.desk.window.notice
    await until(lambda: "Sofia changed the team's templates. Yours is kept" in notice.words)
    assert sofia.desk.preferences.templates[0].text == "Sofia's"
    dialog = settings(karim)
    assert dialog.templates.text.toPlainText() == "Karim's"
    assert "Sofia decided otherwise" in team_words(dialog, SharedKind.TEMPLATES)
    accept(dialog)  # now he has seen it
    await until(lambda: sofia.desk.preferences.templates[0].text == "Karim's")
    await until(lambda: karim.store.state(LETTERS) == [])
    # Sofia puts hers back from the earlier versions, which say who changed what.
    dialog = settings(sofia)
    line = dialog.templates.findChild(TeamLine)
    assert isinstance(line, TeamLine)
    line.earlier.click()
    menu = line.findChild(QMenu)
    assert isinstance(menu, QMenu)
    said = [action.text() for action in menu.actions()]
    assert "Karim · changed: promise" in said[0] and "Sofia · new: promise" in said[1]
    menu.actions()[1].trigger()
    menu.close()
    assert dialog.templates.text.toPlainText() == "Sofia's"
    accept(dialog)
    await until(lambda: karim.desk.preferences.templates[0].text == "Sofia's")


async def test_what_cannot_be_read_leaves_the_version_before_in_effect(join: Join) -> None:  # noqa: F811
    anna = await join("anna")
    sofia = await join("sofia", role="supervisor")
    team: Any = sofia.desk.context.team
    await team.write_shared(SharedKind.GOALS, "30", 0)
    await until(lambda: anna.desk.preferences.settings.daily_goal == 30)
    for version, garbage in enumerate(("a lot", "1000000", "-3"), start=1):
        await team.write_shared(SharedKind.GOALS, garbage, version)
    await team.write_shared(SharedKind.CALLING_RULES, "{", 0)
    await until(lambda: len(anna.desk.context.team.shared()) == 2)
    assert anna.desk.preferences.settings.daily_goal == 30
    assert replace(anna.desk.preferences.book, rules=()) != Rulebook()  # the desk's own
    accept(settings(anna))


async def test_what_administrators_fixed_goes_over_the_teams(join: Join) -> None:  # noqa: F811
    anna = await join("anna")
    sofia = await join("sofia", role="supervisor")
    preferences = anna.desk.preferences
    layers = preferences.configuration
    preferences.configuration = replace(layers, sources={"daily_goal": Source.FIXED})
    await sofia.desk.context.team.write_shared(SharedKind.GOALS, "30", 0)
    await sofia.desk.context.team.write_shared(SharedKind.SCORECARD, "Was it kind?", 0)
    await until(lambda: preferences.settings.review_questions == "Was it kind?")
    assert preferences.settings.daily_goal == 0
    dialog = settings(anna)
    assert SharedKind.GOALS not in dialog.team_lines
    assert "administrator" in dialog.fields["daily_goal"].toolTip()
