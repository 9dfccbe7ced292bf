"""An account with its store open and its list in sight."""

from dataclasses import dataclass

from agent_app.models.commands import Commands
from agent_app.store.store import Store
from agent_app.ui.followups.list_panel import ListPanel


@dataclass(frozen=True, slots=True)
class OpenAccount:
    """What the form's half and the sync are built on."""

    store: Store
    commands: Commands
    panel: ListPanel
