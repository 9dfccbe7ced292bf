"""What is wrong with what an agent typed: our own rules, the calling rules, what cannot
be read, and the server's words."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from agent_app.domain.fields import FIELD_BY_NAME, Kind, Value
from agent_app.domain.followup import Followup, with_changes
from agent_app.domain.outcomes import NEXT_CALL
from agent_app.domain.templates import unfilled
from agent_app.domain.validation import CLOCK_SLACK, Problem, Rule, check
from agent_app.models.call_reasons import CallReasons, planned_calls
from agent_app.models.unsaved_edits import UnsavedEdits

WRITTEN = frozenset({Kind.LINE, Kind.TEXT})
"""Kinds of fields that take templates."""


def calls_of(base: Followup, typed: UnsavedEdits, *, begun: bool) -> dict[str, datetime]:
    """Return the moments of calls that a save would plan, by field; *begun*: a followup never saved."""
    return _calls_of(with_changes(base, typed.mine), typed, begun=begun)


def blanks_of(base: Followup, typed: UnsavedEdits) -> dict[str, list[str]]:
    """Return the texts into which a template was put that is not filled in, with their blanks."""
    found = {
        name: unfilled(str(value or ""), str(base.get(name) or ""))
        for name, value in typed.mine.items()
        if FIELD_BY_NAME[name].kind in WRITTEN
    }
    return {name: blanks for name, blanks in found.items() if blanks}


def judge(
    base: Followup,
    typed: UnsavedEdits,
    server_words: Mapping[str, Sequence[str]],
    reasons: CallReasons | None,
    now: datetime,
    *,
    begun: bool,
) -> dict[str, list[Problem]]:
    """Return the problems by field, our own first. *now* is in UTC."""
    problems = [Problem(name, one.rule) for name, one in typed.unreadable.items()]
    problems += check(base, _to_check(base, typed, begun=begun), now)
    if typed.next_call is not None and typed.next_call < now - CLOCK_SLACK:
        problems.append(Problem(NEXT_CALL, Rule.SCHEDULED_IN_PAST, warning=True))
    if reasons is not None:
        shown = with_changes(base, typed.mine)
        problems += reasons.problems(shown, _calls_of(shown, typed, begun=begun))
    for name, blanks in blanks_of(base, typed).items():
        problems.append(Problem(name, Rule.UNFILLED, ", ".join(blanks), warning=True))
    problems += [Problem(name, words=word) for name, said in server_words.items() for word in said]
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.name, []).append(problem)
    return found


def _calls_of(shown: Followup, typed: UnsavedEdits, *, begun: bool) -> dict[str, datetime]:
    touched = typed.mine.keys() | (set(FIELD_BY_NAME) if begun else set())
    return planned_calls(shown, touched, typed.next_call)


def _to_check(base: Followup, typed: UnsavedEdits, *, begun: bool) -> dict[str, Value]:
    """Of a new followup every value is judged, as the agent files them all."""
    if not begun:
        return dict(typed.mine)
    values = {name: base.get(name) for name in FIELD_BY_NAME} | typed.mine
    return {name: value for name, value in values.items() if value not in (None, "")}
