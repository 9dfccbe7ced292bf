"""What was done for the debt before, to be read while one types: what is pinned, then the followups."""

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QListView,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from agent_app.domain.fields import Type
from agent_app.models.debt_card import DebtCard, Event
from agent_app.models.pinned_note import PinnedNote
from agent_app.ui.debtor.pin_field import PinField
from agent_app.ui.widgets.links import copy_text
from agent_app.ui.widgets.theme import Theme
from agent_app.ui.widgets.words_label import WordsLabel

ID_ROLE, BODY_ROLE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
MAX_BODY, MAX_SUMMARY = 2_000, 160
"""Of a followup's words, and of the debt's summary (characters)."""
MIN_LINES = 6


class HistoryPanel(QWidget):
    """Shows a `DebtCard`'s history, the latest first. Return opens a followup, P pins its words,
    Escape goes back to where the person typed."""

    wanted = Signal(str)
    """The person wants to open this followup."""
    left = Signal()
    """The person goes back to the form."""

    def __init__(self, card: DebtCard, note: PinnedNote, theme: Theme) -> None:
        super().__init__()
        self._card, self._note, self._theme = card, note, theme
        self._shown: list[Event] = []
        self._events: list[Event] = []
        """What is to be shown."""
        self._heading = WordsLabel()
        self._heading.setProperty("fieldlabel", True)
        self._summary = WordsLabel()
        self._summary.setProperty("muted", True)
        self._summary.setObjectName("debt_summary")
        self.pinned = PinField(note)
        self.pinned.left.connect(self.left)
        self.events = _Events()
        self.events.setObjectName("timeline")
        self.events.setAccessibleName(self.tr("History"))
        self.events.itemActivated.connect(self._open)
        self.events.pin_wanted.connect(self._pin)
        self.events.left.connect(self.left)
        self.events.customContextMenuRequested.connect(self._show_menu)
        self._heading.setBuddy(self.events)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(self._heading)
        layout.addWidget(self.pinned)
        layout.addWidget(self._summary)
        layout.addWidget(self.events, 1)
        # After the form: a row is chosen at once, however long the debt's history is.
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._show)
        card.changed.connect(self._on_changed)
        theme.changed.connect(self._draw)
        self._on_changed()

    def focus(self) -> None:
        """Go to the followups, or to what is pinned where there are none."""
        self._show()
        if self.events.count():
            if self.events.currentRow() < 0:
                self.events.setCurrentRow(0)
            self.events.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.pinned.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_changed(self) -> None:
        """What moves the layout is shown at once, the followups themselves a moment later."""
        self._note.show(self._card.debt_id)
        events = self._card.others()
        count = self.tr("History ({n})").format(n=len(events)) if events else self.tr("History")
        parts = [count, self._card.reminded()]
        self._heading.setText("  ·  ".join(part for part in parts if part))
        kept = self._card.kept_words()
        self._heading.setToolTip(kept)
        self.events.setAccessibleDescription(kept)
        summary = " ".join(self._card.summary().split())
        short = summary if len(summary) <= MAX_SUMMARY else f"{summary[:MAX_SUMMARY]}…"
        self._summary.setText(short)
        self._summary.setVisible(bool(short))
        self.setEnabled(self._card.has_debt)
        self._events = events
        self._later.start()

    def _show(self) -> None:
        self._later.stop()
        if self._events != self._shown:
            before = {one.followup_id for one in self._shown}
            is_same = not before.isdisjoint(one.followup_id for one in self._events)
            self._shown = self._events
            self._draw(keep_place=is_same)

    def _draw(self, *, keep_place: bool = True) -> None:
        chosen = self.events.currentItem()
        chosen_id = chosen.data(ID_ROLE) if chosen is not None else ""
        at = self.events.verticalScrollBar().value() if keep_place else 0
        self.events.clear()
        for event in self._shown:
            name = event.type if event.type in set(Type) else "other"
            body = event.body if len(event.body) <= MAX_BODY else f"{event.body[:MAX_BODY]}…"
            item = QListWidgetItem(
                self._theme.icon("calendar" if event.is_planned else name, "muted"),
                "\n".join(part for part in (event.heading, body) if part),
            )
            item.setData(ID_ROLE, event.followup_id)
            item.setData(BODY_ROLE, event.body)
            self.events.addItem(item)
            if keep_place and event.followup_id == chosen_id:
                self.events.setCurrentItem(item)
        self.events.verticalScrollBar().setValue(at)

    def _open(self, item: QListWidgetItem) -> None:
        self.wanted.emit(str(item.data(ID_ROLE)))

    def _pin(self) -> None:
        item = self.events.currentItem()
        if item is not None and item.data(BODY_ROLE):
            self._note.add(str(item.data(BODY_ROLE)))

    def _copy(self) -> None:
        item = self.events.currentItem()
        if item is not None:
            copy_text(self, item.text())

    def _show_menu(self, at: QPoint) -> None:
        item = self.events.itemAt(at)
        if item is None:
            return
        self.events.setCurrentItem(item)
        menu = QMenu(self)
        opened = menu.addAction(self.tr("Open"))
        opened.triggered.connect(self._open_current)
        pinned = menu.addAction(self.tr("Pin (P)"))
        pinned.setEnabled(bool(item.data(BODY_ROLE)))
        pinned.triggered.connect(self._pin)
        menu.addAction(self.tr("Copy")).triggered.connect(self._copy)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.events.viewport().mapToGlobal(at))

    def _open_current(self) -> None:
        item = self.events.currentItem()
        if item is not None:
            self._open(item)


class _Events(QListWidget):
    pin_wanted = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setIconSize(QSize(16, 16))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        # A bar that comes after the rows were measured would leave them too low for their words.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        bar = self.verticalScrollBar()
        bar.setEnabled(False)  # nothing to scroll: its handle is not shown
        bar.rangeChanged.connect(self._on_range)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def _on_range(self, least: int, most: int) -> None:
        self.verticalScrollBar().setEnabled(most > least)

    def sizeHint(self) -> QSize:
        """Return some lines: what is free comes on top."""
        return QSize(120, self.fontMetrics().lineSpacing() * MIN_LINES + 8)

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """P pins, Escape leaves, Ctrl+C copies, Return opens."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() == Qt.Key.Key_P and not event.modifiers():
            self.pin_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Copy) and self.currentItem() is not None:
            copy_text(self, self.currentItem().text())
        else:
            super().keyPressEvent(event)
