"""Everything needed is on the screen from 900 by 600 points on, also with text 12 points larger."""

from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from agent_app.ui.editor.colleague_mark import ColleagueMark
from agent_app.ui.report.tile import Tile
from tests.sandbox import RunningSandbox
from tests.ui.conftest import Driver, Start
from tests.ui.test_desk import language
from tests.waiting import until

pytestmark = pytest.mark.anyio


def place_of(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


@pytest.mark.parametrize(
    ("size", "bigger"),
    [((900, 600), 0), ((911, 470), 4), ((1366, 768), 4), ((900, 600), 12), ((1366, 768), 12)],
)
async def test_everything_needed_is_in_sight(
    desk: Driver, size: tuple[int, int], bigger: int
) -> None:
    window = desk.desk.window
    await desk.open(str(desk.sandbox.some(type="call", status="scheduled")["id"]))
    for _ in range(bigger):
        window.actions_["bigger"].trigger()
    window.resize(*size)
    scroll = desk.editor._scroll
    await until(lambda: (window.width(), window.height()) == size)
    await until(lambda: scroll.horizontalScrollBar().maximum() == 0)
    QApplication.sendPostedEvents(None, 0)
    inside, filters = window.rect(), desk.panel.filters
    bar = desk.editor.bar
    fields = [filters._status, filters._kind, filters._first, filters._last]
    for widget in (
        bar.save_button,
        bar.next_button,
        bar.discard_button,
        window.search_field,
        *fields,
    ):
        assert inside.contains(place_of(widget, window)), widget.objectName()
    for one, other in combinations(fields, 2):
        assert not place_of(one, window).intersects(place_of(other, window))
        assert one.width() >= 70
    content = scroll.widget()
    needed = [
        *(desk.editor.outcome_bar.buttons[one] for one in desk.editor.outcome_bar.offer.usual),
        desk.editor.outcome_bar.more,
        desk.editor.history.pinned,
        desk.editor.history.events,
        *(
            desk.field(name)
            for name in ("status", "type", "call_date", "scheduled_at", "notes", "next_call")
        ),
        desk.editor.debt.call,
        desk.editor.debt.new,
    ]
    for widget in needed:
        right = widget.mapTo(content, QPoint(widget.width(), 0)).x()
        assert right <= scroll.viewport().width(), widget.objectName()
        assert widget.width() >= min(widget.minimumSizeHint().width(), 90), widget.objectName()
    for _ in range(bigger):
        window.actions_["smaller"].trigger()


@pytest.mark.parametrize("choice", ["en", "fr"])
@pytest.mark.parametrize("width", [900, 1366])
async def test_the_buttons_are_whole_beside_the_answer_to_a_save(
    qapp: QApplication, start: Start, choice: str, width: int
) -> None:
    with language(qapp, choice):
        desk = await start()
        window, bar = desk.desk.window, desk.editor.bar
        window.resize(width, 768)
        followup_id = desk.sandbox.some(type="call", status="no_answer")["id"]
        await desk.open(followup_id)
        buttons = [bar.discard_button, bar.save_button, bar.next_button, bar.undo_button]

        def are_whole() -> bool:
            return all(
                one.isVisible()
                and one.width() >= one.sizeHint().width()
                and window.rect().contains(place_of(one, window))
                for one in buttons
            )

        desk.type("summary", f"Saved {choice} {width}")
        desk.save()
        await until(are_whole)
        # A colleague's change of what is typed offers four choices, whole as well.
        desk.type("notes", "Mine")
        desk.sandbox.put(followup_id, notes=f"Theirs {choice} {width}")
        desk.desk.engine.refresh()

        def links() -> list[QWidget]:
            marks = desk.editor.form.findChildren(ColleagueMark)
            return [one for mark in marks if mark.isVisible() for one in mark._links.values()]

        await until(lambda: len(links()) == 4)
        await until(lambda: all(one.width() >= one.sizeHint().width() for one in links()))
        desk.session.discard()


@pytest.mark.parametrize("width", [900, 1366])
async def test_the_words_of_figures_are_whole(
    qapp: QApplication, start: Start, sandbox: RunningSandbox, width: int
) -> None:
    sandbox.set(role="supervisor")
    with language(qapp, "fr"):
        desk = await start()
        desk.desk.window.resize(width, 768)
        desk.form_desk.open_report()
        report = desk.form_desk.report
        await until(lambda: not report.model.counting)

        def words() -> list[QLabel]:
            tiles = [one for one in report.panel.findChildren(Tile) if one.isVisible()]
            labels = [one for tile in tiles for one in tile.findChildren(QLabel)]
            return [one for one in labels if one.isVisible() and one.text()]

        await until(lambda: all(one.height() >= one.heightForWidth(one.width()) for one in words()))
        assert len(words()) > 30
