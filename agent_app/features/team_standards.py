"""What supervisors decide for all comes into effect here, and what this person decides goes to the team."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QLocale, QObject

from agent_app.domain.team import Shared, SharedKind
from agent_app.features.context import AppContext
from agent_app.features.team_values import TeamDecisions, TeamValues, read_values, value_or_none
from agent_app.models.team_standards import TeamStandards
from agent_app.runtime.scope import Scope
from agent_app.store.store import Store
from agent_app.text.moments import brief_moment_text
from agent_app.text.team_standards import (
    beaten_words,
    decided_words,
    news_words,
    version_words,
    waiting_words,
)
from agent_app.ui.settings.team_line import TeamNote

NEWS_MS = 15_000
"""How long the foot says what a colleague decided (milliseconds)."""


class TeamStandardsFeature(QObject):
    """Serves one account in a team, until `close`."""

    def __init__(self, context: AppContext, store: Store) -> None:
        super().__init__()
        self._context = context
        self._news = ""
        """What the foot says; what comes meanwhile is added to it."""
        self._scope = Scope()
        self.standards = self._scope.adopt(TeamStandards(context.team, store, context.tasks))
        self._scope.connect(self.standards.changed, self._on_changed)
        self._scope.connect(self.standards.beaten, self._on_beaten)
        context.preferences.follow_team(self)

    def close(self) -> None:
        """The account goes, and its team's decisions with it."""
        self._context.preferences.follow_team(None)
        self._scope.close()

    def values(self) -> TeamValues:
        """Return what is in effect for all."""
        return read_values(self.standards, self._context.preferences.configuration.fixed)

    def decisions(self, values: TeamValues) -> TeamDecisions:
        """Begin to edit what is for all."""
        fixed = self._context.preferences.configuration.fixed
        return TeamDecisions(self.standards, values, fixed)

    def notes(self, decisions: TeamDecisions) -> Mapping[SharedKind, TeamNote]:
        """Return what the window of settings says of each."""
        return {kind: self._note(kind, decisions) for kind in decisions.seen}

    def _note(self, kind: SharedKind, decisions: TeamDecisions) -> TeamNote:
        seen, standards = decisions.seen[kind], self.standards
        newest, versions = standards.newest(kind), standards.versions(kind)
        words = ""
        if newest is not None:
            words = decided_words(
                standards.name_of(newest.by),
                self._moment(newest.at),
                is_withdrawn=not newest.text,
            )
        if seen.waits and standards.may_write:
            beaten = newest if newest is not None and standards.is_beaten(kind) else None
            words = waiting_words(
                standards.name_of(beaten.by) if beaten is not None else "",
                self._moment(beaten.at) if beaten is not None else "",
            )
        return TeamNote(
            words, seen.shown is not None, seen.shown, standards.may_write, self._told(versions)
        )

    def _told(self, versions: Sequence[Shared]) -> list[tuple[str, Any]]:
        values = [value_or_none(one) for one in versions]
        before = [*values, None][1:]
        return [
            (
                f"{self._moment(one.at)} · {self.standards.name_of(one.by)} · "
                f"{version_words(one.kind, value, old)}",
                value,
            )
            for one, value, old in zip(versions, values, before, strict=True)
        ]

    def _moment(self, moment: datetime) -> str:
        clock = self._context.clock
        return brief_moment_text(moment, clock.now(), clock.zone, QLocale())

    def _on_changed(self, new: Sequence[Shared]) -> None:
        self._context.preferences.take_team()
        me = self._context.team.me
        others = [one for one in new if me is None or one.by != me.id]
        if others:
            bar = self._context.window.statusBar()
            said = [self._news] if self._news and bar.currentMessage() == self._news else []
            said += [news_words(one.kind, self.standards.name_of(one.by)) for one in others]
            self._news = " ".join(dict.fromkeys(said))
            bar.showMessage(self._news, NEWS_MS)

    def _on_beaten(self, theirs: Shared) -> None:
        words = beaten_words(theirs.kind, self.standards.name_of(theirs.by))
        self._context.window.notice.say(words, tone="warning")
