"""Calls that an edit plans or records, and the reasons to make them in spite of a rule.

A reason is a line of the notes that begins with which call it is for; so it is known to be given
also after a restart.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from agent_app.domain.debt_status import Objection
from agent_app.domain.fields import Direction, Status, Value
from agent_app.domain.followup import Followup
from agent_app.domain.outcomes import NEXT_CALL
from agent_app.domain.validation import Problem, Rule
from agent_app.models.calling_guard import CallingGuard

JOINT = " – "


def planned_calls(
    shown: Followup, touched: Collection[str], next_call: datetime | None
) -> dict[str, datetime]:
    """Return the moments, by field, at which the edit of the fields *touched* puts a call to the debtor."""
    found: dict[str, Value] = {NEXT_CALL: next_call}
    if shown.status == Status.SCHEDULED and {"scheduled_at", "status"} & set(touched):
        found["scheduled_at"] = shown.scheduled_at
    if "call_date" in touched and shown.direction != Direction.INBOUND:
        found["call_date"] = shown.call_date
    return {name: at for name, at in found.items() if isinstance(at, datetime)}


class CallReasons:
    """Asks the calling rules about calls, and keeps reasons in the notes."""

    def __init__(self, guard: CallingGuard) -> None:
        self._guard = guard

    def problems(self, shown: Followup, calls: Mapping[str, datetime]) -> list[Problem]:
        """Return what the rules, and how the debt stands, say against *calls*: warnings."""
        return [
            Problem(name, Rule.CALLING, self._guard.words(finding), warning=True)
            for name, at in calls.items()
            for finding in self._guard.findings(shown, at, was_made=name == "call_date")
        ]

    def missing(self, calls: Mapping[str, datetime], notes: str) -> list[str]:
        """Return the fields of *calls* for which *notes* give no reason."""
        lines = notes.splitlines()
        begun = {
            name: tuple(heading + JOINT for heading in self._guard.headings(name, at))
            for name, at in calls.items()
        }
        return [
            name
            for name, heads in begun.items()
            if not any(line.startswith(heads) for line in lines)
        ]

    def noted(self, shown: Followup, notes: str, calls: Mapping[str, datetime], reason: str) -> str:
        """*notes* with *reason* for each of *calls*."""
        lines = [
            self._heading(shown, name, at) + JOINT + reason.strip() for name, at in calls.items()
        ]
        return "\n".join([notes.rstrip(), *lines] if notes.strip() else lines)

    def _heading(self, shown: Followup, name: str, at: datetime) -> str:
        of_rule, of_debt = self._guard.headings(name, at)
        found = self._guard.findings(shown, at)
        return of_debt if found and all(isinstance(one, Objection) for one in found) else of_rule
