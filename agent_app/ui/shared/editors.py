"""Room: ui. Editors for the kinds of fields, all with one face.

`load` shows a value and remembers what the editor made of it; `read` gives the loaded value back
as long as what is shown was not changed, so that nothing an editor does by itself is ever taken
for the agent's edit. `read` raises `Unreadable` for text that means nothing.
"""

from collections.abc import Callable
from datetime import date, datetime, time, tzinfo

from PySide6.QtCore import QEvent, QLocale, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextOption, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from agent_app.domain.fields import Field, Kind, Value
from agent_app.domain.text import splice
from agent_app.models.moments import (
    Unreadable,
    duration_text,
    in_zone,
    moment_text,
    read_duration,
    read_moment,
)
from agent_app.models.words import value_label
from agent_app.ui.shared.calendar_popup import CalendarPopup
from agent_app.ui.theme import Theme

SMOOTH_CHARACTERS = 300_000
"""Up to here a text opens in a fraction of a second and takes a key without a pause."""
PART_CHARACTERS = 20_000
"""How much of a longer one is shown until it is asked for."""


class Editor(QObject):
    """What every editor can do."""

    typed = Signal()
    """The person changed what is shown."""
    left = Signal()
    """The focus went elsewhere."""

    def __init__(self, focus: QWidget, whole: QWidget | None = None) -> None:
        """*focus* is what takes the keyboard, *whole* what goes into a layout."""
        super().__init__(focus)
        self.focus = focus
        self.whole = whole or focus
        focus.installEventFilter(self)

    def load(self, value: Value, *, fresh: bool = True) -> None:
        """Show *value* as what the field holds; unless *fresh*, keep the editor's undo."""
        raise NotImplementedError

    def show(self, value: Value) -> None:
        """Show *value* as the person's edit of what was loaded."""
        raise NotImplementedError

    def read(self) -> Value:
        """The field's value. Raises `Unreadable`."""
        raise NotImplementedError

    def text(self) -> str:
        """What stands in the field, whether it can be read or not."""
        return ""

    def show_text(self, text: str) -> None:
        """Show a text that `text` gave, whether it can be read or not."""

    def set_read_only(self, read_only: bool) -> None:
        """Let the person look only."""
        self.whole.setEnabled(not read_only)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that the focus leaves."""
        if (
            event.type() == QEvent.Type.FocusOut
            and isinstance(event, QFocusEvent)
            and event.reason() != Qt.FocusReason.PopupFocusReason
        ):
            self.left.emit()
        return False


class _QuietCombo(QComboBox):
    """A drop-down that the mouse wheel scrolls past instead of changing."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what is around."""
        event.ignore()


class ChoiceEditor(Editor):
    """A drop-down of known values; an unknown one is added as it is."""

    def __init__(self, field: Field) -> None:
        self._combo = _QuietCombo()
        super().__init__(self._combo)
        self._field = field
        self._loaded: Value = None
        self._shown: str = ""
        self._combo.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._combo.setMinimumContentsLength(12)
        self._combo.setMaxVisibleItems(16)
        self._combo.activated.connect(self.typed)
        self._combo.currentIndexChanged.connect(self._on_index)
        self._loading = False

    def load(self, value: Value, *, fresh: bool = True) -> None:
        """Show *value*; the list holds it even if nobody knows it."""
        self._loading = True
        text = str(value or "")
        self._combo.clear()
        choices = list(self._field.choices)
        if not self._field.required or not text:
            choices.insert(0, "")
        if text and text not in choices:
            choices.append(text)
        for choice in choices:
            self._combo.addItem(value_label(self._field.name, choice), choice)
        self._combo.setCurrentIndex(self._combo.findData(text))
        self._loaded, self._shown = value, text
        self._loading = False

    def show(self, value: Value) -> None:
        """Choose *value*."""
        self._loading = True
        text = str(value or "")
        if self._combo.findData(text) < 0:
            self._combo.addItem(value_label(self._field.name, text), text)
        self._combo.setCurrentIndex(self._combo.findData(text))
        self._loading = False

    def read(self) -> Value:
        """The chosen value, None for "None"."""
        chosen = str(self._combo.currentData() or "")
        return self._loaded if chosen == self._shown else chosen or None

    def _on_index(self) -> None:
        # By keyboard and by assistive technology the index changes without `activated`.
        if not self._loading:
            self.typed.emit()


