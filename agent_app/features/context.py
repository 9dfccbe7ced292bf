"""What every feature of the window works with."""

from dataclasses import dataclass

from PySide6.QtCore import QLocale

from agent_app.domain.clock import Clock
from agent_app.domain.settings import Settings
from agent_app.features.preferences import Preferences
from agent_app.models.sync_status import SyncStatus
from agent_app.models.team_status import TeamStatus
from agent_app.runtime.tasks import Tasks
from agent_app.text.labels import error_words
from agent_app.ui.widgets.theme import Theme
from agent_app.ui.window.main_window import MainWindow


@dataclass(frozen=True, slots=True)
class AppContext:
    """Lives as long as the window; accounts come and go in it."""

    window: MainWindow
    theme: Theme
    status: SyncStatus
    clock: Clock
    preferences: Preferences
    tasks: Tasks
    team: TeamStatus

    @property
    def settings(self) -> Settings:
        """The settings in effect now."""
        return self.preferences.settings

    def describe_error(self, error: Exception) -> str:
        """Return what an error means to the person, in a sentence."""
        return error_words(error, self.clock.zone, QLocale(), None)
