"""Telephone numbers: how telephones want them, and when two of them ring the same telephone.

A debt may have a number as people of its country write it, "06 39 98 00 12", while a telephone
system says +33639980012. Only `phonenumbers` knows that they are one; the store looks numbers up by
their last digits, which both have, and `same_number` decides.
"""

import re
import unicodedata
from functools import lru_cache

TAIL = 6
"""The last digits that a number is looked up by: few enough for every country's numbers, and so many
that of 100,000 debts hardly two share them by chance."""


@lru_cache(maxsize=4096)
def e164(number: str, region: str) -> str:
    """A number as telephones want it, +33639980000; "" where it is none. *region* (ISO 3166) is
    where a number without a country is taken to be."""
    import phonenumbers  # 17 ms: not for the first paint

    try:
        parsed = phonenumbers.parse(number, region or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(parsed):
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def national(number: str) -> str:
    """An E.164 number as people of its country write it; another number as it came."""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)


def region_of_number(number: str) -> str:
    """The country (ISO 3166) of an E.164 number, or ""."""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return ""
    return phonenumbers.region_code_for_number(parsed) or ""


def same_number(one: str, other: str, *regions: str) -> bool:
    """Whether two numbers ring the same telephone. One that is written without its country is read
    as a number of any of *regions*; what is no number anywhere is compared digit by digit."""
    forms, other_forms = _forms(one, regions), _forms(other, regions)
    if forms and other_forms:
        return not forms.isdisjoint(other_forms)
    return bool(_digits(one)) and _digits(one) == _digits(other)


def tail(number: str) -> str:
    """The last digits of a number, the same however it is written; "" without any digit."""
    stretches = (_digits(part) for part in re.split(r"[^\W\d_]+|[;,#]", number))
    return max(stretches, key=len)[-TAIL:]


def _forms(number: str, regions: tuple[str, ...]) -> set[str]:
    wanted = ("",) if number.strip().startswith("+") else regions
    return {form for region in wanted if (form := e164(number, region))}


def _digits(number: str) -> str:
    return "".join(str(unicodedata.decimal(c)) for c in number if c.isdecimal())
