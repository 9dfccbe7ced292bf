"""Files one new followup, once: a POST is repeated only after the debt was looked through for it."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from agent_app.domain.errors import ExternalError, NotUnderstood
from agent_app.domain.fields import Value, alike
from agent_app.domain.followup import from_values
from agent_app.domain.outbox import Entry, Refusal, RefusalKind
from agent_app.store.store import Store
from agent_app.sync.budget import Purpose
from agent_app.sync.budgeted_client import BudgetedClient
from agent_app.sync.edits import shows

SECOND_LOOK = timedelta(seconds=30)
"""After an unclear POST that cannot be found, the debt is looked through again after this."""
MAX_DEBT_PAGES = 20

COMPARED = ("type", "scheduled_at", "summary", "notes")
"""What a followup on the server must share with one that we may have created, to be it."""


class Filing:
    """*now* gives UTC. Raises ExternalError where the entry has to wait or to be looked at."""

    def __init__(self, api: BudgetedClient, store: Store, now: Callable[[], datetime]) -> None:
        self._api = api
        self._store = store
        self._now = now

    async def send(self, entry: Entry) -> None:
        """Send *entry*; afterwards it is confirmed, needs a person, or waits for a second look."""
        outbox = self._store.outbox
        self._api.may_write(entry.saved_at)
        outbox.hold(entry)
        known_ids = entry.known_ids
        if known_ids is None:
            known_ids = frozenset(str(row["id"]) for row in await self._rows_of(entry.debt_id))
            outbox.note_known_ids(entry, known_ids)
        elif entry.looked and await self._found(entry, known_ids):
            return
        outbox.mark_leaving(entry)
        payload = await self._api.create_followup(entry.debt_id, entry.patch.changes)
        if payload["id"] in known_ids:
            raise NotUnderstood("the reply speaks of a followup that was there before")
        if not shows(payload, entry.patch.changes):
            payload = await self._looked_up(payload)
        self._store.created(entry, payload, self._now())

    async def _looked_up(self, payload: dict[str, Any]) -> dict[str, Any]:
        """Return what the server has, where the reply to a POST does not show our values. It is filed all
        the same: where no answer comes, only its id is believed."""
        try:
            return await self._api.get_followup(Purpose.SAVE, payload["id"])
        except ExternalError:
            return {"id": payload["id"]}

    async def _found(self, entry: Entry, known_ids: frozenset[str]) -> bool:
        """Look for what an unclear try may have made. Returns False if it is to be sent again."""
        rows = [row for row in await self._rows_of(entry.debt_id) if row["id"] not in known_ids]
        asked = entry.sent or (entry.patch.changes,)
        ours = [row for row in rows if any(is_like(row, values) for values in asked)]
        if len(ours) == 1:
            self._store.created(entry, ours[0], self._now())
            return True
        if ours:
            self._store.outbox.need_attention(entry, Refusal(RefusalKind.AMBIGUOUS))
            return True
        if entry.looked == 1:
            self._store.outbox.put_back(entry, self._now() + SECOND_LOOK, looked=2)
            return True
        return False

    async def _rows_of(self, debt_id: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        for number in range(1, MAX_DEBT_PAGES + 1):
            page = await self._api.followups_of_debt(Purpose.SAVE, debt_id, number)
            rows += page.rows
            if number >= page.pages:
                break
        return rows


def is_like(row: Mapping[str, Any], values: Mapping[str, Value]) -> bool:
    """Return whether *row*, which the server has, is what creating with *values* would have made."""
    there = from_values(row)
    return all(alike(name, there.get(name), values.get(name)) for name in COMPARED)
