"""The pictures of a period side by side with their tables; both lead to what is behind."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from agent_app.domain.fields import Status
from agent_app.domain.reviews import REACHED
from agent_app.domain.statistics import TALK_STEPS_S
from agent_app.domain.views import Filter
from agent_app.models.report import ReportModel
from agent_app.text.labels import value_label
from agent_app.text.moments import date_text
from agent_app.text.report import talk_label
from agent_app.ui.report.chart import Chart
from agent_app.ui.report.figures import Bars, Cell, Columns, Heat, Part, Stacked
from agent_app.ui.widgets.theme import Theme

Behind = Callable[[], Filter]
WORK_HOURS = (8, 20)


class Picture(QWidget):
    """One picture or its table."""

    wanted = Signal(object, str)
    """The filter of what is behind a bar or a row, and its words."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self.title = title
        self.chart = Chart(theme, title)
        self.table = QTableWidget()
        self.table.setAccessibleName(title)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.chart)
        self._pages.addWidget(self.table)
        self.switch = QPushButton(self.tr("As a table"))
        self.switch.setProperty("link", True)
        self.switch.setCheckable(True)
        self.switch.toggled.connect(self._on_switch)
        top = QHBoxLayout()
        top.addStretch(1)
        top.addWidget(self.switch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 10)
        layout.addLayout(top)
        layout.addWidget(self._pages, 1)
        self._behind: dict[tuple[int, int], tuple[Behind, str]] = {}
        self._by_place: Callable[[int, int], tuple[Behind, str] | None] = lambda _a, _b: None
        self.chart.chosen.connect(self._on_chosen)
        self.table.cellActivated.connect(self._on_cell)
        self.table.cellDoubleClicked.connect(self._on_cell)

    def _on_switch(self, as_table: bool) -> None:
        self._pages.setCurrentWidget(self.table if as_table else self.chart)
        self.switch.setText(self.tr("As a picture") if as_table else self.tr("As a table"))

    def fill(
        self,
        headings: Sequence[str],
        rows: Sequence[Sequence[str]],
        behind: dict[tuple[int, int], tuple[Behind, str]],
        by_place: Callable[[int, int], tuple[Behind, str] | None],
    ) -> None:
        """Put the same figures into the table; *behind* by row and column, *by_place* by what the
        picture says was chosen."""
        self._behind, self._by_place = behind, by_place
        self.table.setColumnCount(len(headings))
        self.table.setHorizontalHeaderLabels(list(headings))
        self.table.setRowCount(len(rows))
        for line, row in enumerate(rows):
            for column, text in enumerate(row):
                item = QTableWidgetItem(text)
                if column:
                    item.setTextAlignment(
                        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    )
                self.table.setItem(line, column, item)

    def _on_cell(self, row: int, column: int) -> None:
        found = self._behind.get((row, column)) or self._behind.get((row, 1))
        if found is not None:
            self.wanted.emit(found[0](), found[1])

    def _on_chosen(self, place: int, part: int) -> None:
        found = self._by_place(place, part)
        if found is not None:
            self.wanted.emit(found[0](), found[1])


