"""A desk's part of the debts: every debt falls to exactly one desk, the same on every computer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_app.domain.part import Part, share_of


@pytest.mark.parametrize("said", ["3 of 20", "3/20", " 3 OF 20 ", "3 sur 20"])
def test_a_part_is_read(said: str) -> None:
    assert Part.read(said) == Part(3, 20)
    assert str(Part(3, 20)) == "3 of 20"


@pytest.mark.parametrize("said", ["", "0 of 3", "4 of 3", "x", "1 of 0", "1 of 1001", "-1 of 3"])
def test_what_is_no_part_is_none(said: str) -> None:
    assert Part.read(said) is None


@given(st.text(), st.integers(1, 50))
def test_a_debt_falls_to_exactly_one_part(debt_id: str, whole: int) -> None:
    assert sum(Part(number, whole).has(debt_id) for number in range(1, whole + 1)) == 1


def test_the_number_of_a_debt_never_changes() -> None:
    assert [share_of(one) for one in ("debt-1", "debt-2", "")] == SHARES


SHARES = [3871311660, 3388302757, 309448485]


def test_parts_are_about_as_large() -> None:
    sizes = [sum(Part(n, 20).has(f"debt-{one}") for one in range(20_000)) for n in range(1, 21)]
    assert 850 <= min(sizes) <= max(sizes) <= 1_150
