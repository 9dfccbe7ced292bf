"""What the call said about the debt: a row of choices with a number key each, and the few fields that a
choice asks for. A choice is an unsaved change; Save sends it with the followup.

Where the account may not change debts, a choice becomes a line of the notes.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from agent_app.domain.debt_acts import OF_THE_DEBT, TYPED_FIELDS, DebtAct, changes_of
from agent_app.models.debt_edits import DebtEdits
from agent_app.models.edit_session import EditSession
from agent_app.models.promise_maker import PromiseMaker
from agent_app.text.debts import debt_act_label, debt_act_note, debt_field_label, debt_value_words
from agent_app.ui.debtor.promise_form import PromiseForm
from agent_app.ui.widgets.announce import announce
from agent_app.ui.widgets.flow_layout import FlowLayout
from agent_app.ui.widgets.keys import OWN_DIGITS, digit_of

MAX_LETTERS = 200
REASON = "debt_reason"
_WIDE = frozenset({"street_address", "phone", "city"})


class DebtLayer(QFrame):
    """Hidden until `ask`. Escape closes it; so does Return when all is said."""

    others_wanted = Signal()
    """The person wants to see the debtor's other debts."""
    acted = Signal()
    """A choice changed the debt."""

    def __init__(
        self,
        session: EditSession,
        edits: DebtEdits,
        maker: PromiseMaker,
        may_write_debts: Callable[[], bool],
    ) -> None:
        super().__init__()
        self.setObjectName("DebtLayer")
        self.setProperty("card", True)
        self.setAccessibleName(self.tr("About the debt"))
        self._session, self._edits = session, edits
        self._may_write_debts = may_write_debts
        self._act: DebtAct | None = None
        self._before: QWidget | None = None
        self._head, self._note = QLabel(self.tr("What did the call say about the debt?")), QLabel()
        self._head.setProperty("fieldlabel", True)
        self._note.setProperty("muted", True)
        self._note.setWordWrap(True)
        self.buttons = {act: self._button(act) for act in DebtAct}
        self.promise = PromiseForm(maker)
        self.promise.made.connect(self._on_promised)
        self.promise.typed.connect(session.type_aside)
        self.lines = {name: self._line(name) for name in _typed_names()}
        self.reason = self._reason_line()
        self.done = QPushButton(self.tr("Done"))
        self.done.setObjectName("debt_done")
        self.done.clicked.connect(self._on_done)
        self._fields = QWidget()
        self._lay_out()
        self.hide()

    def _button(self, act: DebtAct) -> QPushButton:
        label = debt_act_label(act)
        button = QPushButton(f"{list(DebtAct).index(act) + 1}  {label}")
        button.setAccessibleName(label)
        button.setObjectName(f"debt_{act}")
        button.setProperty("outcome", True)
        button.setProperty(OWN_DIGITS, True)
        button.setAutoDefault(True)
        button.setCheckable(True)
        button.clicked.connect(self._on_button)
        button.installEventFilter(self)
        return button

    def _line(self, name: str) -> QLineEdit:
        line = QLineEdit()
        line.setObjectName(f"debt_{name}")
        line.setMaxLength(MAX_LETTERS)
        line.setAccessibleName(debt_field_label(name))
        line.textEdited.connect(self._on_typed)
        line.returnPressed.connect(self._on_done)
        return line

    def _reason_line(self) -> QLineEdit:
        line = QLineEdit()
        line.setObjectName(REASON)
        line.setMaxLength(MAX_LETTERS)
        line.setAccessibleName(self.tr("What the debtor says"))
        line.setPlaceholderText(self.tr("What the debtor says (for the notes; may stay empty)"))
        line.textEdited.connect(self._on_reason)
        line.returnPressed.connect(self._on_done)
        return line

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 8, 12, 10)
        whole.setSpacing(6)
        whole.addWidget(self._head)
        row = FlowLayout(spacing=6)
        for button in self.buttons.values():
            row.addWidget(button)
        whole.addLayout(row)
        whole.addWidget(self._note)
        whole.addWidget(self.promise)
        fields = QHBoxLayout(self._fields)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(8)
        self._columns: dict[str, QWidget] = {}
        for name, line in self.lines.items():
            column = QWidget()
            inside = QVBoxLayout(column)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.setSpacing(2)
            label = QLabel(debt_field_label(name))
            label.setProperty("fieldlabel", True)
            label.setBuddy(line)
            inside.addWidget(label)
            inside.addWidget(line)
            self._columns[name] = column
            fields.addWidget(column, 3 if name in _WIDE else 1)
        fields.addWidget(self.reason, 1)
        fields.addWidget(self.done, 0, Qt.AlignmentFlag.AlignBottom)
        whole.addWidget(self._fields)

    # -- how it opens and closes

    def ask(self) -> None:
        """Open, or go on where it is open already."""
        if self._session.followup is None or not self._edits.debt_id:
            return
        if self.isHidden():
            self._before = QApplication.focusWidget()
        self._show_act(None)
        self.show()
        self.buttons[DebtAct.PROMISE].setFocus(Qt.FocusReason.ShortcutFocusReason)
        announce(self, f"{self._head.text()} {self._note.text()}")

    def end(self) -> None:
        """Close; the keyboard goes back to where it was."""
        if self.isHidden():
            return
        within = QApplication.focusWidget()
        had_focus = within is not None and self.isAncestorOf(within)
        self.hide()
        self._act = None
        before, self._before = self._before, None
        if had_focus and before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_opened(self) -> None:
        """Another followup is open: what was begun there beside the form stands here again."""
        self._before = None
        self._act = None
        self.reason.setText(self._session.aside(REASON))
        act = next((act for act in DebtAct if self._is_begun(act)), None)
        if act is not None:
            self._show_act(act)
        if act is DebtAct.PROMISE:
            self.promise.begin(self._session.aside)
        for name in TYPED_FIELDS.get(act, ()) if act is not None else ():
            self.lines[name].setText(self._session.aside(_aside(name)) or self._now(name))
        self.setVisible(act is not None)

    def _is_begun(self, act: DebtAct) -> bool:
        """Return whether something was typed for an act that is not in the form yet."""
        if act is DebtAct.PROMISE:
            return any(self._session.aside(name) for name in self.promise.names)
        if act is DebtAct.DISPUTED:
            return bool(self._session.aside(REASON))
        return any(self._session.aside(_aside(name)) for name in TYPED_FIELDS.get(act, ()))

    def _show_act(self, act: DebtAct | None) -> None:
        self._act = act
        names = TYPED_FIELDS.get(act, ()) if act is not None else ()
        for name, column in self._columns.items():
            column.setVisible(name in names)
        asks_why = act is DebtAct.DISPUTED
        self.reason.setVisible(asks_why)
        self._fields.setVisible(bool(names) or asks_why)
        self.promise.setVisible(act is DebtAct.PROMISE)
        for one, button in self.buttons.items():
            button.setChecked(one is act)
        words = self._why_notes()
        self._note.setText(words)
        self._note.setVisible(bool(words))

    def _why_notes(self) -> str:
        """Why a choice is written into the notes instead of the debt, or ""."""
        if not self._may_write_debts():
            return self.tr(
                "Your account may not change debts (debts:write): what you choose is written into"
                " the notes."
            )
        if self._edits.debt is None:
            return self.tr("This debt was not read yet: what you choose is written into the notes.")
        return ""

    # -- what the person does

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A number chooses while the focus is on a choice; in a field it is written."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if _number_of(event) is not None:
                event.accept()
                return True
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            act = _number_of(event)
            if act is not None:
                self.choose(act)
                return True
            if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and isinstance(watched, QWidget):
                self._step(watched, 1 if event.key() == Qt.Key.Key_Right else -1)
                return True
        return False

    def _step(self, button: QWidget, by: int) -> None:
        buttons = list(self.buttons.values())
        place = next((n for n, one in enumerate(buttons) if one is button), 0)
        buttons[(place + by) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        else:
            super().keyPressEvent(event)

    def _on_button(self) -> None:
        act = next(act for act, button in self.buttons.items() if button is self.sender())
        self.choose(act)

    def choose(self, act: DebtAct) -> None:
        """The call said this: what needs no word is done at once."""
        if act is DebtAct.OTHERS:
            self.end()
            self.others_wanted.emit()
            return
        self._show_act(act)
        if act is DebtAct.PROMISE:
            self.promise.begin(self._session.aside)
            self.promise.take_focus()
            return
        debt = self._edits.debt
        if debt is not None and not self._why_notes():
            self._edits.choose(changes_of(act, debt))
            self.acted.emit()
        if act in TYPED_FIELDS:
            names = TYPED_FIELDS[act]
            for name in names:
                begun = self._session.aside(_aside(name))
                is_new = act is DebtAct.NEW_NUMBER and name not in self._edits.mine
                self.lines[name].setText(begun or ("" if is_new else self._now(name)))
            self.lines[names[0]].setFocus()
            self.lines[names[0]].selectAll()
        elif act is DebtAct.DISPUTED:
            self.reason.setFocus()
        else:
            self._finish(act)

    def _now(self, name: str) -> str:
        return str(self._edits.value(name) or "")

    def _on_typed(self) -> None:
        """What is typed is the debt's unsaved change at once, or waits beside the form: it is kept."""
        line = self.sender()
        name = next(name for name, one in self.lines.items() if one is line)
        text = self.lines[name].text()
        if not self._why_notes():
            self._edits.set(name, text.strip() or None)
        else:
            self._session.type_aside(_aside(name), text)

    def _on_reason(self, text: str) -> None:
        self._session.type_aside(REASON, text)

    def _on_done(self) -> None:
        if self._act is not None:
            self._finish(self._act)

    def finish(self) -> bool:
        """The followup is about to be saved: take what is typed here along. Where that makes no
        sense, say so and return False."""
        if self.isHidden() or self._act is None:
            return True
        if self._act is DebtAct.PROMISE:
            return not self.promise.is_begun or self.promise.finish()
        self._finish(self._act)
        return True

    def _on_promised(self) -> None:
        for name in self.promise.names:
            self._session.type_aside(name, "")
        announce(self, self.tr("The promise is in the form, not saved yet."))
        self.end()

    def _finish(self, act: DebtAct) -> None:
        """All is said: where the debt cannot be changed, write it into the notes."""
        reason = self.reason.text().strip() if act is DebtAct.DISPUTED else ""
        if reason or self._why_notes():
            self._note_down(act, reason)
        self.reason.clear()
        for name in (REASON, *map(_aside, TYPED_FIELDS.get(act, ()))):
            self._session.type_aside(name, "")
        words = self.tr("{what}: not saved yet.").format(what=debt_act_label(act))
        announce(self, words)
        self.end()

    def _note_down(self, act: DebtAct, reason: str) -> None:
        what = reason
        if act is DebtAct.WRONG_NUMBER:
            what = debt_value_words("phone", self._edits.value("phone"))
        elif act in TYPED_FIELDS:
            typed = [self.lines[name].text().strip() for name in TYPED_FIELDS[act]]
            what = " ".join(part for part in typed if part)
            if not what:
                return
        line = debt_act_note(act, what)
        notes = str(self._session.value("notes") or "")
        self._session.put({"notes": "\n".join([notes.rstrip(), line] if notes.strip() else [line])})


def _aside(name: str) -> str:
    """Return the name under which a field's text waits beside the form."""
    return f"debt_{name}"


def _typed_names() -> list[str]:
    return [name for act in DebtAct if act in OF_THE_DEBT for name in TYPED_FIELDS.get(act, ())]


def _number_of(event: QKeyEvent) -> DebtAct | None:
    """Return the act that a digit without other keys stands for."""
    held = event.modifiers() & ~(
        Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
    )
    number = -1 if held else digit_of(event, QGuiApplication.platformName())
    acts = list(DebtAct)
    return acts[number - 1] if 1 <= number <= len(acts) else None
