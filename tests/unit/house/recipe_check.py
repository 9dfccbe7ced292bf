"""Run by test_recipe.py in a copy of the sources that has one field more, `added`."""

import sys
from datetime import UTC, datetime
from typing import Any

from PySide6.QtWidgets import QApplication

from agent_app.api.wire import read_followup, write_changes
from agent_app.domain.fields import Value
from agent_app.domain.patch import diff
from agent_app.models.commands import Commands
from agent_app.models.edit_session import EditSession
from agent_app.sandbox.rules import wrong_fields
from agent_app.store.store import Store
from agent_app.system.paths import resources
from agent_app.ui.editor.form import Form
from agent_app.ui.widgets.theme import Theme

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
SAID: dict[str, Any] = {
    "moment": "2026-11-27T09:00:00+01:00", "line": "as the server says it"
}  # fmt: skip
HELD: dict[str, Value] = {
    "moment": datetime(2026, 11, 27, 8, 0, tzinfo=UTC), "line": SAID["line"]
}  # fmt: skip
TYPED = {"moment": "2026-12-01 14:30", "line": "as the agent types it"}
SENT = {"moment": "2026-12-01T14:30:00+00:00", "line": TYPED["line"]}


def check(kind: str) -> None:
    """Follow the field from a reply to the request of a save."""
    store = Store(None, None)
    reply = {"id": "f", "debt_id": "d", "status": "scheduled", "type": "call", "added": SAID[kind]}
    store.followups.upsert([read_followup(reply)], NOW)
    known = store.followups.get("f")
    assert known is not None
    assert known.get("added") == HELD[kind], known.get("added")
    assert not diff(known, {"added": known.get("added")}).changes, "untouched, and changed"

    app = QApplication([])
    session = EditSession(store, Commands(store, lambda: NOW), lambda: NOW)
    form = Form(session, Theme(app, resources()), UTC, lambda: NOW, "")
    form.show()
    session.open("f")
    row = form.rows["added"]
    assert row.editor.focus.accessibleName() == "Added by the recipe"
    assert row.parentWidget() is not None and row in form.findChildren(type(row))
    session.save()
    assert not store.outbox.entries(), "nothing was typed, and something is sent"
    focus: Any = row.editor.focus
    focus.setFocus()
    focus.selectAll()
    focus.insert(TYPED[kind])
    focus.textEdited.emit(TYPED[kind])
    focus.editingFinished.emit()
    session.save()
    (entry,) = store.outbox.entries()
    body = write_changes(entry.patch.changes)
    assert body == {"added": SENT[kind]}, body
    assert not wrong_fields(body)
    assert list(wrong_fields({"added": 7})) == ["added"]
    session.close()
    store.close()


if __name__ == "__main__":
    check(sys.argv[1])
    print("works")
