"""What a list shows of a followup."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ListRow:
    """What the list shows of a followup. `pending` is "", "waiting", "leaving" or "attention";
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
    pending: str
    drafted: bool
    debt_status: str = ""
