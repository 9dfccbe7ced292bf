"""The pictures of a period side by side with their tables; both lead to what is behind."""

from collections.abc import Callable, Mapping, Sequence
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
from agent_app.domain.money import Sum
from agent_app.domain.reviews import REACHED
from agent_app.domain.statistics import SMALL_SAMPLE, TALK_STEPS_S, Rate
from agent_app.domain.views import Filter
from agent_app.models.report import ReportModel
from agent_app.text.endings import ending_label
from agent_app.text.labels import value_label
from agent_app.text.moments import date_text
from agent_app.text.report import band_label, percent, small_sample, sums_text, talk_label
from agent_app.ui.report.chart import Chart
from agent_app.ui.report.figures import Bar, Bars, Cell, Columns, Heat, Part, Stacked
from agent_app.ui.widgets.theme import Theme

Behind = Callable[[], Filter]
WORK_HOURS = (8, 20)


class Picture(QWidget):
    """One picture or its table."""

    wanted = Signal(object, str)
    """The filter of what is behind a bar or a row, and its words."""

    def __init__(self, theme: Theme, title: str, tab: str) -> None:
        """*title* is what it shows, *tab* that in a word."""
        super().__init__()
        self.title, self.tab = title, tab
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
        few: Mapping[int, str] | None = None,
    ) -> None:
        """Put the same figures into the table; *behind* by row and column, *by_place* by what the
        picture says was chosen. Rows that are made of *few* are pale, and say so."""
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
                if few and (said := few.get(line)):
                    item.setForeground(self.palette().placeholderText())
                    item.setToolTip(said)
                    item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, said)
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
        self.days = Picture(theme, self.tr("Outcomes by day"), self.tr("By day"))
        self.heat = Picture(theme, self.tr("Best time to call"), self.tr("Best time"))
        self.funnel = Picture(theme, self.tr("Conversion funnel"), self.tr("Funnel"))
        self.creditors = Picture(theme, self.tr("Under deals, by creditor"), self.tr("Creditors"))
        self.amounts = Picture(theme, self.tr("Under deals, by amount"), self.tr("Amounts"))
        self.talk = Picture(theme, self.tr("Talk time"), self.tr("Talk time"))
        self.reasons = Picture(theme, self.tr("Reasons of failures"), self.tr("Failures"))
        self.retries = Picture(theme, self.tr("Retry results"), self.tr("Retries"))
        self._all = {
            self.days: self._fill_days,
            self.heat: self._fill_heat,
            self.funnel: self._fill_funnel,
            self.creditors: self._fill_creditors,
            self.amounts: self._fill_amounts,
            self.talk: self._fill_talk,
            self.reasons: self._fill_reasons,
            self.retries: self._fill_retries,
        }
        for picture in self._all:
            self.setTabToolTip(self.addTab(picture, picture.tab), picture.title)
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
        weights = {place: min(1.0, cell.attempted / SMALL_SAMPLE) for place, cell in cells.items()}
        trusted = (weights[p] * cell.reached / cell.attempted for p, cell in cells.items())
        most = max(trusted, default=1.0) or 1.0
        shown = {
            place: Cell(
                min(1.0, cell.reached / cell.attempted / most),
                f"{percent(Rate(cell.reached, cell.attempted))}\n{locale.toString(cell.attempted)}",
                weights[place],
                small_sample() if weights[place] < 1 else "",
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
        few = {n: shown[place].few for n, place in enumerate(sorted(cells))}
        self.heat.fill(headings, rows, behind, lambda day, hour: found(day, hour), few)

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
        values = list(model.tally.funnel)
        steps = [
            (Rate(n, before), Rate(n, values[0]))
            for n, before in zip(values, [0, *values], strict=False)
        ]
        few = {n: _few(step.whole) for n, (step, _of_all) in enumerate(steps) if n}
        bars, rows = [], []
        for n, (label, value, (step, of_all)) in enumerate(zip(labels, values, steps, strict=True)):
            number = QLocale().toString(value)
            words = self.tr("{number}  ·  {step} of the step before, {all} of all").format(
                number=number, step=percent(step), all=percent(of_all)
            )
            bars.append(Bar(label, value, words if n else number, few.get(n, "")))
            rows.append([label, number, percent(step), percent(of_all)])
        self.funnel.chart.put(Bars(bars))
        self.funnel.fill(
            [
                self.tr("Step"),
                self.tr("Number"),
                self.tr("Of the step before"),
                self.tr("Of all attempts"),
            ],
            rows,
            {(n, 1): (filters[n], labels[n]) for n in range(len(labels))},
            lambda place, _part: (filters[place], labels[place]),
            few,
        )

    def _fill_creditors(self) -> None:
        model = self._model
        found, written = model.money.by_creditor(), model.money.written
        self._fill_money(
            self.creditors,
            {
                (written[name] or self.tr("none given"), code): one
                for (name, code), one in found.items()
            },
            [partial(model.deals, creditor=name, currency=code) for name, code in found],
        )

    def _fill_amounts(self) -> None:
        model = self._model
        found = model.money.by_amount()
        self._fill_money(
            self.amounts,
            {(band_label(band, code), code): one for (band, code), one in found.items()},
            [partial(model.deals, band=band, currency=code) for band, code in found],
        )

    def _fill_money(
        self, picture: Picture, found: Mapping[tuple[str, str], Sum], filters: list[Behind]
    ) -> None:
        """A bar is as long as its sum is of the largest sum in its currency."""
        locale = QLocale()
        most = {
            code: max(s.amount for (_, c), s in found.items() if c == code) for _, code in found
        }
        bars, rows = [], []
        for (label, code), one in found.items():
            amount = sums_text({code: one.amount})
            paid = sums_text({code: one.paid_amount})
            words = self.tr("{amount}  ·  debts: {debts}  ·  with a payment: {paid}").format(
                amount=amount, debts=locale.toString(one.debts), paid=paid
            )
            share = float(one.amount / most[code]) if most[code] else 0.0
            bars.append(Bar(label, share, words, _few(one.debts)))
            rows.append(
                [label, locale.toString(one.debts), amount, locale.toString(one.paid_debts), paid]
            )
        picture.chart.put(Bars(bars))
        labels = [bar.label for bar in bars]
        picture.fill(
            [
                picture.tab,
                self.tr("Debts"),
                self.tr("Under deals"),
                self.tr("Debts with a payment"),
                self.tr("Owed on them"),
            ],
            rows,
            {(n, 1): (filters[n], labels[n]) for n in range(len(labels))},
            lambda place, _part: (filters[place], labels[place]),
            {n: bar.few for n, bar in enumerate(bars)},
        )

    def _fill_talk(self) -> None:
        model = self._model
        labels = [talk_label(n) for n in range(len(TALK_STEPS_S))]
        values = model.tally.talk_columns()
        few = _few(sum(values))
        self.talk.chart.put(Columns(labels, values, few))

        def found(place: int) -> tuple[Behind, str]:
            return lambda: model.talked(place), labels[place]

        self.talk.fill(
            [self.tr("Talk time"), self.tr("Calls")],
            [[label, QLocale().toString(n)] for label, n in zip(labels, values, strict=True)],
            {(n, 1): found(n) for n in range(len(labels))},
            lambda place, _part: found(place),
            dict.fromkeys(range(len(labels)), few),
        )

    def _fill_reasons(self) -> None:
        model = self._model
        top = model.tally.top_reasons()
        labels = [ending_label(reason) or self.tr("none given") for reason, _ in top]
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
        few, numbers = _few(sum(values)), [QLocale().toString(n) for n in values]
        picture.chart.put(
            Bars([Bar(one, n, w, few) for one, n, w in zip(labels, values, numbers, strict=True)])
        )
        picture.fill(
            [picture.title, self.tr("Number")],
            [[label, number] for label, number in zip(labels, numbers, strict=True)],
            {(n, 1): (filters[n], labels[n]) for n in range(len(labels))},
            lambda place, _part: (filters[place], labels[place]),
            dict.fromkeys(range(len(labels)), few),
        )


def _few(count: int) -> str:
    """Return what is said of figures that are made of so many, or ""."""
    return small_sample() if count < SMALL_SAMPLE else ""


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
