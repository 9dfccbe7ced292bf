"""A list of the provider's reports, each to be fetched as a file."""

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from agent_app.domain.company import Credits, ReadyReport
from agent_app.text.moments import date_text
from agent_app.ui.widgets.announce import announce

REPORT_ROLE = Qt.ItemDataRole.UserRole


class ReadyReportsDialog(QDialog):
    """Return, or the button, fetches the chosen one; Escape closes."""

    wanted = Signal(object)
    """The `ReadyReport` whose file the person wants."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Reports of the provider"))
        self.resize(560, 380)
        self.credits_left = _label()
        self.reports = QListWidget()
        self.reports.setObjectName("ready_reports")
        self.reports.setAccessibleName(self.tr("Reports"))
        self.reports.itemActivated.connect(self._on_activated)
        self.reports.currentItemChanged.connect(self._offer)
        self.words = _label()
        self.words.setText(self.tr("Reading…"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.fetch = QPushButton(self.tr("&Download…"))
        self.fetch.setEnabled(False)
        self.fetch.clicked.connect(self._on_fetch)
        buttons.addButton(self.fetch, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 12)
        layout.setSpacing(8)
        for widget in (self.credits_left, self.reports, self.words, buttons):
            layout.addWidget(widget)
        self.credits_left.hide()

    def show_reports(self, reports: list[ReadyReport], left: Credits | None) -> None:
        """Show what the server told."""
        for report in reports:
            item = QListWidgetItem(self._line(report))
            item.setData(REPORT_ROLE, report)
            self.reports.addItem(item)
        if reports:
            self.reports.setCurrentRow(0)
            self.reports.setFocus()
        self.say("" if reports else self.tr("No report is there yet."))
        words = self._credits(left) if left is not None else ""
        self.credits_left.setText(words)
        self.credits_left.setVisible(bool(words))

    def say(self, words: str) -> None:
        """Say what became of it."""
        self.words.setText(words)
        announce(self, words)

    def _line(self, report: ReadyReport) -> str:
        locale = QLocale()
        days = [date_text(day, locale) for day in (report.first, report.last) if day is not None]
        kinds = {
            "monthly": self.tr("Monthly"),
            "weekly": self.tr("Weekly"),
            "daily": self.tr("Daily"),
        }
        state = "" if report.is_ready else self.tr("not ready yet")
        parts = [
            kinds.get(report.kind, report.kind),
            " – ".join(days),
            report.format.upper(),
            state,
        ]
        return "  ·  ".join(part for part in parts if part) or report.id

    def _credits(self, left: Credits) -> str:
        if left.left is None:
            return ""
        locale = QLocale()
        count = locale.toString(left.left, "f", 0 if left.left == int(left.left) else 2)
        parts = [self.tr("Credits left: {count}").format(count=count), left.plan]
        if left.expires_at is not None:
            day = date_text(left.expires_at.date(), locale)
            parts.append(self.tr("until {day}").format(day=day))
        return "  ·  ".join(part for part in parts if part)

    def _chosen(self) -> ReadyReport | None:
        item = self.reports.currentItem()
        found = item.data(REPORT_ROLE) if item is not None else None
        return found if isinstance(found, ReadyReport) and found.is_ready else None

    def _offer(self) -> None:
        self.fetch.setEnabled(self._chosen() is not None)

    def _on_activated(self, _item: QListWidgetItem) -> None:
        self._on_fetch()

    def _on_fetch(self) -> None:
        report = self._chosen()
        if report is not None:
            self.wanted.emit(report)


def _label() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("muted", True)
    return label
