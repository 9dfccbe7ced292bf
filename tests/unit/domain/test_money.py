"""Sums under deals: a debt counts once, in its currency, and all parts add up to the whole."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some

from agent_app.domain.money import BANDS, Deal, Money, band_bounds, band_of

DEALS = some.lists(
    some.builds(
        Deal,
        some.sampled_from("abcdefgh"),
        some.sampled_from(["North", "South"]),
        some.sampled_from(["EUR", "USD"]),
        some.none() | some.decimals(0, 9_000, places=2),
        some.booleans(),
    )
)


@given(DEALS)
def test_every_way_to_divide_adds_up(deals: list[Deal]) -> None:
    money = Money()
    money.add(deals)
    known = {one.debt_id for one in deals}
    assert sum(one.debts for one in money.sums.values()) == len(known)
    paid = {one.debt_id for one in deals if one.paid}
    assert sum(one.paid_debts for one in money.paid_sums.values()) == len(paid)
    for parts in (money.by_creditor(), money.by_amount()):
        for currency, whole in money.sums.items():
            of_currency = [one for (_, code), one in parts.items() if code == currency]
            assert sum(one.amount for one in of_currency) == whole.amount
    in_bands = sum(one.debts for one in money.by_amount().values())
    assert in_bands + money.without_amount == len(known)


@given(some.decimals(0, 10**6, places=2))
def test_an_amount_lies_within_its_band(amount: Decimal) -> None:
    first, until = band_bounds(band_of(amount))
    assert first is None or amount >= first
    assert until is None or amount < until
    assert band_of(Decimal(BANDS[-1])) == len(BANDS) - 1


def test_promises_add_up_by_currency() -> None:
    money = Money()
    for currency, amount in (("EUR", "10.50"), ("USD", "5"), ("EUR", "2")):
        money.promise(currency, Decimal(amount))
    assert money.promised == {"EUR": Decimal("12.50"), "USD": Decimal(5)}
