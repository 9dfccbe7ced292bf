"""What supervisors decided for all, as values that go over the person's own."""

import logging
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from agent_app.config.team_files import rules_of, rules_text, templates_of, templates_text
from agent_app.domain.calling import Rulebook
from agent_app.domain.errors import BadSetting
from agent_app.domain.settings import DAILY_GOAL, MAX_SCORECARD, Settings
from agent_app.domain.team import TEAM_SETTINGS, Shared, SharedKind
from agent_app.domain.templates import Template
from agent_app.models.team_standards import TeamStandards
from agent_app.ui.settings.team_line import TeamNote

FIXED = {
    SharedKind.TEMPLATES: "templates",
    SharedKind.CALLING_RULES: "calling_rules",
    **TEAM_SETTINGS,
}
"""What administrators fix under this name goes over the team's."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TeamValues:
    """What is in effect for all; None, or no setting, where the team decided nothing."""

    templates: tuple[Template, ...] | None = None
    book: Rulebook | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)

    def of(self, kind: SharedKind) -> Any:
        """Return what the team decided of a kind, None where each has their own."""
        match kind:
            case SharedKind.TEMPLATES:
                return list(self.templates) if self.templates else None
            case SharedKind.CALLING_RULES:
                return self.book
            case _:
                return self.settings.get(TEAM_SETTINGS[kind])

    def with_own(self, own: Sequence[Template]) -> Sequence[Template]:
        """Return the team's templates, and a person's own of other names."""
        return merged(self.templates, own)

    def hides(self, own: Template) -> bool:
        """Return whether a person's own template gives way to the team's."""
        return own.name.casefold() in {one.name.casefold() for one in self.templates or ()}

    def over(self, own: Settings) -> Settings:
        """Return a person's settings with the team's in their place."""
        return replace(own, **self.settings) if self.settings else own


def read_values(standards: TeamStandards, fixed: Set[str]) -> TeamValues:
    """Return what the team decided, less what administrators *fixed*."""
    found = {
        kind: _value_of(standards.versions(kind)) for kind in SharedKind if FIXED[kind] not in fixed
    }
    templates = found.get(SharedKind.TEMPLATES)
    return TeamValues(
        tuple(templates) if templates is not None else None,
        found.get(SharedKind.CALLING_RULES),
        {name: found[kind] for kind, name in TEAM_SETTINGS.items() if found.get(kind) is not None},
    )


def _value_of(versions: list[Shared]) -> Any:
    """Return the newest that can be read (a newer program may have written what this one cannot), None where
    the team withdrew it or has none."""
    for one in versions:
        value = value_or_none(one)
        if value is not None or not one.text:
            return value
    return None


def value_or_none(one: Shared) -> Any:
    """Return the value of a version; None where it was withdrawn, or cannot be read."""
    try:
        return read_value(one.kind, one.text) if one.text else None
    except BadSetting as error:
        log.warning("version %d of the team's %s: %s", one.version, one.kind, error)
        return None


def read_value(kind: SharedKind, text: str) -> Any:
    """Return the value that a text for all stands for. Raises BadSetting."""
    match kind:
        case SharedKind.TEMPLATES:
            return templates_of(text)
        case SharedKind.CALLING_RULES:
            return rules_of(text)
        case SharedKind.SCORECARD:
            if len(text) > MAX_SCORECARD:
                raise BadSetting("too long")
            return text
        case SharedKind.GOALS:
            least, most = DAILY_GOAL
            if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
                raise BadSetting("not a number of calls a day")
            return int(text)


def value_text(kind: SharedKind, value: Any) -> str:
    """Return a value as a text for all."""
    match kind:
        case SharedKind.TEMPLATES:
            return templates_text(value)
        case SharedKind.CALLING_RULES:
            return rules_text(value)
        case SharedKind.SCORECARD | SharedKind.GOALS:
            return str(value)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a supervisor saw of the team's when they began to edit. `shown` is what stands on the page: the
    team's, or what they wrote before that is not the team's yet (`waits`)."""

    version: int
    value: Any
    shown: Any
    waits: bool


class DecidesForAll(Protocol):
    """A team, as settings know it."""

    def values(self) -> TeamValues:
        """Return what is in effect for all."""
        ...

    def decisions(self, values: TeamValues) -> "TeamDecisions":
        """Begin to edit what is for all."""
        ...

    def notes(self, decisions: "TeamDecisions") -> Mapping[SharedKind, TeamNote]:
        """Return what the window of settings says of each."""
        ...


class TeamDecisions:
    """What is decided in the window of settings, against what was seen when it opened. What administrators
    *fixed* is nobody's to decide."""

    def __init__(self, standards: TeamStandards, values: TeamValues, fixed: Set[str]) -> None:
        self._standards = standards
        self.seen = {
            kind: self._see(kind, values) for kind in SharedKind if FIXED[kind] not in fixed
        }

    @property
    def may_write(self) -> bool:
        """Whether this person decides for all."""
        return self._standards.may_write

    def pages(self, own: Sequence[Template], book: Rulebook) -> tuple[Sequence[Template], Rulebook]:
        """Return the templates and the rules that are to be shown: those for all over one's own."""
        templates, rules = (
            self._shown(one) for one in (SharedKind.TEMPLATES, SharedKind.CALLING_RULES)
        )
        return merged(templates, own), rules if rules is not None else book

    def decide(
        self,
        new: Settings,
        templates: Sequence[Template],
        book: Rulebook,
        for_all: Set[SharedKind],
    ) -> None:
        """Have these be the team's, and of settings and rules those *for_all*; what is as it was is not
        written again. Raises StoreError."""
        values = {
            SharedKind.TEMPLATES: [one for one in templates if one.of_team] or None,
            SharedKind.CALLING_RULES: book if SharedKind.CALLING_RULES in for_all else None,
        } | {
            kind: getattr(new, name) if kind in for_all else None
            for kind, name in TEAM_SETTINGS.items()
        }
        for kind, seen in self.seen.items():
            value = values[kind]
            if value != seen.value:
                text = value_text(kind, value) if value is not None else ""
                self._standards.write(kind, text, seen.version)
            elif seen.waits:
                self._standards.drop(kind)

    def less(self, new: Settings, own: Settings, for_all: Set[SharedKind]) -> Settings:
        """Return what is to be the person's own of *new* settings: what is for all stays theirs as it was."""
        names = [name for kind, name in TEAM_SETTINGS.items() if kind in for_all]
        return replace(new, **{name: getattr(own, name) for name in names})

    def _shown(self, kind: SharedKind) -> Any:
        return self.seen[kind].shown if kind in self.seen else None

    def _see(self, kind: SharedKind, values: TeamValues) -> Seen:
        newest, text = self._standards.newest(kind), self._standards.written(kind)
        value = values.of(kind)
        return Seen(
            newest.version if newest is not None else 0,
            value,
            value if text is None else read_value(kind, text) if text else None,
            text is not None,
        )


def merged(of_team: Sequence[Template] | None, own: Sequence[Template]) -> Sequence[Template]:
    """Return the team's, and the person's own of other names, by name."""
    if not of_team:
        return own
    names = {one.name.casefold() for one in of_team}
    others = (one for one in own if one.name.casefold() not in names)
    return sorted((*of_team, *others), key=lambda one: one.name.casefold())
