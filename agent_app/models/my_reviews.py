"""What supervisors said of this person's calls, and what the person answers."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from agent_app.domain.team import TeamReview
from agent_app.models.team_letters import Letter, TeamLetters
from agent_app.models.team_status import TeamStatus
from agent_app.runtime.tasks import Tasks
from agent_app.store.store import Store

ANSWERS, DRAFTS = "team_answers", "team_answer_drafts"
MAX_ANSWER = 1_000
"""The longest answer (characters)."""


@dataclass(frozen=True, slots=True)
class Received:
    """A review: by whom, of whose call (the debtor, "" where that followup is not here), and whether it is
    still to be read; `waits` while an answer has not left."""

    review: TeamReview
    reviewer: str
    whose: str
    is_unread: bool
    answer: str = ""
    waits: bool = False


class MyReviews(QObject):
    """Serves one account in a team, until `close`."""

    changed = Signal()
    """A review came, was read, or has its answer."""

    def __init__(self, team: TeamStatus, store: Store, tasks: Tasks) -> None:
        super().__init__()
        self._team, self._store = team, store
        self._letters = TeamLetters(team, store, tasks, ANSWERS, self._send)
        self._letters.changed.connect(self.changed)
        team.review_heard.connect(self._on_news)
        team.changed.connect(self.changed)
        self._letters.look()

    def close(self) -> None:
        """Stop listening; an answer that has not left leaves after the next start."""
        self._letters.close()
        self._team.review_heard.disconnect(self._on_news)
        self._team.changed.disconnect(self.changed)

    def all(self) -> list[Received]:
        """Return them, those that are not read first, the newest first."""
        waiting = {one["id"]: one["words"] for one in self._letters.all()}
        me = self._team.me.id if self._team.me is not None else ""
        found = [
            Received(
                one,
                self._team.name_of(one.reviewer),
                self._whose(one.followup_id),
                one.acknowledged_at is None and one.id not in waiting,
                waiting.get(one.id, one.answer),
                one.id in waiting,
            )
            for one in self._newest(me)
        ]
        return sorted(found, key=lambda one: not one.is_unread)

    def unread(self) -> int:
        """Return how many are still to be read."""
        return sum(one.is_unread for one in self.all())

    def answer(self, review_id: str, words: str) -> None:
        """The person has read a review, and says this to it ("": nothing). Raises StoreError."""
        self._letters.put({"id": review_id, "words": words.strip()[:MAX_ANSWER]})
        self.keep_draft(review_id, "")

    def draft(self, review_id: str) -> str:
        """Return what was typed to a review and not sent yet."""
        return str((self._store.state(DRAFTS) or {}).get(review_id, ""))

    def keep_draft(self, review_id: str, words: str) -> None:
        """Keep what is typed to a review. Raises StoreError."""
        drafts: dict[str, str] = self._store.state(DRAFTS) or {}
        if drafts.get(review_id, "") == words:
            return
        left = {one: text for one, text in drafts.items() if one != review_id}
        self._store.set_state(DRAFTS, left | ({review_id: words} if words else {}))

    def _newest(self, me: str) -> list[TeamReview]:
        """Return this person's, of each followup and reviewer the newest: it takes the place of those before."""
        found: dict[tuple[str, str], TeamReview] = {}
        for one in self._team.all_reviews():  # the newest first
            if one.agent == me:
                found.setdefault((one.followup_id, one.reviewer), one)
        return list(found.values())

    def _whose(self, followup_id: str) -> str:
        followup = self._store.followups.get(followup_id)
        debt = self._store.debts.get(followup.debt_id) if followup is not None else None
        if debt is not None and debt.debtor:
            return debt.debtor
        return followup.debt_id if followup is not None else ""

    async def _send(self, letter: Letter) -> Letter | None:
        await self._team.acknowledge(letter["id"], letter["words"])
        return None

    def _on_news(self, _review: object) -> None:
        self.changed.emit()
