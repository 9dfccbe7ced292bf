"""What a list shows of a followup."""

from dataclasses import dataclass
from datetime import datetime

from agent_app.domain.outbox import EntryState


@dataclass(frozen=True, slots=True)
class ListRow:
    """What the list shows of a followup. `pending` says where its save is on its way, None if none
    is;
    `debt_status` is how its debt stands, "" where that tells nothing."""

    key: int
    id: str
    debt_id: str
    debtor: str
    type: str
    status: str
    scheduled_at: datetime | None
    call_date: datetime | None
    phone: str
    summary: str
    pending: EntryState | None
    drafted: bool
    debt_status: str = ""
