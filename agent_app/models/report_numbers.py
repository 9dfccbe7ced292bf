"""The report's numbers in words: what each is called, what it means, how exact."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLocale

from agent_app.domain.promise import Standing
from agent_app.domain.reviews import REACHED
from agent_app.domain.statistics import Rate
from agent_app.domain.views import Filter
from agent_app.models.report import ReportModel
from agent_app.text.moments import duration_text
from agent_app.text.report import age_text, count_note, percent, rate_note

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Number:
    """One number: name, value, what it is of and how it was before, definition, what is behind."""

    name: str
    value: str
    note: str
    definition: str
    behind: Callable[[], Filter]


def numbers(model: ReportModel) -> list[Number]:
    """Return all numbers of the period, in the order in which one reads them."""
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
        translate("Report", "median {median}, oldest {oldest}").format(
            median=age_text(ages[(len(ages) - 1) // 2]), oldest=age_text(ages[0])
        )
        if ages
        else ""
    )
    talk = tally.median_talk_ms
    talk_note = (
        translate("Report", "90 % under {time}").format(time=duration_text(tally.p90_talk_ms))
        if talk is not None
        else translate("Report", "no answered call")
    )
    if talk is not None and len(tally.talk_ms) < 30:
        talk_note += " · " + translate("Report", "small sample")
    reached = frozenset(REACHED)
    promised, before_promised = model.promised, model.promised_before
    return [
        count(translate("Report", "Contacts"), tally.contacts, before.contacts,
              translate("Report", "Followups that were executed (call date) in the period, of every type."),
              model.contacts),
        count(translate("Report", "Attempted"), tally.attempted, before.attempted,
              translate("Report", "Calls and manual calls that the team made: executed, not inbound, not cancelled."),
              model.attempts),
        rate(translate("Report", "Reached"), tally.reached_rate, before.reached_rate,
             translate("Report", "Attempts that somebody answered (deal found, no deal, bad behaviour), of all attempts."),
             lambda: model.attempts(reached)),
        rate(translate("Report", "Deals"), tally.deal_rate, before.deal_rate,
             translate("Report", "Attempts with a deal, of those that were reached."),
             lambda: model.attempts(frozenset({"deal_found"}))),
        rate(translate("Report", "No answer"), tally.no_answer_rate, before.no_answer_rate,
             translate("Report", "Attempts that nobody answered, of all attempts."),
             lambda: model.attempts(frozenset({"no_answer"}))),
        Number(translate("Report", "Talk time"), duration_text(talk) or "–", talk_note,
               translate("Report", "The median length of answered attempts: half of them took no longer."),
               lambda: model.attempts(reached)),
        count(translate("Report", "Failures"), tally.failed, before.failed,
              translate("Report", "Contacts of every type with the status failed; their reasons are below."),
              model.failures),
        count(translate("Report", "Bad behaviour"), tally.bad, before.bad,
              translate("Report", "Contacts with the status bad behavior."),
              lambda: model.contacts(status="bad_behavior")),
        count(translate("Report", "Retries"), sum(tally.retries.values()), sum(before.retries.values()),
              translate("Report", "Contacts marked as a retry; what came of them is in the table."),
              model.retries),
        Number(translate("Report", "Overdue now"), locale.toString(len(ages)), oldest,
               translate("Report", "Scheduled followups whose time has gone, as of now, whatever the period."),
               model.late),
        count(translate("Report", "Payments triggered"), tally.paid, before.paid,
              translate("Report", "Contacts of which the server says that they triggered a payment."),
              model.paid),
        count(translate("Report", "Promises to pay"), promised.total(), before_promised.total(),
              translate("Report", "Contacts of the period in which a debtor promised to pay: an amount by a day."),
              model.promises),
        rate(translate("Report", "Promises kept"), _kept(promised), _kept(before_promised),
             translate("Report", "Promises after which a payment was seen, of those that were kept or whose day has passed."),
             lambda: model.promises(Standing.KEPT)),
        rate(translate("Report", "Promises broken"), _broken(promised), _broken(before_promised),
             translate("Report", "Promises whose day has passed without a payment, of those that were kept or whose day has passed."),
             lambda: model.promises(Standing.BROKEN)),
        rate(translate("Report", "E-mails opened"), tally.open_rate, before.open_rate,
             translate("Report", "E-mails of the period that were opened, of those sent."),
             lambda: model.emails(opened=True)),
        rate(translate("Report", "Links clicked"), tally.click_rate, before.click_rate,
             translate("Report", "E-mails of the period whose link was clicked, of those sent."),
             lambda: model.emails(clicked=True)),
    ]  # fmt: skip


def _kept(promised: Counter[Standing]) -> Rate:
    kept = promised[Standing.KEPT]
    return Rate(kept, kept + promised[Standing.BROKEN])


def _broken(promised: Counter[Standing]) -> Rate:
    broken = promised[Standing.BROKEN]
    return Rate(broken, broken + promised[Standing.KEPT])
