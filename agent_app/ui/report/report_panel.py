"""What came of a period: numbers, pictures, what to look for; all lead to followups."""

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
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
from agent_app.text.report import compared_text, look_for_label, period_text, span_label
from agent_app.ui.report.pictures import Pictures
from agent_app.ui.report.review_card import ReviewCard
from agent_app.ui.report.tile import Tile
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
    left = Signal()
    """The person wants to go back to list and form."""
    stop_wanted = Signal()
    ready_wanted = Signal()
    """The person wants the provider's own reports."""

    def __init__(self, model: ReportModel, status: SyncStatus, theme: Theme, zone: tzinfo) -> None:
        super().__init__()
        self._model, self._status, self._zone = model, status, zone
        self.pictures = Pictures(model, theme)
        self.pictures.wanted.connect(self.wanted)
        self.pictures.setMinimumHeight(280)
        self._tiles: list[Tile] = []
        self._columns = 0
        self.back = QPushButton(self.tr("‹ &Back to the list (Esc)"))
        self.back.setObjectName("leave_report")
        self.back.setProperty("link", True)
        self.back.clicked.connect(self.left)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.left)
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
        self.compared = QLabel()
        self.compared.setObjectName("compared")
        self.compared.setTextFormat(Qt.TextFormat.PlainText)
        self.compared.setProperty("muted", True)
        self.compared.setWordWrap(True)
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
        self.review = ReviewCard()
        self.review.wanted.connect(self._on_look_for)
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
        top.addWidget(self.back)
        top.addSpacing(8)
        label = QLabel(self.tr("&Period"))
        label.setBuddy(self.span)
        top.addWidget(label)
        top.addWidget(self.span)
        top.addWidget(self._first)
        top.addWidget(self._last)
        top.addWidget(self._said)
        top.addStretch(1)
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
        self._content = content
        content.addLayout(self._grid)
        content.addWidget(self.compared)
        below = QHBoxLayout()
        below.setSpacing(10)
        below.addWidget(self.pictures, 3)
        below.addWidget(self.review, 1)
        content.addLayout(below, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        whole.addWidget(scroll, 1)

    def put_team(self, card: QWidget) -> None:
        """Show the team above the figures."""
        self._content.insertWidget(0, card)

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

    def _on_look_for(self, rule: LookFor) -> None:
        self.wanted.emit(self._model.look_for(rule), look_for_label(rule))

    # -- how it follows

    def _show(self) -> None:
        self._first.setVisible(self._model.span is Span.CUSTOM)
        self._last.setVisible(self._model.span is Span.CUSTOM)
        self._show_loading()
        if self._model.counting:
            return
        self._show_numbers(numbers(self._model))
        model = self._model
        words = compared_text(model.period.before(), model.compared_until, self._zone)
        self.compared.setText(words)
        self.review.show_found(self._model.found)
        self.pictures.show_figures()
        announce(self, self._said.text())

    def _show_loading(self) -> None:
        state = self._status.state
        period = period_text(self._model.period)
        words = period
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
        # Two dates stand in their fields already.
        self._said.setVisible(words != period or self._model.span is not Span.CUSTOM)
        self._progress.setVisible(loading)
        self._stop.setVisible(loading)

    def _show_numbers(self, found: Sequence[Number]) -> None:
        while len(self._tiles) < len(found):
            tile = Tile()
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

    def showEvent(self, event: QShowEvent) -> None:
        """Go on counting."""
        super().showEvent(event)
        self._model.resume()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: what is counted then is counted in vain."""
        super().hideEvent(event)
        self._model.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the numbers out anew."""
        super().resizeEvent(event)
        self._place_tiles()

    def _on_tile(self, place: int) -> None:
        number = self._numbers[place]
        self.wanted.emit(number.behind(), number.name)
