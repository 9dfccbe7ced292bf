"""Write money and telephone numbers as people read them."""

from collections.abc import Iterable

from PySide6.QtCore import QLocale

from agent_app.domain.telephone import Telephone, first_number

_DECIMALS = {
    "BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0,
    "RWF": 0, "UGX": 0, "UYI": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
    "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
    "CLF": 4, "UYW": 4,
}  # fmt: skip
"""Decimals of a currency (ISO 4217) where they are not two. Qt knows those of a locale's own currency
only, and the libraries that know them all weigh 30 MB."""
USUAL_DECIMALS, MAX_DECIMALS = 2, 6
_SYMBOLS = {"EUR": "€", "GBP": "£", "USD": "US$", "PLN": "zł", "INR": "₹", "ILS": "₪"}
"""Signs that can be taken for no other currency; of all others the code is shown, but of the locale's
own, which has its own sign."""
_spacing = False
"""Whether the library that knows telephone numbers is loaded; see `enable_phone_spacing`."""


def money(amount: float | None, currency: str | None, text: str | None, locale: QLocale) -> str:
    """Return an amount by the locale with its currency's decimals, and more where it has more: it is never
    rounded. The server's own text where there is no number; no currency where none is said."""
    if amount is None:
        return text or ""
    amount, code = float(amount), (currency or "").strip().upper()
    decimals = max(_DECIMALS.get(code, USUAL_DECIMALS), _decimals_of(amount))
    if not code:
        return locale.toString(amount, "f", decimals)
    sign = _sign(code, locale)
    written = locale.toCurrencyString(amount, sign, decimals)
    if written.startswith("("):  # an accountant's minus, which nobody reads out
        written = locale.negativeSign() + locale.toCurrencyString(-amount, sign, decimals)
    return _spaced(written, sign) if sign[-1].isalpha() else written


def _decimals_of(amount: float) -> int:
    """Return how many decimals *amount* has; what is beyond the sixth is a computer's own error in adding."""
    return len(f"{amount:.{MAX_DECIMALS}f}".rstrip("0").partition(".")[2])


def _sign(code: str, locale: QLocale) -> str:
    if code == locale.currencySymbol(QLocale.CurrencySymbolFormat.CurrencyIsoCode):
        return locale.currencySymbol() or code
    return _SYMBOLS.get(code, code)


def _spaced(written: str, sign: str) -> str:
    """*written* with a no-break space between letters and digits: KWD 12.345 (CLDR's rule)."""
    before, found, after = written.partition(sign)
    left = "\u00a0" if before[-1:].isdigit() else ""
    right = "\u00a0" if after[:1].isdigit() else ""
    return f"{before}{left}{found}{right}{after}"


def enable_phone_spacing() -> None:
    """Space numbers from now on. The library takes 17 ms to import: not before the first paint."""
    global _spacing
    import phonenumbers  # noqa: F401

    _spacing = True


def phone(number: str, regions: Iterable[str] = ()) -> str:
    """Return a number spaced for reading: internationally where its country is known, else as it came.

    Until `enable_phone_spacing` it is shown as it came.
    """
    if not _spacing:
        return number
    regions = tuple(regions)
    if not number.startswith("+") and not regions:
        return number
    found = first_number(number, regions)
    return found.shown if found is not None else number


def telephone(number: str, regions: Iterable[str]) -> Telephone:
    """Return the first number in a text; regions as for `numbers_in`."""
    return first_number(number, regions) or Telephone("")


def region_of(locale: QLocale) -> str:
    """Return the country of a locale, as an ISO 3166 code."""
    return QLocale.territoryToCode(locale.territory())
