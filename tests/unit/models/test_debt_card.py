"""What the card says of a debt's person."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QCoreApplication

from agent_app.models.debt_card import DebtCard
from agent_app.store.store import Store

NOW = datetime(2026, 11, 26, 10, tzinfo=UTC)


@pytest.fixture
def store() -> Iterator[Store]:
    store = Store(None, None)
    phone = "+33639981870"
    store.take_in_debts(
        [{"id": "a", "phone": phone}, {"id": "b", "phone": phone}, {"id": "c"}], NOW
    )
    yield store
    store.close()


@pytest.mark.parametrize(
    ("debt", "hours", "said"),
    [
        ("b", 2, "Called 2 h ago on another debt: No answer"),
        ("b", 30, ""),
        ("a", 2, ""),
        ("c", 2, ""),
    ],
)
def test_a_call_for_another_debt_of_the_person_is_told(
    qapp: QCoreApplication, store: Store, debt: str, hours: int, said: str
) -> None:
    at = NOW - timedelta(hours=hours)
    made = {"id": "m", "debt_id": debt, "type": "call", "status": "no_answer", "call_date": at}
    store.followups.upsert([made, {"id": "f", "debt_id": "a", "type": "call"}], NOW)
    card = DebtCard(store, UTC, lambda: True, now=lambda: NOW)
    card.show(store.followups.get("f"))
    assert card.called_elsewhere() == said
    card.close()
