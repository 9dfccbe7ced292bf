"""Templates and the blanks that are left in them."""

from hypothesis import given
from hypothesis import strategies as st

from agent_app.domain.templates import Template, blanks_in, filled, unfilled


def test_what_is_not_known_stays_as_a_blank() -> None:
    template = Template("nrp", "Pas de réponse, {agent}, {date} à {time}. {agent}")
    text = filled(template, {"date": "26/11/2026", "agent": ""})
    assert text == "Pas de réponse, {agent}, 26/11/2026 à {time}. {agent}"
    assert blanks_in(text) == ["{agent}", "{time}"]


def test_a_team_may_have_blanks_of_its_own() -> None:
    assert blanks_in("Paie {montant promis} le {jour}") == ["{montant promis}", "{jour}"]


def test_other_braces_are_no_blanks() -> None:
    assert blanks_in("{} { } {1} {\n} {{ {a{b}") == ["{b}"]
    assert blanks_in("no braces") == []


def test_what_stood_there_before_is_no_blank_of_ours() -> None:
    assert unfilled("old {agent}, new {date}", "old {agent}") == ["{date}"]
    assert unfilled("old {agent}", "old {agent}") == []


@given(st.text(), st.text())
def test_each_blank_stands_in_the_text(text: str, was: str) -> None:
    for one in unfilled(text, was):
        assert one in text
        assert one not in was
