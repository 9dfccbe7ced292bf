"""An import inside a function says why it is there: start time, a library that may be missing, a system."""

import ast
from collections.abc import Iterator
from pathlib import Path

import agent_app

PACKAGE = Path(agent_app.__file__).parent


def without_a_reason(source: str) -> Iterator[int]:
    """Lines of imports inside functions with no comment on them, above them, or on the import above."""
    lines = source.splitlines()
    late = [
        node
        for function in ast.walk(ast.parse(source))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    begun = {node.lineno for node in late}
    ended = {node.end_lineno for node in late}
    for node in late:
        own = lines[node.lineno - 1 : node.end_lineno]
        above = lines[node.lineno - 2].strip()
        goes_on = node.lineno - 1 in begun | ended
        if not (any("#" in line for line in own) or above.startswith("#") or goes_on):
            yield node.lineno


def test_late_imports_say_why() -> None:
    found = [
        f"{file.relative_to(PACKAGE)}:{line}"
        for file in sorted(PACKAGE.rglob("*.py"))
        for line in without_a_reason(file.read_text("utf-8"))
    ]
    assert not found


def test_the_check_finds_one() -> None:
    assert list(without_a_reason("def f():\n    import json\n")) == [2]
    assert not list(without_a_reason("def f():\n    import json  # why\n    import re\n"))
    assert not list(without_a_reason("import json\n"))
