"""Reviews as a file, by which one supervisor hands them to another: read within limits."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from agent_app.domain.reviews import FIRST_MOMENT, LAST_MOMENT, MAX_COMMENT, Review, Score

MAX_BYTES = 20_000_000
MAX_REVIEWS = 50_000
MAX_QUESTION = 300


class NoReviews(Exception):
    """The file holds no reviews, or too many."""


class _SaidReview(BaseModel):
    model_config = ConfigDict(extra="forbid")
    followup_id: str = Field(min_length=1, max_length=200)
    reviewer: str = Field(max_length=200)
    at: Annotated[AwareDatetime, Field(ge=FIRST_MOMENT, le=LAST_MOMENT)]
    comment: str = Field(max_length=MAX_COMMENT)
    scores: dict[Annotated[str, Field(max_length=MAX_QUESTION)], Score] = Field(max_length=100)


def read_rows(file: Path) -> list[Any]:
    """Return the rows of a file, to be put to `reviews_of` a few at a time. Raises OSError, NoReviews."""
    with file.open("rb") as opened:
        data = opened.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise NoReviews
    try:
        payload = json.loads(data)
    except (ValueError, RecursionError):
        raise NoReviews from None
    if (
        not isinstance(payload, dict)
        or set(payload) != {"version", "reviews"}
        or payload["version"] != 1
    ):
        raise NoReviews
    rows = payload["reviews"]
    if not isinstance(rows, list) or len(rows) > MAX_REVIEWS:
        raise NoReviews
    return rows


def reviews_of(rows: Iterable[Any]) -> list[Review]:
    """Return what rows of a file say. Raises NoReviews."""
    try:
        found = [_SaidReview.model_validate(row) for row in rows]
    except ValidationError:
        raise NoReviews from None
    return [
        Review(one.followup_id, one.reviewer, one.at.astimezone(UTC), one.comment, one.scores)
        for one in found
    ]


def write_reviews(file: Path, reviews: Iterable[Review]) -> None:
    """Write reviews, whole or not at all. Raises OSError."""
    payload = [
        {
            "followup_id": one.followup_id,
            "reviewer": one.reviewer,
            "at": _text(one.at),
            "comment": one.comment,
            "scores": dict(one.scores),
        }
        for one in reviews
    ]
    part = file.with_name(file.name + ".part")
    text = json.dumps({"version": 1, "reviews": payload}, indent=1, ensure_ascii=False)
    part.write_text(text, "utf-8", errors="replace")
    part.replace(file)


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
