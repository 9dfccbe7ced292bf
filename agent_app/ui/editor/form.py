"""The form: one row a field; details of a call are folded until they are wanted."""

from collections.abc import Callable
from datetime import datetime, tzinfo

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent, QTextCursor
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from agent_app.domain.fields import (
    DIALLED_TYPES,
    FIELD_BY_NAME,
    FIELDS,
    TEXT_KINDS,
    Field,
    Kind,
    Value,
)
from agent_app.domain.followup import Followup
from agent_app.domain.outcomes import NEXT_CALL
from agent_app.models.conflicts import Decision, may_join
from agent_app.models.edit_session import EditSession
from agent_app.runtime.weak import weakly
from agent_app.text.labels import field_label, problem_words, value_words
from agent_app.text.moments import Unreadable
from agent_app.ui.editor.colleague_mark import ColleagueMark, in_brief
from agent_app.ui.editor.ending_words import EndingWords
from agent_app.ui.editor.form_layout import DETAILS, FACTS, WORDS, FormLayout
from agent_app.ui.widgets.editors import editor_for
from agent_app.ui.widgets.field_row import FieldRow
from agent_app.ui.widgets.mnemonics import with_mnemonics
from agent_app.ui.widgets.theme import Theme

PLANNED = Field(NEXT_CALL, Kind.MOMENT)
"""Looks like a field; saving files a new followup of the debt for it."""


