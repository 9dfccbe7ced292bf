"""A promise is read as people type it, put into the form whole, and looked after until it is kept."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

import pytest
from PySide6.QtCore import QLocale

from agent_app.domain.promise import Promise, Standing, promise_in
from agent_app.models.debt_card import DebtCard
from agent_app.models.promise_maker import PromiseMaker
from tests.unit.models.desk import PARIS, FormDesk


class Maker:
    """A promise maker on a desk, with the team's wording."""

    def __init__(self, desk: FormDesk) -> None:
        self.wording = ""
        self.card = DebtCard(desk.store, PARIS, lambda: True)
        self.maker = PromiseMaker(
            desk.session, self.card, desk.filler, desk.store, desk.clock, PARIS, self._words
        )

    def _words(self) -> str:
        return self.wording


@pytest.fixture
def made(desk: FormDesk) -> Iterator[Maker]:
    desk.debt(amount=1462.5, currency="EUR")
    desk.followup("f1")
    desk.session.open("f1")
    maker = Maker(desk)
    maker.card.show(desk.session.followup)
    yield maker
    maker.card.close()
    QLocale.setDefault(QLocale("en_GB"))


@pytest.mark.parametrize(
    ("locale", "typed", "amount"),
    [
        ("en_GB", "120", "120"),
        ("en_GB", "1,462.50", "1462.5"),
        ("en_GB", "€ 80", "80"),
        ("fr_FR", "1 462,50 €", "1462.5"),
        ("fr_FR", "80.5", "80.5"),
        ("en_GB", "0", None),
        ("en_GB", "-3", None),
        ("en_GB", "all of it", None),
        ("en_GB", "1.2345", None),
        ("en_GB", "1e400", None),
        ("en_GB", "", None),
    ],
)
def test_amounts(made: Maker, locale: str, typed: str, amount: str | None) -> None:
    QLocale.setDefault(QLocale(locale))
    assert made.maker.read_amount(typed) == (Decimal(amount) if amount else None)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("today", date(2026, 11, 26)),
        ("friday", date(2026, 11, 27)),
        ("vendredi", date(2026, 11, 27)),
        ("+10d", date(2026, 12, 6)),
        ("5/12", date(2026, 12, 5)),
        ("yesterday", None),
        ("25/11/2026", None),
        ("soon", None),
        (" ", None),
    ],
)
def test_days_from_today_on(made: Maker, typed: str, day: date | None) -> None:
    QLocale.setDefault(QLocale("en_GB"))
    assert made.maker.read_day(typed) == day


def test_the_whole_debt_is_offered_as_one_types_it(made: Maker) -> None:
    QLocale.setDefault(QLocale("fr_FR"))
    assert made.maker.usual_amount == "1462,50"
    assert made.maker.read_amount(made.maker.usual_amount) == Decimal("1462.5")
    assert made.maker.currency == "EUR"


def test_a_promise_is_one_choice_with_outcome_words_mark_and_check(
    made: Maker, desk: FormDesk
) -> None:
    QLocale.setDefault(QLocale("en_GB"))
    made.wording = "Pays {amount} by {day} ({instalments})"
    desk.session.set("notes", "Spoke to her.")
    promise = Promise(Decimal(120), "EUR", date(2026, 12, 4), 3)
    made.maker.make(promise)
    session = desk.session
    assert session.value("status") == "deal_found"
    assert str(session.value("summary")).startswith("Pays €120.00 by 04/12/2026 (3 ")
    first, line = str(session.value("notes")).splitlines()
    assert first == "Spoke to her."
    assert line.startswith("Pays €120.00")
    assert promise_in(line) == promise
    # A Friday: the day after is a weekend, on which nobody calls.
    assert session.value("next_call") == datetime(2026, 12, 7, 9, 0, tzinfo=PARIS)
    session.take_act_back()
    assert session.value("notes") == "Spoke to her."
    assert session.value("next_call") is None


def test_what_became_of_the_last_promise(made: Maker, desk: FormDesk) -> None:
    assert made.maker.seen is None
    at = datetime(2026, 11, 20, 9, tzinfo=PARIS)
    desk.followup("f2", notes="x · 50.00 EUR → 2026-11-24", call_date=at, status="deal_found")
    assert made.maker.seen == (
        Promise(Decimal("50.00"), "EUR", date(2026, 11, 24)),
        Standing.BROKEN,
    )
    desk.followup("f3", type="sms", call_date=desk.clock(), triggered_payment=True)
    found = made.maker.seen
    assert found is not None
    assert found[1] is Standing.KEPT
