"""Room: sync. Empties the outbox: one entry at a time, in the order of saving.

An edit that leaves late is held against what the server has now: what only one side changed merges
by itself, what both changed needs a person. A PUT is repeated until it is confirmed; a POST is
repeated only after the debt was looked through for it.
"""

import random
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from agent_app.domain.errors import (
    NotAllowed,
    NotThere,
    RateLimited,
    Rejected,
    SignedOut,
    WorldError,
)
from agent_app.domain.fields import Value, same
from agent_app.domain.followup import from_values
from agent_app.domain.patch import three_way
from agent_app.store.outbox import Entry, EntryKind, Problem
from agent_app.store.store import Store
from agent_app.sync.budget import Purpose
from agent_app.sync.pace import Bell, wait_after
from agent_app.sync.paced import Paced
from agent_app.sync.state import Watched, connection_of
from agent_app.sync.turns import tidied

SIGNED_OUT_WAIT = timedelta(days=1)
NEVER = datetime.min.replace(tzinfo=UTC)

LATE = timedelta(seconds=60)
"""An entry that waited longer is held against the server's values before it leaves."""
OLD_BASE = timedelta(minutes=5)
"""So is an edit of something that was read longer ago."""
SECOND_LOOK = timedelta(seconds=30)
"""After an unclear POST that cannot be found, the debt is looked through again after this."""
MOST_DEBT_PAGES = 20
ONE_SAVE = 1
"""How often the index is merged after a save, which makes one piece of it: sends come first."""

COMPARED = ("type", "scheduled_at", "summary", "notes")
"""What a followup on the server must share with one that we may have created, to be it."""


