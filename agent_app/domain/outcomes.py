"""What an agent records when a call has ended, and what follows from it.

An outcome fills in fields as unsaved changes; nothing is sent until the agent saves. Source of the
first five: CONTRACT, "Five scenarios the documentation calls common".
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from agent_app.domain.fields import CALL_TYPES, DIALLED_TYPES, Direction, Status, Type, Value
from agent_app.domain.followup import Followup
from agent_app.domain.promise import without_mark

NEXT_CALL = "next_call"
"""Not a field of the followup: when the debtor is to be called again, as a new followup."""


class Outcome(StrEnum):
    """The outcomes, in the order of their number keys (DIGITS)."""

    DEAL_FOUND = "deal_found"
    NO_ANSWER = "no_answer"
    DEAL_NOT_FOUND = "deal_not_found"
    BAD_BEHAVIOR = "bad_behavior"
    CALL_BACK = "call_back"
    DELIVERED = "delivered"
    FAILED = "failed"
    RESCHEDULE = "reschedule"
    CALL_RESULTS = "call_results"
    CANCELLED = "cancelled"


DIGITS: Mapping[Outcome, int] = {
    Outcome.DEAL_FOUND: 1,
    Outcome.NO_ANSWER: 2,
    Outcome.DEAL_NOT_FOUND: 3,
    Outcome.BAD_BEHAVIOR: 4,
    Outcome.CALL_BACK: 5,
    Outcome.DELIVERED: 5,
    Outcome.FAILED: 6,
    Outcome.RESCHEDULE: 7,
    Outcome.CALL_RESULTS: 8,
    Outcome.CANCELLED: 9,
}
"""The number key of each. Of two with the same one, no type has both."""

_STATUS: Mapping[Outcome, Status] = {
    Outcome.DEAL_FOUND: Status.DEAL_FOUND,
    Outcome.NO_ANSWER: Status.NO_ANSWER,
    Outcome.DEAL_NOT_FOUND: Status.DEAL_NOT_FOUND,
    Outcome.BAD_BEHAVIOR: Status.BAD_BEHAVIOR,
    Outcome.CALL_BACK: Status.DEAL_NOT_FOUND,
    Outcome.RESCHEDULE: Status.SCHEDULED,
    Outcome.FAILED: Status.FAILED,
    Outcome.DELIVERED: Status.DELIVERED,
    Outcome.CANCELLED: Status.CANCELLED,
}

_FOCUS: Mapping[Outcome, str] = {
    Outcome.DEAL_FOUND: "summary",
    Outcome.NO_ANSWER: NEXT_CALL,
    Outcome.DEAL_NOT_FOUND: "summary",
    Outcome.BAD_BEHAVIOR: "notes",
    Outcome.CALL_BACK: NEXT_CALL,
    Outcome.RESCHEDULE: "scheduled_at",
    Outcome.FAILED: "disconnection_reason",
    Outcome.DELIVERED: "notes",
    Outcome.CALL_RESULTS: "duration_ms",
    Outcome.CANCELLED: "notes",
}
"""Where a word is needed."""

CONTACTED_STATUSES = frozenset(
    {
        Status.DEAL_FOUND,
        Status.NO_ANSWER,
        Status.DEAL_NOT_FOUND,
        Status.BAD_BEHAVIOR,
        Status.FAILED,
        Status.DELIVERED,
    }
)
"""Statuses of a contact that was made: what is recorded for other debts of the person, too."""

_CONTACTED = frozenset(Outcome) - {Outcome.RESCHEDULE, Outcome.CANCELLED}
_PLANS = frozenset({Outcome.NO_ANSWER, Outcome.CALL_BACK})
"""After these the debtor is called again."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The outcomes that fit a followup: the usual ones, and the rest."""

    usual: tuple[Outcome, ...]
    rest: tuple[Outcome, ...]

    @property
    def all(self) -> frozenset[Outcome]:
        """Both."""
        return frozenset(self.usual + self.rest)


def fitting(kind: str) -> Choice:
    """Return what can come of a followup of a type; of an unknown one, what can come of a message."""
    never = {Outcome.CALL_BACK} | (set() if kind in CALL_TYPES else {Outcome.CALL_RESULTS})
    usual: tuple[Outcome, ...] = (Outcome.DEAL_FOUND, Outcome.NO_ANSWER)
    if kind in DIALLED_TYPES:
        usual += (Outcome.DEAL_NOT_FOUND, Outcome.CALL_BACK)
        never = {Outcome.DELIVERED}
    elif kind == Type.PHYSICAL:
        usual += (Outcome.DEAL_NOT_FOUND,)
    else:
        usual += (Outcome.DELIVERED, Outcome.FAILED)
    return Choice(usual, tuple(one for one in Outcome if one not in {*usual, *never}))


