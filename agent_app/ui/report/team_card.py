"""The team at a glance: who does what since when, what waits, and what each came to."""

from datetime import datetime

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QColor, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from agent_app.domain.clock import Clock
from agent_app.models.team_board import BoardRow, TeamBoard
from agent_app.text.moments import duration_text
from agent_app.text.report import percent, small_sample
from agent_app.text.team import activity_label
from agent_app.ui.widgets.announce import announce
from agent_app.ui.widgets.theme import Theme

NUMBERS = 4
"""The last columns, which are figures."""
MOST_SHOWN = 9
"""Rows in sight at once; of more one scrolls."""


class TeamCard(QFrame):
    """Shows a `TeamBoard`; takes no room where there is none."""

    def __init__(self, board: TeamBoard, theme: Theme, clock: Clock) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._board, self._theme, self._clock = board, theme, clock
        self._late: frozenset[str] = frozenset()
        self._head, self.words = QLabel(self.tr("Team")), QLabel()
        self._head.setProperty("fieldlabel", True)
        self.words.setObjectName("team_words")
        self.words.setProperty("muted", True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.table = QTableWidget(0, len(self._titles()))
        self.table.setObjectName("team_board")
        self.table.setAccessibleName(self._head.text())
        self.table.setHorizontalHeaderLabels(self._titles())
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        for column in range(self.table.columnCount()):
            title = self.table.horizontalHeaderItem(column)
            assert title is not None
            title.setTextAlignment(_side(column, self.table.columnCount()))
        top = QHBoxLayout()
        top.addWidget(self._head)
        top.addStretch(1)
        top.addWidget(self.words)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addWidget(self.table)
        board.changed.connect(self._show)
        self._show()

    def _titles(self) -> list[str]:
        return [
            self.tr("Agent"),
            self.tr("Doing"),
            self.tr("With"),
            self.tr("Not sent"),
            self.tr("Contacts"),
            self.tr("Reached"),
            self.tr("Deals"),
            self.tr("Wrap-up"),
        ]

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the team."""
        super().showEvent(event)
        self._board.show()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self._board.hide()

    def _show(self) -> None:
        self.setVisible(self._board.is_there)
        if not self._board.is_there:
            return
        rows = self._board.rows()
        self.table.setRowCount(len(rows))
        for place, row in enumerate(rows):
            self._show_row(place, row)
        words = [self.tr("%n call(s) due within the hour", "", self._board.due_soon)]
        if waiting := self._board.waiting():
            words.append(self.tr("%n save(s) not sent", "", waiting))
        if not self._board.is_live:
            words = [self.tr("The team is not reachable: this is how it was.")]
        self.words.setText("  ·  ".join(words))
        self._fit(len(rows))
        self._say_late(rows)

    def _show_row(self, place: int, row: BoardRow) -> None:
        colours, few = self._theme.colours, row.figures.reached_rate.is_small
        texts = self._texts(row)
        for column, text in enumerate(texts):
            item = self.table.item(place, column) or QTableWidgetItem()
            if item.tableWidget() is None:
                self.table.setItem(place, column, item)
            item.setText(text)
            item.setTextAlignment(_side(column, len(texts)))
            is_rate = column >= len(texts) - NUMBERS + 1
            colour = colours.muted if row.activity is None or (few and is_rate) else colours.text
            if column == 1 and row.is_late:
                colour = colours.warning
            item.setForeground(QColor(colour))
            item.setToolTip(small_sample() if few and is_rate and text else "")

    def _texts(self, row: BoardRow) -> list[str]:
        locale, figures = QLocale(), row.figures
        counted = bool(figures.contacts)
        doing = self.tr("Not here")
        if row.activity is not None and row.since is not None:
            doing = f"{activity_label(row.activity)} · {self._for(row.since)}"
        return [
            row.name,
            doing,
            row.debtor,
            locale.toString(row.waiting) if row.waiting else "",
            locale.toString(figures.contacts) if counted else "",
            percent(figures.reached_rate) if counted else "",
            locale.toString(figures.deals) if counted else "",
            duration_text(figures.wrap_up_ms),
        ]

    def _for(self, since: datetime) -> str:
        passed = max(0.0, (self._clock.now() - since).total_seconds())
        return duration_text(int(passed) * 1000)

    def _fit(self, rows: int) -> None:
        """As high as its rows, up to a limit."""
        each = self.table.verticalHeader().defaultSectionSize()
        shown = min(max(rows, 1), MOST_SHOWN)
        self.table.setFixedHeight(
            self.table.horizontalHeader().sizeHint().height() + each * shown + 4
        )

    def _say_late(self, rows: list[BoardRow]) -> None:
        """Say it once when somebody wraps up for too long."""
        late = frozenset(row.id for row in rows if row.is_late)
        for row in rows:
            if row.id in late - self._late:
                announce(
                    self, self.tr("{name} has wrapped up for a long time.").format(name=row.name)
                )
        self._late = late


def _side(column: int, columns: int) -> Qt.AlignmentFlag:
    is_number = column >= columns - NUMBERS - 1
    side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
