"""Card numbers and IBANs are found, in a time that does not grow with the text."""

import time

import pytest

from agent_app.domain.reviews import MAX_LOOKED_AT, holds_secret

IBAN, CARD = "FR76 3000 6000 0112 3456 7890 189", "4111 1111 1111 1111"


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        (f"his account {IBAN}, he says", True),
        (f"{IBAN} AND MORE WORDS FOLLOW 22", True),
        ("DE89370400440532013000", True),
        ("NO9386011117947", True),
        (f"card {CARD}", True),
        ("FR76 3000 6000 0112 3456 7890 188", False),
        ("4111 1111 1111 1112", False),
        ("FR76 " * 60 + IBAN, True),
        ("x" * (MAX_LOOKED_AT - 100) + " " + IBAN, True),
        ("+33 6 39 98 00 01, 310.00", False),
        ("", False),
    ],
)
def test_by_the_check_digits(text: str, holds: bool) -> None:
    assert holds_secret(text) is holds


@pytest.mark.parametrize(
    "piece", ["FR76 ", "FR76", "1 ", "1", "4111 ", "AB12 ", "A", "é1", "DE89370400440532013001 "]
)
def test_seven_megabytes_cost_little(piece: str) -> None:
    text = piece * (7_000_000 // len(piece))
    began = time.process_time()
    assert not holds_secret(text)
    assert time.process_time() - began < 1.0
