"""The calendar: today and closed days are marked, usual times are one click."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QCalendarWidget

from agent_app.ui.widgets.calendar_popup import USUAL, CalendarPopup
from tests.ui.conftest import Driver

pytestmark = pytest.mark.anyio

ALT = Qt.KeyboardModifier.AltModifier
TODAY = date(2026, 3, 4)


def q(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def popup_of(desk: Driver, name: str) -> CalendarPopup:
    desk.field(name).setFocus()
    desk.press(Qt.Key.Key_Down, ALT)
    return next(
        one
        for one in QApplication.topLevelWidgets()
        if isinstance(one, CalendarPopup) and one.isVisible()
    )


async def test_today_is_strong_and_closed_days_are_pale(desk: Driver) -> None:
    closed = TODAY + timedelta(days=1)
    popup = CalendarPopup(desk.desk.window, TODAY, today=TODAY, is_closed=lambda day: day == closed)
    calendar = popup.findChild(QCalendarWidget)
    assert calendar is not None
    assert calendar.dateTextFormat(q(TODAY)).fontWeight() == QFont.Weight.Black
    assert calendar.dateTextFormat(q(closed)).foreground().color().alpha() < 200
    plain = calendar.dateTextFormat(q(closed + timedelta(days=1)))
    assert not plain.foreground().color().alpha() < 200
    popup.close()


async def test_a_usual_time_is_one_click_on_the_day_that_is_chosen(desk: Driver) -> None:
    await desk.open(str(desk.sandbox.some(type="call", status="scheduled")["id"]))
    popup = popup_of(desk, "scheduled_at")
    calendar = popup.findChild(QCalendarWidget)
    assert calendar is not None
    day = date(2030, 5, 6)
    calendar.setSelectedDate(q(day))
    popup.times[USUAL.index(time(14))].click()
    assert desk.session.value("scheduled_at").astimezone() == datetime.combine(
        day, time(14)
    ).astimezone(UTC)
    desk.session.discard()


async def test_a_day_that_was_called_has_no_usual_times(desk: Driver) -> None:
    await desk.open(str(desk.sandbox.some(type="call", status="no_answer")["id"]))
    popup = popup_of(desk, "call_date")
    assert popup.times == []
    popup.close()
