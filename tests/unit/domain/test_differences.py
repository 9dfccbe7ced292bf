"""Texts that two people changed: what differs is found, both are joined, in a bounded time."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_app.domain.differences import both, changed

SENTENCES = st.lists(
    st.sampled_from(["He pays on Friday.", "Call back!", "Dispute", "Who?", "Très bien…", "a b c"]),
    max_size=6,
).map("\n".join)


def marked(was: str, now: str) -> list[str]:
    return [now[a:b] for a, b in changed(was, now)]


def test_words_of_a_short_text() -> None:
    assert marked("Spoke to him.", "Spoke to her.") == ["her"]
    assert marked("", "New words") == ["New words"]
    assert marked("same", "same") == []
    assert marked("some words more", "some more") == []


def test_sentences_of_a_long_text() -> None:
    was = "He will pay on Friday. " * 20
    now = was.replace("Friday. ", "Friday. Call him before. ", 1)
    assert marked(was, now) == ["Call him before."]


APPENDED = [
    ("Spoke.", "Spoke.\nDispute.", "Spoke.\nWill pay.", "Spoke.\nDispute.\n\nWill pay."),
    ("Spoke.", "Spoke. Dispute.", "Spoke. Will pay.", "Spoke. Dispute.\n\nWill pay."),
    ("", "Dispute.", "Will pay.", "Dispute.\n\nWill pay."),
    ("Spoke", "Spoke\n\nDispute", "Spoke\nWill pay", "Spoke\n\nDispute\n\nWill pay"),
    ("One. Two.", "One! Two.", "One. Two. Three.", "One! Two. Three."),
    ("One. Two.", "One. Two.", "One. Two. Three.", "One. Two. Three."),
    ("One. Two.", "One.", "One. Two. Three.", "One. Two. Three."),
    ("One.", "One. Two.", "One. Two. Three.", "One. Two. Three."),
    ("One.", "One. Two.", "Zero. One.", "Zero. One. Two."),
]


@pytest.mark.parametrize(("was", "theirs", "mine", "joined"), APPENDED)
def test_both_are_kept_and_nothing_twice(was: str, theirs: str, mine: str, joined: str) -> None:
    assert both(was, theirs, mine) == joined


@given(SENTENCES, SENTENCES, SENTENCES)
def test_no_word_of_either_is_lost(was: str, theirs: str, mine: str) -> None:
    joined = both(was, theirs, mine)
    lines = joined.splitlines()
    for text in (theirs, mine):
        assert all(line in lines for line in text.splitlines() if line not in was.splitlines())
    assert both(was, theirs, was).split() == theirs.split()
    assert both(was, was, mine).split() == mine.split()


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_any_texts(was: str, theirs: str, mine: str) -> None:
    for begin, end in changed(was, mine):
        assert mine[begin:end].strip() == mine[begin:end] != ""
    joined = both(was, theirs, mine)
    assert set("".join(joined.split())) <= set("".join((theirs + mine).split()))


def hard(kind: str, size: int) -> tuple[str, str]:
    match kind:
        case "repeated words":
            return "very " * (size // 5), "so very " * (size // 8)
        case "commas":
            return "," * size, ", " * (size // 2)
        case "one repeated sentence":
            return "He pays. " * (size // 9), "So he pays. He pays. " * (size // 21)
        case "no blanks":
            return "a" * size, "ab" * (size // 2)
        case "lines":
            return "\n" * size, "x\n" * (size // 2)
        case "blanks":
            return " " * size, ". " * (size // 2)
        case "two kinds":
            return "A. B. " * (size // 6), "B. B. A. " * (size // 9)
    lines = [f"Sentence number {number}." for number in range(size // 20)]
    return "\n".join(lines), "\n".join(reversed(lines))


KINDS = (
    "repeated words", "commas", "one repeated sentence", "no blanks", "lines", "blanks",
    "two kinds", "all other",
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [250, 2_000, 10_000, 50_000, 1_000_000])
def test_the_time_is_bounded(kind: str, size: int) -> None:
    was, now = hard(kind, size)
    began = time.process_time()
    changed(was, now)
    both(was, now, was[::-1])
    assert time.process_time() - began < 0.5
