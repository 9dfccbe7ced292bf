"""Words that lie beside a field's label while somebody types in the field; they take no room, so
nothing moves."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget


class Hint(QObject):
    """Serves *field*, whose label is *heading*. The words lie over the window, whatever it is in."""

    def __init__(self, field: QWidget, heading: QLabel, name: str) -> None:
        super().__init__(field)
        self._field, self._heading, self._name = field, heading, name
        self._label: QLabel | None = None
        self._words = ""
        self._area: QScrollArea | None = None
        field.installEventFilter(self)

    @property
    def words(self) -> str:
        """What is said now."""
        return self._words

    def say(self, words: str) -> None:
        """Show *words* ("": nothing)."""
        self._words = words
        window = self._field.window()
        if not words or not self._field.isVisible():
            if self._label is not None:
                self._label.hide()
            return
        if self._label is None or self._label.parent() is not window:
            self._label = QLabel(window)
            self._field.destroyed.connect(self._label.deleteLater)
            self._label.setObjectName("Hint")
            self._label.setProperty("of", self._name)
            self._label.setTextFormat(Qt.TextFormat.PlainText)
            self._label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._follow_scrolling()
        self._label.setText(words)
        self._place()
        self._label.show()
        self._label.raise_()

    def _follow_scrolling(self) -> None:
        around: QObject | None = self._field
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parent()
        if around is not None and around is not self._area:
            self._area = around
            around.verticalScrollBar().valueChanged.connect(self._place)

    def _place(self) -> None:
        label, window = self._label, self._field.window()
        if label is None:
            return
        label.setWordWrap(False)
        size = label.sizeHint()
        if size.width() > window.width() - 16:
            label.setWordWrap(True)
            size.setWidth(window.width() - 16)
            size.setHeight(label.heightForWidth(size.width()))
        heading = self._heading
        right = heading.mapTo(window, QPoint(heading.width() + 8, 0))
        x = max(8, min(right.x(), window.width() - size.width() - 8))
        # Its foot is where the field begins: what is typed stays in sight.
        top = self._field.mapTo(window, QPoint()).y() - size.height() - 1
        label.setGeometry(x, max(top, 0), size.width(), size.height())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """It goes where the field goes."""
        if self._words and event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self._place()
        elif event.type() == QEvent.Type.Hide and self._label is not None:
            self._label.hide()
        return False
