"""Why a call ended is said in words."""

import json

import pytest

from agent_app.system.paths import resources
from agent_app.text.endings import ending_label


def test_the_codes_of_a_telephone_system_have_words() -> None:
    codes = json.loads((resources() / "sandbox" / "people.json").read_text("utf-8"))
    for code in (one for several in codes["disconnections"].values() for one in several):
        assert "_" not in ending_label(code)
        assert ending_label(code)[0].isupper()


@pytest.mark.parametrize(
    ("code", "words"),
    [("Invalid_Number", "Invalid number"), ("line_7_down", "line 7 down"), ("", "")],
)
def test_a_code_that_nobody_knows_is_shown_as_it_is(code: str, words: str) -> None:
    assert ending_label(code) == words
