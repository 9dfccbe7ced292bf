"""What came of a period: numbers, pictures, what to look for; all lead to followups."""

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from agent_app.domain.periods import Span, custom
from agent_app.domain.reviews import LookFor
from agent_app.models.report import ReportModel
from agent_app.models.report_numbers import Number, numbers
from agent_app.models.sync_status import SyncStatus
from agent_app.runtime.weak import weakly
from agent_app.text.report import look_for_label, period_text, span_label
from agent_app.ui.report.pictures import Pictures
from agent_app.ui.widgets.announce import announce
from agent_app.ui.widgets.day_field import DayField
from agent_app.ui.widgets.theme import Theme

TILE_WIDTH = 178
MAX_COLUMNS, MIN_COLUMNS = 7, 3


class ReportPanel(QWidget):
    """Shows a `ReportModel`."""

    wanted = Signal(object, str)
    """The filter of the followups behind a number, and its words."""
    export_wanted = Signal(str)
    """What to export: csv, excel (CSV as Excel opens it), xlsx, png, svg, reviews, or import_reviews."""
    stop_wanted = Signal()
    ready_wanted = Signal()
    """The person wants the provider's own reports."""

    def __init__(self, model: ReportModel, status: SyncStatus, theme: Theme, zone: tzinfo) -> None:
        super().__init__()
        self._model, self._status = model, status
        self.pictures = Pictures(model, theme)
        self.pictures.wanted.connect(self.wanted)
        self.pictures.setMinimumHeight(300)
        self._tiles: list[_Tile] = []
        self._columns = 0
        self.span = QComboBox()
        self.span.setObjectName("span")
        for span in Span:
            self.span.addItem(span_label(span), span)
        self.span.setCurrentIndex(list(Span).index(model.span))
        self.span.currentIndexChanged.connect(self._on_span)
        self._first = DayField(self.tr("From"), theme, zone)
        self._last = DayField(self.tr("To"), theme, zone)
        for field in (self._first, self._last):
            field.setMinimumWidth(120)
            field.day_changed.connect(self._on_days)
        self._said = QLabel()
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._said.setProperty("muted", True)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(self.tr("Loading the period"))
        self._stop = QPushButton(self.tr("Stop loading"))
        self._stop.setProperty("link", True)
        self._stop.clicked.connect(self.stop_wanted)
        self.export = QPushButton(self.tr("E&xport"))
        self.export.setObjectName("export")
        self.export.setMenu(self._make_menu())
        self.ready = QPushButton(self.tr("Provider's &reports…"))
        self.ready.setObjectName("ready_reports_open")
        self.ready.clicked.connect(self.ready_wanted)
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        self.look_for = QListWidget()
        self.look_for.setObjectName("look_for")
        self.look_for.setAccessibleName(self.tr("Needs review"))
        self.look_for.itemActivated.connect(self._on_look_for)
        self._lay_out()
        model.changed.connect(self._show)
        status.changed.connect(self._show_loading)
        self._show()

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        for text, what in (
            (self.tr("Followups as &CSV…"), "csv"),
            (self.tr("Followups as CSV for &Excel…"), "excel"),
            (self.tr("Followups as &XLSX…"), "xlsx"),
            (self.tr("This picture as &PNG…"), "png"),
            (self.tr("This picture as &SVG…"), "svg"),
            ("", ""),
            (self.tr("&Reviews to a file…"), "reviews"),
            (self.tr("Reviews &from a file…"), "import_reviews"),
        ):
            if not what:
                menu.addSeparator()
                continue
            menu.addAction(text).triggered.connect(weakly(self._ask_export, what))
        return menu

    def _ask_export(self, what: str) -> None:
        self.export_wanted.emit(what)

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        top = QHBoxLayout()
        top.setSpacing(8)
        label = QLabel(self.tr("&Period"))
        label.setBuddy(self.span)
        top.addWidget(label)
        top.addWidget(self.span)
        top.addWidget(self._first)
        top.addWidget(self._last)
        top.addWidget(self._said, 1)
        top.addWidget(self._stop)
        top.addWidget(self.ready)
        top.addWidget(self.export)
        whole.addLayout(top)
        whole.addWidget(self._progress)
        inside = QWidget()
        inside.setObjectName("EditorContent")
        content = QVBoxLayout(inside)
        content.setContentsMargins(0, 0, 4, 0)
        content.setSpacing(10)
        content.addLayout(self._grid)
        below = QHBoxLayout()
        below.setSpacing(10)
        below.addWidget(self.pictures, 3)
        card = QFrame()
        card.setProperty("card", True)
        side = QVBoxLayout(card)
        heading = QLabel(self.tr("Needs review"))
        heading.setProperty("fieldlabel", True)
        side.addWidget(heading)
        side.addWidget(self.look_for, 1)
        below.addWidget(card, 1)
        content.addLayout(below, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        whole.addWidget(scroll, 1)

    # -- what the person does

    def _on_span(self) -> None:
        span = Span(self.span.currentData())
        custom_ = span is Span.CUSTOM
        self._first.setVisible(custom_)
        self._last.setVisible(custom_)
        if custom_:
            self._on_days()
            self._first.setFocus()
        else:
            self._model.show(span)

    def _on_days(self) -> None:
        first, last = self._first.day, self._last.day
        if first is not None or last is not None:
            one, other = first or last, last or first
            assert one is not None
            assert other is not None
            self._model.show(Span.CUSTOM, custom(one, other))

    def _on_look_for(self, item: QListWidgetItem) -> None:
        rule = LookFor(item.data(Qt.ItemDataRole.UserRole))
        self.wanted.emit(self._model.look_for(rule), look_for_label(rule))

    # -- how it follows

    def _show(self) -> None:
        self._first.setVisible(self._model.span is Span.CUSTOM)
        self._last.setVisible(self._model.span is Span.CUSTOM)
        self._show_loading()
        if self._model.counting:
            return
        self._show_numbers(numbers(self._model))
        self._show_look_for()
        self.pictures.show_figures()
        announce(self, self._said.text())

    def _show_loading(self) -> None:
        state = self._status.state
        period = period_text(self._model.period)
        words = self.tr("{period}, compared with {before}").format(
            period=period, before=period_text(self._model.period.before())
        )
        loading = state.period_progress is not None
        if state.period_progress is not None:
            done, total = state.period_progress
            words = self.tr("{period}: loading {done} of {total}…").format(
                period=period, done=done, total=total
            )
            self._progress.setRange(0, max(total, 1))
            self._progress.setValue(done)
        elif state.period_error is not None:
            words = self.tr("{period}: not everything could be read from the server.").format(
                period=period
            )
        elif self._model.counting:
            words = self.tr("{period}: counting…").format(period=period)
        self._said.setText(words)
        self._progress.setVisible(loading)
        self._stop.setVisible(loading)

    def _show_numbers(self, found: Sequence[Number]) -> None:
        while len(self._tiles) < len(found):
            tile = _Tile()
            place = len(self._tiles)
            tile.clicked.connect(weakly(self._on_tile, place))
            self._tiles.append(tile)
            self._columns = 0
        self._numbers = list(found)
        self._place_tiles()
        for tile, number in zip(self._tiles, found, strict=True):
            tile.show_number(number)

    def _place_tiles(self) -> None:
        """As many beside one another as there is room for."""
        columns = max(MIN_COLUMNS, min(MAX_COLUMNS, self.width() // TILE_WIDTH))
        if columns == self._columns or not self._tiles:
            return
        self._columns = columns
        for place, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, place // columns, place % columns)
        for column in range(MAX_COLUMNS):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the numbers out anew."""
        super().resizeEvent(event)
        self._place_tiles()

    def _on_tile(self, place: int) -> None:
        number = self._numbers[place]
        self.wanted.emit(number.behind(), number.name)

    def _show_look_for(self) -> None:
        chosen = self.look_for.currentRow()
        self.look_for.clear()
        for rule in LookFor:
            count = self._model.found.get(rule, 0)
            item = QListWidgetItem(f"{look_for_label(rule)}  ({count})")
            item.setData(Qt.ItemDataRole.UserRole, rule)
            self.look_for.addItem(item)
        self.look_for.setWordWrap(True)
        self.look_for.setCurrentRow(max(chosen, 0))


class _Tile(QPushButton):
    """One number: a button that leads to the followups behind it."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("tile", True)
        self._name, self._value, self._note = QLabel(), QLabel(), QLabel()
        self._name.setProperty("muted", True)
        self._value.setProperty("title", True)
        self._note.setProperty("muted", True)
        self._note.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.setSpacing(1)
        for label in (self._name, self._value, self._note):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            layout.addWidget(label)
        layout.addStretch(1)

    def show_number(self, number: Number) -> None:
        """Show it; its definition is one hover away."""
        self._name.setText(number.name)
        self._value.setText(number.value)
        self._note.setText(number.note)
        self.setToolTip(number.definition)
        self.setAccessibleName(f"{number.name}: {number.value}")
        self.setAccessibleDescription(f"{number.note}. {number.definition}")
        line = self.fontMetrics().height()
        self.setMinimumHeight(round(line * 4.6) + 18)
