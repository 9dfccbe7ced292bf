"""What one sets is kept, or one is told and can try again: nothing typed is lost with the window."""

import pytest
from PySide6.QtTest import QTest

from agent_app.config.team_files import read_templates
from agent_app.domain.settings import MAX_SCORECARD
from agent_app.domain.templates import MAX_TEMPLATES, MAX_TEXT, Template
from tests.ui.conftest import Driver
from tests.ui.test_team_standards import accept, add_template, press_ok, settings

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("file", ["templates.toml", "settings.toml"])
async def test_a_folder_that_refuses_leaves_the_window_open(desk: Driver, file: str) -> None:
    folder = desk.desk.preferences._folder
    in_the_way = folder / f"{file}.new"
    in_the_way.mkdir()
    dialog = settings(desk)
    add_template(dialog, "hello", "Good morning", for_team=False)
    name = dialog.fields["agent_name"]
    QTest.keyClicks(name, "Anna")
    press_ok(dialog)
    assert dialog.isVisible() and "press OK again" in dialog.wrong.text()
    assert dialog.wrong.isVisible()
    # Nothing is in effect that is not kept.
    assert desk.desk.preferences.settings.agent_name != "Anna"
    in_the_way.rmdir()
    accept(dialog)
    assert desk.desk.preferences.settings.agent_name == "Anna"
    assert [one.name for one in read_templates(folder / "templates.toml")] == ["hello"]
    assert "Anna" in (folder / "settings.toml").read_text("utf-8")


async def test_what_could_not_be_read_again_is_not_taken(desk: Driver) -> None:
    dialog = settings(desk)
    add_template(dialog, "long", "x" * (MAX_TEXT + 1), for_team=False)
    press_ok(dialog)
    assert "The template long is too long (5,000 characters at most)." in dialog.wrong.text()
    dialog.templates.text.setPlainText("x" * MAX_TEXT)
    dialog.fields["review_questions"].setPlainText("?" * (MAX_SCORECARD + 1))
    press_ok(dialog)
    assert "The scorecard is too long (5,000 characters at most)." in dialog.wrong.text()
    dialog.fields["review_questions"].setPlainText("?" * MAX_SCORECARD)
    dialog.templates._texts += [Template(f"t{n}", "text") for n in range(MAX_TEMPLATES)]
    press_ok(dialog)
    assert "There are too many templates (1,000 at most)." in dialog.wrong.text()
    del dialog.templates._texts[1:]
    accept(dialog)
    folder = desk.desk.preferences._folder
    assert [len(one.text) for one in read_templates(folder / "templates.toml")] == [MAX_TEXT]


async def test_what_the_file_has_no_room_for_is_said(desk: Driver) -> None:
    dialog = settings(desk)
    dialog.templates._texts = [Template(f"t{n}", "x" * MAX_TEXT) for n in range(MAX_TEMPLATES)]
    press_ok(dialog)
    assert "templates.toml would be larger than 500000 bytes" in dialog.wrong.text()
    assert dialog.isVisible()
