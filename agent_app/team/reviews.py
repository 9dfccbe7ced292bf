"""Reviews on their way from a supervisor to the agent, and the answer back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from agent_app.domain.team import Member, NoTeam, TeamLink, TeamReview
from agent_app.team import subjects
from agent_app.team.bus import Bus, Message
from agent_app.team.listeners import Listeners
from agent_app.team.messages import AnswerSaid, ReviewSaid
from agent_app.team.subjects import ANSWERS, REVIEWS


class Reviews:
    """Reviews of an agent's work: supervisors write them, the agent acknowledges and answers."""

    def __init__(self, me: Member, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.heard: Listeners[TeamReview] = Listeners()
        self._me, self._now = me, now
        self._bus: Bus | None = None
        self._reviews: dict[str, TeamReview] = {}
        self._answers: dict[str, tuple[datetime, str]] = {}

    async def join(self, bus: Bus, *, everybodys: bool) -> None:
        """Hear those of all, or of this agent alone."""
        whose = "*" if everybodys else self._me.id
        self._bus = bus
        await bus.follow(ANSWERS, f"answer.{whose}.*", self._hear_answer)
        await bus.follow(REVIEWS, f"review.{whose}.*.*", self._hear)

    def lost(self) -> None:
        """The connection is gone; what was read stays."""
        self._bus = None

    def all(self) -> list[TeamReview]:
        """Those that were heard, the newest first."""
        return sorted(self._reviews.values(), key=lambda one: one.at, reverse=True)

    def unread(self) -> list[TeamReview]:
        """Those of this person's own work that they have not acknowledged."""
        mine = (one for one in self.all() if one.agent == self._me.id)
        return [one for one in mine if one.acknowledged_at is None]

    async def publish(self, review: TeamReview) -> None:
        """A supervisor's review reaches its agent. Raises NoTeam."""
        bus = self._needed()
        said = ReviewSaid(
            id=review.id,
            followup=review.followup_id,
            agent=review.agent,
            comment=review.comment,
            scores=dict(review.scores),
        )
        await bus.put(subjects.review(review.agent, self._me.id, review.id), said.write())

    async def acknowledge(self, review_id: str, words: str = "") -> None:
        """The agent has read it, and says this to it. Raises NoTeam."""
        said = AnswerSaid(id=review_id, words=words)
        await self._needed().put(subjects.answer(self._me.id, review_id), said.write())

    def _needed(self) -> Bus:
        if self._bus is None:
            raise NoTeam(TeamLink.LOST, "not connected")
        return self._bus

    def _moment(self, message: Message) -> datetime:
        bus = self._bus
        age = bus.now() - message.stamped if bus is not None else 0.0
        return self._now() - timedelta(seconds=max(0.0, age))

    def _hear(self, message: Message) -> None:
        said = ReviewSaid.read(message.data)
        _, agent, reviewer, _ = message.subject.split(".")
        if said is None or said.agent != agent:
            return
        if subjects.review(agent, reviewer, said.id) != message.subject:
            return
        at, answer = self._answers.get(said.id, (None, ""))
        review = TeamReview(
            said.id,
            said.followup,
            agent,
            reviewer,
            self._moment(message),
            said.comment,
            dict(said.scores),
            at,
            answer,
        )
        self._reviews[said.id] = review
        self.heard.tell(review)

    def _hear_answer(self, message: Message) -> None:
        said = AnswerSaid.read(message.data)
        agent = message.subject.split(".")[1]
        if said is None or subjects.answer(agent, said.id) != message.subject:
            return
        self._answers[said.id] = (self._moment(message), said.words)
        review = self._reviews.get(said.id)
        if review is not None and review.agent == agent:
            at, words = self._answers[said.id]
            answered = replace(review, acknowledged_at=at, answer=words)
            self._reviews[said.id] = answered
            self.heard.tell(answered)
