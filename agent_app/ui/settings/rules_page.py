"""The calling rules in the settings: turned on and edited, each with its source."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QGridLayout,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from agent_app.domain.calling import CallingRule, Per, Rulebook, read_spans, spans_text
from agent_app.domain.fields import Status
from agent_app.text.labels import rule_text, value_label
from agent_app.text.moments import date_text
from agent_app.ui.settings.team_line import TeamLine, TeamNote
from agent_app.ui.widgets.number_box import NumberBox


class RulesPage(QScrollArea):
    """Shows a `Rulebook`; `book` gives it back as it was edited."""

    def __init__(self, book: Rulebook) -> None:
        super().__init__()
        self.team: TeamLine | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._show(book)

    def show_team(self, note: TeamNote) -> None:
        """There is a team, which may have decided these."""
        self.team = TeamLine(note, self._show)
        self._top.addWidget(self.team)
        if note.is_set and not note.may_write:
            self._lock(note.words)

    def _lock(self, words: str) -> None:
        for box in self.rules:
            box.lock()
        self._meanings.setEnabled(False)
        self.setAccessibleDescription(words)

    def _show(self, book: Rulebook) -> None:
        self._book = book
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.setSpacing(12)
        help_ = QLabel(
            self.tr(
                "A rule that is on warns beside the field when a call is planned or made against it; you can go on with a reason, which is written into the notes. Which rules bind your company is for it to decide."
            )
        )
        help_.setWordWrap(True)
        help_.setProperty("muted", True)
        layout.addWidget(help_)
        self._top = QVBoxLayout()
        layout.addLayout(self._top)
        if self.team is not None:
            self._top.addWidget(self.team)
        self.rules = [_RuleBox(rule) for rule in book.rules]
        for box in self.rules:
            layout.addWidget(box)
        self._statuses: dict[str, tuple[QCheckBox, QCheckBox]] = {}
        self._meanings = self._make_statuses()
        layout.addWidget(self._meanings)
        layout.addStretch(1)
        self.setWidget(inside)

    def _make_statuses(self) -> QGroupBox:
        group = QGroupBox(self.tr("What a status means"))
        grid = QGridLayout(group)
        talked, refused = self.tr("There was a conversation"), self.tr("Debtor refused")
        grid.addWidget(QLabel(talked), 0, 1)
        grid.addWidget(QLabel(refused), 0, 2)
        for line, status in enumerate(Status, start=1):
            label = value_label("status", status)
            grid.addWidget(QLabel(label), line, 0)
            boxes = (QCheckBox(), QCheckBox())
            for column, (box, meaning, chosen) in enumerate(
                zip(
                    boxes,
                    (talked, refused),
                    (self._book.conversation, self._book.refusal),
                    strict=True,
                ),
                start=1,
            ):
                box.setAccessibleName(f"{label}: {meaning}")
                box.setChecked(status in chosen)
                grid.addWidget(box, line, column)
            self._statuses[status] = boxes
        grid.setColumnStretch(3, 1)
        return group

    def wrong(self) -> str:
        """Return what cannot be used, or ""."""
        for box in self.rules:
            words = box.wrong()
            if words:
                self.ensureWidgetVisible(box)
                return words
        return ""

    def book(self) -> Rulebook:
        """Return the rules as they were edited."""
        boxes = self._statuses.items()
        return replace(
            self._book,
            rules=tuple(box.rule() for box in self.rules),
            conversation=frozenset(s for s, (talked, _) in boxes if talked.isChecked()),
            refusal=frozenset(s for s, (_, refused) in boxes if refused.isChecked()),
        )


class _RuleBox(QGroupBox):
    def __init__(self, rule: CallingRule) -> None:
        super().__init__()
        self._rule = rule
        self.on = QCheckBox(rule_text(rule.name))
        self.on.setChecked(rule.enabled)
        source = QLabel(
            self.tr("{source}; checked {day}.").format(
                source=rule.source, day=_day_text(rule.checked)
            )
            + (f" {rule_text(rule.note)}" if rule.note else "")
        )
        source.setTextFormat(Qt.TextFormat.PlainText)
        source.setWordWrap(True)
        source.setProperty("muted", True)
        layout = QVBoxLayout(self)
        layout.addWidget(self.on)
        layout.addWidget(source)
        self.details = QWidget()
        self.fold = QPushButton()
        self.fold.setProperty("link", True)
        self.fold.setCheckable(True)
        self.fold.setAutoDefault(False)
        self.fold.toggled.connect(self._show_details)
        layout.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.details)
        form = QFormLayout(self.details)
        form.setContentsMargins(0, 0, 0, 0)
        self._show_details(False)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        self.hours: list[QLineEdit] = []
        self._make_hours(form)
        self.most = _number(rule.most, 1_000)
        self.in_days = _number(rule.in_days, 366)
        self.quiet = _number(rule.quiet_days, 366)
        self.refusal = _number(rule.refusal_days, 366)
        self.per = QComboBox()
        self.per.addItem(self.tr("of the debt"), Per.DEBT)
        self.per.addItem(self.tr("of the person"), Per.PERSON)
        self.per.setCurrentIndex(0 if rule.per is Per.DEBT else 1)
        self.holidays = QCheckBox(self.tr("Not on public holidays"))
        self.holidays.setChecked(rule.holidays)
        for text, field in (
            (self.tr("Max. calls (0 = no limit)"), self.most),
            (self.tr("per … days"), self.in_days),
            (self.tr("Calls are counted"), self.per),
            (self.tr("Days of rest after a conversation"), self.quiet),
            (self.tr("Days of rest after a refusal"), self.refusal),
        ):
            label = QLabel(text)
            label.setBuddy(field)
            field.setAccessibleName(text)
            form.addRow(label, field)
        form.addRow(self.holidays)

    def lock(self) -> None:
        """Let it be read and not changed."""
        for widget in (self.on, self.details):
            widget.setEnabled(False)

    def _show_details(self, shown: bool) -> None:
        """Three rules with all their hours are a long way to scroll: what is not edited is folded away."""
        self.details.setVisible(shown)
        words = self.tr("Hide hours and limits") if shown else self.tr("Hours and limits…")
        self.fold.setText(words)
        self.fold.setAccessibleName(f"{self.on.text()}: {words}")

    def _make_hours(self, form: QFormLayout) -> None:
        for day in range(7):
            name = QLocale().dayName(day + 1)
            field = QLineEdit(spans_text(self._rule.hours.get(day, ())))
            field.setPlaceholderText(self.tr("closed") if self._rule.hours else self.tr("any"))
            field.setMinimumWidth(240)
            field.setAccessibleName(name)
            label = QLabel(name)
            label.setBuddy(field)
            form.addRow(label, field)
            self.hours.append(field)

    def wrong(self) -> str:
        """Return what cannot be used, or ""."""
        for day, field in enumerate(self.hours):
            try:
                read_spans(field.text())
            except ValueError:
                self.fold.setChecked(True)
                field.setFocus()
                return self.tr(
                    "{rule}, {day}: hours are written like 10:00-13:00, 14:00-20:00."
                ).format(rule=rule_text(self._rule.name), day=QLocale().dayName(day + 1))
        return ""

    def rule(self) -> CallingRule:
        """Return the rule as it was edited."""
        hours = {day: read_spans(field.text()) for day, field in enumerate(self.hours)}
        return replace(
            self._rule,
            enabled=self.on.isChecked(),
            hours={day: spans for day, spans in hours.items() if spans},
            holidays=self.holidays.isChecked(),
            most=self.most.value(),
            in_days=self.in_days.value(),
            per=Per(self.per.currentData()),
            quiet_days=self.quiet.value(),
            refusal_days=self.refusal.value(),
        )


def _number(value: int, most: int) -> NumberBox:
    box = NumberBox()
    box.setRange(0, most)
    box.setValue(value)
    box.setMinimumWidth(96)
    return box


def _day_text(day: date) -> str:
    return date_text(day, QLocale())
