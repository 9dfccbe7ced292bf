"""Finds the debts that a telephone number belongs to, by an index of the numbers' last digits."""

from agent_app.domain.debt import Debt
from agent_app.domain.places import country_code
from agent_app.domain.telephone import region_of_number, same_number, tail
from agent_app.store.database import Database
from agent_app.store.debts import Debts

MOST = 200
"""So many debts are looked at: a number of more belongs to nobody in particular."""


class Callers:
    """Looks numbers up in the debts, and in the followups that say which number was called."""

    def __init__(self, database: Database, debts: Debts) -> None:
        self._database, self._debts = database, debts

    def debts_of(self, number: str, region: str) -> list[str]:
        """Ids of the debts whose debtor has *number* (E.164, or as it came).

        Numbers without a country are read as numbers of the debt's country; where that is not known,
        as numbers of *region* and of the caller's own country.
        """
        last = tail(number)
        if not last:
            return []
        rows = self._database.read(
            "select id, json_extract(doc, '$.phone') from debt where phone_tail = ?"
            " union select debt_id, phone from followup where phone_tail = ? and debt_id <> ''"
            " limit ?",
            [last, last, MOST],
        )
        found: dict[str, None] = {}
        for debt_id, written in rows:
            if debt_id in found or not isinstance(written, str):
                continue
            regions = _regions(self._debts.get(debt_id), number, region)
            if same_number(written, number, *regions):
                found[debt_id] = None
        return list(found)


def _regions(debt: Debt | None, number: str, region: str) -> tuple[str, ...]:
    country = country_code((debt.country if debt else "") or "")
    return (country,) if country else (region, region_of_number(number))