class LineEditor(Editor):
    """One line of text."""

    def __init__(self) -> None:
        self._line = QLineEdit()
        super().__init__(self._line)
        self._loaded: Value = None
        self._shown = ""
        self._line.textEdited.connect(self.typed)
        self._line.textChanged.connect(self._on_text)
        self._loading = False

    def load(self, value: Value, *, fresh: bool = True) -> None:
        """Show *value*."""
        self._put(self._text_of(value), fresh=fresh)
        self._loaded, self._shown = value, self._line.text()

    def show(self, value: Value) -> None:
        """Show *value* as an edit."""
        self._put(self._text_of(value), fresh=True)

    def text(self) -> str:
        """What stands in the line."""
        return self._line.text()

    def show_text(self, text: str) -> None:
        """Show a text as it was typed."""
        self._put(text, fresh=True)

    def _text_of(self, value: Value) -> str:
        return str(value or "")

    def _put(self, text: str, *, fresh: bool) -> None:
        if not fresh and text == self._line.text():
            return
        self._loading = True
        self._line.setText(text)
        self._line.setCursorPosition(0)
        self._loading = False

    def read(self) -> Value:
        """The text, None where there is none."""
        if self._line.text() == self._shown:
            return self._loaded
        return splice(str(self._loaded or ""), self._shown, self._line.text()) or None

    def set_read_only(self, read_only: bool) -> None:
        """Let the person look and copy."""
        self._line.setReadOnly(read_only)

    def _on_text(self) -> None:
        if not self._loading and not self._line.isModified():
            self.typed.emit()  # set by assistive technology


class GrowingText(QPlainTextEdit):
    """Plain text that is as tall as what is in it, within limits; Tab leaves it."""

    LEAST_LINES, MOST_LINES = 3, 14

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        # Long text without spaces freezes the layout of whole words.
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        lines = int(self.document().size().height()) or 1
        shown = min(max(lines, self.LEAST_LINES), self.MOST_LINES)
        height = self.fontMetrics().lineSpacing() * shown + 2 * 8
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)


class TextEditor(Editor):
    """Several lines of plain text.

    A very long one is shown in part and read-only, since laying it out would hold the window; a
    button loads all of it for editing.
    """

    def __init__(self) -> None:
        self._text = GrowingText()
        whole = QWidget()
        super().__init__(self._text, whole)
        self._loaded: Value = None
        self._shown = ""
        self._loading = False
        self._read_only = False
        self._in_part = False
        self._all = QPushButton()
        self._all.setProperty("link", True)
        self._all.clicked.connect(self._show_all)
        self._all.hide()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._text)
        column.addWidget(self._all)
        self._text.textChanged.connect(self._on_text)

    def load(self, value: Value, *, fresh: bool = True) -> None:
        """Show *value*."""
        text = str(value or "")
        self._in_part = len(text) > SMOOTH_CHARACTERS
        self._put(text[:PART_CHARACTERS] if self._in_part else text, fresh=fresh)
        self._loaded, self._shown = value, self._text.toPlainText()
        self._all.setVisible(self._in_part)
        self._all.setText(
            self.tr("This text is very long ({n} characters). Load all of it to edit").format(
                n=QLocale().toString(len(text))
            )
        )
        self._text.setReadOnly(self._read_only or self._in_part)

    def show(self, value: Value) -> None:
        """Show *value* as an edit."""
        if self._in_part:
            self._show_all()
        self._put(str(value or ""), fresh=True)

    def _show_all(self) -> None:
        self._in_part = False
        self._all.hide()
        self._put(str(self._loaded or ""), fresh=True)
        self._shown = self._text.toPlainText()
        self._text.setReadOnly(self._read_only)
        self._text.setFocus()

    def _put(self, text: str, *, fresh: bool) -> None:
        if not fresh and text == self._text.toPlainText():
            return
        self._loading = True
        self._text.setPlainText(text)
        self._loading = False

    def read(self) -> Value:
        """The text, None where there is none; untouched stretches as they were loaded."""
        shown = self._text.toPlainText()
        if self._in_part or shown == self._shown:
            return self._loaded
        return splice(str(self._loaded or ""), self._shown, shown) or None

    def set_read_only(self, read_only: bool) -> None:
        """Let the person look and copy."""
        self._read_only = read_only
        self._text.setReadOnly(read_only or self._in_part)

    def _on_text(self) -> None:
        if not self._loading:
            self.typed.emit()


class DurationEditor(LineEditor):
    """A duration as h:mm:ss, kept in milliseconds."""

    def _text_of(self, value: Value) -> str:
        return duration_text(value if isinstance(value, int) else None)

    def read(self) -> Value:
        """Milliseconds, or None. Raises Unreadable."""
        if self._line.text() == self._shown:
            return self._loaded
        return read_duration(self._line.text())


