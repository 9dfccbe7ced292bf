"""Room: models. Money and phone numbers as people read them."""

import sys
from functools import lru_cache

from PySide6.QtCore import QLocale

_SYMBOLS = {"EUR": "€", "GBP": "£", "USD": "$", "CHF": "CHF", "SEK": "kr", "PLN": "zł"}


def money(amount: float | None, currency: str | None, text: str | None, locale: QLocale) -> str:
    """An amount by the locale; the server's own text where there is no number."""
    if amount is None:
        return text or ""
    code = (currency or "").upper()
    return locale.toCurrencyString(amount, _SYMBOLS.get(code, code), 2)


def phone(number: str) -> str:
    """A number spaced for reading: internationally if it is E.164, else as it came.

    Until `phonenumbers` is there (17 ms, after the first paint) it is shown as it came.
    """
    if not number.startswith("+") or "phonenumbers" not in sys.modules:
        return number
    return _spaced(number)


@lru_cache(maxsize=4096)
def _spaced(number: str) -> str:
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def region_of(locale: QLocale) -> str:
    """The country of a locale, as an ISO 3166 code."""
    return QLocale.territoryToCode(locale.territory())
