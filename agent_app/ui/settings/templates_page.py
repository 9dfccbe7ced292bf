"""The page of settings where templates are written: one's own and, in a team, those for all."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from agent_app.domain.errors import BadSetting
from agent_app.domain.templates import (
    FIELDS,
    MAX_FOR_ALL,
    MAX_NAME,
    MAX_TEMPLATES,
    MAX_TEXT,
    Template,
    is_name,
)
from agent_app.ui.settings.team_line import TeamLine, TeamNote
from agent_app.ui.widgets.announce import announce
from agent_app.ui.widgets.restyle import restyle


class TemplatesPage(QWidget):
    """Adds, changes, removes, imports and exports templates; `templates` gives them. In a team those for
    all can be read by everybody and changed by supervisors."""

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
        self._note: TeamNote | None = None
        self.list = QListWidget()
        self.list.setObjectName("templates")
        self.list.setAccessibleName(self.tr("Templates"))
        self.list.setMaximumWidth(200)
        self.name, self.text = QLineEdit(), QPlainTextEdit()
        self.name.setMaxLength(MAX_NAME)
        self.name.setObjectName("template_name")
        self.text.setObjectName("template_text")
        self.text.setTabChangesFocus(True)
        self.for_team = QCheckBox(self.tr("For the &whole team"))
        self.for_team.setObjectName("template_for_team")
        self.for_team.hide()
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
        self.for_team.clicked.connect(self._keep)
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
        self._team = QVBoxLayout()
        whole.addLayout(self._team)
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
        right.addWidget(self.for_team)
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
        """Return the templates as they are now, by name."""
        return sorted(self._texts, key=lambda t: t.name.casefold())

    def show_team(self, note: TeamNote) -> None:
        """There is a team: some of the templates are for all, and who decides for all writes them."""
        self._note = note
        if note.words or len(note.earlier) > 1:
            self._team.addWidget(TeamLine(note, self._put_version, has_box=False))
        self.for_team.setVisible(note.may_write)
        self._fill(self.list.currentRow())

    def _put_version(self, version: Sequence[Template]) -> None:
        names = {one.name.casefold() for one in version}
        own = [t for t in self._texts if not t.of_team and t.name.casefold() not in names]
        self._texts = sorted([*version, *own], key=lambda t: t.name.casefold())
        self._fill(0)

    def wrong(self) -> str:
        """Return what keeps them from being used, or ""."""
        names = [t.name.casefold() for t in self._texts]
        for place, template in enumerate(self._texts):
            if not is_name(template.name):
                self.list.setCurrentRow(place)
                return self.tr("A template's name has letters, digits, dots and dashes only.")
            if not template.text.strip():
                self.list.setCurrentRow(place)
                return self.tr("The template {name} has no text.").format(name=template.name)
            if len(template.text) > MAX_TEXT:
                self.list.setCurrentRow(place)
                return self.tr(
                    "The template {name} is too long ({most} characters at most)."
                ).format(name=template.name, most=QLocale().toString(MAX_TEXT))
            if names.count(template.name.casefold()) > 1:
                self.list.setCurrentRow(place)
                return self.tr("There are two templates called {name}.").format(name=template.name)
        if len(self._texts) > MAX_TEMPLATES:
            return self.tr("There are too many templates ({most} at most).").format(
                most=QLocale().toString(MAX_TEMPLATES)
            )
        if sum(len(t.name) + len(t.text) for t in self._texts if t.of_team) > MAX_FOR_ALL:
            return self.tr(
                "The templates for the whole team are too long together ({most} characters at most)."
            ).format(most=QLocale().toString(MAX_FOR_ALL))
        return ""

    def add(self) -> None:
        """Begin a new template: for all, where a team has some and this person decides for it."""
        self._texts.append(Template("", "", self._shares_new))
        self._fill(len(self._texts) - 1)
        self.name.setFocus()

    def remove(self) -> None:
        """Remove the chosen one."""
        row = self.list.currentRow()
        if 0 <= row < len(self._texts) and self._may_change(self._texts[row]):
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
        for one in new:
            there = kept.get(one.name.casefold())
            if there is not None and not self._may_change(there):
                continue
            is_for_all = there.of_team if there is not None else self._shares_new
            kept[one.name.casefold()] = replace(one, of_team=is_for_all)
        self._texts = sorted(kept.values(), key=lambda t: t.name.casefold())
        self._fill(0)
        self._say(self.tr("%n template(s) imported.", "", len(new)))

    def hand_out(self, file: Path) -> None:
        """Write the templates to a file."""
        if wrong := self.wrong():
            self._say(wrong, is_error=True)
            return
        try:
            self._write(file, self.templates())
        except BadSetting as error:
            self._say(str(error), is_error=True)
            return
        self._say(self.tr("Saved as {file}.").format(file=file.name))

    def _on_import(self, name: str) -> None:
        self.bring_in(Path(name))

    def _on_export(self, name: str) -> None:
        self.hand_out(Path(name))

    def _ask_import(self) -> None:
        dialog = QFileDialog(self, self.tr("Import templates"), "", "TOML (*.toml)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._on_import)
        dialog.open()

    def _ask_export(self) -> None:
        dialog = QFileDialog(self, self.tr("Export templates"), "", "TOML (*.toml)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("toml")
        dialog.selectFile("templates.toml")
        dialog.fileSelected.connect(self._on_export)
        dialog.open()

    def _say(self, words: str, *, is_error: bool = False) -> None:
        self._said.setProperty("problem", "error" if is_error else "")
        restyle(self._said)
        self._said.setText(words)
        self._said.show()
        announce(self, words)

    def _fill(self, row: int) -> None:
        self._loading = True
        self.list.clear()
        for template in self._texts:
            self.list.addItem(self._label(template))
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
        self.for_team.setChecked(there and self._texts[row].of_team)
        self._loading = False
        may = there and self._may_change(self._texts[row])
        for widget in (self.name, self.text, self._remove, self.for_team):
            widget.setEnabled(there)
        self._remove.setEnabled(may)
        self.name.setReadOnly(not may)
        self.text.setReadOnly(not may)

    def _keep(self) -> None:
        row = self.list.currentRow()
        if self._loading or not 0 <= row < len(self._texts):
            return
        self._texts[row] = Template(
            self.name.text().strip(), self.text.toPlainText(), self.for_team.isChecked()
        )
        item = self.list.item(row)
        item.setText(self._label(self._texts[row]))

    def _label(self, template: Template) -> str:
        name = template.name or self.tr("(new)")
        return self.tr("{name} (team)").format(name=name) if template.of_team else name

    @property
    def _shares_new(self) -> bool:
        return self._note is not None and self._note.may_write and self._note.is_set

    def _may_change(self, template: Template) -> bool:
        return not template.of_team or (self._note is not None and self._note.may_write)
