"""A calendar that drops down below a field: today is marked, closed days are pale, usual times are a click."""

from collections.abc import Callable, Sequence
from datetime import date, time, timedelta

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, QTime, Signal
from PySide6.QtGui import QColor, QFont, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QGridLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from agent_app.runtime.weak import weakly

USUAL = (time(9), time(10), time(11, 30), time(14), time(16), time(18))
"""Times that calls are usually planned for."""
IN_A_ROW = 3


def never(_day: date) -> bool:
    """No day is closed."""
    return False


class CalendarPopup(QFrame):
    """Picks one day, and a time where *times* are offered; Escape or a click elsewhere closes it.
    *is_closed* says on which days nobody is called."""

    picked = Signal(object)
    """The day, as a `date`."""
    picked_time = Signal(object, object)
    """A day and one of the times."""

    def __init__(
        self,
        parent: QWidget,
        day: date,
        *,
        today: date,
        is_closed: Callable[[date], bool] = never,
        times: Sequence[time] = (),
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._today, self._is_closed = today, is_closed
        self._calendar = QCalendarWidget()
        self._calendar.setAccessibleName(self.tr("Calendar"))
        self._calendar.setGridVisible(False)
        self._calendar.setSelectedDate(_q(day))
        self._calendar.setVerticalHeaderFormat(
            QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader
        )
        plain = QTextCharFormat()
        plain.setForeground(self.palette().brush(self.foregroundRole()))
        for one in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self._calendar.setWeekdayTextFormat(one, plain)  # Qt's red is not readable in the dark
        line = self._calendar.fontMetrics().height()
        self._calendar.setMinimumSize(line * 17, line * 16)  # all six weeks of a month
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self._calendar)
        self.times = [self._time_button(one) for one in times]
        grid = QGridLayout()
        for place, button in enumerate(self.times):
            grid.addWidget(button, place // IN_A_ROW, place % IN_A_ROW)
        layout.addLayout(grid)
        self._calendar.activated.connect(self._pick)
        self._calendar.clicked.connect(self._pick)
        self._calendar.currentPageChanged.connect(weakly(self._mark))
        self._mark()

    def show_below(self, field: QWidget) -> None:
        """Open below *field*, or above it where there is no room."""
        self.adjustSize()
        place = field.mapToGlobal(QPoint(0, field.height() + 2))
        bottom = field.screen().availableGeometry().bottom()
        if place.y() + self.height() > bottom:
            place = field.mapToGlobal(QPoint(0, -self.height() - 2))
        self.move(place)
        self.show()
        self._calendar.setFocus()

    def _time_button(self, clock: time) -> QPushButton:
        words = QLocale().toString(QTime(clock.hour, clock.minute), QLocale.FormatType.ShortFormat)
        button = QPushButton(words)
        button.setAccessibleName(self.tr("On that day at {time}").format(time=words))
        button.setAutoDefault(True)
        button.clicked.connect(weakly(self._pick_time, clock))
        return button

    def _mark(self) -> None:
        """Make closed days of the month that is shown pale, and today strong."""
        first = date(self._calendar.yearShown(), self._calendar.monthShown(), 1) - timedelta(days=7)
        pale = QTextCharFormat()
        ink = QColor(self.palette().color(self.foregroundRole()))
        ink.setAlphaF(0.45)
        pale.setForeground(ink)
        for one in (first + timedelta(days=days) for days in range(50)):
            if self._is_closed(one):
                self._calendar.setDateTextFormat(_q(one), pale)
        now = self._calendar.dateTextFormat(_q(self._today))
        now.setFontWeight(QFont.Weight.Black)
        now.setFontUnderline(True)
        now.setForeground(self.palette().link())
        self._calendar.setDateTextFormat(_q(self._today), now)

    def _pick(self, day: QDate) -> None:
        self.picked.emit(_day(day))
        self.close()

    def _pick_time(self, clock: time) -> None:
        self.picked_time.emit(_day(self._calendar.selectedDate()), clock)
        self.close()


def _q(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _day(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
