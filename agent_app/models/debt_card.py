"""The debt behind the open followup, and the debt's other followups, in words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from PySide6.QtCore import QLocale, QObject, QTimer, Signal

from agent_app.domain.debt import Debt
from agent_app.domain.fields import DIALLED_TYPES, NOT_MADE, Direction, Status
from agent_app.domain.flags import Flag, flags_of
from agent_app.domain.followup import Followup
from agent_app.domain.places import country_code
from agent_app.domain.telephone import Telephone, numbers_in
from agent_app.store.changes import Change
from agent_app.store.store import Store
from agent_app.text.flags import flag_words
from agent_app.text.labels import value_label
from agent_app.text.moments import clock_text, date_text, duration_text, moment_text, relative
from agent_app.text.numbers import money, region_of

LATELY = timedelta(days=1)
"""A call for another debt of the person is told for so long."""
SETTLE_MS = 50
"""Changes within this time are looked at together (milliseconds), after the form and the list."""


@dataclass(frozen=True, slots=True)
class Event:
    """One followup in the debt's history, as one reads it."""

    followup_id: str
    type: str
    heading: str
    body: str
    is_planned: bool


def _utc_now() -> datetime:
    return datetime.now(UTC)


class DebtCard(QObject):
    """What to show above the form. *may_read_debts* says whether the token shows debtors,
    *home* gives the team's country (ISO 3166), or ""."""

    changed = Signal()

    def __init__(
        self,
        store: Store,
        zone: tzinfo,
        may_read_debts: Callable[[], bool],
        home: Callable[[], str] = str,
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        super().__init__()
        self._now = now
        self._store, self._zone, self._may, self._home = store, zone, may_read_debts, home
        self._followup_id = ""
        self._debt_id = ""
        self._changed: set[str] = set()
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._on_settled)
        self._unlisten = store.changes.listen(self._on_change)

    def close(self) -> None:
        """Stop following the store."""
        self._settle.stop()
        self._unlisten()

    def show(self, followup: Followup | None) -> None:
        """Show the debt of *followup*."""
        self._followup_id = followup.id if followup else ""
        self._debt_id = followup.debt_id if followup else ""
        self._changed.clear()
        self._settle.stop()
        self.changed.emit()

    def _on_change(self, change: Change) -> None:
        self._changed |= change.debts | change.followups
        if self._changed and not self._settle.isActive():
            self._settle.start()

    def _on_settled(self) -> None:
        changed, self._changed = self._changed, set()
        ours = {f.id for f in self._store.followups.of_debt(self._debt_id)} | {self._debt_id}
        if changed & ours:
            self.changed.emit()

    @property
    def debt(self) -> Debt | None:
        """The debt, if it was ever read."""
        return self._store.debts.get(self._debt_id) if self._debt_id else None

    def title(self) -> str:
        """Return the debtor's name, or the debt's id where there is none."""
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

    @property
    def debt_id(self) -> str:
        """The debt that is shown, or ""."""
        return self._debt_id

    @property
    def followup_id(self) -> str:
        """The followup whose debt is shown, or ""."""
        return self._followup_id

    @property
    def status(self) -> str:
        """How the debt stands, as the server has it, or ""."""
        debt = self.debt
        return (debt.status if debt else "") or ""

    def birth(self) -> str:
        """Return the debtor's day of birth, or "". It is personal: shown when somebody asks for it."""
        debt = self.debt
        return date_text(debt.birthdate, QLocale()) if debt and debt.birthdate else ""

    def summary(self) -> str:
        """Return what the company wrote down about the debt itself, or ""."""
        debt = self.debt
        return ((debt.summary if debt else "") or "").strip()

    def reminded(self) -> str:
        """Return how often the debtor was reminded, and how often they answered, or ""."""
        debt = self.debt
        if debt is None or not debt.nb_reminders:
            return ""
        said = self.tr("%n reminder(s)", "", debt.nb_reminders)
        times = debt.nb_answered or 0
        answered = self.tr("answered %n time(s)", "", times) if times else self.tr("never answered")
        return f"{said}, {answered}"

    def called_elsewhere(self) -> str:
        """That the person was called lately for another of their debts, and what came of it, or ""."""
        if not self._debt_id:
            return ""
        now = self._now()
        calls = [
            one
            for one in self._store.followups.of_person(self._debt_id)
            if one.debt_id != self._debt_id
            and one.type in DIALLED_TYPES
            and one.status not in NOT_MADE
            and one.call_date is not None
            and now - LATELY < one.call_date <= now
        ]
        if not calls:
            return ""
        last = max(calls, key=lambda one: one.call_date or now)
        assert last.call_date is not None
        return self.tr("Called {when} on another debt: {outcome}").format(
            when=relative(last.call_date, now, self._zone),
            outcome=value_label("status", last.status),
        )

    def kept_words(self) -> str:
        """Return how far back this computer's memory goes, or ""."""
        first = self._store.kept_from
        if first is None:
            return ""
        day = date_text(first.astimezone(self._zone).date(), QLocale())
        return self.tr("What was done before {day} is not kept on this computer.").format(day=day)

    def provider_words(self) -> str:
        """That the provider works on the debt too, by itself, or ""."""
        debt = self.debt
        if debt is None or not debt.timeline_id:
            return ""
        since = debt.last_timeline_restart
        if since is None:
            return self.tr("The provider's own calls run on this debt.")
        day = date_text(since.astimezone(self._zone).date(), QLocale())
        return self.tr("The provider's own calls run on this debt, again since {day}.").format(
            day=day
        )

    @property
    def has_debt(self) -> bool:
        """Whether the followup belongs to a debt."""
        return bool(self._debt_id)

    def number(self) -> str:
        """Return the debtor's telephone as it came: the debt's, else the one that was used last."""
        debt = self.debt
        if debt is not None and debt.phone:
            return debt.phone
        followup = self._store.followups.get(self._followup_id) if self._followup_id else None
        return (followup.phone_number_used if followup else "") or ""

    @property
    def regions(self) -> tuple[str, ...]:
        """The countries of which a number without one may be, the likeliest first: the debt's, the
        team's, the computer's."""
        debt = self.debt
        of_debt = country_code((debt.country if debt else "") or "")
        return (of_debt, self._home(), region_of(QLocale()))

    def telephones(self) -> tuple[Telephone, ...]:
        """Return the debtor's numbers, each on its own."""
        return numbers_in(self.number(), self.regions)

    def address(self) -> str:
        """Return the address in a line, and whether a payment plan runs."""
        debt = self.debt
        if debt is None:
            return ""
        street = " ".join(part for part in (debt.street_number, debt.street_address) if part)
        city = " ".join(part for part in (debt.postal_code, debt.city) if part)
        whole = debt.address or ", ".join(part for part in (street, city) if part)
        country = debt.country or ""
        parts = [", ".join(part for part in (whole, country) if part)]
        if debt.payment_plan_active and debt.plan_start_date is not None:
            day = date_text(debt.plan_start_date, QLocale())
            parts.append(self.tr("payment plan from {day}").format(day=day))
        elif debt.payment_plan_active:
            parts.append(self.tr("a payment plan is running"))
        return "  ·  ".join(part for part in parts if part)

    def payment_link(self) -> str:
        """Return where the debtor can pay, or ""."""
        debt = self.debt
        return (debt.payment_link if debt else "") or ""

    def letter_link(self) -> str:
        """Return the signed link to the open followup's letter, or "" where it has expired."""
        followup = self._store.followups.get(self._followup_id) if self._followup_id else None
        return (followup.pdf_url if followup else "") or ""

    def others(self) -> list[Event]:
        """Return the debt's other followups, the latest first, with their words."""
        if not self._debt_id:
            return []
        return [
            Event(
                followup_id=one.id,
                type=one.type,
                heading=self._heading(one),
                body="\n".join(part for part in (one.summary, one.notes) if part),
                is_planned=one.status == Status.SCHEDULED and one.call_date is None,
            )
            for one in self._store.followups.of_debt(self._debt_id)
            if one.id != self._followup_id
        ]

    def flags(self) -> list[tuple[Flag, str]]:
        """Return what one must know before one speaks, with the words it was read from."""
        if not self._debt_id:
            return []
        history = self._store.followups.of_debt(self._debt_id)
        return [(one.flag, flag_words(one, self._zone)) for one in flags_of(history, self.debt)]

    def template_facts(self, agent: str, now: datetime) -> dict[str, str]:
        """Return what templates can be filled with."""
        debt, locale = self.debt, QLocale()
        facts = {
            "date": date_text(now.astimezone(self._zone).date(), locale),
            "time": clock_text(now.astimezone(self._zone), locale),
            "agent": agent,
            "phone": next((one.shown for one in self.telephones()), ""),
        }
        if debt is not None:
            facts |= {
                "debtor": debt.debtor,
                "amount": money(debt.amount, debt.currency, debt.amount_text, locale),
                "reference": debt.reference,
                "due": date_text(debt.due_date, locale) if debt.due_date else "",
                "creditor": debt.company or "",
            }
        return facts

    def _heading(self, one: Followup) -> str:
        parts = [
            moment_text(one.call_date or one.scheduled_at, self._zone, QLocale()),
            value_label("type", one.type),
            value_label("status", one.status),
            value_label("direction", one.direction) if one.direction == Direction.INBOUND else "",
            duration_text(one.duration_ms) if one.duration_ms else "",
        ]
        return "  ·  ".join(part for part in parts if part)
