"""Room: ui. All settings in one window, each explained in a sentence."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from agent_app.domain.calling import Rulebook
from agent_app.domain.errors import BadSetting
from agent_app.domain.settings import LANGUAGES, THEMES, Settings
from agent_app.domain.templates import FIELDS, MOST_NAME, Template, is_name
from agent_app.ui.rules_page import RulesPage
from agent_app.ui.shared.announce import announce


class SettingsDialog(QDialog):
    """Changes are put into effect by OK.

    *is_rule* says whether a text can be the rule for a next call; *read_templates* and
    *write_templates* read and write a file that a supervisor hands out, raising BadSetting.
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
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Settings"))
        self._settings, self._is_rule = settings, is_rule
        self._tabs = QTabWidget()
        self._tabs.setObjectName("settings_tabs")
        self._make_general()
        self._make_calls()
        self.templates = _TemplatesPage(templates, read_templates, write_templates)
        self._tabs.addTab(self.templates, self.tr("Templates"))
        self._make_reviews()
        self.rules = RulesPage(book)
        self._tabs.addTab(self.rules, self.tr("Calling hours"))
        self._wrong = QLabel()
        self._wrong.setTextFormat(Qt.TextFormat.PlainText)
        self._wrong.setWordWrap(True)
        self._wrong.setProperty("problem", "error")
        self._wrong.hide()
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
        self.resize(660, 560)

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
        self._tabs.addTab(page, title)
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
        self.text_size.setRange(-3, 12)
        self.text_size.setValue(self._settings.font_points)
        _row(
            form,
            self.tr("Text &size"),
            self.text_size,
            self.tr("Points added to the system's own size; Ctrl and + or − do the same."),
        )
        self.agent = QLineEdit(self._settings.agent_name)
        self.agent.setMaxLength(80)
        _row(
            form,
            self.tr("Your &name"),
            self.agent,
            self.tr("Goes into templates in the place of {agent}; it is sent nowhere else."),
        )

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
        self.snooze.setRange(1, 240)
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

    # -- the end

    def _on_ok(self) -> None:
        if not self._is_rule(self.retry.text()):
            self._refuse(
                self.tr("The next call is not a time. Try tomorrow 9, +2h or mon 10:30."), 1
            )
            self.retry.setFocus()
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
            agent_name=self.agent.text().strip(),
            retry=self.retry.text().strip(),
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


