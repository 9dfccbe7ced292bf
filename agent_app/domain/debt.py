"""What is owed, and by whom, as far as the desk shows it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from agent_app.domain.fields import Value


@dataclass(frozen=True, slots=True)
class Debt:
    """A debt and its debtor. `amount` is in units of `currency` (ISO 4217)."""

    id: str
    debtor_id: str | None = None
    civility: str | None = None
    firstname: str | None = None
    lastname: str | None = None
    phone: str | None = None
    email: str | None = None
    birthdate: date | None = None
    amount: float | None = None
    amount_text: str | None = None
    currency: str | None = None
    object: str | None = None
    internal_id: str | None = None
    invoice_reference: str | None = None
    debtor_reference: str | None = None
    due_date: date | None = None
    address: str | None = None
    street_address: str | None = None
    street_number: str | None = None
    postal_code: str | None = None
    city: str | None = None
    country: str | None = None
    status: str | None = None
    summary: str | None = None
    nb_reminders: int | None = None
    nb_answered: int | None = None
    timeline_id: str | None = None
    last_timeline_restart: datetime | None = None
    followups_count: int | None = None
    company: str | None = None
    debtor_company: str | None = None
    payment_link: str | None = None
    payment_plan_active: bool | None = None
    plan_start_date: date | None = None

    def get(self, name: str) -> Value:
        """Return the value of a field that can be written, as it is spelt on the wire."""
        value: Value = getattr(self, name)
        return value

    @property
    def debtor(self) -> str:
        """The debtor's name as one would say it: the company's where there is no person."""
        person = " ".join(part for part in (self.firstname, self.lastname) if part)
        return person or self.debtor_company or ""

    @property
    def reference(self) -> str:
        """The reference by which the debtor knows the debt."""
        return self.invoice_reference or self.debtor_reference or self.internal_id or ""


MAX_TEXT = 300
MAX_SUMMARY = 2_000
"""A summary is a text of its own, which is read where there is room."""
WHOLE = frozenset({"id", "payment_link"})
KNOWN_NAMES = frozenset(f.name for f in fields(Debt))


def from_values(values: Mapping[str, Any]) -> Debt:
    """Return a debt of plain *values*, which hold at least `id`, to be shown; unknown names are left out.

    A text that no name or address is as long as is cut: a label takes seconds to lay out 100,000
    letters. What is edited or compared is made by `whole`.
    """
    return whole(
        {
            name: _cut(name, value) if name not in WHOLE else value
            for name, value in values.items()
            if name in KNOWN_NAMES
        }
    )


def whole(values: Mapping[str, Any]) -> Debt:
    """Return a debt of plain *values* with every letter of them."""
    return Debt(**{name: value for name, value in values.items() if name in KNOWN_NAMES})


_ADDRESS = frozenset({"street_number", "street_address", "postal_code", "city"})


def changed(values: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return a debt's *values* with *changes*. The address in one line is the server's to make: an old one
    goes with the parts that it was made of."""
    stale = _ADDRESS & changes.keys() and "address" not in changes
    return {**values, **({"address": None} if stale else {}), **changes}


def _cut(name: str, value: Any) -> Any:
    most = MAX_SUMMARY if name == "summary" else MAX_TEXT
    is_long = isinstance(value, str) and len(value) > most
    return f"{value[:most]}…" if is_long else value
