"""The words for how a debt stands, and for what that has against a call."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from agent_app.domain.debt_status import DebtStatus, Objection

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
    """A debt's status in a word or two; an unknown one as it is, none as ""."""
    found = _LABELS.get(status or "")
    return found() if found is not None else status or ""


def objection_words(objection: Objection) -> str:
    """What speaks against ringing the debtor, in a sentence."""
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
