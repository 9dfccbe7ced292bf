"""What the order of calls and the list's columns go by, once for each debt: who it is of, how much, where,
how often it was called, and what came of it.

It can all be worked out of debts and followups; a list of 100,000 has no time for that. What followups say
is kept by triggers (`migrations.py`), whichever way they are written.
"""

from agent_app.domain.debt import Debt
from agent_app.domain.debt_fact import fact_of
from agent_app.store.database import Database

_NOTE_DEBT = (
    "insert into debt_fact (of_debt, person, amount, place, against, creditor)"
    " values (?, ?, ?, ?, ?, ?)"
    " on conflict (of_debt) do update set person = excluded.person, amount = excluded.amount,"
    " place = excluded.place, against = excluded.against, creditor = excluded.creditor"
)


class DebtFacts:
    """The facts of this account's debts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note_debt(self, debt: Debt) -> None:
        """A debt is as it is now."""
        fact = fact_of(debt)
        self._database.write(
            _NOTE_DEBT,
            [debt.id, fact.person, fact.amount, fact.place, int(fact.against), fact.creditor],
        )

    def places(self) -> list[str]:
        """Return where debtors are (`local_hours.place_of`), each place once."""
        rows = self._database.read(
            "with recursive one (place) as ("
            " select min(place) from debt_fact"
            " union all select (select min(place) from debt_fact where place > one.place) from one"
            " where one.place is not null)"
            " select place from one where place is not null"
        )
        return [row[0] for row in rows]
