"""Everything needed is on the screen from 900 by 600 points on, also with text 12 points larger."""

from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.conftest import Driver
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
