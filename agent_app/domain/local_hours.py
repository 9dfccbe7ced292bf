"""Whether a debtor may be called at their place now: by the team's rules, or else by usual hours.

Public holidays are left to the warning that a call itself gets: the order of a list does without.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from agent_app.domain.calling import Rulebook, Span
from agent_app.domain.calling_order import CLOSING_SOON, Hours
from agent_app.domain.debt import Debt
from agent_app.domain.places import Places, country_code, places_of, zones_of_country

Week = Mapping[int, tuple[Span, ...]]
USUAL: Week = {day: ((time(8), time(20)),) for day in range(7)}
"""Where no rule says anything."""
POSTAL_START = 3
"""So much of a postal code tells a country's zones apart (`places.ZoneTable`)."""
LOOK_AHEAD_DAYS = 8


@dataclass(frozen=True, slots=True)
class LocalHours:
    """How a place's hours are. `until` is when that changes, on a clock of the place; None: not for a
    week. `zones` are the clocks there."""

    hours: Hours
    until: datetime | None
    zones: tuple[str, ...]


def place_of(debt: Debt) -> str:
    """Return a debtor's place in a word: the country, and where it has several zones the beginning of the
    postal code. "" where no country is named."""
    country = country_code(debt.country or "")
    if len(zones_of_country(country)) < 2:
        return country
    return f"{country} {(debt.postal_code or '').replace(' ', '')[:POSTAL_START]}".strip()


def zones_at(place: str, book: Rulebook) -> Places:
    """Countries and zones of a `place_of`."""
    country, _, postal = place.partition(" ")
    return places_of(Debt("", country=country, postal_code=postal), "", book.zones)


def local_hours(place: str, book: Rulebook, now: datetime, ours: tzinfo) -> LocalHours:
    """Return the hours of a place at *now* (aware); of a place that is not known by our own clock."""
    found = zones_at(place, book)
    zones: list[tzinfo] = [ZoneInfo(name) for name in found.zones] or [ours]
    weeks = [rule.hours for rule in book.of(found.countries) if rule.hours] or [USUAL]

    def is_open(at: datetime) -> bool:
        return all(_is_inside(at.astimezone(zone), week) for zone in zones for week in weeks)

    opened = is_open(now)
    hours = Hours.OPEN if opened else Hours.CLOSED
    if opened and not is_open(now + CLOSING_SOON):
        hours = Hours.CLOSING
    changes = (at for at in _edges(now, zones, weeks) if is_open(at) != opened)
    until = next(changes, None)
    return LocalHours(hours, until.astimezone(zones[0]) if until else None, found.zones)


def _is_inside(there: datetime, week: Week) -> bool:
    return any(first <= there.time() < last for first, last in week.get(there.weekday(), ()))


def _edges(now: datetime, zones: Sequence[tzinfo], weeks: Sequence[Week]) -> list[datetime]:
    """Return the moments after *now* at which hours begin or end (UTC), in their order."""
    found = set()
    for zone in zones:
        today = now.astimezone(zone).date()
        for day in (today + timedelta(days=n) for n in range(LOOK_AHEAD_DAYS)):
            for week in weeks:
                for clock in (edge for span in week.get(day.weekday(), ()) for edge in span):
                    found.add(datetime.combine(day, clock, tzinfo=zone).astimezone(UTC))
    return sorted(at for at in found if at > now)
