"""What supervisors write for all travels as a text and comes back the same."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_app.config.team_files import (
    read_rules,
    read_templates,
    rules_of,
    rules_text,
    templates_of,
    templates_text,
    write_templates,
)
from agent_app.domain.errors import BadSetting
from agent_app.domain.templates import Template

RULES = Path(__file__).parents[3] / "resources" / "rules" / "calling.toml"
NAMES = st.text(st.sampled_from("abcxyz019.-é"), min_size=1, max_size=12)
TEXTS = st.text(min_size=1, max_size=80)


def test_the_ready_made_rules_come_back_as_they_were() -> None:
    book = read_rules(RULES)
    assert book.rules
    assert rules_of(rules_text(book)) == book


@given(st.dictionaries(NAMES, TEXTS, max_size=8))
def test_templates_come_back_as_the_teams(texts: dict[str, str]) -> None:
    written = [Template(name, text) for name, text in texts.items()]
    assert templates_of(templates_text(written)) == [
        Template(name, text, of_team=True) for name, text in texts.items()
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"template": [{"name": "a b", "text": "x"}]}',
        '{"template": [{"name": "a", "text": "x"}, {"name": "A", "text": "y"}]}',
        '{"later": 1}',
    ],
)
def test_what_makes_no_sense_is_refused_in_words(text: str) -> None:
    with pytest.raises(BadSetting, match="templates: "):
        templates_of(text)


def test_a_file_keeps_no_word_of_whose_a_template_is(tmp_path: Path) -> None:
    file = tmp_path / "templates.toml"
    write_templates(file, [Template("hello", "Hello", of_team=True)])
    assert read_templates(file) == [Template("hello", "Hello")]
