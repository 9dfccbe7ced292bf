"""The desk's words: names of fields and values, and what errors mean to a person."""

from collections.abc import Callable
from datetime import datetime, tzinfo

from PySide6.QtCore import QCoreApplication, QLocale

from agent_app.domain.errors import (
    BadAddress,
    BadSetting,
    CredentialsRefused,
    ExternalError,
    LinkDead,
    LinkRefused,
    NobodySignedIn,
    NotAllowed,
    NotFound,
    NotTrusted,
    NotUnderstood,
    ProxyRefused,
    RateLimited,
    Refused,
    Rejected,
    ServerTrouble,
    SignedOut,
    StoreFull,
    StoreLocked,
    StoreNewer,
    Unreachable,
)
from agent_app.domain.fields import FIELD_BY_NAME, Kind, Value
from agent_app.domain.outcomes import NEXT_CALL, Outcome
from agent_app.domain.validation import Problem, Rule
from agent_app.domain.views import View
from agent_app.text.connection import distrust_words, proxy_words, refusal_words
from agent_app.text.moments import clock_text, duration_text, moment_text

translate = QCoreApplication.translate


def field_label(name: str) -> str:
    """Return the visible label of a field, which is also its accessible name."""
    labels: dict[str, Callable[[], str]] = {
        "status": lambda: translate("Field", "Status"),
        "type": lambda: translate("Field", "Type"),
        "call_date": lambda: translate("Field", "Call date"),
        "scheduled_at": lambda: translate("Field", "Scheduled at"),
        "summary": lambda: translate("Field", "Summary"),
        "notes": lambda: translate("Field", "Notes"),
        "call_id": lambda: translate("Field", "Call ID"),
        "audio_url": lambda: translate("Field", "Recording URL"),
        "duration_ms": lambda: translate("Field", "Duration"),
        "phone_number_used": lambda: translate("Field", "Phone number"),
        "direction": lambda: translate("Field", "Direction"),
        "disconnection_reason": lambda: translate("Field", "Disconnection reason"),
        "is_retry": lambda: translate("Field", "Retry attempt"),
        NEXT_CALL: lambda: translate("Field", "Next call"),
    }
    return labels[name]() if name in labels else name


_VALUE_LABELS: dict[str, Callable[[], str]] = {
    "on_hold": lambda: translate("Value", "On hold"),
    "scheduled": lambda: translate("Value", "Scheduled"),
    "in_progress": lambda: translate("Value", "In progress"),
    "sent": lambda: translate("Value", "Sent"),
    "delivered": lambda: translate("Value", "Delivered"),
    "deal_found": lambda: translate("Value", "Deal found"),
    "no_answer": lambda: translate("Value", "No answer"),
    "deal_not_found": lambda: translate("Value", "No deal"),
    "bad_behavior": lambda: translate("Value", "Bad behaviour"),
    "failed": lambda: translate("Value", "Failed"),
    "cancelled": lambda: translate("Value", "Cancelled"),
    "call": lambda: translate("Value", "Call"),
    "email": lambda: translate("Value", "E-mail"),
    "sms": lambda: translate("Value", "SMS"),
    "whatsapp": lambda: translate("Value", "WhatsApp"),
    "voicemail": lambda: translate("Value", "Voicemail"),
    "manual_call": lambda: translate("Value", "Manual call"),
    "physical": lambda: translate("Value", "Visit"),
    "postmail": lambda: translate("Value", "Letter"),
    "inbound": lambda: translate("Value", "Inbound"),
    "outbound": lambda: translate("Value", "Outbound"),
}
"""Called when they are shown: the language may have become another."""


def value_label(name: str, value: str) -> str:
    """Return a status, type or direction in words; an unknown one as it is."""
    if not value:
        return translate("Value", "None")
    label = _VALUE_LABELS.get(value)
    return label() if label is not None else value


def value_words(name: str, value: Value, zone: tzinfo, locale: QLocale) -> str:
    """Any field's value as a person reads it; "–" where there is none."""
    kind = FIELD_BY_NAME[name].kind
    if value is None or value == "":
        return "–"
    if kind is Kind.CHOICE:
        return value_label(name, str(value))
    if isinstance(value, datetime):
        return moment_text(value, zone, locale)
    if kind is Kind.DURATION and isinstance(value, int):
        return duration_text(value)
    if kind is Kind.FLAG:
        return translate("Value", "Yes") if value else translate("Value", "No")
    return str(value)


