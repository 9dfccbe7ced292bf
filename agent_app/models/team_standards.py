"""What supervisors decide for the whole team: templates, calling rules, scorecard, goals.

The newest version of each is kept in the store, for the hours without the team. What a supervisor writes is
kept until the team has it; where a colleague wrote first it waits for the person, and theirs stays in effect.
"""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, Signal

from agent_app.domain.errors import StoreError
from agent_app.domain.team import Beaten, Role, Shared, SharedKind
from agent_app.models.team_letters import Letter, TeamLetters
from agent_app.models.team_status import TeamStatus
from agent_app.runtime.tasks import Tasks
from agent_app.store.store import Store

PLACE, LETTERS = "team_standards", "team_standards_written"
log = logging.getLogger(__name__)


class TeamStandards(QObject):
    """Serves one account in a team, until `close`."""

    changed = Signal(object)
    """Others are in effect: the `Shared` that are new here (a list)."""
    beaten = Signal(object)
    """A colleague's `Shared` came before what was written here."""

    def __init__(self, team: TeamStatus, store: Store, tasks: Tasks) -> None:
        super().__init__()
        self._team, self._store = team, store
        self._newest = {one.kind: one for one in map(_read, store.state(PLACE) or []) if one}
        self._told: set[tuple[SharedKind, int]] = set()
        self._letters = TeamLetters(team, store, tasks, LETTERS, self._send)
        team.changed.connect(self._look)
        team.shared_changed.connect(self._on_shared)
        self._look()

    def close(self) -> None:
        """Stop listening; what has not left leaves after the next start."""
        self._letters.close()
        self._team.changed.disconnect(self._look)
        self._team.shared_changed.disconnect(self._on_shared)

    @property
    def may_write(self) -> bool:
        """Whether this person decides for the team: supervisors do."""
        return self._team.me is not None and self._team.me.role is Role.SUPERVISOR

    def newest(self, kind: SharedKind) -> Shared | None:
        """Return what the team has, an empty text where it was withdrawn."""
        return self._newest.get(kind)

    def versions(self, kind: SharedKind) -> list[Shared]:
        """Return the versions that are known, the newest first: without the team the newest alone."""
        newest = self.newest(kind)
        return self._team.shared_before(kind) or ([newest] if newest is not None else [])

    def written(self, kind: SharedKind) -> str | None:
        """Return what was written here and is not the team's yet, or None."""
        letter = self._letter(kind)
        return str(letter["text"]) if letter is not None else None

    def is_beaten(self, kind: SharedKind) -> bool:
        """Whether a colleague wrote before what was written here arrived."""
        newest, letter = self.newest(kind), self._letter(kind)
        return newest is not None and letter is not None and letter["after"] < newest.version

    def write(self, kind: SharedKind, text: str, after: int) -> None:
        """Have a text be the team's, in the place of version *after* that the person saw (0: there was none).
        Raises StoreError."""
        self._letters.put({"id": str(kind), "text": text, "after": after})

    def drop(self, kind: SharedKind) -> None:
        """Forget what was written here. Raises StoreError."""
        self._letters.keep([one for one in self._letters.all() if one["id"] != kind])

    def name_of(self, member_id: str) -> str:
        """Return how a member is called."""
        return self._team.name_of(member_id)

    def _letter(self, kind: SharedKind) -> Letter | None:
        """Return what waits; what is the team's already is on its way out."""
        newest = self.newest(kind)
        return next(
            (
                one
                for one in self._letters.all()
                if one["id"] == kind and (newest is None or one["text"] != newest.text)
            ),
            None,
        )

    async def _send(self, letter: Letter) -> Letter | None:
        kind, text, after = SharedKind(letter["id"]), letter["text"], letter["after"]
        if not self.may_write:
            return letter
        try:
            await self._team.write_shared(kind, text, after)
        except Beaten:
            theirs = next((one for one in self._team.shared() if one.kind is kind), None)
            if theirs is None or theirs.text == text:
                return None  # it is the team's: the answer was lost, or a colleague wrote the same
            if (kind, theirs.version) not in self._told:
                self._told.add((kind, theirs.version))
                self.beaten.emit(theirs)
            return letter
        return None

    def _on_shared(self, _shared: Shared) -> None:
        self._look()

    def _look(self) -> None:
        """Take what the team has; while it is being read, and without it, what was known stays."""
        if not self._team.state.is_live:
            return
        found = {one.kind: one for one in self._team.shared()}
        if found == self._newest:
            return
        new = [one for kind, one in found.items() if not _is_same(one, self._newest.get(kind))]
        gone = self._newest.keys() - found.keys()
        self._newest = found
        try:
            self._store.set_state(PLACE, [_write(one) for one in found.values()])
        except StoreError as error:
            log.warning("the team's standards are not kept: %s", error)
        if new or gone:
            self.changed.emit(new)


def _is_same(one: Shared, other: Shared | None) -> bool:
    return other is not None and (one.text, one.by) == (other.text, other.by)


def _write(one: Shared) -> Mapping[str, Any]:
    return {
        "kind": str(one.kind),
        "version": one.version,
        "text": one.text,
        "by": one.by,
        "at": one.at.isoformat(),
    }


def _read(kept: Mapping[str, Any]) -> Shared | None:
    try:
        return Shared(
            SharedKind(kept["kind"]),
            int(kept["version"]),
            str(kept["text"]),
            str(kept["by"]),
            datetime.fromisoformat(kept["at"]),
        )
    except (KeyError, ValueError) as error:  # of another version of the program
        log.warning("a standard of the team that is kept makes no sense: %s", error)
        return None
