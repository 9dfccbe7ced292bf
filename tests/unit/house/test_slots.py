"""No slot keeps its sender alive: PySide holds lambdas and partials where Python's collector does not
look, so one that captures its sender, or what owns it, makes both immortal."""

import ast
from collections.abc import Iterator
from pathlib import Path

import agent_app

PACKAGE = Path(agent_app.__file__).parent


def root_of(node: ast.expr) -> str:
    """The name that an expression such as `self._list.view.clicked` begins with."""
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def captured(node: ast.AST) -> set[str]:
    """The names that a lambda's body, or a partial's arguments, hold on to."""
    if isinstance(node, ast.Lambda):
        own = {one.arg for one in (*node.args.args, *node.args.kwonlyargs)}
        own |= {one.arg for one in (node.args.vararg, node.args.kwarg) if one is not None}
        inside = [node.body, *node.args.defaults, *(one for one in node.args.kw_defaults if one)]
    elif isinstance(node, ast.Call) and root_of(node.func) in ("partial", "functools"):
        own, inside = set(), [*node.args, *(one.value for one in node.keywords)]
    else:
        return set()
    names = {one.id for part in inside for one in ast.walk(part) if isinstance(one, ast.Name)}
    return names - own


def slots_that_hold_their_sender(source: str) -> Iterator[int]:
    """The lines of `sender.signal.connect(slot)` whose slot captures what the sender is reached by."""
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        slot = node.args[-1]
        sender = node.args[0] if len(node.args) > 1 else node.func
        if node.func.attr == "connect" and root_of(sender) in captured(slot):
            yield node.lineno


def test_no_slot_holds_its_sender() -> None:
    found = [
        f"{file.relative_to(PACKAGE)}:{line}"
        for file in sorted(PACKAGE.rglob("*.py"))
        for line in slots_that_hold_their_sender(file.read_text("utf-8"))
    ]
    assert not found


def test_the_check_finds_them() -> None:
    for bad in (
        "session.opened.connect(lambda: panel.note_open(session.followup_id))",
        "self._button.clicked.connect(lambda: self._save(1))",
        "self._button.clicked.connect(partial(self._save, 1))",
        "scope.connect(session.opened, lambda: session.close())",
    ):
        assert list(slots_that_hold_their_sender(bad)) == [1], bad
    for good in (
        "self._button.clicked.connect(self._save)",
        "self._button.clicked.connect(weakly(self._save, 1))",
        "copy.triggered.connect(lambda: copy_text(parent, link))",
        "rows.sort(key=lambda row: row.name)",
    ):
        assert not list(slots_that_hold_their_sender(good)), good
