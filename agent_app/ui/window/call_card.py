"""The call card: a layer over the window's top that says who calls. It never takes the focus by
itself, moves nothing, and lies where no button is, as long as the window is wide enough."""

from PySide6.QtCore import (
    QEasingCurve,
    QEvent,
    QObject,
    QPoint,
    QPropertyAnimation,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QSizePolicy,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from agent_app.text.calls import CardWords
from agent_app.ui.widgets.announce import announce
from agent_app.ui.widgets.keys import OWN_DIGITS, digit_of
from agent_app.ui.widgets.theme import Theme
from agent_app.ui.window.main_window import MainWindow

MAX_WIDTH, MIN_WIDTH = 620, 400
MAX_OFFERS = 3
SLIDE_MS = 160
TOLERANCE = 24
"""So much of a line may be cut before the buttons go below it (pixels)."""


class CallCard(QFrame):
    """Shows `CardWords` over *window*. Hidden until there are some."""

    wanted = Signal(str)
    """What the person wants: the name of an offer."""
    chosen = Signal(int)
    """Which of the choices is marked now."""

    def __init__(self, window: MainWindow, theme: Theme) -> None:
        super().__init__(window)
        self.setObjectName("CallCard")
        self._window, self._theme = window, theme
        self._before: QWidget | None = None
        self.words = CardWords("")
        self._picture = QLabel()
        self._heading, self._title, self._facts = _Line(), _Line(), _Line()
        self._more = QLabel()
        for label in (self._heading, self._facts, self._more):
            label.setProperty("muted", True)
        self._title.setObjectName("caller")
        self._offers = [self._button() for _ in range(MAX_OFFERS)]
        self.list = _Choices()
        self.list.setAccessibleName(self.tr("Debtors with this number"))
        self.list.currentRowChanged.connect(self.chosen)
        self.list.wanted.connect(self.wanted)
        self._lay_out()
        self._slide = QPropertyAnimation(self, b"pos", self)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        window.installEventFilter(self)
        theme.changed.connect(self._paint)
        self.hide()

    def _button(self) -> QPushButton:
        button = QPushButton()
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the cursor where it is
        button.clicked.connect(self._on_clicked)
        return button

    def _lay_out(self) -> None:
        about = QVBoxLayout()
        about.setSpacing(1)
        for line in (self._heading, self._title, self._facts, self._more):
            about.addWidget(line)
        said, acts = QHBoxLayout(), QHBoxLayout()
        said.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        said.addLayout(about, 1)
        for button in self._offers:
            acts.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        row = self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for part in (row, said, acts):
            part.setSpacing(8)
        row.addLayout(said, 1)
        row.addLayout(acts)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 6, 10, 6)
        whole.setSpacing(4)
        whole.addLayout(row)
        whole.addWidget(self.list)

    # -- what it says

    def say(self, words: CardWords) -> None:
        """Show *words*; what is new is said to screen readers, too."""
        if words == self.words and not self.isHidden():
            return
        new = words.sentence != self.words.sentence or self.isHidden()
        self.words = words
        self._heading.say(words.heading)
        self._title.say(words.title)
        self._facts.say(words.facts)
        self._more.setText(words.more)
        self._more.setVisible(bool(words.more))
        offers = [*words.offers, *[("", "")] * MAX_OFFERS]
        for place, (button, (name, text)) in enumerate(zip(self._offers, offers, strict=False)):
            button.setObjectName(f"call_{name}")
            button.setText(text)
            button.setVisible(bool(name))
            button.setProperty("primary", place == 0 and len(words.offers) > 1)
        self.list.show_choices(words.choices, words.chosen)
        self.setAccessibleName(words.sentence)
        self._paint()
        self._come_in()
        if new:
            announce(self, words.sentence)

    def go(self) -> None:
        """Nothing is to be said any more."""
        self.give_focus_back()
        self._slide.stop()
        self.hide()

    def choose(self) -> None:
        """Let the person choose by keyboard; their cursor comes back by `give_focus_back`."""
        if not self.has_focus:
            self._before = QApplication.focusWidget()
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def has_focus(self) -> bool:
        """Whether the keys go to the card."""
        focus = self._window.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def give_focus_back(self) -> None:
        """The keys go again where they went before the card was entered."""
        before, self._before = self._before, None
        if not self.has_focus:
            return
        panel = self._window.list_panel
        if before is None or before not in self._window.findChildren(QWidget):
            before = panel.view if panel is not None else None
        if before is not None:
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what the person does

    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self.wanted.emit(button.objectName().removeprefix("call_"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape dismisses, while the card has the focus."""
        if event.key() == Qt.Key.Key_Escape:
            self.wanted.emit("dismiss")
        else:
            super().keyPressEvent(event)

    # -- where it is

    def _come_in(self) -> None:
        place = self._place()
        self.resize(place.size())
        if not self.isHidden():
            if self._slide.state() != QPropertyAnimation.State.Running:
                self.move(place.topLeft())
            self._slide.setEndValue(place.topLeft())
            return
        self.raise_()
        moves = self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self)
        if moves <= 0 or not self._window.isVisible():  # a person may want nothing to move
            self.move(place.topLeft())
            self.show()
            return
        above = QPoint(place.left(), -place.height())
        self.move(above)
        self.show()
        self._slide.setDuration(min(moves, SLIDE_MS))
        self._slide.setStartValue(above)
        self._slide.setEndValue(place.topLeft())
        self._slide.start()

    def _place(self) -> QRect:
        """Between the tools and the search; where that is too narrow, under them over the list."""
        self.ensurePolished()
        self._lay(QBoxLayout.Direction.LeftToRight)
        free = self._window.free_at_the_top()
        width = min(max(self.sizeHint().width(), MIN_WIDTH), MAX_WIDTH)
        if free.width() < min(width, MIN_WIDTH + 60):
            free = self._window.free_at_the_top(below=True)
        if free.width() < width - TOLERANCE:  # what is to be done goes below what is said
            self._lay(QBoxLayout.Direction.TopToBottom)
        width = min(width, free.width())
        height = self.sizeHint().height()
        right = free.right()
        if height > free.height():  # it hangs over the list, never over the form
            right = min(right, self._window.free_at_the_top(below=True).right())
        top = free.top() + max(0, (free.height() - height) // 2)
        return QRect(QPoint(right + 1 - width, top), QSize(width, height))

    def _lay(self, direction: QBoxLayout.Direction) -> None:
        self._row.setDirection(direction)
        layout = self.layout()
        assert layout is not None
        layout.activate()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """The window has another size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._come_in()
        return False

    def _paint(self) -> None:
        self._picture.setPixmap(self._theme.icon("call", "accent").pixmap(QSize(20, 20)))
        for button in self._offers:
            button.style().unpolish(button)
            button.style().polish(button)


class _Line(QLabel):
    """One line of text, cut at its end where there is no room; hidden without text."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(60)

    def say(self, text: str) -> None:
        self.setText(" ".join(text.split()))
        self.setToolTip(text.replace("<", "‹").replace(">", "›"))
        self.setVisible(bool(text))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """As a label does, but for the end of a text that is too long."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        room = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


class _Choices(QListWidget):
    """The debtors of one number. Up, down or a digit marks one, Return opens it."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("callers")
        self.setProperty(OWN_DIGITS, True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.itemActivated.connect(self._on_activated)

    def show_choices(self, choices: tuple[str, ...], chosen: int) -> None:
        """Offer *choices*; none hides it."""
        said = [f"{number}  {text}" for number, text in enumerate(choices, start=1)]
        if said != [self.item(row).text() for row in range(self.count())]:
            self.blockSignals(True)
            self.clear()
            self.addItems(said)
            self.blockSignals(False)
        if choices:
            self.setCurrentRow(chosen)
            height = self.sizeHintForRow(0) * len(choices) + 2 * self.frameWidth() + 4
            self.setFixedHeight(height)
        self.setVisible(bool(choices))

    def _on_activated(self) -> None:
        self.wanted.emit("open")

    def event(self, event: QEvent) -> bool:
        """Digits are the list's own while it has the focus, not an outcome's."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and _row_of(event) >= 0:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit marks; Return opens; Escape is the card's."""
        row = _row_of(event)
        if row >= 0:
            if row < self.count():
                self.setCurrentRow(row)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wanted.emit("open")
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


def _row_of(event: QKeyEvent) -> int:
    """Return the row that a digit without other keys stands for, or -1."""
    held = event.modifiers() & ~(
        Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
    )
    return -1 if held else digit_of(event, QGuiApplication.platformName()) - 1
