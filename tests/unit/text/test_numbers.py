"""Money as the law of each currency and the locale write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from agent_app.text.numbers import money

NARROW, WIDE = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("amount", "currency", "locale", "wanted"),
    [
        (12.345, "KWD", "en_GB", f"KWD{WIDE}12.345"),
        (1234.567, "TND", "fr_FR", f"1{NARROW}234,567{WIDE}TND"),
        (1234.567, "TND", "fr_TN", f"1{NARROW}234,567{WIDE}DT"),
        (1200, "JPY", "en_US", f"JPY{WIDE}1,200"),
        (1200.0, "JPY", "ja_JP", "￥1,200"),
        (5000, "XOF", "fr_FR", f"5{NARROW}000{WIDE}XOF"),
        (310, "EUR", "en_GB", "€310.00"),
        (310.5, "EUR", "fr_FR", f"310,50{WIDE}€"),
        (19.999, "EUR", "en_GB", "€19.999"),
        (0.1 + 0.2, "EUR", "en_GB", "€0.30"),
        (-310.5, "EUR", "fr_FR", f"-310,50{WIDE}€"),
        (-310.5, "USD", "en_US", "-$310.50"),
        (-310.5, "USD", "de_CH", "US$-310.50"),
        (-310.5, "EUR", "sv_SE", f"−310,50{WIDE}€"),
        (5, "USD", "en_CA", "US$5.00"),
        (5, "CAD", "en_CA", "$5.00"),
        (1234.5, "", "en_GB", "1,234.50"),
        (1234.5, None, "fr_FR", f"1{NARROW}234,50"),
        (7, "eur ", "en_GB", "€7.00"),
        (7, "XYZ", "en_GB", f"XYZ{WIDE}7.00"),
    ],
)
def test_money(amount: float, currency: str | None, locale: str, wanted: str) -> None:
    assert money(amount, currency, None, QLocale(locale)) == wanted


def test_the_servers_own_text_where_there_is_no_number() -> None:
    assert money(None, "EUR", "about 300", QLocale("en_GB")) == "about 300"


@given(st.integers(-(10**9), 10**9), st.sampled_from(["EUR", "KWD", "JPY", "CLF", "", "XXX"]))
def test_no_sum_is_ever_rounded(thousandths: int, currency: str) -> None:
    locale = QLocale("en_GB")
    shown = money(thousandths / 1000, currency, None, locale)
    digits = "".join(c for c in shown if c.isdigit() or c in ".-")
    assert round(float(digits) * 1000) == thousandths
