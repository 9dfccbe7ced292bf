"""Read telephone numbers as people and systems write them, and tell which are the same.

A text may hold several numbers and extensions, be a `tel:` link (RFC 3966), repeat the trunk zero
in brackets ("+33 (0)6 …"), or carry marks that nobody sees. `phonenumbers` knows the rest. The store
looks numbers up by their last digits, which all spellings share, and `same_number` decides.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

TAIL = 6
"""The last digits that a number is looked up by: few enough for every country's numbers, and so many
that of 100,000 debts hardly two share them by chance."""
MAX_CHARACTERS = 250
"""Nothing longer is looked at: several numbers with their words are shorter."""
_TRUNK_ZERO = re.compile(r"(\+\d[\d ]{0,4})\(0\)")
_LINK = re.compile(r"^\s*(?:tel|callto|sip|sips):(?://)?", re.IGNORECASE)
_EXTENSION = re.compile(
    r"(?:;\s*ext=|[,;]?\s*\b(?:poste|interne|durchwahl|extension|extn?\.?|int\.)\s*:?\s*)(?=\d{1,7}\b)",
    re.IGNORECASE,
)
"""How extensions are written beside what the library knows (x, #, ext.)."""
_PLAIN = re.compile(r"\+?[\d\s.\-/()]+")
MIN_DIGITS, MAX_DIGITS = 3, 15
"""What a text without a known number must have to be dialled: no service codes (*21*…#), which can
change how the telephone works, and no two numbers in one (E.164 has 15 digits at most)."""


@dataclass(frozen=True, slots=True)
class Telephone:
    """One number. `e164` is +33639980000, or "" where it is none that could be dialled from
    anywhere; `extension` its digits, or ""; `text` how it came."""

    text: str
    e164: str = ""
    extension: str = ""

    @property
    def dialled(self) -> str:
        """What `tel:` takes, with `;ext=` (RFC 3966, 5.3); "" where nothing can be dialled."""
        bare = self.e164 or self._bare
        return f"{bare};ext={self.extension}" if bare and self.extension else bare

    @property
    def _bare(self) -> str:
        digits = _digits(self.text)
        plain = _PLAIN.fullmatch(self.text) and MIN_DIGITS <= len(digits) <= MAX_DIGITS
        return ("+" if self.text.startswith("+") else "") + digits if plain else ""

    @property
    def shown(self) -> str:
        """Spaced for reading, with its extension."""
        spaced = _spaced(self.e164) if self.e164 else self.text
        return f"{spaced} ext. {self.extension}" if self.e164 and self.extension else spaced


def numbers_in(text: str, regions: Iterable[str]) -> tuple[Telephone, ...]:
    """Return the numbers in *text*, each on its own, in their order and once.

    A number without a country is taken to be of the first of *regions* (ISO 3166) in which it could
    be one; where there is none it stays as it came. What is no number comes as it is too.
    """
    return _numbers_in(text, tuple(dict.fromkeys(one for one in regions if one)))


def first_number(text: str, regions: Iterable[str]) -> Telephone | None:
    """Return the first number in *text*, or None where there is nothing."""
    found = numbers_in(text, regions)
    return found[0] if found else None


def e164(number: str, region: str) -> str:
    """Return the first number in a text as +33639980000; "" where there is none. *region* (ISO 3166) is
    where a number without a country is taken to be."""
    found = first_number(number, (region,))
    return found.e164 if found is not None else ""


def national(number: str) -> str:
    """Return an E.164 number as people of its country write it; another number as it came."""
    import phonenumbers  # 17 ms, when a number is first read

    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)


def region_of_number(number: str) -> str:
    """Return the country (ISO 3166) of an E.164 number, or ""."""
    import phonenumbers  # 17 ms, when a number is first read

    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return ""
    return phonenumbers.region_code_for_number(parsed) or ""


def same_number(one: str, other: str, *regions: str) -> bool:
    """Return whether two texts hold a number that rings the same telephone. One that is written without its
    country is read as a number of any of *regions*; what is no number anywhere is compared digit
    by digit."""
    forms, other_forms = _forms(one, regions), _forms(other, regions)
    if forms and other_forms:
        return not forms.isdisjoint(other_forms)
    return bool(_digits(one)) and _digits(one) == _digits(other)


def tail(number: str) -> str:
    """Return the last digits of a number, the same however it is written; "" without any digit."""
    if number.isascii() and number.removeprefix("+").isdigit() and len(number) <= MAX_CHARACTERS:
        return number[-TAIL:].removeprefix("+")
    stretches = (_digits(part) for part in re.split(r"[^\W\d_]+|[;,#]", number[:MAX_CHARACTERS]))
    return max(stretches, key=len)[-TAIL:]


def _forms(text: str, regions: tuple[str, ...]) -> set[str]:
    read = (one for region in regions or ("",) for one in numbers_in(text, (region,)))
    return {one.e164 for one in read if one.e164}


def _digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(c)) for c in text if c.isdecimal())


@lru_cache(maxsize=4096)
def _numbers_in(text: str, regions: tuple[str, ...]) -> tuple[Telephone, ...]:
    text = without_marks(text[:MAX_CHARACTERS])
    for region in (*regions, None):
        found = _found_in(text, region)
        if found:
            return found
    return (Telephone(text),) if text else ()


def without_marks(text: str) -> str:
    """*text* without the scheme of a link, unseen marks, and the trunk zero in brackets."""
    text = unicodedata.normalize("NFKC", text)
    text = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Cc") or c in "\n\t")
    if _LINK.match(text):
        text = _LINK.sub("", text).split("@")[0]
    return _TRUNK_ZERO.sub(r"\1 ", _EXTENSION.sub(" ext. ", text)).strip()


def _found_in(text: str, region: str | None) -> tuple[Telephone, ...]:
    """Return the valid numbers, and others of a possible length, since no table holds all numbers."""
    import phonenumbers  # 17 ms, when a number is first read

    if "*" in text:
        return ()
    valid = list(phonenumbers.PhoneNumberMatcher(text, region, phonenumbers.Leniency.VALID))
    possible = [
        match
        for match in phonenumbers.PhoneNumberMatcher(text, region, phonenumbers.Leniency.POSSIBLE)
        if not match.number.italian_leading_zero
        and all(match.end <= one.start or one.end <= match.start for one in valid)
    ]
    numbers = [
        _telephone(match.raw_string, match.number)
        for match in sorted((*valid, *possible), key=lambda match: match.start)
    ]
    return tuple({number.dialled: number for number in numbers}.values())


def _telephone(text: str, parsed: "PhoneNumber") -> Telephone:
    import phonenumbers  # 17 ms, when a number is first read

    e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return Telephone(text, e164, parsed.extension or "")


@lru_cache(maxsize=4096)
def _spaced(e164: str) -> str:
    import phonenumbers  # 17 ms, when a number is first read

    parsed = phonenumbers.parse(e164, None)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
