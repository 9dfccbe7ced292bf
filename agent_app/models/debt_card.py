"""Room: models. The debt behind the open followup, and the debt's other followups, in words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from PySide6.QtCore import QLocale, QObject, Signal

from agent_app.domain.debt import Debt
from agent_app.domain.followup import Followup
from agent_app.models.formats import money, phone
from agent_app.models.moments import date_text, moment_text
from agent_app.models.words import value_label
from agent_app.store.changes import Change
from agent_app.store.store import Store


@dataclass(frozen=True, slots=True)
class Earlier:
    """One line of the debt's history."""

    followup_id: str
    type: str
    status: str
    text: str


class DebtCard(QObject):
    """What to show above the form. *may_read_debts* says whether the token shows debtors."""

    changed = Signal()

    def __init__(self, store: Store, zone: tzinfo, may_read_debts: Callable[[], bool]) -> None:
        super().__init__()
        self._store, self._zone, self._may = store, zone, may_read_debts
        self._followup_id = ""
        self._debt_id = ""
        self._unlisten = store.changes.listen(self._on_change)

    def close(self) -> None:
        """Stop following the store."""
        self._unlisten()

    def show(self, followup: Followup | None) -> None:
        """Show the debt of *followup*."""
        self._followup_id = followup.id if followup else ""
        self._debt_id = followup.debt_id if followup else ""
        self.changed.emit()

    def _on_change(self, change: Change) -> None:
        if self._debt_id in change.debts or change.followups & set(self._ids()):
            self.changed.emit()

    def _ids(self) -> list[str]:
        return [f.id for f in self._store.followups.of_debt(self._debt_id)]

    @property
    def debt(self) -> Debt | None:
        """The debt, if it was ever read."""
        return self._store.debts.get(self._debt_id) if self._debt_id else None

    def title(self) -> str:
        """The debtor's name, or the debt's id where there is none."""
        debt = self.debt
        return (debt.debtor if debt else "") or self._debt_id

    def facts(self) -> str:
        """Amount, phone, what for, due date and reference, as far as they are known."""
        debt, locale = self.debt, QLocale()
        if debt is None:
            if not self._debt_id:
                return ""
            if not self._may():
                return self.tr(
                    "Your account may not see debtors (debts:read), so this is the debt's ID."
                )
            return self.tr("The debtor is not known yet.")
        parts = [
            money(debt.amount, debt.currency, debt.amount_text, locale),
            phone(debt.phone) if debt.phone else "",
            debt.object or "",
        ]
        return "  ·  ".join(part for part in parts if part)

    def more_facts(self) -> str:
        """Creditor, reference and due date."""
        debt, locale = self.debt, QLocale()
        if debt is None:
            return ""
        parts = [
            debt.company or "",
            self.tr("Reference {reference}").format(reference=debt.reference)
            if debt.reference
            else "",
            self.tr("due {day}").format(day=date_text(debt.due_date, locale))
            if debt.due_date
            else "",
        ]
        return "  ·  ".join(part for part in parts if part)

    def earlier(self) -> list[Earlier]:
        """The debt's other followups, the latest first."""
        if not self._debt_id:
            return []
        return [
            Earlier(other.id, other.type, other.status, self._line(other))
            for other in self._store.followups.of_debt(self._debt_id)
            if other.id != self._followup_id
        ]

    def _line(self, followup: Followup) -> str:
        moment: datetime | None = followup.call_date or followup.scheduled_at
        parts = [
            moment_text(moment, self._zone, QLocale()),
            value_label("type", followup.type),
            value_label("status", followup.status),
            " ".join((followup.summary or "").split()),
        ]
        return "  ·  ".join(part for part in parts if part)