def view_label(view: View) -> str:
    """Return the name of a saved view."""
    match view:
        case View.TO_CALL_NOW:
            return translate("View", "To call now")
        case View.OVERDUE:
            return translate("View", "Overdue")
        case View.TODAY:
            return translate("View", "Today")
        case View.WAITING:
            return translate("View", "Waiting")
        case View.DONE:
            return translate("View", "Done")
        case View.ALL:
            return translate("View", "All")
        case View.UNSENT:
            return translate("View", "Waiting to send")
        case View.DRAFTS:
            return translate("View", "Not saved yet")


def outcome_label(outcome: Outcome) -> str:
    """Return an outcome in a word or two, as its button says it."""
    match outcome:
        case Outcome.DEAL_FOUND:
            return translate("Outcome", "Deal found")
        case Outcome.NO_ANSWER:
            return translate("Outcome", "No answer")
        case Outcome.DEAL_NOT_FOUND:
            return translate("Outcome", "No deal")
        case Outcome.BAD_BEHAVIOR:
            return translate("Outcome", "Bad behaviour")
        case Outcome.CALL_BACK:
            return translate("Outcome", "Call back")
        case Outcome.RESCHEDULE:
            return translate("Outcome", "Reschedule")
        case Outcome.FAILED:
            return translate("Outcome", "Failed")
        case Outcome.DELIVERED:
            return translate("Outcome", "Delivered")
        case Outcome.CALL_RESULTS:
            return translate("Outcome", "Log call details")
        case Outcome.CANCELLED:
            return translate("Outcome", "Cancelled")


def outcome_words(outcome: Outcome) -> str:
    """Return what an outcome fills in, in a sentence."""
    match outcome:
        case Outcome.DEAL_FOUND:
            return translate(
                "Outcome", "A deal was made: the call is dated now, say what was agreed."
            )
        case Outcome.NO_ANSWER:
            return translate(
                "Outcome", "Nobody answered: the next call is planned by your team's rule."
            )
        case Outcome.DEAL_NOT_FOUND:
            return translate("Outcome", "You spoke, without a deal: say why.")
        case Outcome.BAD_BEHAVIOR:
            return translate("Outcome", "The debtor was abusive: note what was said.")
        case Outcome.CALL_BACK:
            return translate(
                "Outcome", "You spoke and agreed on another time: say when, the call is planned."
            )
        case Outcome.RESCHEDULE:
            return translate("Outcome", "This followup is put off: say when.")
        case Outcome.FAILED:
            return translate("Outcome", "The attempt failed: say why it was cut off.")
        case Outcome.DELIVERED:
            return translate("Outcome", "The message arrived.")
        case Outcome.CALL_RESULTS:
            return translate(
                "Outcome", "Fill in date, number and direction; then length and recording."
            )
        case Outcome.CANCELLED:
            return translate("Outcome", "This followup will not take place: note why.")


def rule_text(text: str) -> str:
    """Return a name or a note of a ready-made calling rule in the person's language; a team's own words
    are left as they are."""
    known: dict[str, Callable[[], str]] = {
        "United States: Regulation F": lambda: translate("Rule", "United States: Regulation F"),
        "The limits are presumptions of the regulation; states and cities may ask for more.": (
            lambda: translate(
                "Rule",
                "The limits are presumptions of the regulation; states and cities may ask for more.",
            )
        ),
        "France: canvassing by telephone": lambda: translate(
            "Rule", "France: canvassing by telephone"
        ),
        "Written for canvassing, which law 2025-594 made opt-in from 11 August 2026. Whether it binds a collector of debts is for your company to decide.": (
            lambda: translate(
                "Rule",
                "Written for canvassing, which law 2025-594 made opt-in from 11 August 2026. Whether it binds a collector of debts is for your company to decide.",
            )
        ),
        "United Kingdom: CONC 7.9": lambda: translate("Rule", "United Kingdom: CONC 7.9"),
        "The rule names no hours: the ones here are empty, which means any, until your company fills in its own.": (
            lambda: translate(
                "Rule",
                "The rule names no hours: the ones here are empty, which means any, until your company fills in its own.",
            )
        ),
    }
    return known[text]() if text in known else text


