"""One account's memory, with a shelf for each kind of thing."""

import json
import logging
import os
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent_app.domain.fields import FIELD_BY_NAME, Kind, Value, alike
from agent_app.domain.patch import FollowupPatch
from agent_app.store.bulk import Bulk
from agent_app.store.callers import Callers
from agent_app.store.carrying import Carrying
from agent_app.store.changes import Changes
from agent_app.store.codec import from_ms
from agent_app.store.database import Database, Key
from agent_app.store.debts import Debts
from agent_app.store.drafts import Drafts
from agent_app.store.followups import Followups
from agent_app.store.listing import Listing
from agent_app.store.outbox import NEW_PREFIX, Entry, Outbox
from agent_app.store.places import Places
from agent_app.store.told import ToldRows

if TYPE_CHECKING:
    from agent_app.store.own_saves import OwnSaves
    from agent_app.store.pins import Pins
    from agent_app.store.report import Outcomes
    from agent_app.store.retention import Retention
    from agent_app.store.reviews import Reviews

log = logging.getLogger(__name__)

KEPT_FROM = "kept_from"


@dataclass(frozen=True, slots=True)
class NextCall:
    """A new followup of a debt, planned together with a save."""

    debt_id: str
    values: Mapping[str, Value]


class Store:
    """Everything the desk remembers for one signed-in account."""

    def __init__(self, path: Path | None, key: Key | None, open_as: str = "") -> None:
        """Open the file at *path* (None: memory only). Raises what `Database` raises."""
        self._database = Database(path, key, open_as)
        self.path = path
        self.on_disk = path is not None
        self.changes = Changes(self._database)
        self.debts = Debts(self._database, self.changes)
        self.followups = Followups(self._database, self.changes, self.debts)
        self.bulk = Bulk(self._database, self.changes, self.followups, self.debts)
        self.drafts = Drafts(self._database, self.changes)
        self.outbox = Outbox(self._database, self.changes, self.followups, self.debts)
        self.listing = Listing(self._database)
        self.callers = Callers(self._database, self.debts)
        self.places = Places(self._database)
        self.told = ToldRows(self._database)
        self.carrying = Carrying(
            self._database, self.debts, self.followups, self.drafts, self.outbox
        )
        try:
            self.outbox.recover()
            self._forget_untouched()
        except BaseException:
            self.close()  # who sets the file aside must not find it open
            raise

    @cached_property
    def report(self) -> "Outcomes":
        """What supervisors count."""
        from agent_app.store.report import Outcomes  # not before somebody counts

        return Outcomes(self._database)

    @property
    def kept_from(self) -> datetime | None:
        """What is done and ended before this moment (UTC) is not kept, nor read unasked; None: all is."""
        milliseconds = self.state(KEPT_FROM)
        return from_ms(milliseconds) if isinstance(milliseconds, int) else None

    @cached_property
    def retention(self) -> "Retention":
        """What lets go of what is done and old."""
        from agent_app.store.retention import Retention  # when the window is at rest

        return Retention(self._database, self.changes, self.followups)

    @cached_property
    def reviews(self) -> "Reviews":
        """What supervisors found."""
        from agent_app.store.reviews import Reviews  # after the first paint

        return Reviews(self._database, self.changes)

    @cached_property
    def pins(self) -> "Pins":
        """What agents pinned to debts."""
        from agent_app.store.pins import Pins  # after the first paint

        return Pins(self._database)

    @cached_property
    def own_saves(self) -> "OwnSaves":
        """What this desk's agent saved."""
        from agent_app.store.own_saves import OwnSaves  # after the first paint

        return OwnSaves(self._database, self.changes)

    def all_or_nothing(self) -> AbstractContextManager[None]:
        """Several writes are one: all of them are kept, or none."""
        return self._database.transaction()

    def save(self, patch: FollowupPatch, at: datetime, next_call: NextCall | None = None) -> str:
        """Move an edit from the draft to the outbox, in one transaction: it is saved.

        With *next_call* the new followup that it plans is kept in the same transaction; its id is
        returned, else "".
        """
        with self._database.transaction():
            if self.is_begun(patch.followup_id):
                self._finish(patch, at)
            else:
                self.outbox.add(patch, at)
            self.drafts.drop(patch.followup_id)
            if next_call is None:
                return ""
            return self.create(next_call.debt_id, next_call.values, at)

    def discard(self, followup_id: str) -> None:
        """Forget what was typed, and what was rejected, for a followup."""
        with self._database.transaction():
            begun = self.is_begun(followup_id)
            self.drafts.drop(followup_id)
            self.outbox.drop(followup_id)
            if begun:
                self.followups.remove(followup_id)

    def begin(self, debt_id: str, values: Mapping[str, Value], at: datetime) -> str:
        """Begin a new followup of a debt, to be filled in and saved; returns its id for now."""
        followup_id = f"{NEW_PREFIX}{os.urandom(16).hex()}"
        with self._database.transaction():
            self.followups.upsert([{"id": followup_id, "debt_id": debt_id, **values}], at)
        return followup_id

    def is_begun(self, followup_id: str) -> bool:
        """Return whether a followup was begun here and never saved."""
        if not followup_id.startswith(NEW_PREFIX) or self.outbox.of(followup_id):
            return False
        return self.followups.get(followup_id) is not None

    def _finish(self, patch: FollowupPatch, at: datetime) -> None:
        begun = self.followups.get(patch.followup_id)
        assert begun is not None
        values = {
            name: value
            for name in FIELD_BY_NAME
            if (value := patch.changes.get(name, begun.get(name))) not in (None, "")
        }
        whole = FollowupPatch(patch.followup_id, values)
        self.outbox.add_new(patch.followup_id, begun.debt_id, whole, at)

    def unfinish(self, patch: FollowupPatch, at: datetime) -> bool:
        """Make a new followup that no request has left for begun again, with *patch*, which it was
        saved with, as its draft; says whether that was so."""
        with self._database.transaction():
            begun = self.followups.get(patch.followup_id)
            if begun is None or not self.outbox.withdraw(patch.followup_id):
                return False
            before = {"id": begun.id, "debt_id": begun.debt_id, **patch.base}
            self.followups.upsert([before], at)
            self.drafts.keep(patch, at)
        return True

    def withdraw(self, followup_id: str) -> bool:
        """Take a new followup back that no request has left for; says whether that was so."""
        with self._database.transaction():
            if not self.outbox.withdraw(followup_id):
                return False
            self.drafts.drop(followup_id)
            self.followups.remove(followup_id)
        return True

    def forget(self, followup_id: str) -> bool:
        """Forget a followup that the server no longer has; says whether that was done.

        One with words that the server does not have stays: they can be filed anew.
        """
        with self._database.transaction():
            if self.outbox.of(followup_id) or self.drafts.get(followup_id) is not None:
                return False
            self.followups.remove(followup_id)
        return True

    def _forget_untouched(self) -> None:
        """Followups that were begun and into which nothing was typed before the end."""
        with self._database.transaction():
            rows = self._database.read(
                "select id from followup where id like ? and id not in"
                " (select followup_id from draft union select followup_id from outbox)",
                [f"{NEW_PREFIX}%"],
            )
            for (followup_id,) in rows:
                self.followups.remove(followup_id)

    def create(self, debt_id: str, values: Mapping[str, Value], at: datetime) -> str:
        """Keep a new followup of a debt; returns the id that it has until the server gives one."""
        followup_id = f"{NEW_PREFIX}{os.urandom(16).hex()}"
        self.outbox.add_new(followup_id, debt_id, FollowupPatch(followup_id, values), at)
        return followup_id

    def created(self, entry: Entry, payload: Mapping[str, Any], at: datetime) -> None:
        """The server holds the new followup of *entry*, under an id of its own. What of it the
        server does not hold is saved as an edit."""
        old, new = entry.patch.followup_id, str(payload["id"])
        with self._database.transaction():
            self.outbox.carry_on(entry, payload)
            self.outbox.confirm(entry)
            self.followups.assign_server_id(old, new)
            self.outbox.move(old, new)
            self.drafts.move(old, new)
            self.followups.upsert([payload], at)
            self._save_rest(entry, payload, at)
            self.set_state(f"became/{old}", new)

    def _save_rest(self, entry: Entry, payload: Mapping[str, Any], at: datetime) -> None:
        later = {name for one in self.outbox.of(str(payload["id"])) for name in one.patch.changes}
        rest = {
            name: mine
            for name, mine in entry.patch.changes.items()
            if name in payload
            and name not in later
            and FIELD_BY_NAME[name].kind is not Kind.LINK  # read back signed
            and not alike(name, mine, payload[name])
        }
        if rest:
            base = {name: payload[name] for name in rest}
            self.outbox.add(FollowupPatch(str(payload["id"]), rest, base), at)

    def take_back(self, followup_id: str, at: datetime) -> bool:
        """Take what waits for a followup out of the outbox, back into its draft; says whether there
        was something that no request is under way for."""
        with self._database.transaction():
            patch = self.outbox.take_back(followup_id)
            if patch is None:
                return False
            draft = self.drafts.get(followup_id)
            if draft is None:
                self.drafts.keep(patch, at)
            else:
                both = patch.then(draft.patch)
                self.drafts.keep(both, at, draft.unreadable, draft.next_at)
        return True

    def server_id_of(self, followup_id: str) -> str:
        """Return the server's id of a followup that was written here, once it has one."""
        return str(self.state(f"became/{followup_id}") or followup_id)

    def take_in_debts(
        self, payload: Iterable[Mapping[str, Any]], at: datetime, *, asked: int | None = None
    ) -> None:
        """Take in debts, and let their followups be found by the debtors' names. *asked* is as
        `Debts.upsert` has it."""
        with self._database.transaction(durable=False):
            changed = self.debts.upsert(payload, at, asked=asked)
            self.followups.reindex_debts(changed)

    def state(self, name: str) -> Any:
        """Return a remembered value of the sync, or None."""
        row = self._database.read_one("select value from state where name = ?", [name])
        return json.loads(row[0]) if row else None

    def set_state(self, name: str, value: Any) -> None:
        """Remember a value of the sync (anything that JSON can hold)."""
        with self._database.transaction():
            self._set_state(name, value)

    def set_place(self, **values: Any) -> None:
        """Remember where the reading of the list stands; a power cut may undo it, with the rows."""
        with self._database.transaction(durable=False):
            for name, value in values.items():
                self._set_state(name, value)

    def _set_state(self, name: str, value: Any) -> None:
        self._database.write(
            "insert or replace into state values (?, ?)", [name, json.dumps(value)]
        )

    def layout(self) -> list[list[str | int | None]]:
        """Return where each table begins: type, name, table, first page and SQL."""
        return [list(row) for row in self._database.read("select * from sqlite_schema")]

    def together(self) -> AbstractContextManager[None]:
        """Several writes that the server can say again, as one."""
        return self._database.transaction(durable=False)

    def close(self) -> None:
        """Close the file."""
        self._database.close()
