"""Empties the outbox: one entry at a time, in the order of saving, and none holds up the others.

An edit leaves on what the server has now: what only one side changed merges by itself, what both
changed needs a person. A PUT is repeated until it is confirmed; a POST is repeated only after the
debt was looked through for it. What concerns every request (nobody answers, nobody is signed in,
no write is left in this hour) holds all; any other trouble holds the entry that has it.
"""

import logging
import random
from collections.abc import Callable
from datetime import datetime, timedelta

from agent_app.domain import mistakes
from agent_app.domain.errors import (
    ExternalError,
    NotAllowed,
    NotFound,
    NotTaken,
    RateLimited,
    Refused,
    Rejected,
    ServerTrouble,
    SignedOut,
    StoreError,
)
from agent_app.domain.outbox import Entry, EntryKind, EntryState, Refusal, RefusalKind
from agent_app.domain.sync_state import connection_of
from agent_app.store.store import Store
from agent_app.sync.backoff import Bell, wait_after
from agent_app.sync.budget import NotNow
from agent_app.sync.budgeted_client import BudgetedClient
from agent_app.sync.edits import ByPage, Edits
from agent_app.sync.filing import Filing
from agent_app.sync.origins import Debts, Followups
from agent_app.sync.state import ObservableState
from agent_app.sync.troubles import NEVER, Troubles, is_the_services
from agent_app.sync.yielding import merge_search_index

log = logging.getLogger(__name__)

SIGNED_OUT_WAIT = timedelta(days=1)
LONGEST_WAIT_S = 60.0
"""The clock is looked at this often, so that one that is put back cannot hold anything for long."""
ONE_SAVE = 1
"""How often the index is merged after a save, which makes one piece of it: sends come first."""


