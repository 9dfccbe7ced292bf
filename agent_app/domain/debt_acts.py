"""What an agent learns on the telephone about the debt itself, and what of the debt it changes."""

from collections.abc import Mapping
from enum import StrEnum

from agent_app.domain.debt import Debt
from agent_app.domain.debt_status import DebtStatus
from agent_app.domain.fields import Value


class DebtAct(StrEnum):
    """The acts, in the order of their number keys (1 to 7)."""

    PROMISE = "promise"
    NEW_NUMBER = "new_number"
    WRONG_NUMBER = "wrong_number"
    MOVED = "moved"
    DISPUTED = "disputed"
    PAID = "paid"
    OTHERS = "others"


TYPED_FIELDS: Mapping[DebtAct, tuple[str, ...]] = {
    DebtAct.NEW_NUMBER: ("phone",),
    DebtAct.MOVED: ("street_number", "street_address", "postal_code", "city", "country"),
}
"""The fields of the debt that an act asks for."""

OF_THE_DEBT = frozenset(DebtAct) - {DebtAct.PROMISE, DebtAct.OTHERS}
"""Acts that change the debt itself."""

_STATUS: Mapping[DebtAct, DebtStatus] = {
    DebtAct.WRONG_NUMBER: DebtStatus.INVALID_PHONE,
    DebtAct.DISPUTED: DebtStatus.ON_HOLD,
    DebtAct.PAID: DebtStatus.PAID,
}


def changes_of(act: DebtAct, debt: Debt) -> dict[str, Value]:
    """Return what *act* changes by itself, before anything is typed. A new number ends that the old one is
    known to be wrong."""
    if act in _STATUS:
        return {"status": _STATUS[act]}
    if act is DebtAct.NEW_NUMBER and debt.status == DebtStatus.INVALID_PHONE:
        return {"status": DebtStatus.IN_PROGRESS}
    return {}
