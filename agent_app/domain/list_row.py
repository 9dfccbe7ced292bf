"""What a list shows of a followup."""

from dataclasses import dataclass
from datetime import datetime

from agent_app.domain.outbox import EntryState


@dataclass(frozen=True, slots=True)
class ListRow:
    """What the list shows of a followup. `pending` says where its save is on its way, None if none is;
    `debt_status` is how its debt stands, "" where that tells nothing.

    `amount` is in units of `currency`. `person` is the same for all debts of one person; `tries`, `last_call`
    and `last_outcome` are of the debt's calls (`calling_order.CallFacts`), `person_called` is when the person
    was called last, for whichever debt. `place` is where they are (`local_hours.place_of`); `against`
    says that the debt's status speaks against a call.
    """

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
    amount: float | None = None
    currency: str = ""
    amount_text: str = ""
    creditor: str = ""
    person: str = ""
    tries: int = 0
    last_call: datetime | None = None
    last_outcome: str = ""
    person_called: datetime | None = None
    place: str = ""
    against: bool = False
