"""An action is declared once: menus, tools, keys and what it does follow from it."""

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import SIGNAL, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu

from agent_app.system.paths import resources
from tests.sandbox import RunningSandbox
from tests.ui.conftest import Driver, Start

pytestmark = pytest.mark.anyio


def receivers(action: QAction) -> int:
    return int(action.receivers(SIGNAL("triggered(bool)")))


async def test_every_action_does_something_once_the_desk_is_open(
    start: Start, sandbox: RunningSandbox
) -> None:
    sandbox.set(role="supervisor")
    desk = await start()
    desk.desk.take_pop({})  # calls are listened to from the first one on
    desk.form_desk.open_report()  # as are the keys of reviews
    window = desk.desk.window
    idle = QAction(window)  # what Qt itself listens to: a menu its actions, a tool bar its own
    window.menuBar().actions()[0].menu().addAction(idle)
    in_a_menu = receivers(idle)
    for spec in window.actions_.specs:
        if spec.for_team:  # made where there is a team: test_claims.py, test_team_reviews.py
            continue
        mine = receivers(window.actions_[spec.name]) - in_a_menu
        assert mine > 0, spec.name


async def test_names_and_keys_are_one_actions_alone(desk: Driver) -> None:
    actions = desk.desk.window.actions_
    names = Counter(spec.name for spec in actions.specs)
    outcomes = set(actions.outcomes.values())
    others = [one for one in actions.everything() if one not in outcomes]
    keys = Counter(key.toString() for one in others for key in one.shortcuts())
    # Outcomes that are never offered together, by the type of the followup, share a digit.
    keys.update({key.toString() for one in outcomes for key in one.shortcuts()})
    assert not [name for name, count in (*names.items(), *keys.items()) if count > 1]


@pytest.fixture(params=["en", "fr"])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    """Each language that the program speaks."""
    translator = QTranslator()
    if request.param != "en":
        assert translator.load(f"followup-desk_{request.param}", str(resources() / "translations"))
        qapp.installTranslator(translator)
    yield request.param
    qapp.removeTranslator(translator)


async def test_what_has_a_menu_stands_in_it(desk: Driver) -> None:
    window = desk.desk.window
    menus = [action.menu() for action in window.menuBar().actions()]
    inside = {action for menu in menus if menu is not None for action in menu.actions()}  # type: ignore[attr-defined]
    for spec in window.actions_.specs:
        assert bool(spec.menu) == (window.actions_[spec.name] in inside), spec.name


async def test_letters_of_a_menu_differ(language: str, start: Start) -> None:
    desk = await start()
    window = desk.desk.window
    for loading in (False, True):
        window._tools.show_loading(loading)
        menus = [action.menu() for action in window.menuBar().actions()]
        lists = [(menu.title(), menu.actions()) for menu in menus if isinstance(menu, QMenu)]
        for title, actions in (("menu bar", window.menuBar().actions()), *lists):
            letters = Counter(
                text[text.index("&") + 1].lower()
                for action in actions
                if "&" in (text := action.text().replace("&&", ""))
            )
            assert letters, title
            assert max(letters.values()) == 1, (title, letters)
