"""Name the parts of the supervisors' report, and say how exact a figure is."""

from PySide6.QtCore import QCoreApplication, QLocale

from agent_app.domain.periods import Period, Span
from agent_app.domain.reviews import LookFor, Score
from agent_app.domain.statistics import TALK_STEPS_S, Rate
from agent_app.text.moments import date_text, duration_text

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


def rate_note(now: Rate, before: Rate) -> str:
    """Return what a rate is of, whether that is much, and how it has moved."""
    locale = QLocale()
    parts = [
        translate("Report", "{part} of {whole}").format(
            part=locale.toString(now.part), whole=locale.toString(now.whole)
        )
    ]
    if now.whole and now.is_small:
        parts.append(translate("Report", "small sample"))
    if now.value is not None and before.value is not None and not before.is_small:
        points = round(now.value * 100) - round(before.value * 100)
        sign = "+" if points > 0 else ("−" if points < 0 else "±")
        parts.append(translate("Report", "{points} points").format(points=f"{sign}{abs(points)}"))
    return " · ".join(parts)


def count_note(now: int, before: int) -> str:
    """Return how a count has moved."""
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
