"""What is marked of a search is what was found."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_app.domain.hits import MAX_WORDS, Hits, hits_of
from agent_app.domain.text import fold


@pytest.mark.parametrize(
    ("typed", "text", "marked"),
    [
        ("mull", "Annika Müller", ["Müll"]),
        ("annika MÜLLER", "Annika Müller", ["Annika", "Müller"]),
        ("oe", "Le cœur, Joe", ["œ", "oe"]),
        ("an ann", "Annika", ["Ann"]),
        ("06 12", "+33 6 12 34", ["6 12"]),
        ("+33612", "+33 6 12 34", ["33 6 12"]),
        ("12", "call 12", ["12"]),
        ("zzz", "Annika", []),
        ("  ", "Annika", []),
    ],
)
def test_the_hits_of_a_search(typed: str, text: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in hits_of(typed).spans(text)] == marked


@given(st.text(max_size=30), st.lists(st.text(min_size=1, max_size=4), max_size=3))
def test_spans_are_in_order_inside_and_hold_the_words(text: str, typed: list[str]) -> None:
    words = tuple(word for one in typed for word in fold(one).split())
    spans = Hits(words).spans(text)
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] < after[0] for before, after in itertools.pairwise(spans))
    found = [word for word in words if word in "".join(map(fold, text))]
    assert bool(found) == bool(spans)


def test_an_excerpt_shows_the_hit_and_says_what_it_left_out() -> None:
    notes = "He works nights.\nHe can be reached after 14:00, not at his employer's please, ever."
    said = hits_of("employer").excerpt(notes)
    assert "employer" in said
    assert "\n" not in said
    assert said.startswith("…")
    assert hits_of("nobody").excerpt(notes) == ""
    assert hits_of("nights").excerpt("He works nights.") == "He works nights."


def test_a_book_that_is_pasted_into_the_search_is_marked_by_its_first_words() -> None:
    assert hits_of("word " * 100_000).words == ("word",)
    assert len(hits_of(" ".join(f"w{n}" for n in range(1_000))).words) == MAX_WORDS
