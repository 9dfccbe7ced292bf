"""What the agent did today: a few figures, a goal, and each save with Undo."""

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import QEvent, QLocale, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from agent_app.models.my_day import DoneLine, MyDay
from agent_app.runtime.weak import weakly
from agent_app.text.numbers import money
from agent_app.ui.widgets.announce import announce
from agent_app.ui.widgets.layer import Layer
from agent_app.ui.widgets.words_label import WordsLabel

MAX_LINES = 200
"""So many of the last saves are listed: more are no list to look through."""
WIDE, LEAST, MOST, ROOM = 720, 240, 600, 16
"""The page's width, its heights, and what is left below the last line (pixels)."""


class MyDayPage(Layer):
    """Shows *day* and follows it while it is open."""

    wanted = Signal(str)
    """The person wants to open a followup."""

    def __init__(self, window: QWidget, day: MyDay) -> None:
        super().__init__(window, "", QSize(WIDE, MOST))
        self._day = day
        self.title.setText(self.tr("My day"))
        self.setAccessibleName(self.tr("My day"))
        self._figures = {name: QLabel() for name in ("calls", "reached", "deals", "promised")}
        self._goal, self._goal_words = QProgressBar(), QLabel()
        self._goal.setTextVisible(False)
        self._nothing = QLabel(self.tr("Nothing saved yet today."))
        self._nothing.setProperty("muted", True)
        self._inside = QWidget()
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(0, 0, 6, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(2, 1)
        self.lines: list[DoneLine] = []
        self.undo_buttons: dict[int, QPushButton] = {}
        self._lay_out()
        day.changed.connect(weakly(self._show))
        self._show()

    def _lay_out(self) -> None:
        self.rows.addWidget(self.title)
        tiles = QHBoxLayout()
        tiles.setSpacing(24)
        names = {
            "calls": self.tr("Calls"),
            "reached": self.tr("Reached"),
            "deals": self.tr("Deals"),
            "promised": self.tr("Promised"),
        }
        for name, label in self._figures.items():
            label.setProperty("figure", True)
            label.setObjectName(f"my_{name}")
            below = QLabel(names[name])
            below.setProperty("muted", True)
            tile = QVBoxLayout()
            tile.setSpacing(0)
            tile.addWidget(label)
            tile.addWidget(below)
            tiles.addLayout(tile)
        tiles.addStretch(1)
        self.rows.addLayout(tiles)
        self._goal_words.setProperty("muted", True)
        self.rows.addWidget(self._goal)
        self.rows.addWidget(self._goal_words)
        self.rows.addWidget(self._nothing)
        self.area = QScrollArea()
        self.area.setWidget(self._inside)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName(self.tr("What I did today"))
        self.rows.addWidget(self.area, 1)
        keys = QLabel(self.tr("Ctrl+Z takes the last one back. Esc closes."))
        keys.setProperty("muted", True)
        self.rows.addWidget(keys)

    def open(self) -> None:
        """Show it, as high as what it says."""
        around = self.sizeHint().height() - self.area.sizeHint().height()
        high = around + self._inside.sizeHint().height() + ROOM
        self._wanted = QSize(WIDE, max(LEAST, min(high, MOST)))
        self.show_over(self.area)

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z is the page's own: the window's is of what is open."""
        is_key = isinstance(event, QKeyEvent) and _is_undo(event)
        if is_key and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Z takes back the last of them that can be taken back."""
        if _is_undo(event):
            for line in self.lines:
                if line.may_undo:
                    self._undo(line.number)
                    break
            event.accept()
            return
        super().keyPressEvent(event)

    def _show(self) -> None:
        figures, locale = self._day.figures(), QLocale()
        self._figures["calls"].setText(locale.toString(figures.calls))
        reached = locale.toString(figures.reached)
        if figures.calls:
            share = locale.toString(round(100 * figures.reached / figures.calls))
            reached = self.tr("{count} ({share} %)").format(count=reached, share=share)
        self._figures["reached"].setText(reached)
        self._figures["deals"].setText(locale.toString(figures.deals))
        promised = [_sum(amount, currency, locale) for currency, amount in figures.promised]
        self._figures["promised"].setText(" + ".join(promised) or "–")
        self._show_goal(figures.calls)
        self._show_lines()

    def _show_goal(self, calls: int) -> None:
        goal = self._day.goal
        for part in (self._goal, self._goal_words):
            part.setVisible(goal > 0)
        if goal:
            self._goal.setRange(0, goal)
            self._goal.setValue(min(calls, goal))
            numbers = {"calls": QLocale().toString(calls), "goal": QLocale().toString(goal)}
            words = self.tr("{calls} of {goal} calls")
            if calls >= goal:
                words = self.tr("{calls} of {goal} calls: goal reached")
            self._goal_words.setText(words.format(**numbers))
            self._goal.setAccessibleName(self._goal_words.text())

    def _show_lines(self) -> None:
        lines = self._day.lines()[:MAX_LINES]
        self._nothing.setVisible(not lines)
        if lines == self.lines:
            return
        self.lines = lines
        self.undo_buttons.clear()
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for place, line in enumerate(lines):
            self._add_line(place, line)
        self._grid.setRowStretch(len(lines), 1)

    def _add_line(self, place: int, line: DoneLine) -> None:
        time = QLabel(line.time)
        time.setProperty("muted", True)
        who = _link(line.who, weakly(self._open, line.followup_id))
        who.setEnabled(bool(line.followup_id))
        what = WordsLabel()
        what.setWordWrap(False)
        what.setText(
            self.tr("{what} · undone").format(what=line.what) if line.undone else line.what
        )
        what.setProperty("muted", line.undone)
        undo = _link(self.tr("Undo"), weakly(self._undo, line.number))
        undo.setAccessibleDescription(f"{line.who}: {line.what}")
        undo.setVisible(line.may_undo)
        self.undo_buttons[line.number] = undo
        for column, widget in enumerate((time, who, what, undo)):
            self._grid.addWidget(widget, place, column)

    def _open(self, followup_id: str) -> None:
        self.dismiss()
        self.wanted.emit(followup_id)

    def _undo(self, number: int) -> None:
        line = next(one for one in self.lines if one.number == number)
        if self._day.undo(number):
            announce(self, self.tr("{name}: save undone.").format(name=line.who))
            self.area.setFocus(Qt.FocusReason.OtherFocusReason)


def _is_undo(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Undo)


def _link(text: str, act: Callable[..., None]) -> QPushButton:
    button = QPushButton(text.replace("&", "&&"))
    button.setProperty("link", True)
    button.setProperty("inline", True)
    button.setAutoDefault(True)
    button.clicked.connect(act)
    return button


def _sum(amount: Decimal, currency: str, locale: QLocale) -> str:
    return money(float(amount), currency or None, None, locale)
