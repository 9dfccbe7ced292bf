"""A field of the form: label, editor, a way back, and what is wrong with it.

One call sets label, buddy, accessible name and object name together, so none can be forgotten.
"""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from agent_app.domain.fields import Field, Kind
from agent_app.ui.widgets.announce import announce
from agent_app.ui.widgets.editor import Editor
from agent_app.ui.widgets.hint import Hint
from agent_app.ui.widgets.restyle import restyle
from agent_app.ui.widgets.theme import Theme
from agent_app.ui.widgets.words_label import WordsLabel

PAUSE_MS = 700
"""What is wrong is said after a pause in typing, not at the first letter (milliseconds)."""


class FieldRow(QWidget):
    """Shows one field."""

    set_back = Signal()
    """The person wants the field as it was."""

    def __init__(
        self, field: Field, label: str, *, plain_label: str, editor: Editor, theme: Theme
    ) -> None:
        super().__init__()
        self.editor = editor
        self._theme = theme
        self._plain_label = plain_label
        self._label = QLabel(label)
        self._label.setProperty("fieldlabel", True)
        self._label.setBuddy(editor.focus)
        editor.focus.setAccessibleName(plain_label)
        editor.focus.setObjectName(field.name)
        self._back = QToolButton()
        self._back.setProperty("small", True)
        self._back.setIconSize(QSize(14, 14))
        self._back.setAccessibleName(self.tr("Set back: {field}").format(field=plain_label))
        self._back.setToolTip(self.tr("Revert field (Ctrl+B)"))
        self._back.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._back.clicked.connect(self.set_back)
        policy = self._back.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._back.setSizePolicy(policy)
        self._problem = WordsLabel()
        self._problem.setObjectName(f"{field.name}_problem")
        self._problem.hide()
        self._hint = Hint(editor.whole, self._label, f"{field.name}_hint")
        editor.understood.connect(self._hint.say)
        self._line, self._heading = QHBoxLayout(), QHBoxLayout()
        self._lay_out(field)
        self._words = ""
        self._said = ""
        self._is_error = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.show_problem)
        editor.left.connect(self.show_problem)
        theme.changed.connect(self._paint_icons)
        self._paint_icons()
        self.show_changed(False)

    def _lay_out(self, field: Field) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2)
        top = self._heading = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        if field.kind is Kind.FLAG:
            self._label.hide()
            top.addWidget(self.editor.whole)
            top.addStretch(1)
            top.addWidget(self._back)
            whole.addLayout(top)
        else:
            top.addWidget(self._label)
            top.addStretch(1)
            top.addWidget(self._back)
            whole.addLayout(top)
            self._line.setContentsMargins(0, 0, 0, 0)
            self._line.setSpacing(10)
            self._line.addWidget(self.editor.whole, 1)
            whole.addLayout(self._line, 1 if field.kind is Kind.TEXT else 0)
        whole.addWidget(self._problem)
        if field.kind is not Kind.TEXT:
            whole.addStretch(1)  # a neighbour with a message must not pull this field apart

    def add_to_heading(self, widget: QWidget) -> None:
        """Put a widget into the line of the label, at its end."""
        self._heading.addWidget(widget)

    def add_beside(self, widget: QWidget) -> None:
        """Put a widget beside the field; both have half of the line."""
        self._line.addWidget(widget, 1)

    def add_below(self, widget: QWidget) -> None:
        """Put a widget below what is said of the field."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.indexOf(self._problem) + 1, widget)

    def _paint_icons(self) -> None:
        self._back.setIcon(self._theme.icon("set-back", "accent"))

    def show_changed(self, changed: bool) -> None:
        """Mark the field as changed: the label is bold and the way back is there."""
        self._back.setVisible(changed)
        if self._label.property("changed") != changed:
            self._label.setProperty("changed", changed)
            restyle(self._label)

    def set_problem(self, words: str, *, is_error: bool, at_once: bool) -> None:
        """Say what is wrong ("": nothing), after a pause unless *at_once*.

        A message that no longer holds goes at once.
        """
        self._words, self._is_error = words, is_error
        if not words or at_once or words == self._said:
            self.show_problem()
        else:
            if self._said:
                self._show("")
            self._pause.start()

    def show_problem(self) -> None:
        """Say now what is wrong."""
        self._pause.stop()
        self._show(self._words)

    @property
    def hint_shown(self) -> str:
        """How the field says that it understood what was typed."""
        return self._hint.words

    def _show(self, words: str) -> None:
        kind = "error" if self._is_error else "warning"
        if words and self._problem.property("problem") != kind:  # restyling takes 1 ms
            self._problem.setProperty("problem", kind)
            restyle(self._problem)
        if words == self._said == self._problem.text():
            return
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        self.editor.focus.setAccessibleDescription(words)
        wrong = bool(words) and self._is_error
        if self.editor.focus.property("wrong") != wrong:
            self.editor.focus.setProperty("wrong", wrong)
            restyle(self.editor.focus)
        if words and words != self._said:
            announce(self.editor.focus, f"{self._plain_label}: {words}")
        self._said = words

    @property
    def problem_shown(self) -> str:
        """The message that stands beside the field."""
        return self._said
