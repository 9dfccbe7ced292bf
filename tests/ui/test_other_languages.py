"""A made-up language that is a third longer, and one that is read from the right: nothing is cut."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QTranslator
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton, QTabBar, QWidget

from agent_app.domain.outcomes import Outcome
from tests.ui.conftest import Driver, Start
from tests.waiting import until

pytestmark = pytest.mark.anyio

LETTERS = str.maketrans("aeiouyAEIOUYcn", "àéîöüÿÀÉÎÖÜŸçñ")
SLACK = 2
"""Pixels by which Qt's size hints and its layouts differ at times."""


class Pseudo(QTranslator):
    """Every text a third longer, accented, in brackets: what is cut or not translated shows."""

    def translate(self, _context: str, source: str, _what: str | None = None, _n: int = -1) -> str:
        if not source:
            return ""
        parts = source.split("{")
        marked = [parts[0].translate(LETTERS)]
        for part in parts[1:]:
            name, _, rest = part.partition("}")
            marked.append(f"{name}}}{rest.translate(LETTERS)}")
        padding = "·" * max(1, len(source) // 3)
        return f"[{'{'.join(marked)}{padding}]".replace("%ñ", "%n")

    def isEmpty(self) -> bool:
        return False


@pytest.fixture
def pseudo(qapp: QApplication) -> Iterator[None]:
    translator = Pseudo()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


@pytest.fixture
def from_the_right(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def cut(root: QWidget) -> list[str]:
    """The texts in *root* for which there is too little room."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or widget.width() <= 0:
            continue
        if isinstance(widget, QLabel) and widget.text():
            if widget.wordWrap():
                wanted = widget.heightForWidth(widget.width())
                if wanted > widget.height() + SLACK:
                    found.append(widget.text())
            elif widget.sizeHint().width() > widget.width() + SLACK:
                found.append(widget.text())
        elif isinstance(widget, (QPushButton, QCheckBox)) and widget.text():
            text = widget.text().replace("&", "")
            if widget.fontMetrics().horizontalAdvance(text) > widget.width() + SLACK:
                found.append(text)
        elif isinstance(widget, QTabBar) and not widget.usesScrollButtons():
            for place in range(widget.count()):
                wide = widget.fontMetrics().horizontalAdvance(widget.tabText(place))
                if widget.isTabVisible(place) and wide > widget.tabRect(place).width():
                    found.append(widget.tabText(place))
    return found


async def shown(desk: Driver) -> None:
    await desk.open(desk.sandbox.some(type="call", status="no_answer")["id"])
    desk.editor.choose_outcome(Outcome.NO_ANSWER)
    await until(lambda: desk.editor.form.isVisible())
    QApplication.sendPostedEvents(None, 0)
    desk.desk.window.grab()


async def test_a_longer_language_is_not_cut(pseudo: None, start: Start) -> None:
    desk = await start()
    await shown(desk)
    labels = [one.text() for one in desk.desk.window.findChildren(QPushButton) if one.text()]
    assert any(text.startswith("[") for text in labels)
    await until(lambda: not cut(desk.desk.window))  # what wraps is laid out in several steps
    assert cut(desk.desk.window) == []
    assert not desk.editor._scroll.horizontalScrollBar().isVisible()


async def test_its_settings_are_not_cut_either(pseudo: None, start: Start) -> None:
    from agent_app.ui.settings.dialog import SettingsDialog

    desk = await start()
    desk.form_desk.ask_settings()
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, SettingsDialog))
    for tab in range(dialog._tabs.count()):
        dialog._tabs.setCurrentIndex(tab)
        dialog.grab()
        assert cut(dialog) == []
    dialog.reject()


async def test_everything_in_the_window_is_translatable(pseudo: None, start: Start) -> None:
    desk = await start()
    window = desk.desk.window
    plain = {action.text() for action in window.actions() if not action.text().startswith("[")}
    plain |= {
        button.text()
        for button in window.findChildren(QPushButton)
        if button.text() and "[" not in button.text()
    }
    phones = {text for text in plain if text.startswith("+")}
    speeds = {text for text in plain if text.endswith("×")}
    assert plain - phones - speeds == set()


async def test_from_the_right_everything_is_mirrored(from_the_right: None, start: Start) -> None:
    desk = await start()
    await shown(desk)
    window = desk.desk.window
    assert desk.panel.mapTo(window, desk.panel.rect().topLeft()).x() > (
        desk.editor.mapTo(window, desk.editor.rect().topLeft()).x()
    )
    status, kind = desk.field("status"), desk.field("type")
    assert status.mapTo(window, status.rect().topLeft()).x() > (
        kind.mapTo(window, kind.rect().topLeft()).x()
    )
    assert cut(window) == []
