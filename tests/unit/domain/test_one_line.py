"""What is pasted into one line, and what may leave."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_app.api.wire import write_changes
from agent_app.domain.text import one_line, without_controls


@pytest.mark.parametrize(
    ("pasted", "meant"),
    [
        ("06 39 98 00 01\r\n", "06 39 98 00 01"),
        ("\t06\u00a039\u202f98 00 01 ", "06 39 98 00 01"),
        ("\u202a+33639980001\u202c", "+33639980001"),
        ("\ufeffcall-4711\u200b", "call-4711"),
        ("call\r\n4711", "call 4711"),
        ("https://pay.example/x\n", "https://pay.example/x"),
        ("a\x00b\x07", "ab"),
    ],
)
def test_numbers_ids_and_links(pasted: str, meant: str) -> None:
    assert one_line(pasted, exact=True) == meant


@pytest.mark.parametrize(
    ("pasted", "meant"),
    [
        (" Promised to pay \r\n on Friday\t", "Promised to pay on Friday"),
        ("Payé\u00a0!", "Payé\u00a0!"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d💻 called", "👩\u200d💻 called"),
        ("two  blanks", "two  blanks"),
    ],
)
def test_a_summary_keeps_what_belongs_to_it(pasted: str, meant: str) -> None:
    assert one_line(pasted) == meant


@given(st.text(max_size=40), st.booleans())
def test_cleaning_twice_is_cleaning_once(text: str, exact: bool) -> None:
    once = one_line(text, exact=exact)
    assert one_line(once, exact=exact) == once
    assert not set("\r\n\t\0") & set(once)


def test_no_control_character_leaves() -> None:
    said = write_changes({"notes": "a\0b\x1b[31m\tc\r\nd", "summary": "x\x00"})
    assert said == {"notes": "ab[31m\tc\r\nd", "summary": "x"}
    assert without_controls("plain é") == "plain é"
