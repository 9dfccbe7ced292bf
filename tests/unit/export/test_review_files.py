"""Files of reviews: what they say comes back; odd ones are refused, and do not lame the desk later."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from agent_app.domain.reviews import FIRST_MOMENT, LAST_MOMENT, Review, Score
from agent_app.export.review_files import (
    MAX_REVIEWS,
    NoReviews,
    read_rows,
    reviews_of,
    write_reviews,
)
from agent_app.store.store import Store

ONE: dict[str, Any] = {
    "followup_id": "f-1", "reviewer": "Zoé", "at": "2026-11-25T10:00:00+01:00", "comment": "ok",
    "scores": {"Was it said?": "yes"},
}  # fmt: skip


def file_of(folder: Path, *rows: Any) -> Path:
    file = folder / "reviews.json"
    file.write_text(json.dumps({"version": 1, "reviews": rows}))
    return file


def test_what_is_written_is_read(tmp_path: Path) -> None:
    review = Review("f-1", "Zoé", datetime(2026, 1, 2, tzinfo=UTC), "ok", {"Said?": Score.PARTLY})
    write_reviews(tmp_path / "some.json", [review])
    assert reviews_of(read_rows(tmp_path / "some.json")) == [review]


@pytest.mark.parametrize(
    "odd",
    [
        {"at": "9999-12-31T23:59:59-12:00"},
        {"at": "0001-01-01T00:00:00+12:00"},
        {"at": "2026-01-01T00:00:00"},
        {"scores": {"x" * 301: "yes"}},
        {"scores": {str(n): "yes" for n in range(101)}},
        {"comment": "x" * 2_001},
        {"more": 1},
    ],
)
def test_an_odd_row_is_refused(tmp_path: Path, odd: dict[str, Any]) -> None:
    with pytest.raises(NoReviews):
        reviews_of(read_rows(file_of(tmp_path, ONE | odd)))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "[" * 100_000,
        '{"version": 1}',
        '{"version": 1, "reviews": {}}',
        "9" * 5_000,
        "\xff",
    ],
)
def test_an_odd_file_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "reviews.json"
    file.write_text(text, "latin-1")
    with pytest.raises(NoReviews):
        read_rows(file)
    assert read_rows(file_of(tmp_path, *[1] * MAX_REVIEWS))
    with pytest.raises(NoReviews):
        read_rows(file_of(tmp_path, *[1] * (MAX_REVIEWS + 1)))


@pytest.mark.parametrize("at", [253_402_300_799_000, 2**62, -(2**62), -1])
def test_a_moment_that_no_calendar_has_is_shown_all_the_same(at: int) -> None:
    store = Store(None, None)
    with store._database.transaction():
        store._database.write("insert into review values ('f-1', 'Zoé', ?, '', '{}')", [at])
    review = store.reviews.get("f-1")
    assert review is not None
    assert review.at in (FIRST_MOMENT, LAST_MOMENT)
    assert store.reviews.all() == [review]
    store.close()


def test_ids_by_the_ten_thousand() -> None:
    store = Store(None, None)
    many = [f"f-{number}" for number in range(40_000)]
    store.followups.upsert([{"id": "f-7", "debt_id": "d-7"}], datetime.now(UTC))
    assert list(store.listing.keys_of(many)) == ["f-7"]
    assert len(store.listing.keys_of_debts([f"d-{number}" for number in range(40_000)])) == 1
    store.close()
