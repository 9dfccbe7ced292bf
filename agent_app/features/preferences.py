"""What a person and their team prefer: settings, templates, calling rules; and the window that
edits them."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from agent_app.config import layers as settings_file
from agent_app.config.layers import Configuration
from agent_app.domain.calling import Rulebook
from agent_app.domain.errors import BadSetting, NotWritten, StoreError
from agent_app.domain.own_views import OwnView
from agent_app.domain.settings import FONT_POINTS, Settings
from agent_app.domain.team import SharedKind
from agent_app.domain.templates import Template
from agent_app.runtime.weak import weakly
from agent_app.ui.widgets.theme import Theme
from agent_app.ui.window.main_window import MainWindow

if TYPE_CHECKING:
    from agent_app.features.team_values import DecidesForAll, TeamDecisions, TeamValues
    from agent_app.ui.settings.dialog import Accepted, SettingsDialog

VIEWS = "views.toml"
log = logging.getLogger(__name__)


class Preferences(QObject):
    """Holds them for one data folder. Team files are read when they are first needed, after the
    first paint; one that cannot be used is said so, once, and left as it is."""

    changed = Signal()
    """Settings, templates or rules are others now."""

    def __init__(
        self,
        window: MainWindow,
        theme: Theme,
        *,
        folder: Path,
        resources: Path,
        configuration: Configuration,
    ) -> None:
        super().__init__()
        self._window, self._theme = window, theme
        self._folder, self._resources = folder, resources
        self.configuration = configuration
        self._templates: list[Template] | None = None
        self._book: Rulebook | None = None
        self._own_views: tuple[OwnView, ...] | None = None
        self._team_views: tuple[OwnView, ...] = ()
        self._team: DecidesForAll | None = None
        self._team_values: TeamValues | None = None
        self._decisions: TeamDecisions | None = None
        self._dialog: SettingsDialog | None = None
        """The window of settings while it is open, and what is decided in it for the team."""
        theme.set_points(self.settings.font_points)
        window.theme_chosen.connect(self._on_theme)
        for name, step in (("bigger", 1), ("smaller", -1), ("normal", 0)):
            window.actions_[name].triggered.connect(weakly(self._on_font, step))

    # -- what they are

    @property
    def settings(self) -> Settings:
        """The settings in effect: what a team decided goes over the person's own."""
        own = self.configuration.settings
        return self._team_values.over(own) if self._team_values is not None else own

    # -- what a team decided

    def follow_team(self, team: "DecidesForAll | None") -> None:
        """Have a team's decisions in effect, or none."""
        self._team = team
        self.take_team()

    def take_team(self) -> None:
        """The team decided something."""
        self._team_values = self._team.values() if self._team is not None else None
        self.changed.emit()

    # -- templates, rules, views

    def _file(self, name: str, setting: str) -> Path:
        """Return a team's file: the person's own, else the administrators'; theirs alone if it is fixed."""
        own, given = self._folder / name, getattr(self.settings, setting)
        if given and (setting in self.configuration.fixed or not own.exists()):
            return Path(given)
        return own

    @property
    def templates(self) -> Sequence[Template]:
        """The team's templates, and the person's own of other names."""
        own, team = self._own_templates, self._team_values
        return team.with_own(own) if team is not None else own

    @property
    def _own_templates(self) -> list[Template]:
        if self._templates is None:
            self._templates = []
            try:
                from agent_app.config.team_files import (  # after the first paint
                    TEMPLATES,
                    read_templates,
                )

                self._templates = read_templates(self._file(TEMPLATES, "templates"))
            except BadSetting as error:
                self._window.notice.say(str(error), tone="warning")
        return self._templates

    @property
    def book(self) -> Rulebook:
        """The calling rules in effect: the team's, else those of this computer."""
        of_team = self._team_values.book if self._team_values is not None else None
        return of_team if of_team is not None else self._own_book

    @property
    def _own_book(self) -> Rulebook:
        if self._book is None:
            self._book = Rulebook()
            try:
                from agent_app.config.team_files import (  # after the first paint
                    CALLING,
                    read_rulebook,
                )

                self._book = read_rulebook(self._file(CALLING, "calling_rules"), self._resources)
            except BadSetting as error:
                self._window.notice.say(str(error), tone="warning")
        return self._book

    @property
    def own_views(self) -> tuple[OwnView, ...]:
        """The person's own views of the list, and the team's: those of other names."""
        if self._own_views is None:
            self._own_views = self._read_views(self._folder / VIEWS, of_team=False)
            team = Path(self.settings.views) if self.settings.views else None
            self._team_views = self._read_views(team, of_team=True) if team else ()
        names = {one.name.casefold() for one in self._own_views}
        others = (one for one in self._team_views if one.name.casefold() not in names)
        return (*self._own_views, *others)

    def _read_views(self, file: Path, *, of_team: bool) -> tuple[OwnView, ...]:
        from agent_app.config.team_files import read_views  # after the first paint

        try:
            return read_views(file, of_team=of_team)
        except BadSetting as error:
            self._window.notice.say(str(error), tone="warning")
            return ()

    def keep_own_views(self, views: Sequence[OwnView]) -> None:
        """Put a person's own views into effect and on disk; the team's stay in their file."""
        from agent_app.config.team_files import write_views  # after the first paint

        own = tuple(one for one in views if not one.of_team)
        try:
            write_views(self._folder / VIEWS, own)
        except BadSetting as error:
            self._window.notice.say(str(error), tone="warning")
        self._own_views = own

    # -- how they change

    def keep(self, new: Settings) -> None:
        """Put settings into effect and on disk; what a team decided stays as it is."""
        own = self.configuration.settings
        decided = self._team_values.settings if self._team_values is not None else ()
        self._keep_own(replace(new, **{name: getattr(own, name) for name in decided}))

    def _keep_own(self, new: Settings) -> None:
        changed = self.configuration.changed(new)
        try:
            settings_file.save(self._folder, changed)
        except BadSetting as error:
            self._window.notice.say(str(error), tone="warning")
        self._put(changed)

    def _put(self, changed: Configuration) -> None:
        self.configuration = changed
        self._theme.set_points(changed.settings.font_points)
        self.changed.emit()

    def _on_theme(self, name: str) -> None:
        self.keep(replace(self.settings, theme=name))

    def _on_font(self, step: int) -> None:
        points = self.settings.font_points + step if step else 0
        least, most = FONT_POINTS
        self.keep(replace(self.settings, font_points=max(least, min(points, most))))

    def ask(
        self,
        is_rule: Callable[[str], bool],
        opened: "Callable[[SettingsDialog], None] | None" = None,
    ) -> None:
        """Open the window of settings; *is_rule* says whether a text can plan the next call. *opened*
        is told of the window."""
        from agent_app.config.team_files import (  # after the first paint
            read_templates,
            write_templates,
        )
        from agent_app.ui.settings.dialog import (  # after the first paint
            SettingsDialog,
            TemplateFiles,
        )

        team, values = self._team, self._team_values
        templates: Sequence[Template] = self._own_templates
        book, decisions = self._own_book, None
        if team is not None and values is not None:
            decisions = team.decisions(values)
            templates, book = decisions.pages(templates, book)
        self._decisions = decisions
        dialog = SettingsDialog(
            self._window,
            self.settings,
            templates,
            book,
            TemplateFiles(read_templates, write_templates),
            is_rule,
            self.configuration.fixed,
        )
        if team is not None and decisions is not None:
            dialog.show_team(team.notes(decisions))
        dialog.accepted_settings.connect(self._on_accepted)
        dialog.finished.connect(self._on_asked)
        self._dialog = dialog
        dialog.open()
        if opened is not None:
            opened(dialog)

    def _on_asked(self) -> None:
        self._dialog = self._decisions = None

    def _on_accepted(self, accepted: "Accepted") -> None:
        try:
            self._take(accepted)
        except (BadSetting, StoreError) as error:
            log.warning("settings are not kept: %s", error)
            assert self._dialog is not None
            self._dialog.refuse(self._why_not(error))

    def _why_not(self, error: BadSetting | StoreError) -> str:
        if isinstance(error, BadSetting) and not isinstance(error, NotWritten):
            return str(error)
        return self.tr(
            "The disk is full or cannot be written, so this is not kept. Free some space and press OK again."
        )

    def _take(self, accepted: "Accepted") -> None:
        """Keep all, then put it into effect. Raises BadSetting and StoreError; the person can try again."""
        new, templates, for_all = accepted.settings, accepted.templates, accepted.for_all
        decisions = self._decisions
        if decisions is not None and decisions.may_write:
            decisions.decide(new, templates, accepted.book, for_all)
        if SharedKind.CALLING_RULES not in for_all:
            self._keep_rules(accepted.book)
        self._keep_templates([one for one in templates if not one.of_team])
        own, before = self.configuration.settings, self.settings
        kept = new if decisions is None else decisions.less(new, own, for_all)
        changed = self.configuration.changed(kept)
        settings_file.save(self._folder, changed)
        self._put(changed)
        if new.theme != before.theme:
            self._theme.choose(new.theme)
            self._window.actions_.show_theme(new.theme)
        if new.language != before.language:
            self._window.statusBar().showMessage(
                self.tr("The language changes at the next start."), 15_000
            )

    def _keep_rules(self, book: Rulebook) -> None:
        from agent_app.config.team_files import CALLING, write_rules  # after the first paint

        if book == self._own_book:
            return
        write_rules(self._folder / CALLING, book)
        self._book = book

    def _keep_templates(self, shown: list[Template]) -> None:
        """Keep the person's own: those that were shown, and those that the team's of the same name hid."""
        from agent_app.config.team_files import TEMPLATES, write_templates  # after the first paint

        names, team = {one.name.casefold() for one in shown}, self._team_values
        hidden = [one for one in self._own_templates if team is not None and team.hides(one)]
        own = [*shown, *(one for one in hidden if one.name.casefold() not in names)]
        if own == self._own_templates:
            return
        write_templates(self._folder / TEMPLATES, own)
        self._templates = own
