"""Debts and their debtors' names, kept because reading them costs requests.

A debt is shown as it will be once what waits in the outbox has left, as followups are.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from agent_app.domain import debt as debts
from agent_app.domain.debt import Debt
from agent_app.domain.fields import Value
from agent_app.domain.places import country_code
from agent_app.domain.subject import subject_of_debt
from agent_app.domain.telephone import e164, tail
from agent_app.store.answers import Answers
from agent_app.store.changes import Changes
from agent_app.store.codec import AMONG, dumps, from_ms, listed, loads, to_ms
from agent_app.store.database import Database
from agent_app.store.debt_facts import DebtFacts


class Debts:
    """The debts that this account has read."""

    def __init__(self, database: Database, changes: Changes) -> None:
        self._database = database
        self._changes = changes
        self._parsed = lru_cache(maxsize=512)(_parse)
        self.answers = Answers()
        self.facts = DebtFacts(database)

    def get(self, debt_id: str) -> Debt | None:
        """Return the debt, or None where it was never read."""
        row = self._database.read_one("select doc from debt where id = ?", [debt_id])
        return self._parsed(row[0]) if row else None

    def get_some(self, debt_ids: Collection[str]) -> dict[str, Debt]:
        """Those of these debts that were read, by id."""
        rows = self._database.read(
            f"select id, doc from debt where id in {AMONG}", [listed(debt_ids)]
        )
        return {row[0]: self._parsed(row[1]) for row in rows}

    def whole(self, debt_id: str) -> Debt | None:
        """Return the debt with every letter of its texts, as one edits it."""
        row = self._database.read_one("select doc from debt where id = ?", [debt_id])
        return debts.whole(loads(row[0])) if row else None

    def from_server(self, debt_id: str) -> Debt | None:
        """Return the debt as the server last said it, with every letter."""
        row = self._database.read_one(
            "select coalesce(server, doc) from debt where id = ?", [debt_id]
        )
        return debts.whole(loads(row[0])) if row else None

    def of_person(self, debt_id: str) -> list[Debt]:
        """This debt, and the others of its debtor, as far as they are here: those with the debtor's
        id, or with the same telephone or reference. The latest due comes first."""
        found = [one for one in map(self.get, self.of_same_person(debt_id)) if one is not None]
        return sorted(found, key=lambda one: (one.due_date is not None, one.due_date), reverse=True)

    def of_same_person(self, debt_id: str) -> list[str]:
        """This debt's id, and those of debts whose debtor has the same id, telephone or reference."""
        found = {debt_id}
        debt = self.get(debt_id)
        if debt is not None and debt.debtor_id:
            rows = self._database.read(
                "select id from debt where json_extract(doc, '$.debtor_id') = ?", [debt.debtor_id]
            )
            found |= {row[0] for row in rows}
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

    def upsert(
        self, payload: Iterable[Mapping[str, Any]], at: datetime, *, asked: int | None = None
    ) -> list[str]:
        """Merge what replies said; returns the ids of debts that look different now. *asked* is the
        question's place in `answers`: what became known after it stays."""
        changed: list[str] = []
        with self._database.transaction(durable=False):
            for values in payload:
                news = values if asked is None else self.answers.news(values, asked)
                if news and self._write({**self._server_doc(str(values["id"])), **news}, at):
                    changed.append(str(values["id"]))
        return changed

    def refresh_local(self, debt_id: str) -> bool:
        """Work out anew how the debt looks with what waits in the outbox; says whether it looks
        different now."""
        server = self._server_doc(debt_id)
        return bool(server) and self._write(server, None)

    def _server_doc(self, debt_id: str) -> dict[str, Any]:
        row = self._database.read_one(
            "select coalesce(server, doc) from debt where id = ?", [debt_id]
        )
        return loads(row[0]) if row else {}

    def _write(self, server: Mapping[str, Any], at: datetime | None) -> bool:
        """Write a debt as the *server* says it, with what waits on top; *at* is when it was read (None:
        as before). Says whether it looks different now."""
        debt_id = str(server["id"])
        waiting = self._waiting(debt_id)
        whole = debts.changed(server, waiting)
        doc = dumps(whole)
        row = self._database.read_one("select doc, fetched_at from debt where id = ?", [debt_id])
        self._database.write(
            "insert into debt (id, doc, fetched_at, phone_tail, server) values (?, ?, ?, ?, ?)"
            " on conflict (id) do update set doc = excluded.doc,"
            " fetched_at = excluded.fetched_at, phone_tail = excluded.phone_tail,"
            " server = excluded.server",
            [
                debt_id,
                doc,
                to_ms(at) if at is not None else row[1] if row else 0,
                tail(str(whole.get("phone") or "")),
                dumps(server) if waiting else None,
            ],
        )
        looks_different = row is None or row[0] != doc
        if looks_different:
            self.facts.note_debt(debts.from_values(whole))
            self._changes.touch(debt=debt_id)
        return looks_different

    def _waiting(self, debt_id: str) -> dict[str, Value]:
        changes: dict[str, Value] = {}
        for (text,) in self._database.read(
            "select changes from outbox where followup_id = ? and state <> 'attention'"
            " order by number",
            [subject_of_debt(debt_id)],
        ):
            changes.update(loads(text))
        return changes


def _parse(doc: str) -> Debt:
    return debts.from_values(loads(doc))
