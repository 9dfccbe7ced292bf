"""One field that two people changed: both versions side by side, and a key for each choice."""

from datetime import tzinfo

from PySide6.QtCore import QEvent, QLocale, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from agent_app.domain.differences import Stretch, changed
from agent_app.domain.fields import FIELD_BY_NAME, Kind, Value
from agent_app.models.conflicts import Decision, FieldConflict, may_join
from agent_app.models.edit_session import EditSession
from agent_app.text.labels import field_label, value_words
from agent_app.ui.editor.version_view import VersionView, plain
from agent_app.ui.widgets.flow_layout import FlowLayout
from agent_app.ui.widgets.theme import Theme

MAX_SPOKEN = 200
"""Of a text in the card's accessible name (characters)."""


class ConflictCard(QFrame):
    """One field in conflict: M, T, B and W choose, O shows what it was."""

    reached = Signal()
    """The focus came."""

    def __init__(
        self, conflict: FieldConflict, session: EditSession, theme: Theme, zone: tzinfo
    ) -> None:
        super().__init__()
        self.setObjectName("FieldConflict")
        self._conflict, self._session, self._zone = conflict, session, zone
        self.name = conflict.name
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._is_text = FIELD_BY_NAME[conflict.name].kind in (Kind.TEXT, Kind.LINE)
        self._fit = QTimer(self, singleShot=True, interval=0)
        self._fit.timeout.connect(self._fit_lines)
        self._label = field_label(conflict.name)
        title = QLabel(self._label)
        title.setProperty("fieldlabel", True)
        title.setProperty("changed", True)
        self._look = QPushButton()
        self._look.setProperty("link", True)
        self._look.setCheckable(True)
        self._look.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._look.toggled.connect(self._show_was)
        top = QHBoxLayout()
        top.addWidget(title)
        top.addStretch(1)
        top.addWidget(self._look)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 10)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addLayout(self._make_versions(theme))
        layout.addLayout(self._make_buttons())
        self._show_was(False)
        self.show_conflict(conflict)

    def _make_versions(self, theme: Theme) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        self._heads: list[QLabel] = []
        self._bodies: list[VersionView | QLabel] = []
        places = ((0, 0, 1), (0, 1, 1), (2, 0, 2))
        words = (self.tr("Yours"), self.tr("Your colleague's"), self.tr("Before"))
        for said, (line, column, wide) in zip(words, places, strict=True):
            head = QLabel(said)
            head.setProperty("muted", True)
            body: VersionView | QLabel
            if self._is_text:
                body = VersionView(theme)
            else:
                body = QLabel()
                body.setTextFormat(Qt.TextFormat.PlainText)
                body.setWordWrap(True)
            body.setAccessibleName(f"{self._label}: {said}")
            grid.addWidget(head, line, column, 1, wide)
            grid.addWidget(body, line + 1, column, 1, wide, Qt.AlignmentFlag.AlignTop)
            self._heads.append(head)
            self._bodies.append(body)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _make_buttons(self) -> FlowLayout:
        self._acts = {
            Qt.Key.Key_M: Decision.MINE,
            Qt.Key.Key_T: Decision.THEIRS,
            Qt.Key.Key_B: Decision.BOTH,
            Qt.Key.Key_W: Decision.WAS,
        }
        words = {
            Qt.Key.Key_M: self.tr("Keep mine (M)"),
            Qt.Key.Key_T: self.tr("Take theirs (T)"),
            Qt.Key.Key_B: self.tr("Keep both (B)"),
            Qt.Key.Key_W: self.tr("Original (W)"),
        }
        row = FlowLayout(spacing=8)
        self._buttons: dict[Qt.Key, QPushButton] = {}
        for key, said in words.items():
            button = QPushButton(said)
            button.setAccessibleName(f"{said}: {self._label}")
            button.setAutoDefault(True)
            button.clicked.connect(self._on_clicked)
            self._buttons[key] = button
            row.addWidget(button)
        return row

    def show_conflict(self, conflict: FieldConflict) -> None:
        """Show what both made of the field; the agent may go on typing below."""
        self._conflict = conflict
        locale = QLocale()
        versions = [
            plain(_words(conflict.name, value, self._zone, locale))
            for value in (conflict.mine, conflict.theirs, conflict.was)
        ]
        mine, theirs, was = versions
        marks: tuple[list[Stretch], ...] = ([], [], [])
        if self._is_text:
            marks = (changed(was, mine), changed(was, theirs), [])
        for body, text, some in zip(self._bodies, versions, marks, strict=True):
            if isinstance(body, VersionView):
                body.show_text(text, some)
            else:
                body.setText(text)
        self._buttons[Qt.Key.Key_B].setVisible(may_join(conflict))
        self.setAccessibleName(
            self.tr("{field}: yours is {mine}; your colleague's is {theirs}").format(
                field=self._label, mine=mine[:MAX_SPOKEN], theirs=theirs[:MAX_SPOKEN]
            )
        )
        self.setAccessibleDescription(
            self.tr("M keeps yours, T takes your colleague's, B keeps both, W what it was")
            if may_join(conflict)
            else self.tr("M keeps yours, T takes your colleague's, W what it was")
        )
        self._fit.start()

    def _show_was(self, shown: bool) -> None:
        self._heads[2].setVisible(shown)
        self._bodies[2].setVisible(shown)
        self._look.setText(
            self.tr("Hide what it was (O)") if shown else self.tr("Show what it was (O)")
        )
        self._fit.start()

    def _fit_lines(self) -> None:
        """Both versions are as tall as the longer one, within limits."""
        views = [body for body in self._bodies if isinstance(body, VersionView)]
        if not views:
            return
        inside = self.contentsRect().width() - 24
        half = (inside - 12) // 2
        most = max(view.lines(half) for view in views[:2])
        for view in views[:2]:
            view.set_lines(most)
        views[2].set_lines(views[2].lines(inside))

    # -- what the person does

    def event(self, event: QEvent) -> bool:
        """The card's letters are its own while it has the focus, not an action's of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            own = event.key() in {*self._acts, Qt.Key.Key_O}
            if own and not event.modifiers():
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One key each, the same in every language; the arrows scroll what is long."""
        key = Qt.Key(event.key())
        if event.modifiers():
            super().keyPressEvent(event)
        elif key in self._acts and not self._buttons[key].isHidden():
            self._session.decide(self.name, self._acts[key])
        elif key == Qt.Key.Key_O:
            self._look.toggle()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._scroll(-1 if key == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def _scroll(self, lines: int) -> None:
        for body in self._bodies:
            if isinstance(body, VersionView):
                bar = body.verticalScrollBar()
                bar.setValue(bar.value() + lines)

    def _on_clicked(self) -> None:
        key = next(key for key, button in self._buttons.items() if button is self.sender())
        self._session.decide(self.name, self._acts[key])

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the focus is."""
        super().focusInEvent(event)
        self.style().polish(self)
        self.reached.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the lines elsewhere."""
        super().resizeEvent(event)
        self._fit.start()

    def holds_focus(self) -> bool:
        """Return whether the focus is in the card."""
        return self.hasFocus() or any(one.hasFocus() for one in self.findChildren(QWidget))


def _words(name: str, value: Value, zone: tzinfo, locale: QLocale) -> str:
    if isinstance(value, str) and FIELD_BY_NAME[name].kind is not Kind.CHOICE:
        return value or "–"  # also a text that cannot be read as the field's value
    return value_words(name, value, zone, locale)
