"""The editor of a date and time that may be empty."""

from collections.abc import Callable
from datetime import date, datetime, time, tzinfo

from PySide6.QtCore import QEvent, QLocale, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from agent_app.domain.fields import Value
from agent_app.text.moments import Unreadable, in_zone, moment_text, moment_words, read_moment
from agent_app.ui.widgets.calendar_popup import USUAL, CalendarPopup, never
from agent_app.ui.widgets.line_editor import LineEditor
from agent_app.ui.widgets.theme import Theme

FRIDAY = 4


def is_weekend(day: date) -> bool:
    """Return whether it is a Saturday or a Sunday."""
    return day.weekday() > FRIDAY


class MomentEditor(LineEditor):
    """A date and time that may be empty: typed, from a calendar (Alt+Down), or now (Ctrl+;)."""

    def __init__(
        self,
        label: str,
        theme: Theme,
        zone: tzinfo,
        now: Callable[[], datetime],
        *,
        ahead: bool = True,
    ) -> None:
        """*ahead* says that "mon 10:30" is the next Monday, not the last."""
        super().__init__()
        self._shown_moment: Value = None
        self._ahead = ahead
        self.is_closed: Callable[[date], bool] = is_weekend
        """On which days nobody is called."""
        self._zone, self._now, self._locale = zone, now, QLocale()
        self._theme = theme
        self._buttons: list[tuple[QToolButton, str]] = []
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self._line, 1)
        widest = moment_text(datetime(2028, 12, 28, 22, 58, tzinfo=zone), zone, self._locale)
        self._line.setMinimumWidth(self._line.fontMetrics().horizontalAdvance(widest) + 26)
        self._add(
            row,
            "calendar",
            self.tr("Calendar"),
            self.tr("Pick a day (Alt+Down)"),
            label,
            self._open_calendar,
        )
        self._add(row, "now", self.tr("Now"), self.tr("Now (Ctrl+;)"), label, self._take_now)
        self._add(row, "clear", self.tr("Clear"), self.tr("No date"), label, self._take_nothing)
        self.whole = whole
        self.typed.connect(self._say_understood)
        self._paint_icons()
        theme.changed.connect(self._paint_icons)

    def _add(
        self,
        row: QHBoxLayout,
        icon: str,
        name: str,
        tip: str,
        label: str,
        act: Callable[[], None],
    ) -> None:
        button = QToolButton()
        button.setProperty("inline", True)
        button.setAccessibleName(f"{name}: {label}")
        button.setToolTip(tip)
        # The line has a key for each of them, so Tab need not stop here.
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(act)
        row.addWidget(button)
        self._buttons.append((button, icon))

    def _paint_icons(self) -> None:
        for button, icon in self._buttons:
            button.setIcon(self._theme.icon(icon, "muted"))

    def _text_of(self, value: Value) -> str:
        moment = value if isinstance(value, datetime) else None
        return moment_text(moment, self._zone, self._locale)

    def _read(self, text: str) -> Value:
        return read_moment(text, self._zone, self._locale, self._now(), ahead=self._ahead)

    def _put(self, text: str, *, fresh: bool) -> None:
        super()._put(text, fresh=fresh)
        self.understood.emit("")  # said of what stood here before

    def _say_understood(self) -> None:
        """Say what a phrase means, at once; what reads like a date already needs no words."""
        words = ""
        if self._line.text().strip():
            try:
                moment = self.read()
            except Unreadable:
                moment = None
            if isinstance(moment, datetime):
                words = moment_words(moment, self._now(), self._zone, self._locale)
        self.understood.emit(words)

    def _tidy(self) -> None:
        """A phrase becomes its date when the field is left: "in 2h" must not move on with time."""
        self.understood.emit("")
        if not self._line.isModified() or self._line.text() == self._shown:
            return
        try:
            moment = self.read()
        except Unreadable:
            return
        if isinstance(moment, datetime):
            self._put(moment_text(moment, self._zone, self._locale), fresh=True)

    def set_read_only(self, read_only: bool) -> None:
        """Let the person look and copy."""
        super().set_read_only(read_only)
        for button, _icon in self._buttons:
            button.setEnabled(not read_only)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Return the line's own keys."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and not self._line.isReadOnly()
            and self._key(event)
        ):
            return True
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Down and alt:
            self._open_calendar()
            return True
        if event.key() == Qt.Key.Key_Semicolon and control:
            self._take_now()
            return True
        return False

    def take(self, moment: datetime | None) -> None:
        """Put a moment in, as if it was typed."""
        text = moment_text(moment, self._zone, self._locale)
        if text != self._line.text():
            self._line.setText(text)
            self._line.setModified(True)
            self.typed.emit()

    def _take_now(self) -> None:
        self.take(self._now())

    def _take_nothing(self) -> None:
        self.take(None)
        self._line.setFocus()

    def _open_calendar(self) -> None:
        try:
            shown = self.read()
        except Unreadable:  # what stands there is no moment: the calendar begins at today
            shown = None
        start = shown if isinstance(shown, datetime) else self._now()
        popup = CalendarPopup(
            self._line,
            start.astimezone(self._zone).date(),
            today=self._now().astimezone(self._zone).date(),
            is_closed=self.is_closed if self._ahead else never,
            times=USUAL if self._ahead else (),
        )
        popup.picked_time.connect(self._take_day_and_time)
        self._shown_moment = shown
        popup.picked.connect(self._on_day)
        popup.show_below(self._line)

    def _on_day(self, day: object) -> None:
        self._take_day(day, self._shown_moment)

    def _take_day_and_time(self, day: object, clock: object) -> None:
        assert isinstance(day, date) and isinstance(clock, time)
        self._take_at(day, clock)

    def _take_day(self, day: object, shown: Value) -> None:
        assert isinstance(day, date)
        clock = time(9)
        if isinstance(shown, datetime):
            clock = shown.astimezone(self._zone).time().replace(tzinfo=None)
        self._take_at(day, clock)

    def _take_at(self, day: date, clock: time) -> None:
        try:
            self.take(in_zone(datetime.combine(day, clock), self._zone))
        except Unreadable:
            self.take(in_zone(datetime.combine(day, time(12)), self._zone))
        self._line.setFocus()
