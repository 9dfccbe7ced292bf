"""Keeps the field that a person types in where it is on the screen.

A conflict, a banner or the debt's history comes in above the form while the person types. Without this
the field would slide down, often out of sight, and the rest of the sentence would be typed blind.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget


class Steady(QObject):
    """Scrolls *area*, which shows *content*, along with the field of *card* that has the focus."""

    _laid_out = Signal()

    def __init__(self, area: QScrollArea, content: QWidget, card: QWidget) -> None:
        super().__init__(area)
        self._area, self._content, self._card = area, content, card
        self._field: QWidget | None = None
        self._at = 0
        """Where the field begins, from the content's top."""
        self._anew = QTimer(self, singleShot=True, interval=0)
        # Queued: by then the layout has come to rest, and nothing was painted yet.
        self._laid_out.connect(self._follow, Qt.ConnectionType.QueuedConnection)
        self._content.installEventFilter(self)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus)

    def begin_anew(self) -> None:
        """Another followup is shown, from its top: what is laid out now may move."""
        self._anew.start()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """The content was laid out, or is about to be."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._laid_out.emit()
        return False

    def _on_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        self._field = now if now is not None and self._card.isAncestorOf(now) else None
        self._note()

    def _note(self) -> None:
        if self._field is not None:
            self._at = self._field.mapTo(self._content, QPoint()).y()

    def _follow(self) -> None:
        if self._field is None:
            return
        before = self._at
        self._note()
        if self._at != before and not self._anew.isActive():
            bar = self._area.verticalScrollBar()
            bar.setValue(bar.value() + self._at - before)
