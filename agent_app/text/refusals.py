"""Why a save needs a person, in words for them, where the server has none of its own."""

from PySide6.QtCore import QCoreApplication

from agent_app.domain.outbox import Refusal, RefusalKind
from agent_app.text.labels import field_label

translate = QCoreApplication.translate

TOO_LONG = frozenset({"413", "414", "431"})


def refusal_words(problem: Refusal) -> str:
    """Return what happened and what to do next; "" for a problem that is worded elsewhere."""
    code = problem.message
    match problem.kind:
        case RefusalKind.REFUSED:
            return _refused_words(code)
        case RefusalKind.TROUBLE if code:
            return translate(
                "Refusal",
                "The server failed each time this was sent (error {code}). Your text is kept: save"
                " again later, or change it.",
            ).format(code=code)
        case RefusalKind.TROUBLE:
            return translate(
                "Refusal",
                "The server gave no usable answer each time this was sent. Your text is kept: save"
                " again later.",
            )
        case RefusalKind.NOT_TAKEN:
            fields = ", ".join(field_label(name) for name in problem.message.split(","))
            return translate(
                "Refusal",
                "The server says that it saved this, but still has the old values: {fields}. Your"
                " text is kept: save again, and tell your administrator if it happens again.",
            ).format(fields=fields)
        case RefusalKind.MISTAKE:
            return translate(
                "Refusal",
                "Something went wrong in the program when this was sent. Your text is kept: save"
                " again, and please report it if it happens again.",
            )
    return ""


def _refused_words(code: str) -> str:
    if code in TOO_LONG:
        return translate(
            "Refusal",
            "This is too long for the server (error {code}). Shorten the notes or the summary, then"
            " save again.",
        ).format(code=code)
    match code:
        case "409":
            return translate(
                "Refusal",
                "The server says that this contradicts what it has (error 409). Check the fields,"
                " then save again or discard.",
            )
        case "410":
            return translate(
                "Refusal",
                "The server no longer has this followup (error 410). Your text is kept until you"
                " discard it.",
            )
        case "423":
            return translate(
                "Refusal",
                "This followup is locked on the server (error 423). Your text is kept: save again"
                " later.",
            )
        case "451":
            return translate(
                "Refusal",
                "The server may not store this for legal reasons (error 451). Your text is kept"
                " until you discard it.",
            )
    return translate(
        "Refusal",
        "The server refuses this save (error {code}). Your text is kept: save again, and tell your"
        " administrator if it happens again.",
    ).format(code=code)