class Push:
    """Sends what waits. *now* gives UTC; *works* is called whenever that works. *by_page* is
    `Edits`'."""

    def __init__(
        self,
        api: BudgetedClient,
        store: Store,
        state: ObservableState,
        now: Callable[[], datetime],
        rng: random.Random,
        works: Callable[[], None] = lambda: None,
        by_page: ByPage | None = None,
    ) -> None:
        self._api = api
        self._store = store
        self._state = state
        self._now = now
        self._rng = rng
        self._works = works
        self._edits = Edits(api, store, Followups(api, store), now, by_page)
        self._debts = Edits(api, store, Debts(api, store), now)
        self._filing = Filing(api, store, now)
        self._troubles = Troubles(rng)
        self._bell = Bell()
        self._at_once = True
        self._hold_until = NEVER
        self._away = 0

    def wake(self, *, at_once: bool = False) -> None:
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
            entry = None
            if now >= self._hold_until:
                entry = self._store.outbox.next(now, self._troubles.numbers)
            if entry is not None:
                await self._send(entry)
                self._works()
            else:
                self._works()
                await self._bell.wait(self._pause(now))
            await merge_search_index(self._store.followups, ONE_SAVE)

    def _pause(self, now: datetime) -> float | None:
        due = self._store.outbox.next_due()
        if due is None:
            return None
        return min(LONGEST_WAIT_S, max(0.05, (max(due, self._hold_until) - now).total_seconds()))

    async def _send(self, entry: Entry) -> None:
        try:
            match entry.kind:
                case EntryKind.CREATE:
                    await self._filing.send(entry)
                case EntryKind.DEBT:
                    await self._debts.send(entry)
                case EntryKind.UPDATE:
                    await self._edits.send(entry)
        except StoreError:
            raise  # no entry's trouble: nothing can be sent
        except (Rejected, Refused, NotFound, NotAllowed) as error:
            self._settled(entry)
            self._store.outbox.need_attention(entry, problem_of(error))
        except ExternalError as error:
            self._on_trouble(entry, error)
        except Exception as error:
            log.error("an entry of the outbox was not sent: %s", mistakes.trail(error))
            self._wait_alone(entry, error)
        else:
            if self._has_ended(entry):
                self._settled(entry)
            self._state.answered(self._now(), scopes=self._api.scopes)

    def _has_ended(self, entry: Entry) -> bool:
        left = self._store.outbox.get(entry.number)
        return left is None or left.state is EntryState.ATTENTION

    def _settled(self, entry: Entry) -> None:
        self._troubles.settled(entry.number)
        self._away = 0

    # -- trouble

    def _on_trouble(self, entry: Entry, error: ExternalError) -> None:
        now = self._now()
        if isinstance(error, RateLimited | NotNow):
            self._wait_for_the_hour(entry, error)
        elif is_the_services(error):
            self._away += 1
            wait = wait_after(error, self._away, now, self._rng)
            self._hold_all(
                entry, error, now + (SIGNED_OUT_WAIT if isinstance(error, SignedOut) else wait)
            )
        else:
            self._away = 0
            until = self._wait_alone(entry, error)
            general = self._troubles.is_general(entry.number, self._state.answered_at)
            if general and not isinstance(error, NotTaken):
                self._state.set(connection=connection_of(error), error=error, until=until)

    def _wait_for_the_hour(self, entry: Entry, error: RateLimited | NotNow) -> None:
        """The company's share is used up, or nearly: nobody is told of a short wait that we chose."""
        until = error.until or self._now()
        if error.kind == "write":
            self._hold_until = until
            self._store.outbox.put_back(entry, self._now(), looked=self._looked(entry, error))
        else:  # the share of reads: what needs none goes on
            until += timedelta(seconds=self._rng.uniform(0.0, 3.0))
            self._store.outbox.put_back(entry, until, looked=self._looked(entry, error))
        if isinstance(error, RateLimited):
            self._state.set(connection=connection_of(error), error=error, until=until)

    def _hold_all(self, entry: Entry, error: ExternalError, until: datetime) -> None:
        """Nothing is sent until then; this entry goes first again."""
        self._hold_until = until
        self._store.outbox.put_back(entry, self._now(), looked=self._looked(entry, error))
        self._state.set(connection=connection_of(error), error=error, until=until)

    def _wait_alone(self, entry: Entry, error: Exception) -> datetime:
        """This entry waits, or needs a person; returns until when."""
        now = self._now()
        until = self._troubles.failed(entry.number, error, now)
        self._hold_until = max(self._hold_until, self._troubles.pause(error, now))
        self._store.outbox.put_back(entry, until, looked=self._looked(entry, error))
        if self._troubles.need_a_person(entry, error, now, self._state.answered_at):
            self._store.outbox.need_attention(entry, problem_of(error))
        return until

    def _looked(self, entry: Entry, error: Exception) -> int:
        """Return how often a new followup has been looked for: it has to be once more where the POST itself
        left and ended unclear."""
        kept = self._store.outbox.get(entry.number)
        left = kept is not None and kept.attempts > entry.attempts
        unclear = error.unclear if isinstance(error, ExternalError) else True
        return 1 if entry.kind is EntryKind.CREATE and left and unclear else entry.looked


def problem_of(error: Exception) -> Refusal:
    """Return what to keep of an error beside the entry that needs a person for it."""
    match error:
        case Rejected():
            fields = tuple((name, tuple(words)) for name, words in error.fields.items())
            return Refusal(RefusalKind.REJECTED, error.message, fields)
        case Refused():
            payload = (("", (error.message,)),) if error.message else ()
            return Refusal(RefusalKind.REFUSED, str(error.code), payload)
        case NotAllowed():
            return Refusal(RefusalKind.NOT_ALLOWED, error.scope)
        case NotFound():
            return Refusal(RefusalKind.NOT_THERE)
        case NotTaken():
            return Refusal(RefusalKind.NOT_TAKEN, ",".join(error.fields))
        case ServerTrouble():
            return Refusal(RefusalKind.TROUBLE, str(error.code))
        case ExternalError():
            return Refusal(RefusalKind.TROUBLE)
    return Refusal(RefusalKind.MISTAKE)