class Push:
    """Sends what waits. *now* gives UTC."""

    def __init__(
        self,
        api: Paced,
        store: Store,
        state: Watched,
        now: Callable[[], datetime],
        dice: random.Random,
        works: Callable[[], None] = lambda: None,
    ) -> None:
        self._api = api
        self._store = store
        self._state = state
        self._now = now
        self._dice = dice
        self._works = works
        self._at_once = False
        self._bell = Bell()
        self._hold_until = NEVER

    def poke(self, *, at_once: bool = False) -> None:
        """Something was saved; *at_once* also ends any waiting that we chose ourselves.

        What the server asked us to wait (a rate limit) is the budget's, and is kept.
        """
        self._at_once |= at_once
        self._bell.ring()

    async def run(self) -> None:
        """Send for ever; ends by being cancelled. It can be begun again after a mistake of ours."""
        self._store.outbox.recover()
        while True:
            if self._at_once:
                self._at_once, self._hold_until = False, NEVER
                self._store.outbox.retry_all()
            now = self._now()
            entry = self._store.outbox.next(now) if now >= self._hold_until else None
            if entry is not None:
                await self._send(entry)
                self._works()
            else:
                self._works()
                await self._bell.wait(self._pause(now))
            await tidied(self._store.followups, ONE_SAVE)

    def _pause(self, now: datetime) -> float | None:
        due = self._store.outbox.next_due()
        if due is None:
            return None
        # A minute at most, so that a clock that is put back cannot hold anything for long.
        return min(60.0, max(0.05, (max(due, self._hold_until) - now).total_seconds()))

    async def _send(self, entry: Entry) -> None:
        try:
            if entry.kind is EntryKind.CREATE:
                await self._send_new(entry)
            else:
                await self._send_edit(entry)
        except (Rejected, NotThere, NotAllowed) as error:
            self._store.outbox.need_attention(entry, problem_of(error))
        except WorldError as error:
            self._wait_for(entry, error)
        else:
            self._state.answered(self._now(), scopes=self._api.scopes)

    # -- an edit

    async def _send_edit(self, entry: Entry) -> None:
        followup_id = entry.patch.followup_id
        self._store.outbox.mark_leaving(entry)
        patch = entry.patch
        if await self._know_better(entry):
            theirs = self._store.followups.from_server(followup_id)
            assert theirs is not None
            merge = three_way(patch, theirs, entry.sent)
            if merge.conflicts:
                torn = tuple((one.name, one.theirs) for one in merge.conflicts)
                self._store.outbox.need_attention(entry, Problem("conflict", theirs=torn))
                return
            patch = merge.patch
            if not patch:
                self._store.outbox.confirm(entry)
                return
            self._store.outbox.rebase(entry, patch)
        said = await self._api.update_followup(followup_id, patch.changes)
        self._store.outbox.confirm(entry, said, self._now())

    async def _know_better(self, entry: Entry) -> bool:
        """Whether the store holds newer values of the server than the edit was made on.

        The followup is read where the entry is late and nothing newer is known.
        """
        now = self._now()
        followup_id = entry.patch.followup_id
        fetched = self._store.followups.fetched_at(followup_id)
        if fetched is None:
            return False
        late = now - entry.saved_at > LATE or entry.saved_at - fetched > OLD_BASE
        if late and now - fetched > LATE:
            said = await self._api.get_followup(Purpose.SAVE, followup_id)
            self._store.followups.take_in([said], self._now())
            return True
        return fetched > entry.saved_at

    # -- a new followup

    async def _send_new(self, entry: Entry) -> None:
        if entry.known_ids is None:
            rows = await self._rows_of(entry.debt_id)
            self._store.outbox.note_known_ids(entry, (str(row["id"]) for row in rows))
        elif entry.looked and await self._found(entry, entry.known_ids):
            return
        self._store.outbox.mark_leaving(entry)
        said = await self._api.create_followup(entry.debt_id, entry.patch.changes)
        self._store.created(entry, said, self._now())

    async def _found(self, entry: Entry, known_ids: frozenset[str]) -> bool:
        """Look for what an unclear try may have made. Returns False if it is to be sent again."""
        rows = [row for row in await self._rows_of(entry.debt_id) if row["id"] not in known_ids]
        ours = [row for row in rows if is_like(row, entry.patch.changes)]
        if len(ours) == 1:
            self._store.created(entry, ours[0], self._now())
            return True
        if ours:
            self._store.outbox.need_attention(entry, Problem("ambiguous"))
            return True
        if entry.looked == 1:
            self._store.outbox.put_back(entry, self._now() + SECOND_LOOK, looked=2)
            return True
        return False

    async def _rows_of(self, debt_id: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        for number in range(1, MOST_DEBT_PAGES + 1):
            page = await self._api.followups_of_debt(Purpose.SAVE, debt_id, number)
            rows += page.rows
            if number >= page.pages:
                break
        return rows

    # -- trouble

    def _wait_for(self, entry: Entry, error: WorldError) -> None:
        now = self._now()
        until = now + wait_after(error, entry.attempts + 1, now, self._dice)
        if isinstance(error, SignedOut):
            until = now + SIGNED_OUT_WAIT
        elif isinstance(error, RateLimited) and error.until is not None:
            until = error.until + timedelta(seconds=self._dice.uniform(0.0, 3.0))
        self._hold_until = until
        looked = entry.looked
        left = next((e for e in self._store.outbox.of(entry.patch.followup_id)), entry)
        if entry.kind is EntryKind.CREATE and error.unclear and left.attempts > entry.attempts:
            looked = 1  # the POST itself ended unclear: it must be looked for
        # Whoever signs in has a new sync: the entry itself does not wait, or it would there too.
        due = now if isinstance(error, SignedOut) else until
        self._store.outbox.put_back(entry, due, looked=looked)
        self._state.set(connection=connection_of(error), error=error, until=until)


def is_like(row: Mapping[str, Any], values: Mapping[str, Value]) -> bool:
    """Whether *row*, which the server has, is what creating with *values* would have made."""
    there = from_values(row)
    return all(same(name, there.get(name), values.get(name)) for name in COMPARED)


def problem_of(error: WorldError) -> Problem:
    """What to keep of a refusal beside the entry."""
    if isinstance(error, Rejected):
        fields = tuple((name, tuple(words)) for name, words in error.fields.items())
        return Problem("rejected", error.message, fields)
    if isinstance(error, NotAllowed):
        return Problem("not_allowed", error.scope)
    return Problem("not_there")
