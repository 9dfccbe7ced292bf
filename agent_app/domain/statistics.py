"""What came of a team's work, and what each number means.

The store counts followups in groups of the same kind (`Group`); here it is decided what a group
counts for. "Contacts" are followups that were executed (call date) in the period.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from agent_app.domain.fields import DIALLED_TYPES, NOT_MADE, Status, Type
from agent_app.domain.reviews import REACHED

SMALL_SAMPLE = 30
"""Of fewer than this a rate is marked: its last digits mean nothing."""
TALK_STEPS_S = (0, 10, 30, 60, 120, 180, 300, 600, 1_200)
"""Where the columns of the talk-time distribution begin (seconds)."""


@dataclass(frozen=True, slots=True)
class Group:
    """So many contacts that are alike: executed on the same day and hour, with the same outcome."""

    day: date
    hour: int
    type: str
    status: str
    inbound: bool = False
    retry: bool = False
    paid: bool = False
    opened: bool = False
    clicked: bool = False
    reason: str = ""
    count: int = 1

    @property
    def is_attempt(self) -> bool:
        """Whether these are calls by which the team tried to reach a debtor."""
        return self.type in DIALLED_TYPES and not self.inbound and self.status not in NOT_MADE

    @property
    def is_reached(self) -> bool:
        """Whether these are attempts that somebody answered."""
        return self.is_attempt and self.status in REACHED


@dataclass(frozen=True, slots=True)
class Rate:
    """A part of a whole."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """From 0 to 1; None where there is no whole."""
        return self.part / self.whole if self.whole else None

    @property
    def is_small(self) -> bool:
        """Whether the whole is too small for the rate to mean much."""
        return self.whole < SMALL_SAMPLE


@dataclass(frozen=True, slots=True)
class Cell:
    """An hour of a weekday."""

    attempted: int = 0
    reached: int = 0
    deals: int = 0


@dataclass(frozen=True, slots=True)
class Overdue:
    """Scheduled followups whose time has come and gone; ages in ms, the oldest first."""

    ages_ms: tuple[int, ...] = ()


@dataclass(slots=True)
class Tally:
    """Adds groups up. `talk_ms` are the lengths of calls that were answered, in any order."""

    contacts: int = 0
    attempted: int = 0
    reached: int = 0
    deals: int = 0
    no_answer: int = 0
    failed: int = 0
    bad: int = 0
    paid: int = 0
    paid_deals: int = 0
    emails: int = 0
    opened: int = 0
    clicked: int = 0
    by_kind: Counter[tuple[str, str]] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    retries: Counter[str] = field(default_factory=Counter)
    days: dict[date, Counter[str]] = field(default_factory=dict)
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    talk_ms: list[int] = field(default_factory=list)

    def add(self, groups: Iterable[Group], talk_ms: Sequence[int] = ()) -> None:
        """Count these in."""
        for group in groups:
            self._add(group)
        self.talk_ms.extend(talk_ms)

    def _add(self, group: Group) -> None:
        n = group.count
        self.contacts += n
        self.by_kind[group.type, group.status] += n
        self.days.setdefault(group.day, Counter())[group.status] += n
        self.paid += n if group.paid else 0
        if group.status == Status.FAILED:
            self.failed += n
            self.reasons[group.reason] += n
        if group.status == Status.BAD_BEHAVIOR:
            self.bad += n
        if group.retry:
            self.retries[group.status] += n
        if group.type == Type.EMAIL and group.status not in NOT_MADE:
            self.emails += n
            self.opened += n if group.opened else 0
            self.clicked += n if group.clicked else 0
        if group.is_attempt:
            self._add_attempt(group)

    def _add_attempt(self, group: Group) -> None:
        n = group.count
        deal = group.status == Status.DEAL_FOUND
        reached = group.is_reached
        self.attempted += n
        self.reached += n if reached else 0
        self.deals += n if deal else 0
        self.paid_deals += n if deal and group.paid else 0
        self.no_answer += n if group.status == Status.NO_ANSWER else 0
        place = (group.day.weekday(), group.hour)
        before = self.cells.get(place, Cell())
        self.cells[place] = Cell(
            before.attempted + n,
            before.reached + (n if reached else 0),
            before.deals + (n if deal else 0),
        )

    # -- rates

    @property
    def reached_rate(self) -> Rate:
        """Reached of attempted."""
        return Rate(self.reached, self.attempted)

    @property
    def deal_rate(self) -> Rate:
        """Deals of reached."""
        return Rate(self.deals, self.reached)

    @property
    def no_answer_rate(self) -> Rate:
        """Not answered of attempted."""
        return Rate(self.no_answer, self.attempted)

    @property
    def open_rate(self) -> Rate:
        """E-mails opened of e-mails sent."""
        return Rate(self.opened, self.emails)

    @property
    def click_rate(self) -> Rate:
        """E-mails in which the link was clicked of e-mails sent."""
        return Rate(self.clicked, self.emails)

    @property
    def funnel(self) -> tuple[int, int, int, int]:
        """Attempted, reached, deals, deals that triggered a payment."""
        return self.attempted, self.reached, self.deals, self.paid_deals

    @property
    def median_talk_ms(self) -> int | None:
        """Half of the answered calls took no longer."""
        return percentile(self.talk_ms, 0.5)

    @property
    def p90_talk_ms(self) -> int | None:
        """Nine of ten answered calls took no longer."""
        return percentile(self.talk_ms, 0.9)

    def talk_columns(self) -> list[int]:
        """Return how many answered calls lasted at least each of TALK_STEPS_S, and less than the next."""
        found = [0] * len(TALK_STEPS_S)
        for length in self.talk_ms:
            place = sum(length >= step * 1000 for step in TALK_STEPS_S) - 1
            found[max(place, 0)] += 1
        return found

    def top_reasons(self, most: int = 8) -> list[tuple[str, int]]:
        """Return the most frequent reasons of failures; those of equal number by name."""
        return sorted(self.reasons.items(), key=lambda one: (-one[1], one[0]))[:most]


def percentile(values: Sequence[int], share: float) -> int | None:
    """Return the nearest-rank percentile: a value that was really there. None of nothing."""
    if not values:
        return None
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
