"""The report's numbers in words: what each is called, what it means, how exact."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLocale

from agent_app.domain.promise import Standing
from agent_app.domain.reviews import REACHED
from agent_app.domain.statistics import SMALL_SAMPLE, Rate
from agent_app.domain.trend import Good, Move, move_of_count, move_of_rate
from agent_app.domain.views import Filter
from agent_app.models.report import ReportModel
from agent_app.text.moments import duration_text
from agent_app.text.report import (
    age_text,
    count_note,
    debts_note,
    first_sum_text,
    percent,
    rate_note,
    small_sample,
)

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Number:
    """One number: name, value, what it is of, definition, what is behind, how it moved since the period
    before, and whether it is made of too few to mean much."""

    name: str
    value: str
    note: str
    definition: str
    behind: Callable[[], Filter]
    move: Move | None = None
    is_small: bool = False


def numbers(model: ReportModel) -> list[Number]:
    """Return all numbers of the period, in the order in which one reads them."""
    tally, before, locale = model.tally, model.before, QLocale()

    def rate(
        name: str, now: Rate, was: Rate, good: Good, definition: str, behind: Callable[[], Filter]
    ) -> Number:
        is_small = bool(now.whole) and now.is_small
        move = move_of_rate(now, was, good)
        return Number(name, percent(now), rate_note(now), definition, behind, move, is_small)

    def count(
        name: str, now: int, was: int, good: Good, definition: str, behind: Callable[[], Filter]
    ) -> Number:
        value, move = locale.toString(now), move_of_count(now, was, good)
        return Number(name, value, count_note(now, was), definition, behind, move)

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
    few_talks = talk is not None and len(tally.talk_ms) < SMALL_SAMPLE
    if few_talks:
        talk_note += " · " + small_sample()
    reached = frozenset(REACHED)
    promised, before_promised = model.promised, model.promised_before
    paid_sums = model.money.paid_sums
    owed = {currency: found.amount for currency, found in model.money.sums.items()}
    owed_on_paid = {currency: found.paid_amount for currency, found in paid_sums.items()}
    return [
        count(translate("Report", "Contacts"), tally.contacts, before.contacts, Good.NEITHER,
              translate("Report", "Followups that were executed (call date) in the period, of every type."),
              model.contacts),
        count(translate("Report", "Attempted"), tally.attempted, before.attempted, Good.NEITHER,
              translate("Report", "Calls and manual calls that the team made: executed, not inbound, not cancelled."),
              model.attempts),
        rate(translate("Report", "Reached"), tally.reached_rate, before.reached_rate, Good.MORE,
             translate("Report", "Attempts that somebody answered (deal found, no deal, bad behaviour), of all attempts."),
             lambda: model.attempts(reached)),
        rate(translate("Report", "Deals"), tally.deal_rate, before.deal_rate, Good.MORE,
             translate("Report", "Attempts with a deal, of those that were reached."),
             lambda: model.attempts(frozenset({"deal_found"}))),
        Number(translate("Report", "Under deals"), first_sum_text(owed),
               debts_note(owed, len(model.money.deals), model.money.without_amount),
               translate("Report", "What is owed on the debts of which a call of the period ended in a deal; each debt counts once."),
               model.deals),
        rate(translate("Report", "No answer"), tally.no_answer_rate, before.no_answer_rate, Good.FEWER,
             translate("Report", "Attempts that nobody answered, of all attempts."),
             lambda: model.attempts(frozenset({"no_answer"}))),
        Number(translate("Report", "Talk time"), duration_text(talk) or "–", talk_note,
               translate("Report", "The median length of answered attempts: half of them took no longer."),
               lambda: model.attempts(reached), is_small=few_talks),
        count(translate("Report", "Failures"), tally.failed, before.failed, Good.FEWER,
              translate("Report", "Contacts of every type with the status failed; their reasons are below."),
              model.failures),
        count(translate("Report", "Bad behaviour"), tally.bad, before.bad, Good.FEWER,
              translate("Report", "Contacts with the status bad behavior."),
              lambda: model.contacts(status="bad_behavior")),
        count(translate("Report", "Retries"), sum(tally.retries.values()), sum(before.retries.values()), Good.NEITHER,
              translate("Report", "Contacts marked as a retry; what came of them is in the table."),
              model.retries),
        Number(translate("Report", "Overdue now"), locale.toString(len(ages)), oldest,
               translate("Report", "Scheduled followups whose time has gone, as of now, whatever the period."),
               model.late),
        count(translate("Report", "Payments triggered"), tally.paid, before.paid, Good.MORE,
              translate("Report", "Contacts of which the server says that they triggered a payment."),
              model.paid),
        Number(translate("Report", "Deals with a payment"), first_sum_text(owed_on_paid),
               debts_note(owed_on_paid, sum(found.paid_debts for found in paid_sums.values())),
               translate("Report", "What was owed on the debts of which a deal triggered a payment; how much of it was paid is not known here."),
               lambda: model.deals(paid=True)),
        count(translate("Report", "Promises to pay"), promised.total(), before_promised.total(), Good.MORE,
              translate("Report", "Contacts of the period in which a debtor promised to pay: an amount by a day."),
              model.promises),
        Number(translate("Report", "Promised"), first_sum_text(model.money.promised),
               debts_note(model.money.promised),
               translate("Report", "The sum of the promises to pay that debtors made in the period."),
               model.promises),
        rate(translate("Report", "Promises kept"), _kept(promised), _kept(before_promised), Good.MORE,
             translate("Report", "Promises after which a payment was seen, of those that were kept or whose day has passed."),
             lambda: model.promises(Standing.KEPT)),
        rate(translate("Report", "Promises broken"), _broken(promised), _broken(before_promised), Good.FEWER,
             translate("Report", "Promises whose day has passed without a payment, of those that were kept or whose day has passed."),
             lambda: model.promises(Standing.BROKEN)),
        rate(translate("Report", "E-mails opened"), tally.open_rate, before.open_rate, Good.MORE,
             translate("Report", "E-mails of the period that were opened, of those sent."),
             lambda: model.emails(opened=True)),
        rate(translate("Report", "Links clicked"), tally.click_rate, before.click_rate, Good.MORE,
             translate("Report", "E-mails of the period whose link was clicked, of those sent."),
             lambda: model.emails(clicked=True)),
    ]  # fmt: skip


def _kept(promised: Counter[Standing]) -> Rate:
    kept = promised[Standing.KEPT]
    return Rate(kept, kept + promised[Standing.BROKEN])


def _broken(promised: Counter[Standing]) -> Rate:
    broken = promised[Standing.BROKEN]
    return Rate(broken, broken + promised[Standing.KEPT])
