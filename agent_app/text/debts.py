"""The words for a debt: how it stands, what that has against a call, its fields, promises to pay."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QLocale, QObject

from agent_app.domain.debt_acts import DebtAct
from agent_app.domain.debt_status import DebtStatus, Objection
from agent_app.domain.fields import Value
from agent_app.domain.promise import Promise, Standing
from agent_app.text.moments import date_text
from agent_app.text.numbers import money, phone

translate = QCoreApplication.translate

_LABELS: dict[str, Callable[[], str]] = {
    DebtStatus.PENDING: lambda: translate("DebtStatus", "Pending"),
    DebtStatus.IN_PROGRESS: lambda: translate("DebtStatus", "In progress"),
    DebtStatus.PROCESSING: lambda: translate("DebtStatus", "Processing"),
    DebtStatus.SETTLED: lambda: translate("DebtStatus", "Settled"),
    DebtStatus.PAID: lambda: translate("DebtStatus", "Paid"),
    DebtStatus.PARTIAL: lambda: translate("DebtStatus", "Partly paid"),
    DebtStatus.FAILED: lambda: translate("DebtStatus", "Failed"),
    DebtStatus.ARCHIVED: lambda: translate("DebtStatus", "Archived"),
    DebtStatus.INVALID_PHONE: lambda: translate("DebtStatus", "Invalid phone"),
    DebtStatus.ON_HOLD: lambda: translate("DebtStatus", "On hold"),
    DebtStatus.REFUSED: lambda: translate("DebtStatus", "Refused"),
}


def debt_status_label(status: str | None) -> str:
    """Return a debt's status in a word or two; an unknown one as it is, none as ""."""
    found = _LABELS.get(status or "")
    return found() if found is not None else status or ""


def objection_words(objection: Objection) -> str:
    """Return what speaks against ringing the debtor, in a sentence."""
    match objection.status:
        case DebtStatus.PAID:
            return translate("DebtStatus", "This debt is paid.")
        case DebtStatus.SETTLED:
            return translate("DebtStatus", "This debt is settled.")
        case DebtStatus.ARCHIVED:
            return translate("DebtStatus", "This debt is archived.")
        case DebtStatus.ON_HOLD:
            return translate("DebtStatus", "This debt is on hold: it may be in dispute.")
        case DebtStatus.REFUSED:
            return translate("DebtStatus", "This debt was refused.")
        case DebtStatus.INVALID_PHONE:
            return translate("DebtStatus", "The debtor's telephone number is known to be wrong.")
    return debt_status_label(objection.status)


_FIELDS: dict[str, Callable[[], str]] = {
    "status": lambda: translate("DebtField", "Debt's status"),
    "phone": lambda: translate("DebtField", "Phone"),
    "email": lambda: translate("DebtField", "E-mail"),
    "street_number": lambda: translate("DebtField", "Number"),
    "street_address": lambda: translate("DebtField", "Street"),
    "postal_code": lambda: translate("DebtField", "Postal code"),
    "city": lambda: translate("DebtField", "City"),
    "country": lambda: translate("DebtField", "Country"),
    "summary": lambda: translate("DebtField", "Debt's summary"),
}


def debt_field_label(name: str) -> str:
    """Return the name of a debt's field."""
    found = _FIELDS.get(name)
    return found() if found is not None else name


def debt_value_words(name: str, value: Value) -> str:
    """Return a debt's value as people read it; "–" for none."""
    text = str(value or "")
    if name == "status":
        text = debt_status_label(text)
    elif name == "phone":
        text = phone(text)
    return " ".join(text.split()) or "–"


def debt_act_label(act: DebtAct) -> str:
    """Return what an agent learned, in a few words."""
    match act:
        case DebtAct.PROMISE:
            return translate("DebtAct", "Promise to pay")
        case DebtAct.NEW_NUMBER:
            return translate("DebtAct", "New number")
        case DebtAct.WRONG_NUMBER:
            return translate("DebtAct", "Wrong number")
        case DebtAct.MOVED:
            return translate("DebtAct", "Moved")
        case DebtAct.DISPUTED:
            return translate("DebtAct", "Disputes it")
        case DebtAct.PAID:
            return translate("DebtAct", "Has paid")
        case DebtAct.OTHERS:
            return translate("DebtAct", "Other debts")


def debt_act_note(act: DebtAct, what: str) -> str:
    """Return what an agent learned as a line of the notes; *what* is the number, address or reason."""
    match act:
        case DebtAct.WRONG_NUMBER:
            head = translate("DebtAct", "Wrong number")
        case DebtAct.NEW_NUMBER:
            head = translate("DebtAct", "New number")
        case DebtAct.MOVED:
            head = translate("DebtAct", "New address")
        case DebtAct.DISPUTED:
            head = translate("DebtAct", "Disputes the debt")
        case _:
            head = translate("DebtAct", "Says that it is paid")
    return translate("DebtAct", "{what}: {value}").format(what=head, value=what) if what else head


class PromiseWords(QObject):
    """Promises in words. Only a QObject's own `tr` is translated with its plurals."""

    def told(self, promise: Promise, wording: str, locale: QLocale) -> str:
        """Return a promise as a sentence of the summary, in the team's *wording* ("": the usual one) with
        {amount}, {day} and {instalments} in it."""
        values = {
            "amount": self.amount(promise, locale),
            "day": date_text(promise.day, locale),
            "instalments": self.tr("%n instalment(s)", "", promise.instalments),
        }
        if not wording:
            wording = (
                self.tr("Promises {amount} by {day}")
                if promise.instalments == 1
                else self.tr("Promises {amount} in {instalments}, the first by {day}")
            )
        for name, value in values.items():
            wording = wording.replace(f"{{{name}}}", value)
        return wording

    def standing(self, promise: Promise, standing: Standing, locale: QLocale) -> str:
        """Return what became of a promise."""
        amount, day = self.amount(promise, locale), date_text(promise.day, locale)
        times = self.tr("%n instalment(s)", "", promise.instalments)
        what = f"{amount} · {times}" if promise.instalments > 1 else amount
        match standing:
            case Standing.OPEN:
                said = self.tr("Promised: {what} by {day}")
            case Standing.KEPT:
                said = self.tr("Promise kept: {what} by {day}")
            case Standing.BROKEN:
                said = self.tr("Promise broken: {what} by {day}")
        return said.format(what=what, day=day)

    def amount(self, promise: Promise, locale: QLocale) -> str:
        """Return the amount of a promise."""
        return money(float(promise.amount), promise.currency, None, locale)
