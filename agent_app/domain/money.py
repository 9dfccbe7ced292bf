"""What is owed under the deals of a period: by creditor, and by how much it is.

A debt counts once, however often it was agreed on. Amounts are those of the debts; what was paid of
them is not known here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

BANDS = (0, 100, 500, 1_000, 5_000)
"""Where the bands of amounts begin (units of the debt's currency)."""


@dataclass(frozen=True, slots=True)
class Deal:
    """A debt with a deal. `amount` is in units of `currency` (ISO 4217, or ""); `paid`: a payment followed.

    `creditor` is folded, as creditors are told apart; `written` is how the debt writes it.
    """

    debt_id: str
    creditor: str
    currency: str
    amount: Decimal | None
    paid: bool = False
    written: str = ""


@dataclass(slots=True)
class Sum:
    """So many debts, and what is owed on them in one currency; of those with a payment too."""

    debts: int = 0
    amount: Decimal = Decimal()
    paid_debts: int = 0
    paid_amount: Decimal = Decimal()

    def add(self, deal: Deal) -> None:
        """Count a debt in."""
        amount = deal.amount or Decimal()
        self.debts += 1
        self.amount += amount
        if deal.paid:
            self.paid_debts += 1
            self.paid_amount += amount


Sums = dict[str, Sum]
"""By currency."""


@dataclass(slots=True)
class Money:
    """All that is under deals in a period, and what was `promised`, by currency."""

    deals: dict[str, Deal] = field(default_factory=dict)
    promised: dict[str, Decimal] = field(default_factory=dict)

    def add(self, deals: Iterable[Deal]) -> None:
        """Take in deals: of a debt that is there the payment alone is noted."""
        for deal in deals:
            known = self.deals.get(deal.debt_id)
            if known is None or (deal.paid and not known.paid):
                self.deals[deal.debt_id] = deal

    def promise(self, currency: str, amount: Decimal) -> None:
        """Count in what a debtor promised."""
        self.promised[currency] = self.promised.get(currency, Decimal()) + amount

    @property
    def sums(self) -> Sums:
        """All deals, by currency; the currency of most debts first."""
        found: Sums = {}
        for deal in self.deals.values():
            found.setdefault(deal.currency, Sum()).add(deal)
        return dict(sorted(found.items(), key=lambda one: -one[1].debts))

    @property
    def paid_sums(self) -> Sums:
        """The sums of currencies in which there is a deal with a payment."""
        return {currency: one for currency, one in self.sums.items() if one.paid_debts}

    @property
    def without_amount(self) -> int:
        """How many debts say no amount."""
        return sum(deal.amount is None for deal in self.deals.values())

    def by_creditor(self, most: int = 8) -> dict[tuple[str, str], Sum]:
        """Return the creditors with the largest sums, by name and currency, the largest first."""
        found: dict[tuple[str, str], Sum] = {}
        for deal in self.deals.values():
            found.setdefault((deal.creditor, deal.currency), Sum()).add(deal)
        return dict(sorted(found.items(), key=lambda one: (-one[1].amount, one[0]))[:most])

    @property
    def written(self) -> dict[str, str]:
        """How creditors are written."""
        return {deal.creditor: deal.written or deal.creditor for deal in self.deals.values()}

    def by_amount(self) -> dict[tuple[int, str], Sum]:
        """Return the sums of each band (its place in `BANDS`) and currency, the smallest amounts first."""
        found: dict[tuple[int, str], Sum] = {}
        for deal in self.deals.values():
            if deal.amount is not None:
                found.setdefault((band_of(deal.amount), deal.currency), Sum()).add(deal)
        return dict(sorted(found.items()))


def band_of(amount: Decimal) -> int:
    """Return the place in `BANDS` of an amount."""
    return max(sum(amount >= start for start in BANDS) - 1, 0)


def band_bounds(band: int) -> tuple[float | None, float | None]:
    """Return where a band begins, and where the next one does; None: without a bound."""
    first = BANDS[band] if band else None
    return first, BANDS[band + 1] if band + 1 < len(BANDS) else None