class Form(QWidget):
    """Lets an agent edit what an `EditSession` holds."""

    compare_wanted = Signal(str)
    """The person wants to see both versions of a field in conflict."""
    call_wanted = Signal(str)
    """The person wants to call this number (E.164 where it is known)."""

    def __init__(
        self,
        session: EditSession,
        theme: Theme,
        zone: tzinfo,
        now: Callable[[], datetime],
        taken: str,
        clock: Callable[[Followup], str] = lambda _followup: "",
    ) -> None:
        """*taken* are letters that Alt already leads elsewhere with; *clock* says what time it is
        at the debtor's, where it is another."""
        super().__init__()
        self._clock = clock
        self._session, self._theme, self._zone = session, theme, zone
        self.marks: dict[str, ColleagueMark] = {}
        self.rows: dict[str, FieldRow] = {}
        usual = [field for field in FIELDS if not field.call_detail]
        fields = (*usual, PLANNED, *(field for field in FIELDS if field.call_detail))
        plain = [field_label(field.name) for field in fields]
        for field, label, marked in zip(fields, plain, with_mnemonics(plain, taken), strict=True):
            editor = editor_for(field, label, theme, zone, now)
            row = FieldRow(field, marked, plain_label=label, editor=editor, theme=theme)
            editor.typed.connect(weakly(self._on_typed, field.name))
            editor.left.connect(session.keep_draft)
            row.set_back.connect(weakly(session.set_back, field.name))
            self.rows[field.name] = row
        self._dial = QAction(self.tr("Call this number"), self)
        self._dial.setToolTip(self._dial.text())
        self._dial.triggered.connect(self._on_dial)
        number = self.rows["phone_number_used"].editor.focus
        assert isinstance(number, QLineEdit)
        number.addAction(self._dial, QLineEdit.ActionPosition.TrailingPosition)
        self.rows["disconnection_reason"].add_below(EndingWords(session))
        self._fold = QPushButton(self.tr("Details of the call"))
        self._fold.setProperty("link", True)
        self._fold.setProperty("inline", True)
        self._fold.setCheckable(True)
        self._fold.toggled.connect(self._on_fold)
        self._fold.setObjectName("details_fold")
        self._there = QLabel()
        self._there.setTextFormat(Qt.TextFormat.PlainText)
        self._there.setProperty("muted", True)
        self._there.setWordWrap(True)
        self._there.setObjectName("debtors_clock")
        self._details = QWidget()
        self.arrangement = FormLayout(
            self, self.rows, clock=self._there, fold=self._fold, details=self._details
        )
        self._on_fold(False)
        theme.changed.connect(self._paint)
        self._folded_for = ""
        self._filled = ""
        """What is open, once it is shown."""
        session.opened.connect(self._fill)
        session.base_moved.connect(self._follow)
        session.edited.connect(self._on_edited)
        self._fill()

    def wide_enough(self) -> int:
        """Return how wide it is with two columns."""
        return self.arrangement.wide_enough

    def minimumSizeHint(self) -> QSize:
        """Return one column at least."""
        return QSize(self.arrangement.narrowest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as there is room for."""
        super().resizeEvent(event)
        self.arrangement.fit(self.width())

    def tab_order(self) -> list[QWidget]:
        """Return what Tab visits before Save: the fields that an agent fills in after a call."""
        return [self.rows[name].editor.focus for name in (*FACTS, *WORDS, NEXT_CALL)]

    def details_order(self) -> list[QWidget]:
        """Return what Tab visits after Save."""
        return [
            self._fold,
            *(self.rows[name].editor.focus for name in (*DETAILS, "audio_url")),
        ]

    def fields(self) -> list[QWidget]:
        """Return where a person works. The next call is a step on the way to Save: a digit that is typed
        after that is no part of its date."""
        return [row.editor.focus for name, row in self.rows.items() if name != NEXT_CALL]

    def useful(self) -> list[QWidget]:
        """Return where to go when nothing says where: a letter there is a letter, never a choice."""
        return [self.rows[name].editor.focus for name in WORDS]

    def focus_first(self) -> None:
        """Go to the first field."""
        self.rows["status"].editor.focus.setFocus()

    def focus_field(self, name: str) -> None:
        """Go to a field, which is unfolded if need be."""
        if name in FIELD_BY_NAME and FIELD_BY_NAME[name].call_detail:
            self._fold.setChecked(True)
        self.rows[name].show_problem()
        focus = self.rows[name].editor.focus
        if focus.hasFocus() and name in WORDS:
            return  # in the middle of a sentence: the cursor is where it should be
        focus.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(focus, QLineEdit) and name not in WORDS:
            focus.selectAll()
        else:
            self._go_to_end(name)  # words are written on, never replaced

    def _go_to_end(self, name: str) -> None:
        focus = self.rows[name].editor.focus
        if isinstance(focus, QLineEdit):
            focus.end(False)
        elif isinstance(focus, QPlainTextEdit):
            focus.moveCursor(QTextCursor.MoveOperation.End)

    def _written(self) -> list[str]:
        """Return the fields of words whose cursor was put somewhere."""
        fields = [(name, self.rows[name].editor.focus) for name in self.rows if name in WORDS]
        return [
            name
            for name, field in fields
            if (isinstance(field, QLineEdit) and field.cursorPosition())
            or (isinstance(field, QPlainTextEdit) and field.textCursor().position())
        ]

    def show_details(self) -> None:
        """Unfold the details of the call."""
        self._fold.setChecked(True)

    def set_read_only(self, read_only: bool) -> None:
        """Let the person look only."""
        for row in self.rows.values():
            row.editor.set_read_only(read_only)

    def _on_dial(self) -> None:
        self.call_wanted.emit(self.rows["phone_number_used"].editor.text())

    def _paint(self) -> None:
        self._dial.setIcon(self._theme.icon("call", "accent"))
        name = "chevron-down" if self._fold.isChecked() else "chevron-right"
        self._fold.setIcon(self._theme.icon(name, "accent"))
        self._fold.setIconSize(QSize(16, 16))

    def _on_fold(self, open_: bool) -> None:
        self._details.setVisible(open_)
        self._fold.setAccessibleDescription(self.tr("unfolded") if open_ else self.tr("folded"))
        self._paint()

    def _on_typed(self, name: str) -> None:
        try:
            self._session.set(name, self.rows[name].editor.read())
        except Unreadable as error:
            self._session.set_unreadable(name, error.rule, self.rows[name].editor.text())

    def _fill(self) -> None:
        followup = self._session.followup
        self.setEnabled(followup is not None)
        is_same = followup is not None and followup.id == self._filled
        written = self._written() if is_same else []
        self._filled = followup.id if followup is not None else ""
        for name in self.rows:
            self._load(name, fresh=True)
        for name in written:  # it was discarded: who types on does so behind what is left
            self._go_to_end(name)
        if followup is not None:
            changed = self._session.changed
            self._fold.setChecked(
                any(n in FIELD_BY_NAME and FIELD_BY_NAME[n].call_detail for n in changed)
            )
        self._show_state(set(self.rows), at_once=True)

    def _load(self, name: str, *, fresh: bool) -> None:
        """Show the base, and what the agent made of it. Unless *fresh*, a field that stands as it
        should is not touched: somebody may be typing in it."""
        editor, session = self.rows[name].editor, self._session
        unread, base = session.unread_text(name), session.base_value(name)
        if editor.is_composing and not fresh and name not in session.changed:
            session.hold(name, editor.read())
        edited = name in session.changed
        if edited and not fresh:
            editor.rebase(base)
        else:
            editor.load(base, fresh=fresh)
        if unread is not None:
            editor.show_text(unread)
        elif edited:
            editor.show(session.value(name))

    def _show_planned(self) -> None:
        """A next call is offered for calls; of a new followup there is none to plan yet."""
        shown = self._session.shown
        dialled = shown is not None and shown.type in DIALLED_TYPES and bool(shown.debt_id)
        planned = NEXT_CALL in self._session.changed
        is_shown = planned or (dialled and not self._session.is_begun)
        if is_shown == self.rows[NEXT_CALL].isHidden():
            self.rows[NEXT_CALL].setVisible(is_shown)
            self.arrangement.put_fold(beside_label=is_shown)
        self._there.setVisible(dialled)
        self._there.setText(self._clock(shown) if dialled and shown is not None else "")

    def _follow(self, names: set[str]) -> None:
        for name in names:
            self._load(name, fresh=False)
        self._show_state(names, at_once=True)

    def _on_edited(self, names: set[str]) -> None:
        self._show_state(names, at_once=False)

    def _show_marks(self) -> None:
        """Say at each field what a colleague changed since the followup was opened."""
        told, field_conflicts = (
            self._session.told,
            {one.name: one for one in self._session.field_conflicts},
        )
        if not (told or field_conflicts or self.marks):
            return
        for name in FIELD_BY_NAME:
            if name in field_conflicts:
                words = self.tr("A colleague changed this meanwhile: {theirs}").format(
                    theirs=self._in_brief(name, field_conflicts[name].theirs)
                )
                choices = {"mine", "theirs"}
                choices |= {"both"} if may_join(field_conflicts[name]) else set()
                choices |= {"compare"} if FIELD_BY_NAME[name].kind in TEXT_KINDS else set()
                self._mark(name).say(words, frozenset(choices))
            elif name in told:
                words = self.tr("Changed by a colleague just now. Before: {was}")
                self._mark(name).say(words.format(was=self._in_brief(name, told[name])))
            elif name in self.marks:
                self.marks[name].say("")

    def _in_brief(self, name: str, value: Value) -> str:
        return in_brief(value_words(name, value, self._zone, QLocale()))

    def _mark(self, name: str) -> ColleagueMark:
        if name not in self.marks:
            mark = ColleagueMark(self.rows[name].editor.focus, field_label(name))
            mark.chosen.connect(self._on_chosen)
            self.rows[name].add_below(mark)
            mark.follow()
            self.marks[name] = mark
        return self.marks[name]

    def _on_chosen(self, choice: str) -> None:
        name = next(name for name, mark in self.marks.items() if mark is self.sender())
        if choice == "compare":
            self.compare_wanted.emit(name)
        else:
            self._session.decide(name, Decision(choice))

    def _show_state(self, names: set[str], *, at_once: bool) -> None:
        self._show_planned()
        self._show_marks()
        for name in (*names, NEXT_CALL):
            row = self.rows[name]
            row.show_changed(name in self._session.changed)
            problems = self._session.problems(name)
            errors = [p for p in problems if not p.warning]
            told = errors or problems
            said = " ".join(problem_words(p) for p in told)
            from_server = any(p.rule is None for p in told)
            row.set_problem(said, is_error=bool(errors), at_once=at_once or from_server)