class _TemplatesPage(QWidget):
    def __init__(
        self,
        templates: Sequence[Template],
        read: Callable[[Path], list[Template]],
        write: Callable[[Path, Sequence[Template]], None],
    ) -> None:
        super().__init__()
        self._read, self._write = read, write
        self._texts: list[Template] = list(templates)
        self._loading = False
        self.list = QListWidget()
        self.list.setObjectName("templates")
        self.list.setAccessibleName(self.tr("Templates"))
        self.list.setMaximumWidth(200)
        self.name, self.text = QLineEdit(), QPlainTextEdit()
        self.name.setMaxLength(MOST_NAME)
        self.name.setObjectName("template_name")
        self.text.setObjectName("template_text")
        self.text.setTabChangesFocus(True)
        add = QPushButton(self.tr("&Add"))
        self._remove = QPushButton(self.tr("&Remove"))
        bring = QPushButton(self.tr("&Import…"))
        hand = QPushButton(self.tr("&Export…"))
        for button, act in (
            (add, self.add),
            (self._remove, self.remove),
            (bring, self._ask_import),
            (hand, self._ask_export),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(act)
        self._lay_out(add, bring, hand)
        self.list.currentRowChanged.connect(self._show)
        self.name.textEdited.connect(self._keep)
        self.text.textChanged.connect(self._keep)
        self._fill(0)

    def _lay_out(self, add: QPushButton, bring: QPushButton, hand: QPushButton) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(14, 14, 14, 14)
        places = ", ".join(f"{{{name}}}" for name in FIELDS)
        help_ = QLabel(
            self.tr(
                "A template is typed as /name in the summary or the notes. In its text these are filled in: {places}."
            ).replace("{places}", places)
        )
        help_.setWordWrap(True)
        help_.setProperty("muted", True)
        whole.addWidget(help_)
        both = QHBoxLayout()
        both.setSpacing(12)
        both.addWidget(self.list)
        right = QVBoxLayout()
        right.setSpacing(4)
        for text, field in ((self.tr("Na&me"), self.name), (self.tr("Te&xt"), self.text)):
            label = QLabel(text)
            label.setBuddy(field)
            field.setAccessibleName(text.replace("&", ""))
            right.addWidget(label)
            right.addWidget(field, 1 if field is self.text else 0)
        both.addLayout(right, 1)
        whole.addLayout(both, 1)
        row = QHBoxLayout()
        row.addWidget(add)
        row.addWidget(self._remove)
        row.addStretch(1)
        row.addWidget(bring)
        row.addWidget(hand)
        whole.addLayout(row)
        self._said = QLabel()
        self._said.setWordWrap(True)
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._said.hide()
        whole.addWidget(self._said)

    def templates(self) -> list[Template]:
        """The templates as they are now, by name."""
        return sorted(self._texts, key=lambda t: t.name.casefold())

    def wrong(self) -> str:
        """What keeps them from being used, or ""."""
        names = [t.name.casefold() for t in self._texts]
        for place, template in enumerate(self._texts):
            if not is_name(template.name):
                self.list.setCurrentRow(place)
                return self.tr("A template's name has letters, digits, dots and dashes only.")
            if not template.text.strip():
                self.list.setCurrentRow(place)
                return self.tr("The template {name} has no text.").format(name=template.name)
            if names.count(template.name.casefold()) > 1:
                self.list.setCurrentRow(place)
                return self.tr("There are two templates called {name}.").format(name=template.name)
        return ""

    def add(self) -> None:
        """Begin a new template."""
        self._texts.append(Template("", ""))
        self._fill(len(self._texts) - 1)
        self.name.setFocus()

    def remove(self) -> None:
        """Remove the chosen one."""
        row = self.list.currentRow()
        if 0 <= row < len(self._texts):
            del self._texts[row]
            self._fill(min(row, len(self._texts) - 1))

    def bring_in(self, file: Path) -> None:
        """Add the templates of a file; one of the same name is replaced."""
        try:
            new = self._read(file)
        except BadSetting as error:
            self._say(str(error), is_error=True)
            return
        kept = {t.name.casefold(): t for t in self._texts}
        kept |= {t.name.casefold(): t for t in new}
        self._texts = sorted(kept.values(), key=lambda t: t.name.casefold())
        self._fill(0)
        self._say(self.tr("%n template(s) imported.", "", len(new)))

    def hand_out(self, file: Path) -> None:
        """Write the templates to a file."""
        try:
            self._write(file, self.templates())
        except BadSetting as error:
            self._say(str(error), is_error=True)
            return
        self._say(self.tr("Written to {file}.").format(file=file.name))

    def _ask_import(self) -> None:
        dialog = QFileDialog(self, self.tr("Import templates"), "", "TOML (*.toml)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.bring_in(Path(name)))
        dialog.open()

    def _ask_export(self) -> None:
        dialog = QFileDialog(self, self.tr("Export templates"), "", "TOML (*.toml)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("toml")
        dialog.selectFile("templates.toml")
        dialog.fileSelected.connect(lambda name: self.hand_out(Path(name)))
        dialog.open()

    def _say(self, words: str, *, is_error: bool = False) -> None:
        self._said.setProperty("problem", "error" if is_error else "")
        self._said.style().unpolish(self._said)
        self._said.style().polish(self._said)
        self._said.setText(words)
        self._said.show()
        announce(self, words)

    def _fill(self, row: int) -> None:
        self._loading = True
        self.list.clear()
        for template in self._texts:
            self.list.addItem(template.name or self.tr("(new)"))
        self._loading = False
        self.list.setCurrentRow(row)
        self._show(row)

    def _show(self, row: int) -> None:
        if self._loading:
            return
        there = 0 <= row < len(self._texts)
        self._loading = True
        self.name.setText(self._texts[row].name if there else "")
        self.text.setPlainText(self._texts[row].text if there else "")
        self._loading = False
        for widget in (self.name, self.text, self._remove):
            widget.setEnabled(there)

    def _keep(self) -> None:
        row = self.list.currentRow()
        if self._loading or not 0 <= row < len(self._texts):
            return
        self._texts[row] = Template(self.name.text().strip(), self.text.toPlainText())
        item = self.list.item(row)
        item.setText(self._texts[row].name or self.tr("(new)"))


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
