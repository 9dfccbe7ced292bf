"""Where a debtor is, by address and by telephone: countries and clocks."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from agent_app.domain.debt import Debt

ZoneTable = Mapping[str, Mapping[str, tuple[str, ...]]]
"""By country, then by the beginning of the postal code: names of zones."""

_NAMES = {
    "france": "FR", "united states": "US", "united states of america": "US", "usa": "US",
    "états-unis": "US", "united kingdom": "GB", "uk": "GB", "great britain": "GB",
    "royaume-uni": "GB", "belgium": "BE", "belgique": "BE", "germany": "DE", "allemagne": "DE",
    "deutschland": "DE", "switzerland": "CH", "suisse": "CH", "spain": "ES", "espagne": "ES",
    "italy": "IT", "italie": "IT", "ireland": "IE", "irlande": "IE", "sweden": "SE",
    "suède": "SE", "netherlands": "NL", "pays-bas": "NL", "luxembourg": "LU", "portugal": "PT",
    "austria": "AT", "autriche": "AT", "canada": "CA",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Places:
    """Countries (ISO 3166) and zones' names, the address's before the telephone's."""

    countries: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()


def places_of(debt: Debt | None, number: str, table: ZoneTable) -> Places:
    """Return where the debtor may be: by address and by the telephone's prefix, which may disagree."""
    by_address = _by_address(debt, table) if debt is not None else Places()
    by_phone = _by_phone(number)
    return Places(
        tuple(dict.fromkeys(by_address.countries + by_phone.countries)),
        tuple(dict.fromkeys(by_address.zones + by_phone.zones)),
    )


def country_code(text: str) -> str:
    """Return the ISO code of a country as a debt names it, or ""."""
    bare = text.strip()
    if len(bare) == 2 and bare.isalpha():
        return bare.upper()
    return _NAMES.get(bare.casefold(), "")


def _by_address(debt: Debt, table: ZoneTable) -> Places:
    country = country_code(debt.country or "")
    if not country:
        return Places()
    postal = (debt.postal_code or "").replace(" ", "")
    zones = _zones_of_postal(table.get(country, {}), postal) or zones_of_country(country)
    return Places((country,), zones)


def _zones_of_postal(by_start: Mapping[str, tuple[str, ...]], postal: str) -> tuple[str, ...]:
    """By the longest beginning that the table knows."""
    for length in range(len(postal), -1, -1):
        if postal[:length] in by_start:
            return by_start[postal[:length]]
    return ()


def _by_phone(number: str) -> Places:
    if not number.startswith("+"):
        return Places()
    import phonenumbers  # 17 ms, when a number is first read
    from phonenumbers import timezone

    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return Places()
    country = phonenumbers.region_code_for_number(parsed) or ""
    if not country:
        country = phonenumbers.region_code_for_country_code(parsed.country_code or 0)
    country = country if len(country) == 2 and country.isalpha() and country != "ZZ" else ""
    zones = tuple(z for z in timezone.time_zones_for_number(parsed) if is_zone(z))
    if not zones and country:
        zones = zones_of_country(country)  # mobile numbers of most countries say no more
    return Places((country,) if country else (), zones)


@lru_cache(maxsize=256)
def zones_of_country(country: str) -> tuple[str, ...]:
    """Return all zones of a country, from the time zone database's own table."""
    return _zone_table().get(country, ())


@lru_cache(maxsize=1)
def _zone_table() -> dict[str, tuple[str, ...]]:
    import tzdata  # type: ignore[import-untyped]  # when a country is first read; importlib.resources would take 17 ms more

    found: dict[str, list[str]] = {}
    table = Path(tzdata.__path__[0], "zoneinfo", "zone.tab")
    for line in table.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            country, _where, zone = line.split("\t")[:3]
            found.setdefault(country, []).append(zone)
    return {country: tuple(zones) for country, zones in found.items()}


@lru_cache(maxsize=1024)
def is_zone(name: str) -> bool:
    """Return whether the time zone database has it (phonenumbers says Etc/Unknown at times)."""
    if name == "Etc/Unknown":
        return False
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
