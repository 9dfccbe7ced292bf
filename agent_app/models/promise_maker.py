"""Puts a promise to pay into the open form: outcome, summary, notes, and the day on which to check it."""

from collections.abc import Callable
from datetime import date, datetime, tzinfo
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QLocale

from agent_app.domain.outcomes import Outcome
from agent_app.domain.promise import MAX_AMOUNT, Promise, Standing, mark_of
from agent_app.domain.when import ParseContext, understand
from agent_app.models.debt_card import DebtCard
from agent_app.models.edit_session import EditSession
from agent_app.models.outcome_filler import OutcomeFiller
from agent_app.models.promise_seen import last_promise
from agent_app.store.store import Store
from agent_app.text.debts import PromiseWords
from agent_app.text.moments import day_comes_first

MAX_DECIMALS = 3
"""No currency that debts are in has more."""


class PromiseMaker:
    """*wording* gives the team's words for a promise ("": the usual ones)."""

    def __init__(
        self,
        session: EditSession,
        card: DebtCard,
        outcomes: OutcomeFiller,
        store: Store,
        now: Callable[[], datetime],
        zone: tzinfo,
        wording: Callable[[], str] = str,
    ) -> None:
        self._session, self._card, self._outcomes = session, card, outcomes
        self._store, self._now, self._zone, self._wording = store, now, zone, wording
        self._words = PromiseWords()

    @property
    def seen(self) -> tuple[Promise, Standing] | None:
        """The debt's last promise and what became of it, or None."""
        return last_promise(self._store, self._card.debt_id, self._now(), self._zone)

    @property
    def currency(self) -> str:
        """The debt's currency (ISO 4217), or ""."""
        debt = self._card.debt
        found = ((debt.currency if debt else "") or "").strip().upper()
        return found if len(found) == 3 and found.isascii() and found.isalpha() else ""

    @property
    def usual_amount(self) -> str:
        """The whole debt, as one would type it."""
        debt = self._card.debt
        if debt is None or debt.amount is None or debt.amount <= 0:
            return ""
        locale = QLocale()
        locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
        return locale.toString(debt.amount, "f", 2)

    def read_amount(self, text: str) -> Decimal | None:
        """Return the amount that somebody typed, by the locale or with a dot or comma; None where there is none."""
        plain = "".join(c for c in text if not c.isspace() and c not in "€$£'’")
        found, is_number = QLocale().toDouble(plain)
        try:
            amount = Decimal(str(found)) if is_number else Decimal(plain.replace(",", "."))
        except InvalidOperation:
            return None
        if not amount.is_finite() or not 0 < amount < MAX_AMOUNT:
            return None
        return amount if amount == round(amount, MAX_DECIMALS) else None

    def read_day(self, text: str) -> date | None:
        """Return the day that somebody typed ("friday", "5/12", "+10d"), not before today."""
        here = ParseContext(self._now(), self._zone, day_comes_first(QLocale()))
        found = understand(text, here) if text.strip() else None
        if found is None:
            return None
        day = found.astimezone(self._zone).date() if found.tzinfo is not None else found.date()
        return day if day >= self._now().astimezone(self._zone).date() else None

    def make(self, promise: Promise) -> None:
        """Put *promise* in as unsaved changes."""
        shown = self._session.shown
        if shown is None:
            return
        words = self._words.told(promise, self._wording(), QLocale())
        notes = str(self._session.value("notes") or "")
        summary = str(self._session.value("summary") or "").strip()
        line = f"{words} · {mark_of(promise)}"
        also = {
            "summary": f"{summary} · {words}" if summary else words,
            "notes": "\n".join([notes.rstrip(), line] if notes.strip() else [line]),
        }
        check = self._outcomes.check_after(shown, promise.day)
        self._outcomes.choose(Outcome.DEAL_FOUND, also, check)
