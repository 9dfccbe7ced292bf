"""The changes of the debt, a line each: not saved, refused, to be decided, on their way, saved."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from agent_app.domain.outbox import RefusalKind
from agent_app.models.debt_edits import DebtConflict, DebtEdits
from agent_app.text.debts import debt_field_label, debt_value_words
from agent_app.text.refusals import refusal_words
from agent_app.ui.widgets.announce import announce
from agent_app.ui.widgets.words_label import WordsLabel


class DebtStrip(QFrame):
    """Hidden where nothing of the debt is changed or under way."""

    def __init__(self, edits: DebtEdits) -> None:
        super().__init__()
        self.setObjectName("DebtStrip")
        self.setProperty("card", True)
        self.setAccessibleName(self.tr("Changes of the debt"))
        self._edits = edits
        self._said = ""
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(12, 6, 8, 6)
        self._rows.setSpacing(2)
        self._labels: list[WordsLabel] = []
        self._drawn: list[tuple[str, str, tuple[str, ...]]] = []
        edits.changed.connect(self._show)
        self._show()

    @property
    def words(self) -> str:
        """All lines."""
        return "\n".join(text for text, _tone, _acts in self._drawn)

    def _show(self) -> None:
        lines, before = self._lines(), self._drawn
        self._drawn = lines
        if [line[1:] for line in lines] != [line[1:] for line in before]:
            self._draw()
        for label, (text, _tone, _acts) in zip(self._labels, lines, strict=True):
            label.setText(text)
        self.setVisible(bool(lines))
        problem = next((text for text, tone, _ in lines if tone in ("error", "warning")), "")
        if problem and problem != self._said:
            announce(self, problem)
        self._said = problem

    def _lines(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """Text, tone, and acts as `act:field`."""
        edits = self._edits
        conflicts = {one.name: one for one in edits.conflicts}
        lines: list[tuple[str, str, tuple[str, ...]]] = []
        if words := self._refusal_words():
            lines.append((words, "error", ()))
        for name, mine in edits.mine.items():
            label, value = debt_field_label(name), debt_value_words(name, mine)
            if name in conflicts:
                lines.append(self._conflict(label, value, conflicts[name]))
                continue
            text = self.tr("{field}: {value} – not saved yet").format(field=label, value=value)
            lines.append((text, "", (f"back:{name}",)))
            lines += [(word, "error", ()) for word in edits.server_words(name)]
        for name, sent in edits.sending.items():
            if name not in edits.mine:
                text = self.tr("{field}: {value} – saving…").format(
                    field=debt_field_label(name), value=debt_value_words(name, sent)
                )
                lines.append((text, "muted", ()))
        if edits.may_take_back:
            lines.append((self.tr("Not sent yet: leaves by itself"), "warning", ("again:",)))
        saved = ", ".join(debt_field_label(name) for name in sorted(edits.was_saved))
        if saved:
            lines.append((self.tr("Saved: {fields}").format(fields=saved), "good", ()))
        return lines

    def _conflict(
        self, label: str, mine: str, conflict: DebtConflict
    ) -> tuple[str, str, tuple[str, ...]]:
        text = self.tr("{field}: yours is {mine}, meanwhile it became {theirs}").format(
            field=label, mine=mine, theirs=debt_value_words(conflict.name, conflict.theirs)
        )
        return text, "warning", (f"mine:{conflict.name}", f"theirs:{conflict.name}")

    def _refusal_words(self) -> str:
        entry = self._edits.refusal
        problem = entry.refusal if entry is not None else None
        if problem is None or problem.kind is RefusalKind.CONFLICT:
            return ""
        if problem.kind is RefusalKind.NOT_ALLOWED:
            return self.tr("Your account may not change debts ({scope}).").format(
                scope=problem.message or "403"
            )
        if problem.kind is RefusalKind.NOT_THERE:
            return self.tr("The server no longer has this debt.")
        if words := refusal_words(problem):
            return words
        beside = [word for _name, words in problem.fields for word in words]
        return (
            ""
            if beside
            else self.tr("The server says: {message}").format(message=problem.message or "400")
        )

    def _draw(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()  # without its parent it would be a window once the layout shows it
                old.deleteLater()
        self._labels.clear()
        for _text, tone, acts in self._drawn:
            self._rows.addWidget(self._row(tone, acts))

    def _row(self, tone: str, acts: tuple[str, ...]) -> QWidget:
        row = QWidget()
        inside = QHBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(12)
        label = WordsLabel()
        self._labels.append(label)
        match tone:
            case "error" | "warning":
                label.setProperty("problem", tone)
            case "good":
                label.setProperty("good", True)
            case "muted":
                label.setProperty("muted", True)
        inside.addWidget(label, 1)
        for act in acts:
            inside.addWidget(self._act_button(act), 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _act_button(self, act: str) -> QPushButton:
        kind, _, name = act.partition(":")
        words = {
            "back": self.tr("Set back"),
            "mine": self.tr("Keep mine"),
            "theirs": self.tr("Take theirs"),
            "again": self.tr("Edit again"),
        }[kind]
        button = QPushButton(words)
        button.setProperty("link", True)
        button.setProperty("inline", True)
        button.setObjectName(f"debt_{act.replace(':', '_')}")
        button.setAccessibleName(f"{words}: {debt_field_label(name)}" if name else words)
        button.setProperty("act", act)
        button.clicked.connect(self._on_act)
        return button

    def _on_act(self) -> None:
        button = self.sender()
        kind, _, name = str(button.property("act") if button is not None else "").partition(":")
        match kind:
            case "back":
                self._edits.set_back(name)
            case "mine":
                self._edits.keep_mine(name)
            case "theirs":
                self._edits.take_theirs(name)
            case "again":
                self._edits.take_back()
