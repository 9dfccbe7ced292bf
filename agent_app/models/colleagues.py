"""What colleagues changed of the open followup, told from what this desk changed itself.

The server's values are looked at, not the form's: those move with each own save, refused save and
undo. A server's new value is a colleague's unless an own save stands behind it: one that was answered
just now, or one that made the field what it is.
"""

from agent_app.domain.fields import FIELD_BY_NAME, TEXT_KINDS, Value, same
from agent_app.domain.followup import Followup
from agent_app.store.store import Store

SIGNED = frozenset({"audio_url"})
"""Read back signed, anew each time: that it differs says nothing."""


class Colleagues:
    """Watches one followup at a time."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._id = ""
        self._server: Followup | None = None
        self._waiting: dict[int, frozenset[str]] = {}
        self._own: dict[str, list[Value]] = {}

    def open(self, followup_id: str) -> None:
        """Watch another followup, or none ("")."""
        self._id = followup_id
        self._server = self._store.followups.from_server(followup_id) if followup_id else None
        self._own = {}
        self._note_own()

    def theirs(self, name: str) -> Value:
        """Return the value of a field on the server."""
        return self._server.get(name) if self._server is not None else None

    def look(self) -> dict[str, Value]:
        """Return the fields that a colleague changed since the last look, with what each was before."""
        waited = self._waiting
        self._note_own()
        old, self._server = self._server, self._store.followups.from_server(self._id)
        if old is None or self._server is None:
            return {}
        answered = {name for n, names in waited.items() if n not in self._waiting for name in names}
        return {
            name: old.get(name)
            for name in FIELD_BY_NAME
            if name not in SIGNED | answered
            and not alike(name, old.get(name), self._server.get(name))
            and not any(alike(name, own, self._server.get(name)) for own in self._own.get(name, []))
        }

    def _note_own(self) -> None:
        entries = self._store.outbox.of(self._id) if self._id else []
        self._waiting = {entry.number: frozenset(entry.patch.changes) for entry in entries}
        for entry in entries:
            for changes in (entry.patch.changes, *entry.sent):
                for name, value in changes.items():
                    known = self._own.setdefault(name, [])
                    if value not in known:
                        known.append(value)


def alike(name: str, one: Value, other: Value) -> bool:
    """Return whether two values mean the same, or differ only by blanks that a server trims."""
    if FIELD_BY_NAME[name].kind in TEXT_KINDS:
        return str(one or "").strip() == str(other or "").strip()
    return same(name, one, other)
