"""What an editor does by itself is never the agent's edit."""

from hypothesis import given
from hypothesis import strategies as st

from agent_app.domain.text import splice

texts = st.text(st.sampled_from("ab \n\r\u00a0\u2028é🙏"), max_size=30)


def as_qt_shows(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\u2028", "\n").replace("\u2029", "\n").replace("\u00a0", " ")


@given(texts)
def test_nothing_typed_nothing_changed(base: str) -> None:
    shown = as_qt_shows(base)
    assert splice(base, shown, shown) == base


@given(texts, st.integers(0, 40), st.integers(0, 5), st.text(st.sampled_from("xy"), max_size=4))
def test_an_edit_leaves_the_rest_as_it_was(base: str, at: int, cut: int, typed: str) -> None:
    shown = as_qt_shows(base)
    at = min(at, len(shown))
    edited = shown[:at] + typed + shown[at + cut :]
    result = splice(base, shown, edited)
    assert as_qt_shows(result) == as_qt_shows(edited) or "\r" in base
    if typed and edited != shown:
        # "x" and "y" are in no base: what stands before and after them was not touched.
        before, _, after = result.partition(typed)
        assert base.startswith(before)
        assert base.endswith(after)


def test_a_line_that_was_cut_keeps_its_end() -> None:
    base = "a" * 40_000
    shown = base[:32_767]
    assert splice(base, shown, "b" + shown) == "b" + base


def test_crlf_stays_crlf() -> None:
    assert splice("one\r\ntwo\r\n", "one\ntwo\n", "one\ntwo!\n") == "one\r\ntwo!\r\n"
