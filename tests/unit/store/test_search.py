"""People and numbers are found as one types them, whatever the server's letters are."""

from datetime import UTC, datetime

import pytest

from agent_app.domain.views import Column, Filter
from agent_app.store import migrations
from agent_app.store.store import Store

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
PEOPLE = {
    "Łukasz Nowak": ["lukasz", "Lukasz", "łukasz"],
    "Anne Lecœur": ["lecoeur", "Lecœur", "LECOEUR"],
    "Işık Yılmaz": ["isik", "Isik", "yilmaz"],
    "Søren Ørsted": ["soren", "orsted", "Ørsted", "soeren"],
    "Siobhán O’Brien": ["o'brien", "O’Brien", "siobhan"],
    "Uwe Großmann": ["grossmann", "Großmann"],
    "Đorđe Petrović": ["dorde", "petrovic", "Đorđe"],
    "Jörg Müller": ["muller", "mueller", "müller", "jo\u0308rg"],
    "Павел Иванов": ["павел", "pavel"],
}


@pytest.fixture
def store() -> Store:
    store = Store(None, None)
    for number, name in enumerate(PEOPLE):
        first, _, last = name.partition(" ")
        debt = {"id": f"d-{number}", "firstname": first, "lastname": last}
        store.take_in_debts([debt], NOW)
        store.followups.upsert([{"id": name, "debt_id": f"d-{number}", "type": "call"}], NOW)
    return store


def found(store: Store, text: str) -> list[str]:
    keys = store.listing.keys(Filter(text=text), Column.SCHEDULED, descending=False)
    return [row.id for row in store.listing.rows(keys).values()]


@pytest.mark.parametrize(("name", "typed"), [(n, t) for n, all_ in PEOPLE.items() for t in all_])
def test_letters_as_people_type_them(store: Store, name: str, typed: str) -> None:
    assert found(store, typed) == [name]


NATIONAL = {"id": "d-n", "phone": "06 39 98 00 01", "country": "France"}
WHOLE = {"id": "d-w", "phone": "+33 (0)6 39 98 00 01"}


@pytest.mark.parametrize("debt", [NATIONAL, WHOLE, {"id": "d-e", "phone": "+33639980001"}])
@pytest.mark.parametrize(
    "typed",
    [
        "06 39 98 00 01",
        "0639980001",
        "06.39.98.00.01",
        "+33639980001",
        "+33 6 39 98 00 01",
        "+33 (0)6 39 98 00 01",
        "0033639980001",
        "tel:+33639980001",
        "\u202a+33\u00a06 39 98 00 01\u202c",
        "98 00 01",
    ],
)
def test_numbers_in_every_usual_spelling(store: Store, debt: dict[str, str], typed: str) -> None:
    store.take_in_debts([debt], NOW)
    store.followups.upsert([{"id": "wanted", "debt_id": debt["id"], "type": "call"}], NOW)
    assert found(store, typed) == ["wanted"]


def test_a_file_of_before_is_folded_when_it_is_opened(store: Store) -> None:
    """Step 6 of the layout: what was indexed unfolded is found as well."""
    database = store._database
    with database.transaction():
        old = "insert or replace into search (rowid, text) select key, debt_id from followup"
        database.write(old)
    assert found(store, "lecoeur") == []
    connection = database._connection
    with connection:
        connection.execute(migrations.STEPS[5])
    assert found(store, "lecoeur") == ["Anne Lecœur"]
