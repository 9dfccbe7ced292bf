"""Debts as the desk shows them."""

from agent_app.domain.debt import MAX_TEXT, from_values


def test_a_text_that_no_name_is_as_long_as_is_cut_and_a_link_is_not() -> None:
    big = "a" * 100_000
    debt = from_values({"id": big, "lastname": big, "amount": 3.5, "payment_link": big})
    assert debt.lastname == "a" * MAX_TEXT + "…"
    assert (debt.id, debt.payment_link, debt.amount) == (big, big, 3.5)
