"""Supervisors' reviews. The server never sees them."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime

from agent_app.domain.reviews import FIRST_MOMENT, LAST_MOMENT, Review, Score
from agent_app.store.changes import Changes
from agent_app.store.codec import to_ms
from agent_app.store.database import Database


class Reviews:
    """One review a followup: the latest."""

    def __init__(self, database: Database, changes: Changes) -> None:
        self._database = database
        self._changes = changes

    def get(self, followup_id: str) -> Review | None:
        """Return the review of a followup, or None."""
        row = self._database.read_one(
            "select followup_id, reviewer, at, comment, scores from review where followup_id = ?",
            [followup_id],
        )
        return _review(row) if row else None

    @property
    def are_there(self) -> bool:
        """Whether there is any review."""
        return self._database.read_one("select 1 from review limit 1") is not None

    def keep(self, review: Review) -> None:
        """Put a review in the place of the one before."""
        with self._database.transaction():
            self._database.write(
                "insert or replace into review (followup_id, reviewer, at, comment, scores)"
                " values (?, ?, ?, ?, ?)",
                [
                    review.followup_id,
                    review.reviewer,
                    to_ms(review.at),
                    review.comment,
                    json.dumps(dict(review.scores)),
                ],
            )
            self._changes.touch(followup=review.followup_id)

    def upsert(self, reviews: Iterable[Review]) -> int:
        """Take in a colleague's reviews; of two of one followup the later stays. Returns how many
        were new or later."""
        taken = 0
        with self._database.transaction():
            for review in reviews:
                known = self.get(review.followup_id)
                if known is None or known.at < review.at:
                    self.keep(review)
                    taken += 1
        return taken

    def all(self) -> list[Review]:
        """Return all reviews, the latest first."""
        rows = self._database.read(
            "select followup_id, reviewer, at, comment, scores from review order by at desc"
        )
        return [_review(row) for row in rows]


def _review(row: tuple[str, str, int, str, str]) -> Review:
    scores = {question: Score(payload) for question, payload in json.loads(row[4]).items()}
    return Review(row[0], row[1], _moment(row[2]), row[3], scores)


def _moment(milliseconds: int) -> datetime:
    """Return an earlier version took in moments that no calendar has."""
    try:
        return max(FIRST_MOMENT, min(datetime.fromtimestamp(milliseconds / 1000, UTC), LAST_MOMENT))
    except (ValueError, OverflowError, OSError):
        return LAST_MOMENT if milliseconds > 0 else FIRST_MOMENT
