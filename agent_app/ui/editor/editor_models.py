"""What belongs to an account and the form works with."""

from dataclasses import dataclass

from agent_app.models.calling_guard import CallingGuard
from agent_app.models.debt_card import DebtCard
from agent_app.models.edit_session import EditSession
from agent_app.models.outcome_filler import OutcomeFiller
from agent_app.models.pinned_note import PinnedNote
from agent_app.models.player import Player
from agent_app.models.sync_status import SyncStatus
from agent_app.ui.widgets.snippets import Snippets


@dataclass(frozen=True, slots=True)
class EditorModels:
    """The models of one account's form."""

    session: EditSession
    card: DebtCard
    status: SyncStatus
    outcome_filler: OutcomeFiller
    guard: CallingGuard
    snippets: Snippets
    player: Player
    pinned: PinnedNote
