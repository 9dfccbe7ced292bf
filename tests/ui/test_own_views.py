"""Views of one's own and of the team; the view switcher fits."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMenu

from agent_app.config.team_files import read_views, write_views
from agent_app.domain.own_views import OwnView
from agent_app.domain.views import Column, View
from agent_app.ui.followups.filter_bar import Chosen
from tests.ui.conftest import Driver, Start
from tests.waiting import until

pytestmark = pytest.mark.anyio


def offered(desk: Driver) -> list[str]:
    menu: QMenu = desk.panel.filters.views.more.menu()
    menu.aboutToShow.emit()
    return [action.text() for action in menu.actions() if not action.isSeparator()]


async def test_a_view_is_kept_chosen_again_and_removed(
    desk: Driver, start: Start, tmp_path: Path
) -> None:
    panel = desk.panel
    panel.filters.choose(Chosen(View.WAITING, "scheduled", "sms"))
    panel.columns.toggle(Column.PHONE)
    panel.columns.sort_by(Column.AMOUNT, descending=True)
    count = desk.table.rowCount()
    desk.form_desk.own_views.keep("Messages to send")
    panel.choose_view(View.DONE)
    assert panel.filters.views.more.text() == "More"
    assert "Messages to send" in offered(desk)
    panel.filters.views.own_wanted.emit("Messages to send")
    assert panel.filters.views.more.text() == "Messages to send"
    assert desk.table.rowCount() == count
    assert panel.columns.sort == (Column.AMOUNT, True)
    assert Column.PHONE in panel.columns.layout.columns
    await desk.desk.stop()
    again: Driver = await start()
    again.panel.filters.views.own_wanted.emit("Messages to send")
    assert again.panel.filters.chosen == Chosen(View.WAITING, "scheduled", "sms")
    assert again.panel.columns.sort == (Column.AMOUNT, True)
    again.panel.filters.views.remove_wanted.emit("Messages to send")
    assert "Messages to send" not in offered(again)
    assert read_views(tmp_path / "views.toml", of_team=False) == ()


async def test_the_teams_views_stand_beside_ones_own(desk: Driver, tmp_path: Path) -> None:
    team = OwnView("Big ones", View.TO_CALL_NOW, sort=Column.AMOUNT, descending=True)
    write_views(tmp_path / "team.toml", [team])
    preferences = desk.preferences
    preferences.keep(replace(preferences.settings, views=str(tmp_path / "team.toml")))
    preferences._own_views = None
    assert preferences.own_views == (replace(team, of_team=True),)
    preferences.keep_own_views([*preferences.own_views, replace(team, name="Mine")])
    assert [one.name for one in preferences.own_views] == ["Mine", "Big ones"]
    assert len(read_views(tmp_path / "views.toml", of_team=False)) == 1


@pytest.mark.parametrize("width", [1366, 900])
async def test_what_has_no_room_is_in_the_menu(desk: Driver, width: int) -> None:
    views = desk.panel.filters.views
    desk.desk.window.resize(width, 700)
    desk.panel.filters.show_counts(dict.fromkeys(View, 188_888))
    await until(lambda: views.more.geometry().right() <= views.width())
    shown = [n for n in range(len(View)) if views.tabs.isTabVisible(n)]
    hidden = [views.tabs.tabText(n) for n in range(len(View)) if n not in shown]
    assert desk.panel.filters.view is View.ALL
    assert list(View).index(View.ALL) in shown
    assert hidden
    assert [text for text in offered(desk) if text in hidden] == hidden
    assert sum(map(views.tabs.width_of, shown)) <= views.width()
