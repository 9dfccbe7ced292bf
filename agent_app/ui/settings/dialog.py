"""All settings in one window, each explained in a sentence."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from agent_app.domain.calling import Rulebook
from agent_app.domain.settings import Settings
from agent_app.domain.team import TEAM_SETTINGS, SharedKind
from agent_app.domain.templates import Template
from agent_app.ui.settings.rules_page import RulesPage
from agent_app.ui.settings.setting_fields import CheckField, LineField, LinesField, NameField
from agent_app.ui.settings.setting_specs import Spec, calls, general, reviews
from agent_app.ui.settings.team_line import TeamLine, TeamNote
from agent_app.ui.settings.templates_page import TemplatesPage
from agent_app.ui.widgets.announce import announce


@dataclass(frozen=True, slots=True)
class TemplateFiles:
    """Reads and writes a file of templates that a supervisor hands out; both raise BadSetting."""

    read: Callable[[Path], list[Template]]
    write: Callable[[Path, Sequence[Template]], None]


@dataclass(frozen=True, slots=True)
class Accepted:
    """What is to be: settings, templates and rules, and which of the settings and rules are for the whole
    team."""

    settings: Settings
    templates: list[Template]
    book: Rulebook
    for_all: frozenset[SharedKind]


class SettingsDialog(QDialog):
    """Changes are put into effect by OK.

    *is_rule* says whether a text can be the rule for a next call; *fixed* names the settings that an
    administrator has fixed.
    """

    accepted_settings = Signal(object)
    """What was `Accepted`. Who takes it may `refuse`."""

    def __init__(
        self,
        parent: QWidget,
        settings: Settings,
        templates: Sequence[Template],
        book: Rulebook,
        files: TemplateFiles,
        is_rule: Callable[[str], bool],
        fixed: Set[str] = frozenset(),
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Settings"))
        self._settings = settings
        self.fields: dict[str, Any] = {}
        """The widget that edits a setting, by the setting's name."""
        self._specs: list[tuple[Spec, QWidget]] = []
        self._cells: dict[str, tuple[QGridLayout, int]] = {}
        """Where a line about the team goes, by the setting's name."""
        self.team_lines: dict[SharedKind, TeamLine] = {}
        self._tabs = QTabWidget()
        self._tabs.setObjectName("settings_tabs")
        self._add_page(self.tr("General"), general(settings))
        self._add_page(self.tr("Calls"), calls(settings, is_rule))
        self.templates = TemplatesPage(templates, files.read, files.write)
        self._tabs.addTab(self.templates, self.tr("Templates"))
        self._add_page(self.tr("Reviews"), reviews(settings))
        self.rules = RulesPage(book)
        self._tabs.addTab(self.rules, self.tr("Calling hours"))
        self.wrong = QLabel()
        self.wrong.setTextFormat(Qt.TextFormat.PlainText)
        self.wrong.setWordWrap(True)
        self.wrong.setProperty("problem", "error")
        self.wrong.hide()
        self._team = QLabel()
        self._team.setObjectName("settings_team")
        self._team.setTextFormat(Qt.TextFormat.PlainText)
        self._team.setWordWrap(True)
        self._team.setProperty("muted", True)
        self._team.hide()
        self._show_fixed(fixed)
        self._lay_out()

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self._on_ok)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 12)
        layout.addWidget(self._tabs, 1)
        layout.addWidget(self._team)
        layout.addWidget(self.wrong)
        layout.addWidget(buttons)
        self.resize(700, 640)

    # -- pages

    def _add_page(self, title: str, specs: Sequence[Spec]) -> None:
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
        for spec in specs:
            self._cells[spec.name] = (grid, _add_row(grid, spec))
            self.fields[spec.name] = spec.field
            self._specs.append((spec, sheet))

    def _show_fixed(self, names: Set[str]) -> None:
        """What an administrator has fixed is shown and cannot be changed."""
        pages = {"templates": self.templates, "calling_rules": self.rules}
        fields: Mapping[str, QWidget] = {**self.fields, **pages}
        words = self.tr("Your administrator has set this.")
        for name in names & fields.keys():
            fields[name].setEnabled(False)
            fields[name].setToolTip(words)
            fields[name].setAccessibleDescription(words)

    def show_team(self, notes: Mapping[SharedKind, TeamNote]) -> None:
        """There is a team: say what it decided, and let who decides for it do so."""
        for kind, note in notes.items():
            match kind:
                case SharedKind.TEMPLATES:
                    self.templates.show_team(note)
                case SharedKind.CALLING_RULES:
                    self.rules.show_team(note)
                    assert self.rules.team is not None
                    self.team_lines[kind] = self.rules.team
                case SharedKind.SCORECARD | SharedKind.GOALS:
                    self.team_lines[kind] = self._add_team_line(TEAM_SETTINGS[kind], note)

    def _add_team_line(self, name: str, note: TeamNote) -> TeamLine:
        field = self.fields[name]
        if note.value is not None:
            field.put(note.value)
        line = TeamLine(note, field.put)
        grid, row = self._cells[name]
        grid.addWidget(line, row, 1)
        line.setVisible(note.may_write or bool(note.words))
        if note.is_set and not note.may_write:
            field.setEnabled(False)
            field.setAccessibleDescription(note.words)
        return line

    def offer_names(self, names: Sequence[str]) -> None:
        """Offer the company's people as names to choose from."""
        field = self.fields["agent_name"]
        assert isinstance(field, NameField)
        field.offer(names)

    def say_team(self, words: str) -> None:
        """Say who one is in the team, and how that stands ("": there is no team)."""
        self._team.setText(words)
        self._team.setVisible(bool(words))

    # -- the end

    def _on_ok(self) -> None:
        for spec, page in self._specs:
            if spec.wrong is None or not isinstance(spec.field, (LineField, LinesField)):
                continue
            if wrong := spec.wrong(spec.field.text()):
                self._refuse_page(wrong, page)
                spec.field.setFocus()
                return
        if wrong := self.templates.wrong():
            self._refuse_page(wrong, self.templates)
            return
        if wrong := self.rules.wrong():
            self._refuse_page(wrong, self.rules)
            return
        values: dict[str, Any] = {name: field.setting() for name, field in self.fields.items()}
        new = replace(self._settings, **values)
        for_all = frozenset(kind for kind, line in self.team_lines.items() if line.is_for_all)
        self.wrong.hide()
        self.accepted_settings.emit(
            Accepted(new, self.templates.templates(), self.rules.book(), for_all)
        )
        if self.wrong.isHidden():
            self.accept()

    def _refuse_page(self, words: str, page: QWidget) -> None:
        self._tabs.setCurrentWidget(page)
        self.refuse(words)

    def refuse(self, words: str) -> None:
        """Say why this cannot be kept, and stay open: nothing typed is lost."""
        self.wrong.setText(words)
        self.wrong.show()
        announce(self, words)


def _add_row(grid: QGridLayout, spec: Spec) -> int:
    """Add a setting; returns the row that is left free below it."""
    line, field = grid.rowCount() + 1, spec.field
    if not isinstance(field, CheckField):
        label = QLabel(spec.text)
        label.setBuddy(field)
        field.setAccessibleName(spec.text.replace("&", ""))
        grid.addWidget(label, line, 0)
    field.setAccessibleDescription(spec.why)
    field.setObjectName(spec.name)
    grid.addWidget(field, line, 1)
    why = QLabel(spec.why)
    why.setWordWrap(True)
    why.setProperty("muted", True)
    why.setContentsMargins(0, 0, 0, 10)
    grid.addWidget(why, line + 1, 1)
    return line + 2
