"""Debts and their debtors' names, kept because reading them costs requests."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from agent_app.domain import debt as debts
from agent_app.domain.debt import Debt
from agent_app.domain.places import country_code
from agent_app.domain.telephone import e164, tail
from agent_app.store.changes import Changes
from agent_app.store.codec import dumps, from_ms, loads, to_ms
from agent_app.store.database import Database


class Debts:
    """The debts that this account has read."""

    def __init__(self, database: Database, changes: Changes) -> None:
        self._database = database
        self._changes = changes
        self._parsed = lru_cache(maxsize=512)(_parse)

    def get(self, debt_id: str) -> Debt | None:
        """The debt, or None where it was never read."""
        row = self._database.read_one("select doc from debt where id = ?", [debt_id])
        return self._parsed(row[0]) if row else None

    def of_same_person(self, debt_id: str) -> list[str]:
        """This debt's id, and those of debts whose debtor has the same telephone or reference."""
        found = {debt_id}
        debt = self.get(debt_id)
        if debt is not None and debt.phone:
            found |= self._with_number(debt.phone, debt)
        if debt is not None and debt.debtor_reference:
            rows = self._database.read(
                "select id from debt where json_extract(doc, '$.debtor_reference') = ?",
                [debt.debtor_reference],
            )
            found |= {row[0] for row in rows}
        return sorted(found)

    def _with_number(self, number: str, debt: Debt) -> set[str]:
        """Ids of the debts whose debtor has this number, however it is written there."""
        last = tail(number)
        if not last:
            return set()
        rows = self._database.read("select id, doc from debt where phone_tail = ?", [last])
        ours = country_code(debt.country or "")
        found = set()
        for other_id, doc in rows:
            other = self._parsed(doc)
            theirs = country_code(other.country or "")
            one, two = e164(number, ours or theirs), e164(other.phone or "", theirs or ours)
            if (one or number) == (two or other.phone):
                found.add(str(other_id))
        return found

    def fetched_at(self, debt_id: str) -> datetime | None:
        """When the debt was last read (UTC)."""
        row = self._database.read_one("select fetched_at from debt where id = ?", [debt_id])
        return from_ms(row[0]) if row else None

    def take_in(self, said: Iterable[Mapping[str, Any]], at: datetime) -> list[str]:
        """Merge what replies said; returns the ids of debts that changed."""
        changed: list[str] = []
        with self._database.transaction(durable=False):
            for values in said:
                row = self._database.read_one("select doc from debt where id = ?", [values["id"]])
                whole = {**(loads(row[0]) if row else {}), **values}
                doc = dumps(whole)
                self._database.write(
                    "insert into debt (id, doc, fetched_at, phone_tail) values (?, ?, ?, ?)"
                    " on conflict (id) do update set doc = excluded.doc,"
                    " fetched_at = excluded.fetched_at, phone_tail = excluded.phone_tail",
                    [values["id"], doc, to_ms(at), tail(str(whole.get("phone") or ""))],
                )
                if row is None or row[0] != doc:
                    changed.append(str(values["id"]))
                    self._changes.touch(debt=str(values["id"]))
        return changed


def _parse(doc: str) -> Debt:
    return debts.from_values(loads(doc))