class MomentEditor(LineEditor):
    """A date and time that may be empty: typed, from a calendar (Alt+Down), or now (Ctrl+;)."""

    def __init__(self, label: str, theme: Theme, zone: tzinfo, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._zone, self._now, self._locale = zone, now, QLocale()
        self._theme = theme
        self._buttons: list[tuple[QToolButton, str]] = []
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self._line, 1)
        widest = moment_text(datetime(2028, 12, 28, 22, 58, tzinfo=zone), zone, self._locale)
        self._line.setMinimumWidth(self._line.fontMetrics().horizontalAdvance(widest) + 26)
        self._add(
            row,
            "calendar",
            self.tr("Calendar"),
            self.tr("Pick a day (Alt+Down)"),
            label,
            self._open_calendar,
        )
        self._add(row, "now", self.tr("Now"), self.tr("Now (Ctrl+;)"), label, self._take_now)
        self._add(row, "clear", self.tr("Clear"), self.tr("No date"), label, self._take_nothing)
        self.whole = whole
        self._paint_icons()
        theme.changed.connect(self._paint_icons)

    def _add(
        self,
        row: QHBoxLayout,
        icon: str,
        name: str,
        tip: str,
        label: str,
        act: Callable[[], None],
    ) -> None:
        button = QToolButton()
        button.setProperty("inline", True)
        button.setAccessibleName(f"{name}: {label}")
        button.setToolTip(tip)
        # The line has a key for each of them, so Tab need not stop here.
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(act)
        row.addWidget(button)
        self._buttons.append((button, icon))

    def _paint_icons(self) -> None:
        for button, icon in self._buttons:
            button.setIcon(self._theme.icon(icon, "muted"))

    def _text_of(self, value: Value) -> str:
        moment = value if isinstance(value, datetime) else None
        return moment_text(moment, self._zone, self._locale)

    def read(self) -> Value:
        """The moment (UTC), or None. Raises Unreadable."""
        if self._line.text() == self._shown:
            return self._loaded
        return read_moment(self._line.text(), self._zone, self._locale, self._now())

    def set_read_only(self, read_only: bool) -> None:
        """Let the person look and copy."""
        super().set_read_only(read_only)
        for button, _icon in self._buttons:
            button.setEnabled(not read_only)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The line's own keys."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and not self._line.isReadOnly()
            and self._key(event)
        ):
            return True
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Down and alt:
            self._open_calendar()
            return True
        if event.key() == Qt.Key.Key_Semicolon and control:
            self._take_now()
            return True
        return False

    def take(self, moment: datetime | None) -> None:
        """Put a moment in, as if it was typed."""
        text = moment_text(moment, self._zone, self._locale)
        if text != self._line.text():
            self._line.setText(text)
            self._line.setModified(True)
            self.typed.emit()

    def _take_now(self) -> None:
        self.take(self._now())

    def _take_nothing(self) -> None:
        self.take(None)
        self._line.setFocus()

    def _open_calendar(self) -> None:
        try:
            shown = self.read()
        except Unreadable:  # what stands there is no moment: the calendar begins at today
            shown = None
        start = shown if isinstance(shown, datetime) else self._now()
        popup = CalendarPopup(self._line, start.astimezone(self._zone).date())
        popup.picked.connect(lambda day: self._take_day(day, shown))
        popup.show_below(self._line)

    def _take_day(self, day: object, shown: Value) -> None:
        assert isinstance(day, date)
        clock = time(9)
        if isinstance(shown, datetime):
            clock = shown.astimezone(self._zone).time().replace(tzinfo=None)
        try:
            self.take(in_zone(datetime.combine(day, clock), self._zone))
        except Unreadable:
            self.take(in_zone(datetime.combine(day, time(12)), self._zone))
        self._line.setFocus()


class FlagEditor(Editor):
    """A check box; its text is its label."""

    def __init__(self, label: str) -> None:
        self._box = QCheckBox(label)
        super().__init__(self._box)
        self._loaded: Value = None
        self._shown = False
        self._loading = False
        self._box.toggled.connect(self._on_toggled)

    def load(self, value: Value, *, fresh: bool = True) -> None:
        """Show *value*; nothing said counts as off."""
        self.show(value)
        self._loaded, self._shown = value, bool(value)

    def show(self, value: Value) -> None:
        """Check it or not."""
        self._loading = True
        self._box.setChecked(bool(value))
        self._loading = False

    def read(self) -> Value:
        """Whether it is checked."""
        checked = self._box.isChecked()
        return self._loaded if checked == self._shown else checked

    def _on_toggled(self) -> None:
        if not self._loading:
            self.typed.emit()


def editor_for(
    field: Field, label: str, theme: Theme, zone: tzinfo, now: Callable[[], datetime]
) -> Editor:
    """The editor for a field's kind."""
    match field.kind:
        case Kind.CHOICE:
            return ChoiceEditor(field)
        case Kind.MOMENT:
            return MomentEditor(label, theme, zone, now)
        case Kind.TEXT:
            return TextEditor()
        case Kind.DURATION:
            return DurationEditor()
        case Kind.FLAG:
            return FlagEditor(label)
        case Kind.LINE | Kind.LINK:
            return LineEditor()
