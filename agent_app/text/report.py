"""Name the parts of the supervisors' report, and say how exact a figure is."""

import re
from collections.abc import Mapping
from datetime import datetime, tzinfo
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, QLocale

from agent_app.domain.money import BANDS
from agent_app.domain.periods import Period, Span
from agent_app.domain.reviews import LookFor, Score
from agent_app.domain.statistics import TALK_STEPS_S, Rate
from agent_app.domain.trend import Move, Turn
from agent_app.text.moments import clock_text, date_text, duration_text
from agent_app.text.numbers import money

translate = QCoreApplication.translate


def span_label(span: Span) -> str:
    """Return the name of a span of days."""
    match span:
        case Span.TODAY:
            return translate("Span", "Today")
        case Span.YESTERDAY:
            return translate("Span", "Yesterday")
        case Span.THIS_WEEK:
            return translate("Span", "This week")
        case Span.LAST_WEEK:
            return translate("Span", "Last week")
        case Span.THIS_MONTH:
            return translate("Span", "This month")
        case Span.LAST_MONTH:
            return translate("Span", "Last month")
        case Span.CUSTOM:
            return translate("Span", "Two dates")


def period_text(period: Period) -> str:
    """Return a period's days."""
    first, last = (date_text(day, QLocale()) for day in (period.first, period.last))
    return first if first == last else f"{first} – {last}"


def look_for_label(rule: LookFor) -> str:
    """Return a rule to look for, in a few words."""
    match rule:
        case LookFor.DEAL_WITHOUT_SUMMARY:
            return translate("LookFor", "Deal found without a summary")
        case LookFor.SHORT_BUT_REACHED:
            return translate("LookFor", "Marked as reached, but under 10 s")
        case LookFor.RECORDED_LATE:
            return translate("LookFor", "Recorded over an hour after the call")
        case LookFor.SCHEDULED_AND_FORGOTTEN:
            return translate("LookFor", "Overdue, no action taken")
        case LookFor.SECRET_IN_NOTES:
            return translate("LookFor", "A card number or an IBAN in the notes")


def score_label(score: Score) -> str:
    """Return the answer to a question of the scorecard."""
    match score:
        case Score.YES:
            return translate("Score", "Yes")
        case Score.PARTLY:
            return translate("Score", "Partly")
        case Score.NO:
            return translate("Score", "No")


def talk_label(column: int) -> str:
    """Return a column of the talk-time distribution."""
    first = duration_text(TALK_STEPS_S[column] * 1000).removeprefix("0:")
    if column + 1 == len(TALK_STEPS_S):
        return translate("Report", "from {time}").format(time=first)
    last = duration_text(TALK_STEPS_S[column + 1] * 1000).removeprefix("0:")
    return f"{first}–{last}"


def percent(rate: Rate) -> str:
    """Return a rate without decimals, as no team's numbers carry more; "–" of nothing."""
    if rate.value is None:
        return "–"
    return translate("Report", "{n} %").format(n=QLocale().toString(round(rate.value * 100)))


def rate_note(now: Rate) -> str:
    """Return what a rate is of, and whether that is little."""
    locale = QLocale()
    of = translate("Report", "{part} of {whole}").format(
        part=locale.toString(now.part), whole=locale.toString(now.whole)
    )
    return f"{of} · {small_sample()}" if now.whole and now.is_small else of


def small_sample() -> str:
    """Return what is said of figures that are made of too few."""
    return translate("Report", "small sample")


def move_text(move: Move) -> str:
    """Return how a figure has moved, and what that means, in words: no colour is needed to read it."""
    sign = "▲ +" if move.by > 0 else ("▼ −" if move.by < 0 else "= ±")
    number = f"{sign}{QLocale().toString(abs(move.by))}"
    if move.is_rate:
        by = translate("Report", "{by} points").format(by=number)
    else:
        by = translate("Report", "{n} %").format(n=number)
    match move.turn:
        case Turn.BETTER:
            return translate("Report", "{by}, better").format(by=by)
        case Turn.WORSE:
            return translate("Report", "{by}, worse").format(by=by)
        case Turn.NEITHER:
            return by


def compared_text(before: Period, until: datetime | None, zone: tzinfo) -> str:
    """Return what a period is compared with; *until* is when (aware) that ends where today is not over."""
    days = period_text(before)
    if until is None:
        words = translate("Report", "Compared with the same weekdays before: {days}.")
        return words.format(days=days)
    words = translate(
        "Report",
        "Compared with the same weekdays before: {days}, the last day until {time}, as today is not over.",
    )
    return words.format(days=days, time=clock_text(until.astimezone(zone), QLocale()))


def count_note(now: int, before: int) -> str:
    """Return how many there were before."""
    if not before and not now:
        return ""
    if not before:
        return translate("Report", "none in the period before")
    text = QLocale().toString(before)
    return translate("Report", "{count} in the period before").format(count=text)


def age_text(ms: int) -> str:
    """Return an age in its largest unit."""
    minutes = ms // 60_000
    if minutes < 60:
        return translate("Report", "{n} min").format(n=minutes)
    if minutes < 48 * 60:
        return translate("Report", "{n} h").format(n=minutes // 60)
    return translate("Report", "{n} days").format(n=minutes // (24 * 60))


def sums_text(sums: Mapping[str, Decimal]) -> str:
    """Return sums by currency, in whole units; "–" of nothing."""
    locale = QLocale()
    whole = (
        money(float(round(amount)), currency, None, locale) for currency, amount in sums.items()
    )
    return " + ".join(_without_cents(text, locale) for text in whole) or "–"


def _without_cents(text: str, locale: QLocale) -> str:
    """Return a sum as `money` writes it without its zeros: nobody compares cents of a team's sums."""
    return re.sub(re.escape(locale.decimalPoint()) + "0+(?![0-9])", "", text)


def first_sum_text(sums: Mapping[str, Decimal]) -> str:
    """Return the sum in the currency that comes first; `debts_note` says the others."""
    return sums_text(dict(list(sums.items())[:1]))


def debts_note(
    sums: Mapping[str, Decimal], debts: int | None = None, without_amount: int = 0
) -> str:
    """Return the sums in further currencies, of how many debts they all are, and of how many of those it
    is not known how much is owed."""
    locale = QLocale()
    parts = [f"+ {sums_text({code: amount})}" for code, amount in list(sums.items())[1:]]
    if debts is not None:
        words = translate("Report", "Debts: {count}")
        parts.append(words.format(count=locale.toString(debts)))
    if without_amount:
        words = translate("Report", "{count} without an amount")
        parts.append(words.format(count=locale.toString(without_amount)))
    return " · ".join(parts)


def band_label(band: int, currency: str) -> str:
    """Return a band of amounts."""
    first = sums_text({currency: Decimal(BANDS[band])})
    if band + 1 == len(BANDS):
        return translate("Report", "from {amount}").format(amount=first)
    return f"{first} – {sums_text({currency: Decimal(BANDS[band + 1])})}"
