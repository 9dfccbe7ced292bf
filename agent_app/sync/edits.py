"""Sends one edit of a followup or debt: on what the server has now, and verified where the reply leaves a doubt."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from agent_app.domain.errors import NotTaken
from agent_app.domain.fields import Value, alike
from agent_app.domain.outbox import Entry, Refusal, RefusalKind
from agent_app.domain.patch import FollowupPatch, Values, three_way
from agent_app.store.store import Store
from agent_app.sync.budgeted_client import BudgetedClient
from agent_app.sync.origins import FRESH, Origin

ByPage = Callable[[str, timedelta], Awaitable[None]]
"""Tries to make what is known of a followup no older than that by what serves others too: a read of
it that is under way, or its page of the list."""
SIGNED = "audio_url"
"""Read back signed, anew each time: that it differs says nothing."""


class Edits:
    """*now* gives UTC. Raises ExternalError where the entry has to wait or to be looked at."""

    def __init__(
        self,
        api: BudgetedClient,
        store: Store,
        origin: Origin,
        now: Callable[[], datetime],
        by_page: ByPage | None = None,
    ) -> None:
        self._api, self._by_page = api, by_page
        self._store, self._origin = store, origin
        self._now = now

    async def send(self, entry: Entry) -> None:
        """Send *entry*; afterwards it is confirmed or needs a person."""
        outbox, subject = self._store.outbox, entry.patch.followup_id
        self._api.may_write(entry.saved_at)
        if self._is_to_be_read(entry):
            outbox.hold(entry)
            if not entry.sent and self._by_page is not None:
                await self._by_page(subject, FRESH)
        if self._is_to_be_read(entry):
            await self._origin.read(subject, self._now())
        there = self._origin.there(subject)
        patch = entry.patch if there is None else self._carried_over(entry, there)
        if patch is None:
            return
        outbox.mark_leaving(entry, patch.changes, durable=False)
        payload = await self._origin.write(subject, patch.changes)
        if not shows(payload, patch.changes):
            payload = await self._looked_up(patch, there)
        known = self._origin.with_reply(payload, believed(patch.changes, payload))
        outbox.confirm(entry, known, self._now())

    def _is_to_be_read(self, entry: Entry) -> bool:
        fetched = self._origin.fetched_at(entry.patch.followup_id)
        if fetched is None:
            return False
        if entry.sent:
            return True  # an earlier try may have arrived, and others may have written since
        if self._origin.is_seen(fetched, self._now()):
            return False
        most = self._origin.believed_for(entry.patch.changes)
        return not is_within(self._now() - fetched, most)

    def _carried_over(self, entry: Entry, there: Values) -> FollowupPatch | None:
        """Return what is left to send on top of what is there; None if nothing is, or if a person has to
        decide."""
        outbox = self._store.outbox
        merge = three_way(entry.patch, there, entry.sent)
        if merge.conflicts:
            theirs = tuple((one.name, one.theirs) for one in merge.conflicts)
            outbox.need_attention(entry, Refusal(RefusalKind.CONFLICT, theirs=theirs))
            return None
        if not merge.patch:
            outbox.confirm(entry)
            return None
        if merge.patch != entry.patch:
            outbox.rebase(entry, merge.patch)
        return merge.patch

    async def _looked_up(self, patch: FollowupPatch, before: Values | None) -> dict[str, Any]:
        """Return what the server has after a reply that does not show our values. Raises NotTaken where it
        still has the old ones."""
        payload = await self._origin.read(patch.followup_id, self._now())
        untaken = [
            name
            for name, mine in patch.changes.items()
            if name != SIGNED
            and name in payload
            and before is not None
            and not alike(name, mine, payload[name])
            and alike(name, before.get(name), payload[name])
        ]
        if untaken:
            raise NotTaken(untaken)
        return payload


def is_within(age: timedelta, most: timedelta) -> bool:
    """Return whether what has this *age* is fresh; a clock that was put back makes nothing fresh. (Moments
    are kept to the millisecond.)"""
    return -timedelta(milliseconds=1) <= age <= most


def shows(payload: Mapping[str, Any], changes: Mapping[str, Value]) -> bool:
    """Return whether a reply shows what was asked for."""
    return all(
        name == SIGNED or (name in payload and alike(name, mine, payload[name]))
        for name, mine in changes.items()
    )


def believed(changes: Mapping[str, Value], payload: Mapping[str, Any]) -> dict[str, Value]:
    """Return what a successful reply left out: it is as we asked. A link is read back signed, or not at all
    where there is none."""
    return {
        name: mine
        for name, mine in changes.items()
        if name not in payload and (name != SIGNED or not mine)
    }
