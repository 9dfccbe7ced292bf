"""A supervisor's reviews on their way to the agent who made the call, and what came of them.

The team's events say who made a call. Where none does (figures per agent are off, or it is too long ago)
the review stays on this computer.
"""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QObject, Signal

from agent_app.domain.reviews import Review
from agent_app.domain.sent_review import Where, Whereabouts
from agent_app.domain.team import Role, TeamReview
from agent_app.models.team_letters import Letter, TeamLetters
from agent_app.models.team_status import TeamStatus
from agent_app.runtime.tasks import Tasks
from agent_app.store.store import Store

PLACE = "team_reviews"
KEPT = timedelta(days=90)
"""How long is remembered to whom a review went; the team keeps it no longer either."""


class SentReviews(QObject):
    """Serves one account in a team, until `close`. *now* gives UTC."""

    changed = Signal()
    """Something is known anew of a review."""

    def __init__(
        self, team: TeamStatus, store: Store, tasks: Tasks, now: Callable[[], datetime]
    ) -> None:
        super().__init__()
        self._team, self._now = team, now
        self._letters = TeamLetters(team, store, tasks, PLACE, self._send)
        self._letters.changed.connect(self.changed)
        team.review_heard.connect(self._on_heard)
        team.event_heard.connect(self._on_event)
        self._letters.look()

    def close(self) -> None:
        """Stop listening; what has not left leaves after the next start."""
        self._letters.close()
        self._team.review_heard.disconnect(self._on_heard)
        self._team.event_heard.disconnect(self._on_event)

    def send(self, review: Review) -> None:
        """Send a review to its agent, now or when that can be. Raises StoreError."""
        if not self._may_write:
            return
        oldest = (self._now() - KEPT).timestamp()
        others = [
            one
            for one in self._letters.all()
            if one["followup"] != review.followup_id and one["at"] > oldest
        ]
        letter: Letter = {
            "id": uuid.uuid4().hex,  # another one each time, so that what changed is read again
            "followup": review.followup_id,
            "at": review.at.timestamp(),
            "comment": review.comment,
            "scores": {question: str(score) for question, score in review.scores.items()},
        }
        self._letters.keep([*others, letter])
        self._letters.look()

    def whereabouts(self, followup_id: str) -> Whereabouts:
        """Return where the review of a followup is; ask only for one that was made."""
        letter = next((one for one in self._letters.all() if one["followup"] == followup_id), None)
        if letter is None:
            return Whereabouts(Where.HERE)
        agent = letter.get("agent") or self._agent_of(followup_id)
        if not agent:
            return Whereabouts(Where.NOBODY)
        if agent == self._my_id:
            return Whereabouts(Where.OWN)
        name = self._team.name_of(agent)
        if "agent" not in letter:
            return Whereabouts(Where.WAITS, name)
        heard = next((one for one in self._team.all_reviews() if one.id == letter["id"]), None)
        if heard is None or heard.acknowledged_at is None:
            return Whereabouts(Where.SENT, name)
        return Whereabouts(Where.READ, name, heard.acknowledged_at, heard.answer)

    @property
    def are_sent(self) -> bool:
        """Whether reviews go to their agents."""
        return self._may_write

    @property
    def _my_id(self) -> str:
        return self._team.me.id if self._team.me is not None else ""

    @property
    def _may_write(self) -> bool:
        """Whether the team takes reviews from this person: it does from supervisors."""
        return self._team.me is not None and self._team.me.role is Role.SUPERVISOR

    async def _send(self, letter: Letter) -> Letter | None:
        agent = self._agent_of(letter["followup"])
        if "agent" in letter or not agent or agent == self._my_id or not self._may_write:
            return letter
        await self._team.review(
            TeamReview(
                letter["id"],
                letter["followup"],
                agent,
                self._my_id,
                datetime.fromtimestamp(letter["at"], UTC),
                letter["comment"],
                letter["scores"],
            )
        )
        return {name: letter[name] for name in ("id", "followup", "at")} | {"agent": agent}

    def _agent_of(self, followup_id: str) -> str:
        """Return who did the followup last: by when they did it, however late that was told."""
        of_it = [one for one in self._team.events() if one.followup_id == followup_id]
        return max(of_it, key=lambda one: one.at).agent if of_it else ""

    def _on_event(self, _event: object) -> None:
        if any("agent" not in one for one in self._letters.all()):
            self._letters.look()

    def _on_heard(self, _review: object) -> None:
        self.changed.emit()
