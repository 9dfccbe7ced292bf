"""What an agent typed into one followup and has not saved: values, texts that cannot be
read, the planned next call, a reason. Plain values; a draft is read into them and made of them."""

import json
from collections.abc import Container
from dataclasses import dataclass, field
from datetime import datetime

from agent_app.domain.fields import Value, same
from agent_app.domain.followup import Followup
from agent_app.domain.outcomes import NEXT_CALL
from agent_app.domain.validation import Rule
from agent_app.models.colleagues import SIGNED, alike
from agent_app.store.drafts import Draft

REASON = "reason"
"""Under this name a draft has what was typed as a reason; what `EditSession.save` answers where a
calling rule speaks against it and no reason is given."""
_ASIDE = "aside:"


@dataclass(frozen=True, slots=True)
class UnparsedText:
    """What stands in a field and cannot be read: why, and the text."""

    rule: Rule
    text: str


@dataclass(slots=True)
class UnsavedEdits:
    """What was typed on top of a base."""

    mine: dict[str, Value] = field(default_factory=dict)
    """Values of fields that differ from the base's."""
    unreadable: dict[str, UnparsedText] = field(default_factory=dict)
    moved: dict[str, Value] = field(default_factory=dict)
    """What fields that were typed into were before, where a colleague changed them since."""
    next_call: datetime | None = None
    reason: str = ""
    aside: dict[str, str] = field(default_factory=dict)
    """Texts that were begun beside the form and are no part of it yet, by name."""

    @property
    def changed(self) -> frozenset[str]:
        """Names of the fields that were changed, readable or not."""
        planned = frozenset({NEXT_CALL}) if self.next_call is not None else frozenset()
        return frozenset(self.mine) | frozenset(self.unreadable) | planned

    def set(self, name: str, value: Value, base: Followup) -> None:
        """*value* was made of a field; the base's value means "not changed"."""
        self.unreadable.pop(name, None)
        if name == NEXT_CALL:
            self.next_call = value if isinstance(value, datetime) else None
        elif same(name, value, base.get(name)):
            self.mine.pop(name, None)
            self.moved.pop(name, None)
        else:
            self.mine[name] = value

    def drop_unchanged(self, base: Followup) -> None:
        """Forget what the base has become by itself."""
        for name in [n for n, v in self.mine.items() if same(n, v, base.get(n))]:
            del self.mine[name]
            self.moved.pop(name, None)

    def take_draft(self, draft: Draft, base: Followup, refused: Container[str]) -> None:
        """Go on with a draft. Fields that the server *refused* are no news of the store."""
        self.mine.update(draft.patch.changes)
        self.next_call = draft.next_at
        self.moved = {
            name: value
            for name, value in draft.patch.base.items()
            if not alike(name, value, base.get(name)) and name not in SIGNED and name not in refused
        }
        kept = {name: json.loads(said) for name, said in draft.unreadable.items()}
        self.reason = kept.pop(REASON, ["", ""])[1]
        for name in [name for name in kept if name.startswith(_ASIDE)]:
            self.aside[name.removeprefix(_ASIDE)] = kept.pop(name)[1]
        self.unreadable = {
            name: UnparsedText(Rule(rule), text) for name, (rule, text) in kept.items()
        }

    def unreadable_kept(self) -> dict[str, str]:
        """Return the texts that cannot be read, the reason and what is beside the form, as a draft keeps
        them."""
        kept = {name: json.dumps([one.rule, one.text]) for name, one in self.unreadable.items()}
        if self.reason:
            kept[REASON] = json.dumps([REASON, self.reason])
        for name, text in self.aside.items():
            kept[_ASIDE + name] = json.dumps([_ASIDE, text])
        return kept
