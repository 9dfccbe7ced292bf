"""Replies about the company are read whatever their shape."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from agent_app.api.company import read_company, read_credits, read_link, read_reports, read_users
from agent_app.domain.company import Credits, ReadyReport, User
from agent_app.domain.errors import NotUnderstood


def reply(data: Any) -> dict[str, Any]:
    return {"error": False, "data": data}


def test_names_in_either_spelling_and_in_one_more_envelope() -> None:
    rows = [
        {"id": 7, "firstname": "Ada", "lastname": None, "isActive": True, "email": "a@example.org"},
        {"id": "8", "firstname": "Bo", "is_active": False},
        {"firstname": "nobody"},
        {"id": "9", "email": "only@example.org", "lastname": 3},
        "odd",
    ]
    said, pages = read_users({**reply(rows), "pagination": {"pages": 3}})
    assert said == [
        User("7", "Ada", "a@example.org"),
        User("9", "only@example.org", "only@example.org"),
    ]
    assert pages == 3
    assert read_company(reply({"data": {"name": "Exemple\nSARL"}})) == "Exemple SARL"


def test_credits_and_reports() -> None:
    said = reply({"currentCredits": 12.5, "plan": 3, "expiresAt": "2026-12-01T00:00:00Z"})
    assert read_credits(said) == Credits(12.5, "", datetime(2026, 12, 1, tzinfo=UTC))
    rows = [{"id": "r", "type": "monthly", "period_start": "2026-11-01", "status": "pending"}]
    (report,) = read_reports(reply(rows))
    assert report == ReadyReport("r", "monthly", date(2026, 11, 1), status="pending")
    assert not report.is_ready


@pytest.mark.parametrize("odd", [None, {}, {"error": True}, reply(3), reply([[]]), "text"])
def test_what_makes_no_sense_is_not_understood(odd: object) -> None:
    for read in (read_company, read_credits, read_link):
        with pytest.raises(NotUnderstood):
            read(odd)


def test_a_link_has_to_be_there() -> None:
    assert read_link(reply({"download_url": "https://x.example/f"})) == "https://x.example/f"
    with pytest.raises(NotUnderstood):
        read_link(reply({"download_url": ""}))
