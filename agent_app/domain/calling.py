"""When and how often a debtor may be called, by rules that a team turns on.

The rules are data (`resources/rules/calling.toml`), with their sources. A finding is a warning: a
person may go on, with a reason that goes into the notes.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

Span = tuple[time, time]
"""From and until, at the debtor's place; until is not inside."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Per(StrEnum):
    """What calls are counted for."""

    DEBT = "debt"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class CallingRule:
    """One country's rule. `hours` by weekday (0 is Monday); without any, all hours are free.

    Zeros mean "no such limit". `quiet_days` count from a conversation, its day being the first;
    `refusal_days` are full days after a refusal.
    """

    country: str
    name: str
    source: str
    checked: date
    enabled: bool = False
    note: str = ""
    hours: Mapping[int, tuple[Span, ...]] = field(default_factory=dict)
    holidays: bool = False
    most: int = 0
    in_days: int = 0
    per: Per = Per.DEBT
    quiet_days: int = 0
    refusal_days: int = 0


@dataclass(frozen=True, slots=True)
class Rulebook:
    """A team's rules; which statuses mean a conversation, and which a refusal."""

    rules: tuple[CallingRule, ...] = ()
    conversation: frozenset[str] = frozenset()
    refusal: frozenset[str] = frozenset()
    zones: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    def of(self, countries: Iterable[str]) -> list[CallingRule]:
        """Return the rules that are on for these countries (ISO 3166 codes)."""
        wanted = set(countries)
        return [rule for rule in self.rules if rule.enabled and rule.country in wanted]

    @property
    def any_on(self) -> bool:
        """Whether anything is to be checked at all."""
        return any(rule.enabled for rule in self.rules)


@dataclass(frozen=True, slots=True)
class Attempt:
    """A call that was made: when (aware), by whom, what came of it, and for which debt."""

    at: datetime
    status: str
    debt_id: str
    inbound: bool = False


class Breach(StrEnum):
    """What a call at that moment would go against."""

    HOURS = "hours"
    HOLIDAY = "holiday"
    TOO_MANY = "too_many"
    AFTER_CONVERSATION = "after_conversation"
    AFTER_REFUSAL = "after_refusal"


@dataclass(frozen=True, slots=True)
class RuleBreach:
    """One breach. `there` is the moment on the debtor's clock; `since` the call it counts from."""

    breach: Breach
    rule: CallingRule
    there: datetime
    count: int = 0
    since: date | None = None
    holiday: str = ""


Holiday = Callable[[str, date], str]
"""The name of a country's public holiday on a day, or ""."""


def judge(
    rule: CallingRule,
    book: Rulebook,
    at: datetime,
    zones: Sequence[tzinfo],
    attempts: Iterable[Attempt],
    debt_id: str,
    holiday: Holiday,
) -> list[RuleBreach]:
    """Return what a call at *at* (aware) to a debtor in *zones* (all must be inside) goes against.

    *attempts* are the person's calls, of this debt and of others; those at or after *at* do not
    count.
    """
    found: list[RuleBreach] = []
    clocks = [at.astimezone(zone) for zone in zones]
    outside = next((there for there in clocks if not is_inside(rule, there)), None)
    if outside is not None:
        found.append(RuleBreach(Breach.HOURS, rule, outside))
    if rule.holidays:
        for there in clocks:
            if name := holiday(rule.country, there.date()):
                found.append(RuleBreach(Breach.HOLIDAY, rule, there, holiday=name))
                break
    home = clocks[0] if clocks else at
    ours = [
        one
        for one in attempts
        if one.at < at and (rule.per is Per.PERSON or one.debt_id == debt_id)
    ]
    return found + _often(rule, book, home, ours)


def is_inside(rule: CallingRule, there: datetime) -> bool:
    """Return whether *rule* allows calls at this hour of the debtor's clock; holidays are not looked at."""
    if not rule.hours:
        return True
    spans = rule.hours.get(there.weekday(), ())
    return any(first <= there.time() < last for first, last in spans)


def _often(
    rule: CallingRule, book: Rulebook, there: datetime, attempts: Sequence[Attempt]
) -> list[RuleBreach]:
    """Limits by the calendar days of the debtor's place."""
    found: list[RuleBreach] = []
    days = [(there.date() - one.at.astimezone(there.tzinfo).date(), one) for one in attempts]
    if rule.most and rule.in_days:
        within = [one for ago, one in days if ago.days < rule.in_days and not one.inbound]
        if len(within) >= rule.most:
            found.append(RuleBreach(Breach.TOO_MANY, rule, there, count=len(within)))
    for breach, statuses, length in (
        (Breach.AFTER_CONVERSATION, book.conversation, timedelta(days=rule.quiet_days)),
        (Breach.AFTER_REFUSAL, book.refusal, timedelta(days=rule.refusal_days + 1)),
    ):
        if breach is Breach.AFTER_CONVERSATION and not rule.quiet_days:
            continue
        if breach is Breach.AFTER_REFUSAL and not rule.refusal_days:
            continue
        near = [ago for ago, one in days if one.status in statuses and ago < length]
        if near:
            found.append(RuleBreach(breach, rule, there, since=there.date() - min(near)))
    return found


def read_spans(text: str) -> tuple[Span, ...]:
    """Hours as people write them: "10:00-13:00, 14:00-20:00". Raises ValueError."""
    found: list[Span] = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        match = re.fullmatch(r"(\d{1,2}):(\d\d)\s*[-–]\s*(\d{1,2}):(\d\d)", part)
        if match is None:
            raise ValueError(f"{part} is not like 10:00-13:00")
        first, last = time(int(match[1]), int(match[2])), _end(int(match[3]), int(match[4]))
        if first >= last or (found and first < found[-1][1]):
            raise ValueError(f"{part} ends before it begins, or begins before the one before it")
        found.append((first, last))
    return tuple(found)


def spans_text(spans: Iterable[Span]) -> str:
    """Hours as `read_spans` reads them."""
    return ", ".join(f"{first:%H:%M}-{_end_text(last)}" for first, last in spans)


def _end(hour: int, minute: int) -> time:
    return time.max if (hour, minute) == (24, 0) else time(hour, minute)


def _end_text(last: time) -> str:
    return "24:00" if last == time.max else f"{last:%H:%M}"