def chosen(shown: Followup, next_call: datetime | None, changed: Collection[str]) -> Outcome | None:
    """Return the outcome that a followup has, as the form shows it; *changed* are the fields that the agent
    changed. None for what is still to be done, or was done by nobody."""
    if shown.status == Status.SCHEDULED:
        return Outcome.RESCHEDULE if "scheduled_at" in changed else None
    if shown.status == Status.DEAL_NOT_FOUND:
        return Outcome.CALL_BACK if next_call is not None else Outcome.DEAL_NOT_FOUND
    return next((one for one, status in _STATUS.items() if status == shown.status), None)


@dataclass(frozen=True, slots=True)
class OutcomeInputs:
    """What outcomes draw on. Moments are aware.

    *retry* is the team's rule for a next try, worked out; *last_call* the debt's call before.
    """

    now: datetime
    retry: datetime | None = None
    last_call: Followup | None = None
    debtor_phone: str = ""


@dataclass(frozen=True, slots=True)
class OutcomeResult:
    """Field values to put in, where to go then, and when to call again (None: not at all)."""

    changes: Mapping[str, Value]
    focus: str
    next_call: datetime | None = None


def fill(outcome: Outcome, followup: Followup, known: OutcomeInputs) -> OutcomeResult:
    """Return what *outcome* makes of *followup*, which is as the form shows it now.

    What is there already stays: a call's facts from the telephone know better than we do.
    """
    changes: dict[str, Value] = {}
    if outcome in _STATUS:
        changes["status"] = _STATUS[outcome]
    if outcome in _CONTACTED and followup.call_date is None:
        changes["call_date"] = _start_of_call(followup, known.now)
    if outcome in _CONTACTED and followup.type in CALL_TYPES:
        changes |= _line(followup, known)
    if outcome is Outcome.RESCHEDULE:
        changes["scheduled_at"] = known.retry
    focus = _FOCUS[outcome]
    if outcome is Outcome.FAILED and followup.type not in CALL_TYPES:
        focus = "notes"
    if outcome is Outcome.CALL_RESULTS and followup.type not in CALL_TYPES:
        focus = "summary"
    dialled = followup.type in DIALLED_TYPES
    next_call = known.retry if outcome in _PLANS and dialled else None
    if outcome is Outcome.NO_ANSWER and not dialled:
        focus = "notes"
    return OutcomeResult(changes, focus, next_call)


def _start_of_call(followup: Followup, now: datetime) -> datetime:
    """Now, to the second; where the call's length is known, when it began."""
    length = timedelta(milliseconds=followup.duration_ms or 0)
    return (now - length).replace(microsecond=0)


def _line(followup: Followup, known: OutcomeInputs) -> dict[str, Value]:
    """Direction and number, from the debt's last call where this followup has none."""
    last = known.last_call
    changes: dict[str, Value] = {}
    if not followup.direction:
        changes["direction"] = (last.direction if last else None) or Direction.OUTBOUND
    if not followup.phone_number_used:
        number = (last.phone_number_used if last else None) or known.debtor_phone
        if number:
            changes["phone_number_used"] = number
    return changes


_OF_THE_CALL = (
    "status",
    "call_date",
    "summary",
    "call_id",
    "duration_ms",
    "phone_number_used",
    "direction",
    "disconnection_reason",
)


def outcome_for(call: Followup, planned: Followup | None = None) -> dict[str, Value]:
    """Return what *call*, which also settled another debt of the same person, is recorded as there.

    *planned* is the other debt's planned call, which it takes the place of; its own notes stay. Without
    one the values are those of a new followup. A promise is counted where it was made, once.
    """
    values: dict[str, Value] = {
        name: value for name in _OF_THE_CALL if (value := call.get(name)) not in (None, "")
    }
    before = (planned.notes if planned is not None else None) or ""
    notes = without_mark(call.notes or "")
    if notes and notes not in before:
        values["notes"] = f"{before.rstrip()}\n{notes}".lstrip("\n")
    if planned is None:
        values["type"] = call.type or Type.MANUAL_CALL
    return values


def type_planned(rule: str, followup: Followup) -> str:
    """Return what a call planned after *followup* is filed as by the team's *rule* (PLANNED_TYPES).

    Never by chance as `call`: the provider executes that by itself (CONTRACT).
    """
    if rule == "same":
        return followup.type if followup.type in DIALLED_TYPES else Type.MANUAL_CALL
    return Type.CALL if rule == Type.CALL else Type.MANUAL_CALL


def next_call_of(followup: Followup, at: datetime, filed_as: str) -> dict[str, Value]:
    """Return the values of the new followup with which the debtor is called again at *at*."""
    values: dict[str, Value] = {
        "status": Status.SCHEDULED,
        "type": filed_as,
        "scheduled_at": at,
        "direction": Direction.OUTBOUND,
        "is_retry": True,
    }
    if followup.phone_number_used:
        values["phone_number_used"] = followup.phone_number_used
    return values
