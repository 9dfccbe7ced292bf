"""What is logged of a mistake of our own."""

from agent_app.domain.mistakes import trail


def test_a_trail_names_types_and_lines_and_never_what_was_worked_on() -> None:
    try:
        try:
            int("Kavanagh")
        except ValueError as error:
            raise KeyError("Kavanagh") from error
    except KeyError as error:
        words = trail(error)
    assert "KeyError" in words
    assert "ValueError" in words
    assert "test_mistakes.py" in words
    assert "'Kavanagh' is" not in words
    assert words.count("Kavanagh") == 2  # in the lines of code of this test, not in a message
