"""What a list and the order of calls go by of a debt: who owes it, how much, and where they are."""

from dataclasses import dataclass

from agent_app.domain.debt import Debt
from agent_app.domain.debt_status import AGAINST_CALLING
from agent_app.domain.local_hours import place_of
from agent_app.domain.text import fold, well_formed

MIN_DIGITS, PERSON_DIGITS = 6, 9
"""A telephone tells a person by its last digits, which all spellings share."""
MAX_CREDITOR = 100


@dataclass(frozen=True, slots=True)
class DebtFact:
    """`person` is the same for all debts of one person. `creditor` is folded for sorting. `against` says
    that the debt's status speaks against a call."""

    person: str
    amount: float | None
    place: str
    against: bool
    creditor: str


def fact_of(debt: Debt) -> DebtFact:
    """Return what a debt says."""
    amount = debt.amount
    return DebtFact(
        well_formed(person_of(debt)),
        float(amount) if isinstance(amount, (int, float)) else None,
        well_formed(place_of(debt)),
        debt.status in AGAINST_CALLING,
        fold(well_formed((debt.company or "")[:MAX_CREDITOR])),
    )


def person_of(debt: Debt) -> str:
    """Return who owes it, in a word: the telephone, which rings the same person, else the debtor's id or
    reference, else the debt itself."""
    digits = "".join(c for c in debt.phone or "" if c.isdecimal() and c.isascii())
    if len(digits) >= MIN_DIGITS:
        return digits[-PERSON_DIGITS:]
    return debt.debtor_id or debt.debtor_reference or debt.id
