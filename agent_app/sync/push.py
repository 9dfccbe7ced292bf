"""Room: sync. Empties the outbox: one PUT at a time, in the order of saving."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from agent_app.api.client import Client
from agent_app.domain.errors import (
    NotAllowed,
    NotThere,
    RateLimited,
    Rejected,
    SignedOut,
    WorldError,
)
from agent_app.store.outbox import Entry, RejectedFor
from agent_app.store.store import Store
from agent_app.sync.pace import Bell, wait_after
from agent_app.sync.state import Connection, Watched, connection_of

SIGNED_OUT_WAIT = timedelta(days=1)
NEVER = datetime.min.replace(tzinfo=UTC)


class Push:
    """Sends what waits. *now* gives UTC."""

    def __init__(
        self,
        client: Client,
        store: Store,
        state: Watched,
        now: Callable[[], datetime],
        dice: random.Random,
    ) -> None:
        self._client = client
        self._store = store
        self._state = state
        self._now = now
        self._dice = dice
        self._bell = Bell()
        self._hold_until = NEVER
        self._limited = False

    def poke(self, *, at_once: bool = False) -> None:
        """Something was saved; *at_once* also ends any waiting that we chose ourselves.

        What the server asked us to wait (a rate limit) is kept.
        """
        if at_once and not self._limited:
            self._hold_until = NEVER
            self._store.outbox.retry_all()
        self._bell.ring()

    async def run(self) -> None:
        """Send for ever; ends by being cancelled."""
        while True:
            now = self._now()
            entry = self._store.outbox.next(now) if now >= self._hold_until else None
            if entry is not None:
                await self._send(entry)
                continue
            await self._bell.wait(self._pause(now))

    def _pause(self, now: datetime) -> float | None:
        due = self._store.outbox.next_due()
        if due is None:
            return None
        # A minute at most, so that a clock that is put back cannot hold anything for long.
        return min(60.0, max(0.05, (max(due, self._hold_until) - now).total_seconds()))

    async def _send(self, entry: Entry) -> None:
        followup_id = entry.patch.followup_id
        self._store.outbox.mark_leaving(entry)
        try:
            said = await self._client.update_followup(followup_id, entry.patch.changes)
        except (Rejected, NotThere, NotAllowed) as error:
            self._store.outbox.reject(entry, rejected_for(error))
        except WorldError as error:
            self._wait_for(entry, error)
        else:
            self._limited = False
            self._store.confirmed(entry, said, self._now())
            self._state.set(
                connection=Connection.ONLINE, error=None, until=None, scopes=self._client.scopes
            )

    def _wait_for(self, entry: Entry, error: WorldError) -> None:
        now = self._now()
        until = now + wait_after(error, entry.attempts + 1, now, self._dice)
        if isinstance(error, SignedOut):
            until = now + SIGNED_OUT_WAIT
        self._hold_until, self._limited = until, isinstance(error, RateLimited)
        self._store.outbox.put_back(entry, until)
        self._state.set(connection=connection_of(error), error=error, until=until)


def rejected_for(error: WorldError) -> RejectedFor:
    """What to keep of a refusal beside the entry."""
    if isinstance(error, Rejected):
        fields = tuple((name, tuple(words)) for name, words in error.fields.items())
        return RejectedFor("rejected", error.message, fields)
    if isinstance(error, NotAllowed):
        return RejectedFor("not_allowed", error.scope)
    return RejectedFor("not_there")
