"""What an agent chose in the open form, in order, so that Ctrl+Z can take the last choice back.

Words have their field's own undo and are left alone. An act gives back only what still stands as the
act left it: what was typed or decided since stays.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from agent_app.domain.fields import Value
from agent_app.models.unsaved_edits import UnparsedText

State = tuple[Value, UnparsedText | None]
"""What a field holds, and the text in it that cannot be read."""


@dataclass(frozen=True, slots=True)
class Act:
    """Fields as they were before an act, and as it left them."""

    before: Mapping[str, State]
    after: Mapping[str, State]


class Acts:
    """The acts in the followup that is open, since it was opened or saved."""

    def __init__(self) -> None:
        self._done: list[Act] = []

    def note(
        self, before: Mapping[str, State], after: Mapping[str, State], *, joins: bool = False
    ) -> None:
        """An act was done. *joins*: it goes on with the one before it, if that was in the same
        fields (a date that is being typed is one act)."""
        if before == after:
            return
        if joins and self._done and self._done[-1].after == before:
            before = self._done.pop().before
        self._done.append(Act(before, after))

    def take(self, now: Mapping[str, State]) -> dict[str, State]:
        """Return the last act that can be taken back, as the fields to set; {} where there is none. *now*
        is how the fields stand."""
        while self._done:
            act = self._done.pop()
            back = {
                name: was
                for name, was in act.before.items()
                if now[name] == act.after[name] and was != now[name]
            }
            if back:
                return back
        return {}

    @property
    def count(self) -> int:
        """How many acts there are."""
        return len(self._done)

    def forget(self) -> None:
        """What was chosen is saved or discarded, or another followup is open."""
        self._done.clear()
