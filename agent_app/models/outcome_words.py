"""Room: models. The supervisors' numbers in words: what each is called, what it means, how exact."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLocale

from agent_app.domain.periods import Period, Span
from agent_app.domain.reviews import REACHED, LookFor, Score
from agent_app.domain.statistics import TALK_STEPS_S, Rate
from agent_app.domain.views import Filter
from agent_app.models.moments import date_text, duration_text
from agent_app.models.outcomes import OutcomesModel

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Number:
    """One number: name, value, what it is of and how it was before, definition, what is behind."""

    name: str
    value: str
    note: str
    definition: str
    behind: Callable[[], Filter]


def span_label(span: Span) -> str:
    """The name of a span of days."""
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
    """A period's days."""
    first, last = (date_text(day, QLocale()) for day in (period.first, period.last))
    return first if first == last else f"{first} – {last}"


def look_for_label(rule: LookFor) -> str:
    """A rule to look for, in a few words."""
    match rule:
        case LookFor.DEAL_WITHOUT_SUMMARY:
            return translate("LookFor", "Deal found without a summary")
        case LookFor.SHORT_BUT_REACHED:
            return translate("LookFor", "Marked as reached, but under 10 s")
        case LookFor.RECORDED_LATE:
            return translate("LookFor", "Recorded over an hour after the call")
        case LookFor.SCHEDULED_AND_FORGOTTEN:
            return translate("LookFor", "Scheduled in the past and untouched")
        case LookFor.SECRET_IN_NOTES:
            return translate("LookFor", "A card number or an IBAN in the notes")


def score_label(score: Score) -> str:
    """The answer to a question of the scorecard."""
    match score:
        case Score.YES:
            return translate("Score", "Yes")
        case Score.PARTLY:
            return translate("Score", "Partly")
        case Score.NO:
            return translate("Score", "No")


def talk_label(column: int) -> str:
    """A column of the talk-time distribution."""
    first = duration_text(TALK_STEPS_S[column] * 1000).removeprefix("0:")
    if column + 1 == len(TALK_STEPS_S):
        return translate("Outcomes", "from {time}").format(time=first)
    last = duration_text(TALK_STEPS_S[column + 1] * 1000).removeprefix("0:")
    return f"{first}–{last}"


def percent(rate: Rate) -> str:
    """A rate without decimals, as no team's numbers carry more; "–" of nothing."""
    if rate.value is None:
        return "–"
    return translate("Outcomes", "{n} %").format(n=QLocale().toString(round(rate.value * 100)))


def rate_note(now: Rate, before: Rate) -> str:
    """What a rate is of, whether that is much, and how it has moved."""
    locale = QLocale()
    parts = [
        translate("Outcomes", "{part} of {whole}").format(
            part=locale.toString(now.part), whole=locale.toString(now.whole)
        )
    ]
    if now.whole and now.is_small:
        parts.append(translate("Outcomes", "small sample"))
    if now.value is not None and before.value is not None and not before.is_small:
        points = round(now.value * 100) - round(before.value * 100)
        sign = "+" if points > 0 else ("−" if points < 0 else "±")
        parts.append(translate("Outcomes", "{points} points").format(points=f"{sign}{abs(points)}"))
    return " · ".join(parts)


def count_note(now: int, before: int) -> str:
    """How a count has moved."""
    if not before and not now:
        return ""
    if not before:
        return translate("Outcomes", "none in the period before")
    text = QLocale().toString(before)
    return translate("Outcomes", "{count} in the period before").format(count=text)


