"""Each line of the threat page names tests that are there."""

import ast
import re
from pathlib import Path

import pytest

import agent_app

ROOT = Path(agent_app.__file__).parent.parent
PAGE = (ROOT / "resources/docs/threats.md").read_text("utf-8")
ROWS = [
    line
    for line in PAGE.splitlines()
    if line.startswith("| ") and line.count(" | ") == 3 and not line.startswith("| who |")
    if not set(line) <= set("| -")
]
KNOWN = {line.split(" | ")[0].strip("| ") for line in PAGE.splitlines() if line.count(" | ") == 2}


def functions_in(file: Path) -> set[str]:
    """The names of a file's test functions."""
    return {
        node.name
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_there_are_lines() -> None:
    assert len(ROWS) > 30


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split(" | ")[1][:60])
def test_each_line_names_tests_that_are_there(row: str) -> None:
    who, _what, _answer, named = row.strip("| ").split(" | ")
    assert who in KNOWN, who
    names = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", named)
    assert names
    for file, name in names:
        assert name in functions_in(ROOT / file), f"{file}::{name}"
