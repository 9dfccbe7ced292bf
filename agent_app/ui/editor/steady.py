"""Keeps the field that a person types in where it is on the screen.

A conflict, a banner or the debt's history comes in above the form while the person types. Without this
the field would slide down, often out of sight, and the rest of the sentence would be typed blind. A
text that grows below the fold is followed for the same reason. Where the mouse is over the form, what is
below it stays there too.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QScrollArea, QWidget

CARET_MARGIN = 32
"""A line above and below the caret stays in sight (pixels)."""


class Steady(QObject):
    """Scrolls *area*, which shows *content*, along with the field of *card* that has the focus, or else
    with *first*, the first thing to click on, while the mouse is over the area."""

    _laid_out = Signal()
    _typed = Signal()

    def __init__(
        self, area: QScrollArea, content: QWidget, *, card: QWidget, first: QWidget
    ) -> None:
        super().__init__(area)
        self._first = first
        self._area, self._content, self._card = area, content, card
        self._field: QWidget | None = None
        self._at = self._first_at = 0
        """Where the field, and the first thing, begin, from the content's top."""
        self._text: QPlainTextEdit | None = None
        self._wanted = 0
        """How far down to scroll as soon as the content is long enough (pixels)."""
        self._scrolled = 0
        """How far down the area was when nothing moved; 0 where a person has scrolled since (pixels)."""
        self._grown_at = -1
        """How tall the content was when the text was made taller last (pixels)."""
        self._is_fresh = False
        """Whether nobody has typed since another followup was shown: then it is shown from its top."""
        self._anew = QTimer(self, singleShot=True, interval=0)
        # Queued: by then the layout has come to rest, and nothing was painted yet.
        self._laid_out.connect(self._follow, Qt.ConnectionType.QueuedConnection)
        self._typed.connect(self._show_caret, Qt.ConnectionType.QueuedConnection)
        area.verticalScrollBar().actionTriggered.connect(self._on_scrolled)
        self._content.installEventFilter(self)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus)

    def serve(self, text: QPlainTextEdit) -> None:
        """Keep the caret of this field in sight while it is typed in. It takes the height that is
        free, and gives none of it up for what comes in above it while somebody types."""
        self._text = text
        text.cursorPositionChanged.connect(self._on_cursor)

    def begin_anew(self) -> None:
        """Another followup is shown, from its top: what is laid out now may move."""
        self._let_go()
        self._is_fresh = True
        self._anew.start()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """The content was laid out, or is about to be."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._laid_out.emit()
        return False

    def _on_cursor(self) -> None:
        self._is_fresh = False
        self._typed.emit()

    def _on_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        self._field = now if now is not None and self._card.isAncestorOf(now) else None
        self._is_fresh = False
        if self._field is None:
            self._let_go()
        self._note()

    def _note(self) -> None:
        if self._field is not None:
            self._at = self._field.mapTo(self._content, QPoint()).y()
        self._first_at = self._first.mapTo(self._content, QPoint()).y()

    def _follow(self) -> None:
        at, first_at = self._at, self._first_at
        bar = self._area.verticalScrollBar()
        self._note()
        if self._field is not None:
            moved = self._at - at
        else:
            moved = self._first_at - first_at if self._area.viewport().underMouse() else 0
        if (moved or self._wanted) and not self._anew.isActive() and not self._is_fresh:
            # What became shorter has pushed the area up already, as far as it had to.
            value = self._scrolled if bar.value() == bar.maximum() < self._scrolled else bar.value()
            wanted, self._wanted = max(value, self._wanted) + moved, 0
            missing = wanted - bar.maximum()
            if missing > 0 and self._text is not None and self._field is not None:
                self._wanted = wanted
                if self._content.height() != self._grown_at:  # else what was grown is not laid out
                    self._grown_at = self._content.height()
                    self._text.setMinimumHeight(self._text.height() + missing)
            bar.setValue(wanted)
        self._scrolled = bar.value()

    def _on_scrolled(self, _action: int) -> None:
        self._scrolled = 0

    def _let_go(self) -> None:
        self._wanted, self._grown_at = 0, -1
        if self._text is not None and self._text.minimumHeight():
            self._text.setMinimumHeight(0)

    def _show_caret(self) -> None:
        self._follow()  # or what came in above is followed twice: by the caret, and by the field
        text = self._field
        if isinstance(text, QPlainTextEdit) and text.hasFocus():
            at = text.viewport().mapTo(self._content, text.cursorRect().center())
            self._area.ensureVisible(self._content.width() // 2, at.y(), 0, CARET_MARGIN)
            self._scrolled = self._area.verticalScrollBar().value()
