"""Who may be calling, and which of a debt's followups the call belongs to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from agent_app.domain.fields import DIALLED_TYPES, Status, Type
from agent_app.domain.followup import Followup

MESSAGE_TYPES = frozenset({Type.EMAIL, Type.SMS, Type.WHATSAPP, Type.PHYSICAL, Type.POSTMAIL})
"""Types that no telephone carries: a call's facts never go into one."""
TO_BE_DONE = frozenset({Status.SCHEDULED, Status.ON_HOLD, Status.IN_PROGRESS})
"""Statuses in which somebody still has something to do. A message that was sent is no such thing."""
_NEVER = datetime.max.replace(tzinfo=UTC)


class LookUp(StrEnum):
    """How a followup that is not here stands."""

    ASKED = "asked"
    FOUND = "found"
    NOT_THERE = "not_there"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Caller:
    """A debt whose debtor may be calling. `followup_id` is what to open: "" is a new call for the
    debt. `amount` is in words."""

    debt_id: str
    followup_id: str
    name: str
    amount: str
    to_be_done: int


def takes_a_call(followup: Followup) -> bool:
    """Return whether a call's facts may go into it."""
    return followup.type not in MESSAGE_TYPES


def call_to_open(followups: Iterable[Followup], open_id: str) -> Followup | None:
    """Return the call that waits to be made: the one that is open in the form (*open_id*), else the one
    in progress, else the one that is due first. None where only messages and past calls are."""
    waiting = [one for one in followups if one.type in DIALLED_TYPES and one.status in TO_BE_DONE]
    return min(waiting, key=lambda one: _urgency(one, open_id), default=None)


def _urgency(one: Followup, open_id: str) -> tuple[bool, bool, datetime, str]:
    under_way = one.status == Status.IN_PROGRESS
    return one.id != open_id, not under_way, one.scheduled_at or _NEVER, one.id