def age_text(ms: int) -> str:
    """An age in its largest unit."""
    minutes = ms // 60_000
    if minutes < 60:
        return translate("Outcomes", "{n} min").format(n=minutes)
    if minutes < 48 * 60:
        return translate("Outcomes", "{n} h").format(n=minutes // 60)
    return translate("Outcomes", "{n} days").format(n=minutes // (24 * 60))


def numbers(model: OutcomesModel) -> list[Number]:
    """All numbers of the period, in the order in which one reads them."""
    tally, before, locale = model.tally, model.before, QLocale()

    def rate(
        name: str, now: Rate, was: Rate, definition: str, behind: Callable[[], Filter]
    ) -> Number:
        return Number(name, percent(now), rate_note(now, was), definition, behind)

    def count(
        name: str, now: int, was: int, definition: str, behind: Callable[[], Filter]
    ) -> Number:
        return Number(name, locale.toString(now), count_note(now, was), definition, behind)

    ages = model.overdue.ages_ms
    oldest = (
        translate("Outcomes", "half older than {median}, the oldest {oldest}").format(
            median=age_text(ages[(len(ages) - 1) // 2]), oldest=age_text(ages[0])
        )
        if ages
        else ""
    )
    talk = tally.median_talk_ms
    talk_note = (
        translate("Outcomes", "9 of 10 under {time}").format(time=duration_text(tally.p90_talk_ms))
        if talk is not None
        else translate("Outcomes", "no answered call")
    )
    if talk is not None and len(tally.talk_ms) < 30:
        talk_note += " · " + translate("Outcomes", "small sample")
    reached = frozenset(REACHED)
    return [
        count(translate("Outcomes", "Contacts"), tally.contacts, before.contacts,
              translate("Outcomes", "Followups that were executed (call date) in the period, of every type."),
              model.contacts),
        count(translate("Outcomes", "Attempted"), tally.attempted, before.attempted,
              translate("Outcomes", "Calls and manual calls that the team made: executed, not inbound, not cancelled."),
              model.attempts),
        rate(translate("Outcomes", "Reached"), tally.reached_rate, before.reached_rate,
             translate("Outcomes", "Attempts that somebody answered (deal found, no deal, bad behavior), of all attempts."),
             lambda: model.attempts(reached)),
        rate(translate("Outcomes", "Deals"), tally.deal_rate, before.deal_rate,
             translate("Outcomes", "Attempts with a deal, of those that were reached."),
             lambda: model.attempts(frozenset({"deal_found"}))),
        rate(translate("Outcomes", "No answer"), tally.no_answer_rate, before.no_answer_rate,
             translate("Outcomes", "Attempts that nobody answered, of all attempts."),
             lambda: model.attempts(frozenset({"no_answer"}))),
        Number(translate("Outcomes", "Talk time"), duration_text(talk) or "–", talk_note,
               translate("Outcomes", "The median length of answered attempts: half of them took no longer."),
               lambda: model.attempts(reached)),
        count(translate("Outcomes", "Failures"), tally.failed, before.failed,
              translate("Outcomes", "Contacts of every type with the status failed; their reasons are below."),
              model.failures),
        count(translate("Outcomes", "Bad behavior"), tally.bad, before.bad,
              translate("Outcomes", "Contacts with the status bad behavior."),
              lambda: model.contacts(status="bad_behavior")),
        count(translate("Outcomes", "Retries"), sum(tally.retries.values()), sum(before.retries.values()),
              translate("Outcomes", "Contacts marked as a retry; what came of them is in the table."),
              model.retries),
        Number(translate("Outcomes", "Overdue now"), locale.toString(len(ages)), oldest,
               translate("Outcomes", "Scheduled followups whose time has gone, as of now, whatever the period."),
               model.late),
        count(translate("Outcomes", "Payments triggered"), tally.paid, before.paid,
              translate("Outcomes", "Contacts of which the server says that they triggered a payment."),
              model.paid),
        rate(translate("Outcomes", "E-mails opened"), tally.open_rate, before.open_rate,
             translate("Outcomes", "E-mails of the period that were opened, of those sent."),
             lambda: model.emails(opened=True)),
        rate(translate("Outcomes", "Links clicked"), tally.click_rate, before.click_rate,
             translate("Outcomes", "E-mails of the period whose link was clicked, of those sent."),
             lambda: model.emails(clicked=True)),
    ]  # fmt: skip
