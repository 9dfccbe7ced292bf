"""All settings in one window, each explained in a sentence."""

from collections.abc import Callable, Sequence, Set
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QLocale, QRegularExpression, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from agent_app.domain.calling import Rulebook
from agent_app.domain.part import Part
from agent_app.domain.settings import (
    FONT_POINTS,
    KEEP_DAYS,
    LANGUAGES,
    LOCK_MINUTES,
    PLANNED_TYPES,
    SNOOZE_MINUTES,
    THEMES,
    Settings,
)
from agent_app.domain.templates import Template
from agent_app.domain.text import one_line
from agent_app.text.numbers import region_of
from agent_app.ui.settings.rules_page import RulesPage
from agent_app.ui.settings.templates_page import TemplatesPage
from agent_app.ui.widgets.announce import announce

MAX_PROMISE_WORDS, MAX_NAME = 200, 80
_TWO_LETTERS = QRegularExpression("[A-Za-z]{2}")


class SettingsDialog(QDialog):
    """Changes are put into effect by OK.

    *is_rule* says whether a text can be the rule for a next call; *read_templates* and
    *write_templates* read and write a file that a supervisor hands out, raising BadSetting.
    *fixed* names the settings that an administrator has fixed.
    """

    accepted_settings = Signal(object, object, object)
    """The `Settings`, the templates and the `Rulebook` as they are to be."""

    def __init__(
        self,
        parent: QWidget,
        settings: Settings,
        templates: Sequence[Template],
        book: Rulebook,
        *,
        is_rule: Callable[[str], bool],
        read_templates: Callable[[Path], list[Template]],
        write_templates: Callable[[Path, Sequence[Template]], None],
        fixed: Set[str] = frozenset(),
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Settings"))
        self._settings, self._is_rule = settings, is_rule
        self._tabs = QTabWidget()
        self._tabs.setObjectName("settings_tabs")
        self._make_general()
        self._make_calls()
        self.templates = TemplatesPage(templates, read_templates, write_templates)
        self._tabs.addTab(self.templates, self.tr("Templates"))
        self._make_reviews()
        self.rules = RulesPage(book)
        self._tabs.addTab(self.rules, self.tr("Calling hours"))
        self._wrong = QLabel()
        self._wrong.setTextFormat(Qt.TextFormat.PlainText)
        self._wrong.setWordWrap(True)
        self._wrong.setProperty("problem", "error")
        self._wrong.hide()
        self._show_fixed(fixed)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self._on_ok)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 12)
        layout.addWidget(self._tabs, 1)
        layout.addWidget(self._wrong)
        layout.addWidget(buttons)
        self.resize(700, 640)

    # -- pages

    def _page(self, title: str) -> QGridLayout:
        page = QWidget()
        whole = QVBoxLayout(page)
        whole.setContentsMargins(14, 14, 14, 14)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        whole.addLayout(grid)
        whole.addStretch(1)
        sheet = QScrollArea()  # with larger text a page is taller than many a screen
        sheet.setWidgetResizable(True)
        sheet.setFrameShape(QFrame.Shape.NoFrame)
        sheet.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        sheet.setWidget(page)
        self._tabs.addTab(sheet, title)
        return grid

    def _make_general(self) -> None:
        form = self._page(self.tr("General"))
        self.language = QComboBox()
        names = {"system": self.tr("As the system"), "en": "English", "fr": "Français"}
        for value in LANGUAGES:
            self.language.addItem(names[value], value)
        self.language.setCurrentIndex(LANGUAGES.index(self._settings.language))
        _row(
            form,
            self.tr("&Language"),
            self.language,
            self.tr("The language of the window; it changes at the next start."),
        )
        self.theme = QComboBox()
        names = {
            "system": self.tr("As the system"),
            "light": self.tr("Light"),
            "dark": self.tr("Dark"),
        }
        for value in THEMES:
            self.theme.addItem(names[value], value)
        self.theme.setCurrentIndex(THEMES.index(self._settings.theme))
        _row(form, self.tr("&Theme"), self.theme, self.tr("Light or dark colours."))
        self.text_size = QSpinBox()
        self.text_size.setRange(*FONT_POINTS)
        self.text_size.setValue(self._settings.font_points)
        _row(
            form,
            self.tr("Text &size"),
            self.text_size,
            self.tr("Points added to the system's own size; Ctrl and + or − do the same."),
        )
        self.agent = QComboBox()
        name = QLineEdit()
        name.setMaxLength(MAX_NAME)
        self.agent.setLineEdit(name)
        self.agent.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.agent.setEditText(self._settings.agent_name)
        _row(
            form,
            self.tr("Your &name"),
            self.agent,
            self.tr(
                "Goes into templates in the place of {agent}, and stands below your reviews; choose it"
                " from the company's people where the server tells them."
            ),
        )

        self.lock = QSpinBox()
        self.lock.setRange(*LOCK_MINUTES)
        self.lock.setSuffix(self.tr(" min"))
        self.lock.setSpecialValueText(self.tr("never"))
        self.lock.setValue(self._settings.idle_lock_minutes)
        _row(
            form,
            self.tr("Loc&k after"),
            self.lock,
            self.tr("Without a key or a click for so long, the window is covered."),
        )
        self.keep = QSpinBox()
        self.keep.setRange(*KEEP_DAYS)
        self.keep.setSuffix(self.tr(" days"))
        self.keep.setSpecialValueText(self.tr("for ever"))
        self.keep.setValue(self._settings.keep_days)
        _row(
            form,
            self.tr("&Done is kept"),
            self.keep,
            self.tr(
                "Followups that are done leave this computer so long after; the server keeps them."
            ),
        )

    def offer_names(self, names: Sequence[str]) -> None:
        """Offer the company's people as names to choose; what stands there stays."""
        text = self.agent.currentText()
        self.agent.clear()
        self.agent.addItems([name[:MAX_NAME] for name in names])
        self.agent.setEditText(text)

    def _make_calls(self) -> None:
        form = self._page(self.tr("Calls"))
        self.retry = QLineEdit(self._settings.retry)
        _row(
            form,
            self.tr("Next &call"),
            self.retry,
            self.tr(
                "When “No answer” plans the next call, as you would type it: tomorrow 9, +2h, mon 10:30."
            ),
        )
        self.planned = QComboBox()
        names = {
            "manual_call": self.tr("Manual call: a person rings"),
            "call": self.tr("Call: the provider may ring"),
            "same": self.tr("The same as the call before"),
        }
        for value in PLANNED_TYPES:
            self.planned.addItem(names[value], value)
        self.planned.setCurrentIndex(PLANNED_TYPES.index(self._settings.planned_type))
        _row(
            form,
            self.tr("&Planned as"),
            self.planned,
            self.tr(
                "What a next or new call is filed as. The provider rings followups of type call by itself."
            ),
        )
        self.promise = QLineEdit(self._settings.promise_words)
        self.promise.setMaxLength(MAX_PROMISE_WORDS)
        self.promise.setPlaceholderText(self.tr("Promises {amount} by {day}"))
        _row(
            form,
            self.tr("Pro&mise to pay"),
            self.promise,
            self.tr(
                "How the team writes one into summary and notes, with {amount}, {day} and {instalments}."
            ),
        )
        self.country = QLineEdit(self._settings.country)
        self.country.setValidator(QRegularExpressionValidator(_TWO_LETTERS, self.country))
        self.country.setMaximumWidth(self.country.fontMetrics().horizontalAdvance("M") * 6)
        self.country.setPlaceholderText(region_of(QLocale()))
        _row(
            form,
            self.tr("Telephone c&ountry"),
            self.country,
            self.tr(
                "Two letters, as in FR: where numbers without a country belong if the debt names none."
            ),
        )
        self.part = QLineEdit(self._settings.part)
        self.part.setMaxLength(12)
        self.part.setPlaceholderText("3 of 20")
        _row(
            form,
            self.tr("My p&art of the list"),
            self.part,
            self.tr(
                "Where several desks share a list: 3 of 20 shows you a twentieth of the calls, nobody else's. Empty: all of them."
            ),
        )
        self.weekends = _check(
            form,
            self.tr("Call on &weekends"),
            self._settings.retry_on_weekends,
            self.tr("Otherwise a planned call that falls on a weekend moves to Monday."),
        )
        self.reminders = _check(
            form,
            self.tr("&Remind me of calls"),
            self._settings.reminders,
            self.tr("A call that becomes due is shown once, in the window and by the system."),
        )
        self.snooze = QSpinBox()
        self.snooze.setRange(*SNOOZE_MINUTES)
        self.snooze.setSuffix(self.tr(" min"))
        self.snooze.setValue(self._settings.snooze_minutes)
        _row(form, self.tr("S&nooze"), self.snooze, self.tr("How long Snooze puts a reminder off."))
        self.show_debtor = _check(
            form,
            self.tr("Name the &debtor in notifications"),
            self._settings.show_debtor,
            self.tr("Others may see your screen: third parties must not learn of a debt."),
        )
        self.links = _check(
            form,
            self.tr("Let the &telephone open followups"),
            self._settings.accept_links,
            self.tr(
                "A telephone program may open a followup and fill in the call's facts; nothing is saved without you."
            ),
        )

    def _make_reviews(self) -> None:
        form = self._page(self.tr("Reviews"))
        self.questions = QPlainTextEdit(self._settings.review_questions)
        self.questions.setTabChangesFocus(True)
        self.questions.setFixedHeight(self.questions.fontMetrics().height() * 9)
        _row(
            form,
            self.tr("S&corecard"),
            self.questions,
            self.tr("What supervisors ask of a followup that they review, one question a line."),
        )

    def _show_fixed(self, names: Set[str]) -> None:
        """What an administrator has fixed is shown and cannot be changed."""
        fields: dict[str, QWidget] = {
            "language": self.language,
            "theme": self.theme,
            "font_points": self.text_size,
            "agent_name": self.agent,
            "idle_lock_minutes": self.lock,
            "keep_days": self.keep,
            "retry": self.retry,
            "planned_type": self.planned,
            "promise_words": self.promise,
            "country": self.country,
            "part": self.part,
            "retry_on_weekends": self.weekends,
            "reminders": self.reminders,
            "snooze_minutes": self.snooze,
            "show_debtor": self.show_debtor,
            "accept_links": self.links,
            "templates": self.templates,
            "review_questions": self.questions,
            "calling_rules": self.rules,
        }
        words = self.tr("Your administrator has set this.")
        for name in names & fields.keys():
            fields[name].setEnabled(False)
            fields[name].setToolTip(words)
            fields[name].setAccessibleDescription(words)

    # -- the end

    def _on_ok(self) -> None:
        if not self._is_rule(self.retry.text()):
            self._refuse(
                self.tr("The next call is not a time. Try tomorrow 9, +2h or mon 10:30."), 1
            )
            self.retry.setFocus()
            return
        part = Part.read(self.part.text())
        if part is None and self.part.text().strip():
            self._refuse(self.tr("My part is not a part of a whole. Try 3 of 20."), 1)
            self.part.setFocus()
            return
        wrong = self.templates.wrong()
        if wrong:
            self._refuse(wrong, 2)
            return
        wrong = self.rules.wrong()
        if wrong:
            self._refuse(wrong, 4)
            return
        new = replace(
            self._settings,
            language=str(self.language.currentData()),
            theme=str(self.theme.currentData()),
            font_points=self.text_size.value(),
            agent_name=self.agent.currentText().strip(),
            idle_lock_minutes=self.lock.value(),
            keep_days=self.keep.value(),
            retry=self.retry.text().strip(),
            planned_type=str(self.planned.currentData()),
            promise_words=one_line(self.promise.text()),
            country=self.country.text().upper() if self.country.hasAcceptableInput() else "",
            part=str(part or ""),
            retry_on_weekends=self.weekends.isChecked(),
            reminders=self.reminders.isChecked(),
            snooze_minutes=self.snooze.value(),
            show_debtor=self.show_debtor.isChecked(),
            accept_links=self.links.isChecked(),
            review_questions=self.questions.toPlainText().strip(),
        )
        self.accepted_settings.emit(new, self.templates.templates(), self.rules.book())
        self.accept()

    def _refuse(self, words: str, tab: int) -> None:
        self._tabs.setCurrentIndex(tab)
        self._wrong.setText(words)
        self._wrong.show()
        announce(self, words)


def _row(grid: QGridLayout, text: str, field: QWidget, why: str) -> None:
    label = QLabel(text)
    label.setBuddy(field)
    field.setAccessibleName(text.replace("&", ""))
    field.setAccessibleDescription(why)
    line = grid.rowCount()
    grid.addWidget(label, line, 0)
    grid.addWidget(field, line, 1)
    grid.addWidget(_why(why), line + 1, 1)


def _check(grid: QGridLayout, text: str, on: bool, why: str) -> QCheckBox:
    box = QCheckBox(text)
    box.setChecked(on)
    box.setAccessibleDescription(why)
    line = grid.rowCount()
    grid.addWidget(box, line, 1)
    grid.addWidget(_why(why), line + 1, 1)
    return box


def _why(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setProperty("muted", True)
    label.setContentsMargins(0, 0, 0, 10)
    return label