class Pictures(QTabWidget):
    """All pictures of an `ReportModel`; each is drawn when it is looked at."""

    wanted = Signal(object, str)

    def __init__(self, model: ReportModel, theme: Theme) -> None:
        super().__init__()
        self._model = model
        self.setObjectName("outcome_pictures")
        self.days = Picture(theme, self.tr("Outcomes by day"))
        self.heat = Picture(theme, self.tr("Best time to call"))
        self.funnel = Picture(theme, self.tr("Conversion funnel"))
        self.talk = Picture(theme, self.tr("Talk time"))
        self.reasons = Picture(theme, self.tr("Reasons of failures"))
        self.retries = Picture(theme, self.tr("Retry results"))
        self._all = {
            self.days: self._fill_days,
            self.heat: self._fill_heat,
            self.funnel: self._fill_funnel,
            self.talk: self._fill_talk,
            self.reasons: self._fill_reasons,
            self.retries: self._fill_retries,
        }
        for picture in self._all:
            self.addTab(picture, picture.title)
            picture.wanted.connect(self.wanted)
        self.currentChanged.connect(self.show_figures)

    @property
    def pictures(self) -> list[Picture]:
        """All of them."""
        return list(self._all)

    def show_figures(self) -> None:
        """Draw the one that is looked at."""
        self.fill(self.pictures[self.currentIndex()])

    def fill(self, picture: Picture) -> None:
        """Draw one and fill its table."""
        self._all[picture]()

    # -- each picture

    def _fill_days(self) -> None:
        tally, model, locale = self._model.tally, self._model, QLocale()
        days = model.period.days
        seen = {status for day in tally.days.values() for status in day}
        statuses = [str(s) for s in Status if s in seen]
        statuses += sorted(seen - set(statuses))
        labels = [locale.toString(_qdate(day), "d MMM") for day in days]

        def value(day: date, status: str) -> int:
            return tally.days[day][status] if day in tally.days else 0

        parts = [
            Part(status, value_label("status", status), [value(day, status) for day in days])
            for status in statuses
        ]
        self.days.chart.put(Stacked(labels, parts))

        def found(day: date, status: str) -> tuple[Behind, str]:
            words = f"{value_label('status', status)}, {date_text(day, locale)}"
            return lambda: model.contacts(status=status, day=day), words

        behind = {
            (line, column + 1): found(day, status)
            for line, day in enumerate(days)
            for column, status in enumerate(statuses)
        }
        headings = [self.tr("Day"), *(value_label("status", s) for s in statuses)]
        rows = [
            [date_text(day, locale), *(locale.toString(value(day, s)) for s in statuses)]
            for day in days
        ]
        self.days.fill(
            headings, rows, behind, lambda place, part: found(days[place], statuses[part])
        )

    def _fill_heat(self) -> None:
        model, locale = self._model, QLocale()
        cells = model.tally.cells
        names = [locale.dayName(n + 1, QLocale.FormatType.ShortFormat) for n in range(7)]
        seen = [hour for (_day, hour), _cell in cells.items()]
        first = min([*seen, WORK_HOURS[0]])
        last = max([*seen, WORK_HOURS[1]])
        hours = list(range(first, last + 1))
        most = max((cell.reached / cell.attempted for cell in cells.values()), default=1.0) or 1.0
        shown = {
            place: Cell(
                cell.reached / cell.attempted / most,
                f"{round(100 * cell.reached / cell.attempted)}%\n{cell.attempted}",
            )
            for place, cell in cells.items()
        }
        self.heat.chart.put(Heat(names, hours, shown))

        def found(weekday: int, hour: int) -> tuple[Behind, str]:
            return lambda: model.cell(weekday, hour), f"{names[weekday]} {hour}:00"

        rows, behind = [], {}
        for line, ((weekday, hour), cell) in enumerate(sorted(cells.items())):
            rows.append(
                [
                    f"{locale.dayName(weekday + 1)} {hour}:00",
                    locale.toString(cell.attempted),
                    locale.toString(cell.reached),
                    locale.toString(cell.deals),
                ]
            )
            behind[line, 1] = found(weekday, hour)
        headings = [
            self.tr("Hour"),
            self.tr("Attempted"),
            self.tr("Reached"),
            self.tr("Deals"),
        ]
        self.heat.fill(headings, rows, behind, lambda day, hour: found(day, hour))

    def _fill_funnel(self) -> None:
        model = self._model
        labels = [
            self.tr("Attempted"),
            self.tr("Reached"),
            self.tr("Deals"),
            self.tr("Deals with a payment"),
        ]
        filters: list[Behind] = [
            model.attempts,
            lambda: model.attempts(frozenset(REACHED)),
            lambda: model.attempts(frozenset({"deal_found"})),
            lambda: model.attempts(frozenset({"deal_found"}), paid=True),
        ]
        self._fill_bars(self.funnel, labels, list(model.tally.funnel), filters)

    def _fill_talk(self) -> None:
        model = self._model
        labels = [talk_label(n) for n in range(len(TALK_STEPS_S))]
        values = model.tally.talk_columns()
        self.talk.chart.put(Columns(labels, values))

        def found(place: int) -> tuple[Behind, str]:
            return lambda: model.talked(place), labels[place]

        self.talk.fill(
            [self.tr("Talk time"), self.tr("Calls")],
            [[label, QLocale().toString(n)] for label, n in zip(labels, values, strict=True)],
            {(n, 1): found(n) for n in range(len(labels))},
            lambda place, _part: found(place),
        )

    def _fill_reasons(self) -> None:
        model = self._model
        top = model.tally.top_reasons()
        labels = [reason or self.tr("none given") for reason, _ in top]
        filters: list[Behind] = [partial(model.failures, reason) for reason, _count in top]
        self._fill_bars(self.reasons, labels, [count for _, count in top], filters)

    def _fill_retries(self) -> None:
        model = self._model
        top = model.tally.retries.most_common()
        labels = [value_label("status", status) for status, _ in top]
        filters: list[Behind] = [partial(model.retries, status) for status, _count in top]
        self._fill_bars(self.retries, labels, [count for _, count in top], filters)

    def _fill_bars(
        self, picture: Picture, labels: list[str], values: list[int], filters: list[Behind]
    ) -> None:
        picture.chart.put(Bars(labels, values))
        picture.fill(
            [picture.title, self.tr("Number")],
            [[label, QLocale().toString(n)] for label, n in zip(labels, values, strict=True)],
            {(n, 1): (filters[n], labels[n]) for n in range(len(labels))},
            lambda place, _part: (filters[place], labels[place]),
        )


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
