"""Whether a call to a debtor goes against the team's calling rules, or against how the
debt stands, in words.

No rule is checked while all are off, which they are until a team turns them on; a debt that is paid
or in dispute is always said.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QLocale

from agent_app.domain.calling import (
    Attempt,
    Breach,
    CallingRule,
    Rulebook,
    RuleBreach,
    judge,
)
from agent_app.domain.debt_status import Objection, objection
from agent_app.domain.fields import DIALLED_TYPES, NOT_MADE, Direction
from agent_app.domain.followup import Followup
from agent_app.domain.open_hours import next_open
from agent_app.domain.places import Places, places_of
from agent_app.domain.views import start_of
from agent_app.store.store import Store
from agent_app.text.debts import objection_words
from agent_app.text.labels import field_label, rule_text
from agent_app.text.moments import clock_text, date_text, moment_text

translate = QCoreApplication.translate


class CallingGuard:
    """Judges calls for one account. *book* gives the rules as they are now."""

    def __init__(self, store: Store, zone: tzinfo, book: Callable[[], Rulebook]) -> None:
        self._store, self._zone, self._book = store, zone, book

    def findings(
        self, followup: Followup, at: datetime, *, was_made: bool = False
    ) -> list[RuleBreach | Objection]:
        """Return what a call for *followup* at *at* (aware) goes against. How the debt stands now says
        nothing of a call that *was_made*."""
        if followup.type not in DIALLED_TYPES:
            return []
        debt = self._store.debts.get(followup.debt_id) if followup.debt_id else None
        against = objection(debt.status) if debt is not None and not was_made else None
        return [*([against] if against else []), *self._breaches(followup, at)]

    def _breaches(self, followup: Followup, at: datetime) -> list[RuleBreach]:
        """Return what the rules have against it."""
        rules, zones = self._rules_and_zones(followup)
        if not rules:
            return []
        book, attempts = self._book(), self._attempts(followup)
        return [
            finding
            for rule in rules
            for finding in judge(rule, book, at, zones, attempts, followup.debt_id, holiday)
        ]

    def next_open(self, followup: Followup, at: datetime, until: datetime) -> datetime | None:
        """Return the first moment from *at*, before *until* (both aware), at which the rules' hours and
        holidays let the debtor be called; None if there is none."""
        rules, zones = self._rules_and_zones(followup)
        return next_open(rules, zones, at, until, holiday) if rules else at

    def is_closed(self, followup: Followup, day: date) -> bool:
        """Return whether the calling rules leave no minute of a day for a call."""
        start = start_of(day, self._zone)
        end = start_of(day + timedelta(days=1), self._zone)
        return self.next_open(followup, start, end) is None

    def _rules_and_zones(self, followup: Followup) -> tuple[list[CallingRule], list[tzinfo]]:
        """Return the rules that are on where the debtor may be, and the clocks there."""
        book = self._book()
        if not book.any_on:
            return [], []
        places = self._places(followup, book)
        zones: list[tzinfo] = [ZoneInfo(name) for name in places.zones]
        return book.of(places.countries), zones or [self._zone]

    def local_time(self, followup: Followup, at: datetime) -> str:
        """Return the debtor's clock where it differs from ours, in words; or ""."""
        places = self._places(followup, self._book())
        ours = at.astimezone(self._zone)
        clocks = {}
        for name in places.zones:
            there = at.astimezone(ZoneInfo(name))
            if there.utcoffset() != ours.utcoffset():
                clocks[there.utcoffset()] = there
        if not clocks:
            return ""
        said = [clock_text(there, QLocale()) for there in clocks.values()]
        return translate("Calling", "{time} debtor's local time").format(time=" / ".join(said))

    def words(self, finding: RuleBreach | Objection) -> str:
        """Return a finding in a sentence."""
        if isinstance(finding, Objection):
            return objection_words(finding)
        there = clock_text(finding.there, QLocale())
        place = str(finding.there.tzinfo)
        rule, name = finding.rule, rule_text(finding.rule.name)
        match finding.breach:
            case Breach.HOURS:
                return translate(
                    "Calling", "{time} in {place} is outside permitted calling hours (“{rule}”)."
                ).format(time=there, place=place, rule=name)
            case Breach.HOLIDAY:
                return translate(
                    "Calling", "It is a public holiday there ({holiday}): “{rule}”."
                ).format(holiday=finding.holiday, rule=name)
            case Breach.TOO_MANY:
                return translate(
                    "Calling", "{count} of {most} calls used in the last {days} days (“{rule}”)."
                ).format(count=finding.count, days=rule.in_days, most=rule.most, rule=name)
            case Breach.AFTER_CONVERSATION:
                return translate(
                    "Calling",
                    "There was a conversation on {day}: no calls for {days} days (“{rule}”).",
                ).format(day=_day(finding.since), days=rule.quiet_days, rule=name)
            case Breach.AFTER_REFUSAL:
                return translate(
                    "Calling", "The debtor refused on {day}: no calls for {days} days (“{rule}”)."
                ).format(day=_day(finding.since), days=rule.refusal_days, rule=name)

    def headings(self, name: str, at: datetime) -> tuple[str, str]:
        """Return how the line in the notes begins that gives the reason for a call: in spite of a rule, or of
        how the debt stands alone."""
        field, moment = field_label(name), moment_text(at, self._zone, QLocale())
        return (
            translate("Calling", "Calling rule, {field} {moment}").format(
                field=field, moment=moment
            ),
            translate("Calling", "Debt's status, {field} {moment}").format(
                field=field, moment=moment
            ),
        )

    def _places(self, followup: Followup, book: Rulebook) -> Places:
        debt = self._store.debts.get(followup.debt_id) if followup.debt_id else None
        number = followup.phone_number_used or (debt.phone if debt else "") or ""
        return places_of(debt, number, book.zones)

    def _attempts(self, followup: Followup) -> list[Attempt]:
        return [
            Attempt(made.call_date, made.status, made.debt_id, made.direction == Direction.INBOUND)
            for made in self._store.followups.of_person(followup.debt_id)
            if made.id != followup.id
            and made.call_date is not None
            and made.type in DIALLED_TYPES
            and made.status not in NOT_MADE
        ]


def _day(day: date | None) -> str:
    return date_text(day, QLocale()) if day is not None else ""


@lru_cache(maxsize=1024)
def holiday(country: str, day: date) -> str:
    """Return the name of a country's public holiday, or "". The library takes 0.1 s to import."""
    import holidays  # with a calling rule on

    try:
        return str(holidays.country_holidays(country, years=day.year).get(day) or "")
    except NotImplementedError:
        return ""
