"""Every text that is shown is found again in the translations."""

import ast
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from agent_app.system.paths import resources

SOURCES = Path(__file__).parents[3] / "agent_app"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_text_is_kept_without_its_context(language: str) -> None:
    """A name for `self.tr` hides whose text it is: the text is collected, and never found."""
    tree = ET.parse(resources() / "translations" / f"followup-desk_{language}.ts")
    nameless = [one for one in tree.iter("context") if not one.findtext("name")]
    assert not [text.findtext("source") for one in nameless for text in one.iter("message")]


def test_nobody_renames_tr() -> None:
    found = [
        f"{file.relative_to(SOURCES)}:{node.lineno}"
        for file in SOURCES.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "tr"
    ]
    assert not found
