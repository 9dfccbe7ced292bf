"""Our own rules for what an agent may save.

Only what the agent changed is judged: a followup that came in odd can still get its notes.
A rule yields a `Problem`, which names the rule; the words for it are the window's, since they
are translated. An error keeps Save off, a warning only speaks.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from agent_app.domain.fields import FIELD_BY_NAME, Kind, Status, Value
from agent_app.domain.followup import Followup

CLOCK_SLACK = timedelta(minutes=5)
"""How far a telephony system's clock may run ahead of ours before we speak of the future."""


class Rule(StrEnum):
    """The name of what is wrong."""

    REQUIRED = "required"
    UNREADABLE_MOMENT = "unreadable_moment"
    UNREADABLE_DURATION = "unreadable_duration"
    NO_SUCH_HOUR = "no_such_hour"
    NEGATIVE = "negative"
    NOT_A_LINK = "not_a_link"
    NEEDS_SCHEDULE = "needs_schedule"
    CALL_IN_FUTURE = "call_in_future"
    SCHEDULED_IN_PAST = "scheduled_in_past"
    NOT_A_NUMBER = "not_a_number"
    CALLING = "calling"
    UNFILLED = "unfilled"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with one field. `words` are the server's own, if it said them; of a
    calling rule they are made where the rule is known; of a text that is not filled in, its blanks."""

    name: str
    rule: Rule | None = None
    words: str = ""
    warning: bool = False


_PHONE = re.compile(r"^[+0-9()./\s\-]*[0-9][+0-9()./\s\-]*$")


def check(base: Followup, changes: Mapping[str, Value], now: datetime) -> list[Problem]:
    """Return what is wrong with *changes* to *base* at the instant *now* (aware)."""
    problems: list[Problem] = []
    for name, value in changes.items():
        spec = FIELD_BY_NAME[name]
        if spec.required and value in (None, ""):
            problems.append(Problem(name, Rule.REQUIRED))
        elif spec.kind is Kind.LINK and value and not _is_link(str(value)):
            problems.append(Problem(name, Rule.NOT_A_LINK))
        elif spec.kind is Kind.DURATION and isinstance(value, int) and value < 0:
            problems.append(Problem(name, Rule.NEGATIVE))
        elif name == "phone_number_used" and value and not _PHONE.match(str(value)):
            problems.append(Problem(name, Rule.NOT_A_NUMBER, warning=True))
    problems += _check_moments(base, changes, now)
    return problems


def _check_moments(base: Followup, changes: Mapping[str, Value], now: datetime) -> list[Problem]:
    problems: list[Problem] = []
    called = changes.get("call_date")
    if isinstance(called, datetime) and called > now + CLOCK_SLACK:
        problems.append(Problem("call_date", Rule.CALL_IN_FUTURE, warning=True))
    status = changes.get("status", base.status)
    scheduled = changes.get("scheduled_at", base.scheduled_at)
    if status == Status.SCHEDULED and ("status" in changes or "scheduled_at" in changes):
        if scheduled is None:
            problems.append(Problem("scheduled_at", Rule.NEEDS_SCHEDULE))
        elif isinstance(scheduled, datetime) and scheduled < now - CLOCK_SLACK:
            problems.append(Problem("scheduled_at", Rule.SCHEDULED_IN_PAST, warning=True))
    return problems


def _is_link(text: str) -> bool:
    if re.search(r"\s", text):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