def problem_words(problem: Problem) -> str:
    """Return what is wrong with a field, in one sentence."""
    match problem.rule:
        case Rule.REQUIRED:
            return translate("Problem", "This cannot be empty.")
        case Rule.UNREADABLE_MOMENT:
            return translate(
                "Problem",
                "This is not a date and time. Try tomorrow 9, in 2h, mon 10:30, or 2026-12-31 14:30.",
            )
        case Rule.NO_SUCH_HOUR:
            return translate("Problem", "The clocks change then: this hour does not exist.")
        case Rule.UNREADABLE_DURATION:
            return translate("Problem", "A duration is hours, minutes and seconds: 0:03:20.")
        case Rule.NEGATIVE:
            return translate("Problem", "This cannot be below zero.")
        case Rule.NOT_A_LINK:
            return translate("Problem", "A link begins with https:// or http:// and has no spaces.")
        case Rule.NEEDS_SCHEDULE:
            return translate("Problem", "A scheduled followup needs a date and time.")
        case Rule.CALL_IN_FUTURE:
            return translate("Problem", "This is in the future.")
        case Rule.SCHEDULED_IN_PAST:
            return translate("Problem", "This is in the past.")
        case Rule.NOT_A_NUMBER:
            return translate("Problem", "This does not look like a phone number.")
        case Rule.UNFILLED:
            return translate("Problem", "Still to be filled in: {blanks}").format(
                blanks=problem.words
            )
        case Rule.CALLING:
            return problem.words
    return problem.words


def error_words(error: Exception, zone: tzinfo, locale: QLocale, until: datetime | None) -> str:
    """Return what happened and what to do next, in a sentence or two for the person at the desk."""
    match error:
        case CredentialsRefused():
            return refusal_words(error)
        case NobodySignedIn():
            return translate("Error", "Nobody signed in within 5 minutes. Please try again.")
        case SignedOut():
            return translate(
                "Error", "You are signed out. What you saved is kept and leaves after you sign in."
            )
        case RateLimited():
            when = clock_text(until.astimezone(zone), locale) if until else ""
            if when:
                return translate(
                    "Error",
                    "Hourly limit reached. Sending resumes at {time}; what you saved is kept.",
                ).format(time=when)
            return translate(
                "Error",
                "Hourly limit reached. What you saved is kept and sent later.",
            )
        case NotTrusted():
            return distrust_words(error, zone, locale)
        case ProxyRefused():
            return proxy_words(error)
        case Unreachable():
            return translate(
                "Error",
                "You're offline: the server cannot be reached. Keep working; your saves are sent automatically.",
            )
        case NotAllowed():
            return translate(
                "Error",
                "Your account may not do this ({scope}). Ask your administrator for the permission.",
            ).format(scope=error.scope or "403")
        case NotFound():
            return translate("Error", "The server no longer has this followup.")
        case LinkDead():
            return translate("Error", "The recording's link has expired, or it is gone.")
        case LinkRefused():
            return translate(
                "Error",
                "The recording lies at an address that is not opened: it must be https, and public.",
            )
        case Rejected():
            return error.message or translate("Error", "The server does not accept these values.")
        case Refused():
            return translate(
                "Error",
                "The server refuses this request (error {code}). Ask your administrator.",
            ).format(code=error.code)
        case ServerTrouble():
            return translate(
                "Error",
                "Server error ({code}). What you save is kept. Retrying.",
            ).format(code=error.code)
        case NotUnderstood():
            return translate(
                "Error",
                "The server's answer cannot be understood. What you save is kept. Retrying.",
            )
        case StoreFull():
            return translate(
                "Error",
                "The disk is full or cannot be written. What you typed is still in the form: free some space and save again.",
            )
        case StoreLocked():
            return translate(
                "Error",
                "The local data cannot be opened: its key is not available, or the file is damaged. The file was left as it is.",
            )
        case StoreNewer():
            return translate(
                "Error",
                "The local data was written by a later version of Followup Desk. Please update.",
            )
        case BadAddress():
            return address_words(error)
        case BadSetting():
            return str(error)
        case ExternalError():
            return translate(
                "Error", "Something went wrong on this computer. What you saved is kept."
            )
    return translate(
        "Error", "Something went wrong in the program. It was written to the log; please report it."
    )


def address_words(error: BadAddress) -> str:
    """Return what is wrong with a server's address."""
    match error.fault:
        case "no_host":
            return translate("Error", "The address must begin with https:// and name a server.")
        case "credentials":
            return translate("Error", "The address must not hold a user name or a password.")
        case "query":
            return translate("Error", "The address must not hold a ? or a #.")
        case "cleartext":
            return translate(
                "Error", "The address must begin with https:// (http:// is for this computer only)."
            )
        case "not_allowed":
            return translate("Error", "Your administrator does not allow this server.")
    return translate("Error", "This is not an address.")
