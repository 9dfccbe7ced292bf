"""Where what an edit is of comes from: a followup or a debt, as it is kept here and on the server."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

from agent_app.domain.debt import changed
from agent_app.domain.fields import Value
from agent_app.domain.patch import Values
from agent_app.domain.subject import debt_of_subject
from agent_app.store.store import Store
from agent_app.sync.budget import Purpose
from agent_app.sync.budgeted_client import BudgetedClient
from agent_app.sync.colleagues import is_believed

FRESH = timedelta(seconds=2)
"""What is known of a followup or debt is believed this long; then it is read before it is written, as
a colleague may have saved meanwhile. An agent who saves 25 outcomes an hour pays 25 reads for it."""
SHARED = frozenset({"status", "type", "call_date", "scheduled_at", "summary", "notes"})
"""The fields of a followup that colleagues write, too."""
FRESH_DETAILS = timedelta(minutes=5)
"""The same for a call's details, which only the person who called knows."""


class Origin(Protocol):
    """What `Edits` needs of either. *subject* is a followup's id or a `subject_of_debt`; each request
    raises ExternalError."""

    def fetched_at(self, subject: str) -> datetime | None: ...
    def believed_for(self, changes: Mapping[str, Value]) -> timedelta: ...
    def is_seen(self, fetched: datetime, now: datetime) -> bool: ...
    def there(self, subject: str) -> Values | None: ...
    async def read(self, subject: str, at: datetime) -> dict[str, Any]: ...
    async def write(self, subject: str, changes: Mapping[str, Value]) -> dict[str, Any]: ...
    def with_reply(
        self, payload: Mapping[str, Any], changes: Mapping[str, Value]
    ) -> dict[str, Any]: ...


class Followups:
    """Followups."""

    def __init__(self, api: BudgetedClient, store: Store) -> None:
        self._api, self._kept = api, store.followups

    def fetched_at(self, subject: str) -> datetime | None:
        """Return when the server last said anything of it (UTC)."""
        return self._kept.fetched_at(subject)

    def believed_for(self, changes: Mapping[str, Value]) -> timedelta:
        """Return how long what is known is believed before *changes* are written on it."""
        return FRESH if SHARED & changes.keys() else FRESH_DETAILS

    def is_seen(self, fetched: datetime, now: datetime) -> bool:
        """Return whether colleagues' desks would have told of any change since."""
        return is_believed(self._api.colleagues, fetched, now)

    def there(self, subject: str) -> Values | None:
        """Return what the server last said of it."""
        return self._kept.from_server(subject)

    async def read(self, subject: str, at: datetime) -> dict[str, Any]:
        """Read it, at the moment *at* (UTC), and keep what was said."""
        asked = self._kept.answers.ask()
        payload = await self._api.get_followup(Purpose.SAVE, subject)
        self._kept.upsert([payload], at)
        self._kept.answers.read(subject, asked)
        return payload

    async def write(self, subject: str, changes: Mapping[str, Value]) -> dict[str, Any]:
        """PUT *changes*."""
        return await self._api.update_followup(subject, changes)

    def with_reply(
        self, payload: Mapping[str, Any], changes: Mapping[str, Value]
    ) -> dict[str, Any]:
        """Return what is known once a reply has said *payload* of *changes*, of which it may leave out some."""
        return {**changes, **payload}


class Debts:
    """Debts. Nothing of them is believed for long: the provider's own calls change them, too."""

    def __init__(self, api: BudgetedClient, store: Store) -> None:
        self._api, self._store, self._kept = api, store, store.debts

    def fetched_at(self, subject: str) -> datetime | None:
        """When the debt was last read (UTC)."""
        return self._kept.fetched_at(debt_of_subject(subject))

    def believed_for(self, _changes: Mapping[str, Value]) -> timedelta:
        """Return how long what is known is believed."""
        return FRESH

    def is_seen(self, fetched: datetime, now: datetime) -> bool:
        """Return whether colleagues' desks would have told of any change since: not of the provider's own."""
        return False

    def there(self, subject: str) -> Values | None:
        """Return what the server last said of the debt."""
        return self._kept.from_server(debt_of_subject(subject))

    async def read(self, subject: str, at: datetime) -> dict[str, Any]:
        """Read the debt, at the moment *at* (UTC), and keep what was said."""
        debt_id = debt_of_subject(subject)
        asked = self._kept.answers.ask()
        payload = await self._api.get_debt(Purpose.SAVE, debt_id)
        self._store.take_in_debts([payload], at)
        self._kept.answers.read(debt_id, asked)
        return payload

    async def write(self, subject: str, changes: Mapping[str, Value]) -> dict[str, Any]:
        """PUT *changes*."""
        return await self._api.update_debt(debt_of_subject(subject), changes)

    def with_reply(
        self, payload: Mapping[str, Any], changes: Mapping[str, Value]
    ) -> dict[str, Any]:
        """Return what is known once a reply has said *payload* of *changes*."""
        return {**changed({}, changes), **payload}
