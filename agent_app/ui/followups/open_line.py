"""The line above the list: how many followups it has, and what is open where that is not among them.

It is always there, so that nothing moves when it has something to say.
"""

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from agent_app.ui.widgets.announce import announce


class OpenLine(QWidget):
    """Says what the form shows while no row of the list is highlighted."""

    show_wanted = Signal()
    """The person wants to see what is open in the list."""

    def __init__(self) -> None:
        super().__init__()
        self._count, self._open = QLabel(), QLabel()
        for label in (self._count, self._open):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setProperty("muted", True)
        self._count.setObjectName("list_count")
        self._open.setObjectName("open_elsewhere")
        self._open.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._open.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._show = QPushButton(self.tr("Show in All"))
        self._show.setProperty("link", True)
        self._show.setObjectName("show_open")
        self._show.setAutoDefault(False)
        self._show.clicked.connect(self.show_wanted)
        self._words = ""
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._count)
        row.addWidget(self._open, 1)
        row.addWidget(self._show)
        self._keep_room()
        self._show.hide()

    def _keep_room(self) -> None:
        """As tall with words as without."""
        self._show.ensurePolished()
        self.setFixedHeight(max(self._show.sizeHint().height(), self._count.sizeHint().height()))

    def changeEvent(self, event: QEvent) -> None:
        """The text may have become larger or smaller."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._keep_room()

    @property
    def words(self) -> str:
        """What it says of the open followup, whole."""
        return self._words

    def say_count(self, count: int) -> None:
        """How many followups the list has."""
        words = self.tr("%n followup(s)", "", count)
        self._say(words.replace(str(count), QLocale().toString(count)) if count else "")

    def say_found(self, words: str) -> None:
        """How many followups a search found, and where."""
        self._say(words)

    def _say(self, words: str) -> None:
        if words != self._count.text():
            self._count.setText(words)
            self._fit()  # it leaves less room for what is open, or more

    def say_open(self, heading: str, *, may_show: bool) -> None:
        """Name what is open and not in the list ("": nothing)."""
        words = self.tr("Open: {heading} · not in this list").format(heading=heading)
        words = words if heading else ""
        if words == self._words and may_show == self._show.isVisibleTo(self):
            return
        began = bool(words) and not self._words
        self._words = words
        self._open.setAccessibleName(words)
        self._open.setToolTip(words.replace("<", "‹").replace(">", "›"))
        self._show.setVisible(bool(words) and may_show)
        self._show.setAccessibleDescription(words)
        self._fit()
        if began:
            announce(self, words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As much of the words as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._row.activate()
        room = self._open.width()
        metrics = self._open.fontMetrics()
        self._open.setText(metrics.elidedText(self._words, Qt.TextElideMode.ElideMiddle, room))
