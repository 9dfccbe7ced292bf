"""Why a call ended, in words: telephone systems write it as a code."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate
_ENDINGS: Mapping[str, Callable[[], str]] = {
    "agent_hangup": lambda: translate("Ending", "The agent hung up"),
    "debtor_hangup": lambda: translate("Ending", "The debtor hung up"),
    "completed": lambda: translate("Ending", "Ended normally"),
    "no_answer": lambda: translate("Ending", "No answer"),
    "busy": lambda: translate("Ending", "Busy"),
    "voicemail_reached": lambda: translate("Ending", "Voicemail"),
    "invalid_number": lambda: translate("Ending", "Invalid number"),
    "unallocated_number": lambda: translate("Ending", "Number not in use"),
    "network_error": lambda: translate("Ending", "Network error"),
    "carrier_rejected": lambda: translate("Ending", "Rejected by the carrier"),
}


def ending_label(reason: str) -> str:
    """Return why a call ended; a code that nobody knows as it is, without its underscores."""
    label = _ENDINGS.get(reason.strip().lower())
    return label() if label is not None else reason.replace("_", " ")
