"""Flags read out of what agents write, in English and in French."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_app.domain.debt import Debt
from agent_app.domain.debt_status import DebtStatus
from agent_app.domain.flags import MAX_READ, Flag, flags_of
from agent_app.domain.followup import Followup

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)


def raised(notes: str) -> list[Flag]:
    return [one.flag for one in flags_of([Followup("f", notes=notes, call_date=AT)], None)]


SAYS = [
    ("Do not call again before legal has answered.", Flag.DO_NOT_CALL),
    ("She was clear: don't call her any more", Flag.DO_NOT_CALL),
    ("asks not to be contacted again", Flag.DO_NOT_CALL),
    ("Never call this number.", Flag.DO_NOT_CALL),
    ("Cease and desist letter received", Flag.DO_NOT_CALL),
    ("Ne plus appeler.", Flag.DO_NOT_CALL),
    ("Demande à ne plus être contacté", Flag.DO_NOT_CALL),
    ("Ne pas rappeler", Flag.DO_NOT_CALL),
    ("Ne plus l’appeler !", Flag.DO_NOT_CALL),
    ("Dispute: he never signed.", Flag.DISPUTED),
    ("Debtor disputes the invoice", Flag.DISPUTED),
    ("Il conteste la facture", Flag.DISPUTED),
    ("Litige en cours avec le fournisseur", Flag.DISPUTED),
    ("affirme n’avoir jamais commandé", Flag.DISPUTED),
    ("Wrong number, a pizzeria answers", Flag.WRONG_NUMBER),
    ("number no longer in use", Flag.WRONG_NUMBER),
    ("Number belongs to a bakery", Flag.WRONG_NUMBER),
    ("Mauvais numéro", Flag.WRONG_NUMBER),
    ("Faux numéro : une pizzeria", Flag.WRONG_NUMBER),
    ("Numéro non attribué", Flag.WRONG_NUMBER),
    ("The debtor passed away in May", Flag.DECEASED),
    ("Debtor is deceased", Flag.DECEASED),
    ("Le débiteur est décédé", Flag.DECEASED),
    ("Mme Fabre est décédée le 3 mai", Flag.DECEASED),
    ("Represented by a law firm in Lyon", Flag.REPRESENTED),
    ("Speak to her solicitor only", Flag.REPRESENTED),
    ("Voir avec son avocat", Flag.REPRESENTED),
    ("Placé sous tutelle", Flag.REPRESENTED),
    ("Représentée par un cabinet", Flag.REPRESENTED),
]
SAYS_NOT = [
    "Do not call before 10.",
    "Please do not call his employer",
    "Never call him at work",
    "Ne pas rappeler avant 14h",
    "Ne pas appeler au travail",
    "He does not dispute the amount",
    "Ne conteste pas la dette",
    "Undisputed so far",
    "Sans contestation",
    "His mother passed away last week",
    "Son mari est décédé",
    "He will see a lawyer",
    "Va prendre un avocat",
    "Pas d'avocat",
    "Promised to pay on Friday",
    "Accord sur 154 EUR par mois",
]


@pytest.mark.parametrize(("notes", "flag"), SAYS)
def test_what_raises_a_flag(notes: str, flag: Flag) -> None:
    assert raised(f"Called at 9. {notes}") == [flag]


@pytest.mark.parametrize("notes", SAYS_NOT)
def test_what_raises_none(notes: str) -> None:
    assert raised(notes) == []


def test_what_was_said_last_counts() -> None:
    old = Followup("old", notes="Dispute about the amount", call_date=AT)
    new = Followup("new", notes="Dispute settled", call_date=AT)
    assert flags_of([new, old], None) == []
    (one,) = flags_of([old, new], None)
    assert (one.flag, one.followup_id, one.sentence) == (
        Flag.DISPUTED,
        "old",
        "Dispute about the amount",
    )
    assert raised("Il conteste. Litige réglé depuis.") == []
    assert raised("Litige réglé. Il conteste à nouveau.") == [Flag.DISPUTED]


def test_the_gravest_comes_first() -> None:
    said = "Wrong number. Disputes it. Deceased. Do not call again. Represented by an heir."
    assert raised(said) == list(Flag)


def test_the_debt_says_things_too() -> None:
    wrong = Debt("d", status=DebtStatus.INVALID_PHONE)
    assert [one.flag for one in flags_of([], wrong)] == [Flag.WRONG_NUMBER]
    told = Debt("d", summary="The debtor disputes the claim.")
    assert [one.flag for one in flags_of([], told)] == [Flag.DISPUTED]


def test_a_dead_line_is_a_wrong_number_until_there_is_another() -> None:
    call = Followup("f", disconnection_reason="invalid_number", phone_number_used="+33639980001")
    same, other = Debt("d", phone="+33639980001"), Debt("d", phone="+33639980002")
    assert [one.flag for one in flags_of([call], same)] == [Flag.WRONG_NUMBER]
    assert flags_of([call], other) == []


def test_of_a_long_text_the_beginning_and_the_end_are_read() -> None:
    filler = "word " * MAX_READ
    assert raised(f"Wrong number. {filler}. Deceased") == [Flag.DECEASED, Flag.WRONG_NUMBER]


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    for one in flags_of([Followup("f", notes=text, summary=text)], None):
        assert one.sentence in text
