"""A day that may be empty, for filters."""

from datetime import date, datetime, tzinfo

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from agent_app.text.locale_reading import read_day
from agent_app.text.moments import date_text
from agent_app.ui.widgets.restyle import restyle
from agent_app.ui.widgets.theme import Theme

MIN_ROOM = 44
"""What an icon and the edges of a line take (pixels)."""
FIRST_YEAR = 1000
"""An earlier year is one that is being typed."""


class DayField(QLineEdit):
    """Typed by the locale or as YYYY-MM-DD, or picked (Alt+Down)."""

    day_changed = Signal()

    def __init__(self, name: str, theme: Theme, zone: tzinfo) -> None:
        super().__init__()
        self._theme, self._zone = theme, zone
        self._day: date | None = None
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self.setClearButtonEnabled(False)
        self._calendar = QAction(self)
        self._calendar.setText(self.tr("Calendar"))
        self._calendar.triggered.connect(self.open_calendar)
        self.addAction(self._calendar, QLineEdit.ActionPosition.TrailingPosition)
        self._paint()
        theme.changed.connect(self._paint)
        self.textChanged.connect(self._on_text)

    def sizeHint(self) -> QSize:
        """As wide as a date, with its icon."""
        wide = self.fontMetrics().horizontalAdvance("00/00/0000 ") + MIN_ROOM
        return QSize(wide, super().sizeHint().height())

    @property
    def day(self) -> date | None:
        """The day, or None where there is none that can be read."""
        return self._day

    def set_day(self, day: date | None) -> None:
        """Put a day in, or none."""
        self.setText(date_text(day, QLocale()) if day is not None else "")

    def _paint(self) -> None:
        self._calendar.setIcon(self._theme.icon("calendar", "muted"))

    def keyPressEvent(self, event: object) -> None:
        """Alt+Down opens the calendar."""
        assert isinstance(event, QKeyEvent)
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
            return
        super().keyPressEvent(event)

    def open_calendar(self) -> None:
        """Pick a day."""
        from agent_app.ui.widgets.calendar_popup import CalendarPopup  # not for the first paint

        today = datetime.now(self._zone).date()
        popup = CalendarPopup(self, self._day or today, today=today)
        popup.picked.connect(self._on_day)
        popup.show_below(self)

    def _on_day(self, day: object) -> None:
        assert isinstance(day, date)
        self.setText(date_text(day, QLocale()))

    def _on_text(self, text: str) -> None:
        found = read_day(text, QLocale())
        if found is not None and found.year < FIRST_YEAR:
            found = None
        self.setProperty("wrong", bool(text.strip()) and found is None)
        restyle(self)
        if found != self._day:
            self._day = found
            self.day_changed.emit()
