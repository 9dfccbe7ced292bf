"""A number leads to its debts, however it is written, by an index."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import apsw
import pytest

from agent_app.store.migrations import STEPS, add_functions, migrate
from agent_app.store.store import Store

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CALLER = "+33639980012"


def store_with(debts: list[dict[str, Any]], followups: Sequence[dict[str, Any]] = ()) -> Store:
    store = Store(None, None)
    store.take_in_debts(debts, NOW)
    rows = [
        {"id": f"of-{d['id']}", "debt_id": d["id"], "type": "call", "status": "scheduled"}
        for d in debts
    ]
    store.followups.upsert([*rows, *followups], NOW)
    return store


@pytest.mark.parametrize(
    ("written", "country", "found"),
    [
        ("+33639980012", "France", True),
        ("06 39 98 00 12", "France", True),
        ("06 39 98 00 12", "FR", True),
        ("06 39 98 00 12", None, True),
        ("+33 (0)6.39.98.00.12", "Belgique", True),
        ("06 39 98 00 12", "Germany", False),
        ("06 39 98 00 13", "France", False),
        (None, "France", False),
    ],
)
def test_a_debtors_number_as_it_is_written(
    written: str | None, country: str | None, found: bool
) -> None:
    store = store_with([{"id": "D", "phone": written, "country": country}])
    assert store.callers.debts_of(CALLER, "GB") == (["D"] if found else [])


def test_a_number_that_was_called_before_counts_too() -> None:
    store = store_with(
        [{"id": "D", "phone": "+33155000000", "country": "FR"}],
        [
            {
                "id": "f",
                "debt_id": "D",
                "type": "call",
                "status": "no_answer",
                "phone_number_used": "0639980012",
            }
        ],
    )
    assert store.callers.debts_of(CALLER, "GB") == ["D"]


def test_a_number_that_changes_is_found_under_the_new_one_only() -> None:
    store = store_with([{"id": "D", "phone": CALLER}])
    store.take_in_debts([{"id": "D", "phone": "+33155000000"}], NOW)
    assert store.callers.debts_of(CALLER, "FR") == []
    assert store.callers.debts_of("+33155000000", "FR") == ["D"]


def test_among_many_debts_the_number_is_looked_up_by_its_index() -> None:
    store = store_with([{"id": f"D{n}", "phone": f"+3363998{n:04}"} for n in range(500)])
    assert store.callers.debts_of("+33639980012", "FR") == ["D12"]
    plan = store._database.read(
        "explain query plan select id from debt where phone_tail = ?"
        " union select debt_id from followup where phone_tail = ?",
        ["", ""],
    )
    said = " ".join(str(row[3]) for row in plan)
    assert "debt_by_phone_tail" in said
    assert "followup_by_phone_tail" in said


def test_a_file_of_the_layout_before_finds_its_callers() -> None:
    file = apsw.Connection(":memory:")
    add_functions(file)
    for step in STEPS[:4]:
        file.execute(step)
    file.pragma("user_version", 4)
    file.execute("insert into debt values ('D', '{\"phone\": \"06 39 98 00 12\"}', 0)")
    migrate(file)
    assert list(file.execute("select phone_tail from debt")) == [("980012",)]


def test_debts_of_one_person_are_found_however_the_number_is_written() -> None:
    """Calling rules count the calls of a person: three spellings were three people."""
    store = Store(None, None)
    for debt_id, phone, country in (
        ("d-1", "+33639980001", None),
        ("d-2", "+33 6 39 98 00 01", "FR"),
        ("d-3", "06 39 98 00 01", "France"),
        ("d-4", "06 39 98 00 01", "Belgium"),
        ("d-5", "+33639980002", "FR"),
    ):
        store.take_in_debts([{"id": debt_id, "phone": phone, "country": country}], NOW)
    for debt_id in ("d-1", "d-2", "d-3"):
        assert store.debts.of_same_person(debt_id) == ["d-1", "d-2", "d-3"]
    assert store.debts.of_same_person("d-5") == ["d-5"]
