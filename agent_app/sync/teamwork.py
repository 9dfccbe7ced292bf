"""What a desk's sync has of its team: each row is read once for everybody, and the hour is one.

What a reply told this desk is told to all; what others were told comes in as a reply of ours would.
While all that colleagues do is seen, what is known is believed for long: that is what saves the reads.
"""

import asyncio
import contextlib
import json
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from agent_app.api.client import Share
from agent_app.api.wire import read_debt, read_followup
from agent_app.domain.errors import NotUnderstood, StoreError
from agent_app.domain.team import TeamState
from agent_app.store.changes import Change
from agent_app.store.outbox import NEW_PREFIX
from agent_app.store.store import Store
from agent_app.store.told import Told
from agent_app.sync.backoff import Bell
from agent_app.sync.retention import BOTTOM
from agent_app.sync.yielding import merge_search_index
from agent_app.team.rows import RowHeard, Rows
from agent_app.team.shares import ShareHeard
from agent_app.team.team import Team

SLICE_ROWS = 8
"""Rows of colleagues that are written in one go, 3 ms at most."""
MOST_KEPT = 200
"""Debts that stay claimed while their saves have not left."""
KEPT_S = 0.5
"""And this long after it was told what came of them (seconds)."""
SETTLE_S = 0.05
"""A reply is looked for in the store this long after it came (seconds), and each so often, to be told."""
WRITTEN_WITHIN = timedelta(seconds=5)
"""A row in the store that was asked no earlier than this before its reply came is what the reply said."""
BELIEVED = timedelta(hours=1)
"""While the team is live, what somebody asked this recently is believed without asking again: what other
desks change is heard at once, so only what the provider itself changes could have been missed."""
BELIEVED_WITH_HOOKS = timedelta(hours=12)
"""The same where a relay hears the provider's webhooks."""
LINKS = frozenset({"audio_url", "pdf_url", "media_urls_expire_at"})
FIRST_MOMENT = datetime(1970, 1, 1, tzinfo=UTC)
HOOKS, SWEPT, TOTAL, KEPT = "hooks", "swept", "total", "kept"
"""What a relay tells of itself: whether it hears webhooks, when its last whole look at the list began (seconds
since 1970, by the team server's clock), how long the list was, and how much of it is kept: what is done and
old is not. `BOTTOM` is where that begins."""
LIVE_S, FIRST_LIVE_S = 2.0, 8.0
"""A start waits this long for the team (seconds), and one that has nothing yet: it would read for many."""
ALL_BUT = 0.98
"""So much of the list has to come from colleagues, or the service is asked."""
TOLD_AGAIN = timedelta(days=10)
"""What has not changed is told again after this: the team's server forgets what is thirty days old."""
NOTED_EACH = timedelta(seconds=10)
"""It is written down so often up to where rows were heard; what was not is heard again after a restart."""
MOST_WAITING = 400
"""Rows that wait to be taken in; more of them wait at the server."""


@dataclass(frozen=True, slots=True)
class _Due:
    """When a reply spoke of a row (UTC), and how often it is still looked for in the store."""

    at: datetime
    tries: int = 100


class Budgeting(Protocol):
    """What of the budget is told from outside."""

    def hear(self, kind: str, share: Share, age: timedelta) -> None: ...


class Teamwork:
    """Between a `Team` and an account's store and budget. *now* gives UTC; *gone* takes a followup that
    the server no longer has. With *only_news* (a relay) what all know already is not told again; a desk
    tells it, as that says how lately it was asked."""

    def __init__(
        self,
        team: Team,
        store: Store,
        budget: Budgeting,
        now: Callable[[], datetime],
        gone: Callable[[str], None],
        *,
        only_news: bool = False,
    ) -> None:
        self._team, self._store, self._budget, self._now = team, store, budget, now
        self._gone, self._only_news = gone, only_news
        self._known: dict[str, tuple[int, datetime]] = {}
        self._heard: deque[tuple[RowHeard, bool, datetime]] = deque()
        self._noted_at = FIRST_MOMENT
        self._to_tell: dict[tuple[str, bool], _Due] = {}
        self._gone_here: set[str] = set()
        self._untold: set[str] = set()
        self._later: deque[asyncio.TimerHandle] = deque()
        self._bell = Bell()
        self._is_telling = False
        self._unlisten: list[Callable[[], None]] = []
        self.taken_in = 0
        """Rows of colleagues that changed what is known here."""

    # -- with the sync

    @property
    def is_live(self) -> bool:
        """Whether what colleagues do is seen."""
        return self._team.state.is_live and self._team.rows.is_whole

    @property
    def desks(self) -> int:
        """How many desks share the work, this one included."""
        return max(1, len(self._team.presences.all())) if self.is_live else 1

    @property
    def has_relay(self) -> bool:
        """Whether a relay reads the list for everybody."""
        return self.is_live and bool(self._team.relay.holder)

    def believed_since(self) -> datetime | None:
        """Return what was asked since this moment is as the server has it (UTC); None: that is not known.

        A desk that went without a word may be at work where nobody sees it: then nothing is believed.
        """
        if not self.is_live or self._team.presences.is_anyone_missing:
            return None
        facts = self._team.relay.facts
        believed = BELIEVED_WITH_HOOKS if facts.get(HOOKS) is True else BELIEVED
        age = self._team.age_of(facts.get(SWEPT))
        if age is not None and age <= believed.total_seconds():
            return FIRST_MOMENT  # a relay has looked at everything since
        return self._now() - believed

    async def first_load(self) -> int:
        """Wait for what colleagues know of the whole list; returns how long it is, or 0 where they do not
        know it."""
        if not await self.caught_up(FIRST_LIVE_S):
            return 0
        facts = self._team.relay.facts
        total = facts.get(TOTAL)
        if isinstance(total, bool) or not isinstance(total, int):
            return 0
        kept, bottom = facts.get(KEPT, total), facts.get(BOTTOM, 0)
        if not isinstance(kept, int) or self._store.followups.count() < kept * ALL_BUT:
            return 0
        if isinstance(bottom, int) and bottom > int(self._store.state(BOTTOM) or 0):
            self._store.set_place(**{BOTTOM: bottom})
        return total

    async def caught_up(self, patience_s: float = LIVE_S) -> bool:
        """Wait for the team, for a short while, and for what colleagues have told so far; says whether all
        that is here now."""
        try:
            async with asyncio.timeout(patience_s):
                while not self._team.state.is_live:  # noqa: ASYNC110
                    await asyncio.sleep(0.05)
        except TimeoutError:
            return False
        await self.settled()
        return self.is_live

    @property
    def is_settled(self) -> bool:
        """Whether all that colleagues told is in the store, and all that was read here is told."""
        return self.is_live and not self._heard and not self._to_tell and not self._is_telling

    async def settled(self) -> None:
        """Wait for that, or for the end of the connection."""
        while self._team.state.is_live and not self.is_settled:  # noqa: ASYNC110  (many things)
            await asyncio.sleep(0.05)

    def rows_told(self, rows: Iterable[Any], *, debts: bool = False) -> None:
        """A reply spoke of these rows; they are in the store in a moment."""
        due = _Due(self._now())
        self._to_tell |= dict.fromkeys(((str(row["id"]), debts) for row in rows), due)
        self._bell.ring()

    def gone(self, followup_id: str) -> None:
        """The server has answered that it has no such followup."""
        self._gone_here.add(followup_id)
        self._bell.ring()

    async def share_told(self, kind: str, share: Share) -> None:
        """A reply's headers said this."""
        left = share.reset - (share.server_now or self._now().timestamp())
        await self._team.shares.tell(kind, share.limit, share.remaining, left, 0.0)

    def places_left(self, limit: int) -> int:
        """Return how many writes of the hour are left to the company, as far as is known."""
        return max(0, limit - self._team.shares.written)

    async def place(self, limit: int) -> float:
        """Take a place in the hour for a write; 0, or after how many seconds there is one."""
        return await self._team.shares.place(limit)

    # -- its own work

    def start(self) -> None:
        """Listen to the team."""
        rows, debts = self._team.rows, self._team.debts
        self._unlisten = [
            self._store.changes.listen(self._on_change),
            rows.heard.listen(self._on_row),
            debts.heard.listen(self._on_debt),
            self._team.shares.heard.listen(self._on_share),
            self._team.changed.listen(self._on_state),
        ]
        rows.is_full = debts.is_full = self._is_full
        for part, name in ((rows, "team_rows"), (debts, "team_debts")):
            kept = self._store.state(name)
            if isinstance(kept, list) and len(kept) == 2:
                part.born, part.sequence = float(kept[0]), int(kept[1])

    def stop(self) -> None:
        """Listen no more."""
        for unlisten in self._unlisten:
            unlisten()
        self._unlisten = []
        if not self._heard:
            with contextlib.suppress(StoreError):  # a store in trouble hears them again
                self._remember_where()
        for one in self._later:
            one.cancel()

    async def run(self) -> None:
        """Take in and tell, for ever; ends by being cancelled."""
        while True:
            await self._bell.wait()
            while self._heard:
                await self._take_some()
            if self._to_tell or self._untold or self._gone_here:
                await asyncio.sleep(SETTLE_S)
                self._is_telling = True
                try:
                    await self._tell_all()
                finally:
                    self._is_telling = False

    def _on_change(self, change: Change) -> None:
        """What was saved here is a colleague's business only once it is known to all: until then its debt
        stays claimed."""
        if change.outbox:
            unsent = set(self._store.outbox.debts_on_their_way(MOST_KEPT))
            if unsent - self._untold:
                self._untold |= unsent
                self._team.claims.keep(self._untold)
            self._bell.ring()

    def _is_full(self) -> bool:
        return len(self._heard) > MOST_WAITING

    def _on_state(self, _state: TeamState) -> None:
        self._bell.ring()

    def _on_row(self, heard: RowHeard) -> None:
        self._note(heard, is_debt=False)

    def _on_debt(self, heard: RowHeard) -> None:
        self._note(heard, is_debt=True)

    def _note(self, heard: RowHeard, *, is_debt: bool) -> None:
        self._heard.append((heard, is_debt, self._now() - timedelta(seconds=heard.age_s)))
        self._bell.ring()

    def _on_share(self, heard: ShareHeard) -> None:
        share = Share(
            heard.limit,
            min(heard.remaining, heard.limit),
            1 + round(heard.resets_in_s),
            server_now=1.0,  # it says how long that is from then, and no more
        )
        self._budget.hear(heard.kind, share, timedelta(seconds=heard.age_s))

    # -- in

    async def _take_some(self) -> None:
        """Take in a few rows, and give the window its turn."""
        gone: list[str] = []
        with self._store.together():
            highest = 0
            for _ in range(min(SLICE_ROWS, len(self._heard))):
                heard, is_debt, at = self._heard.popleft()
                if self._take_in(heard, at, is_debt=is_debt):
                    gone.append(str(heard.row["id"]))
                highest = max(highest, heard.place or 0)
            total = self._store.state("total") if highest else None
            if isinstance(total, int) and highest > total:
                self._store.set_place(total=highest)
            if not self._heard and self._now() - self._noted_at > NOTED_EACH:
                self._remember_where()
        for followup_id in gone:
            self._gone(followup_id)
        await merge_search_index(self._store.followups, SLICE_ROWS)

    def _take_in(self, heard: RowHeard, at: datetime, *, is_debt: bool) -> bool:
        """Take in a row that was asked at a moment (UTC) as a reply of ours would be, unless that was before
        what is known; says whether it is one that the server no longer has."""
        try:
            payload = read_debt(heard.row) if is_debt else read_followup(heard.row)
        except NotUnderstood:
            return False
        row_id = str(payload["id"])
        if self._only_news:
            self._known[row_id] = (_sense(heard.row), at)
        if row_id.startswith(NEW_PREFIX):
            return False
        kept = self._store.debts if is_debt else self._store.followups
        known = kept.fetched_at(row_id)
        if known is not None and known >= at:
            return False
        if is_debt:
            self._store.take_in_debts([payload], at)
        elif heard.is_gone:
            return True
        else:
            places = {row_id: heard.place} if heard.place else {}
            self.taken_in += self._store.followups.upsert([payload], at, places)
        kept.answers.read(row_id, kept.answers.ask())
        return False

    def _remember_where(self) -> None:
        rows, debts = self._team.rows, self._team.debts
        self._noted_at = self._now()
        self._store.set_place(
            team_rows=[rows.born, rows.sequence], team_debts=[debts.born, debts.sequence]
        )

    # -- out

    async def _tell_all(self) -> None:
        due, self._to_tell = self._to_tell, {}
        gone, self._gone_here = self._gone_here, set()
        if not self._team.state.is_live:
            return
        for followup_id in gone:
            await self._team.rows.tell({"id": followup_id}, 0.0, gone=True)
            due.pop((followup_id, False), None)
        kinds = (
            (True, self._team.debts, self._store.told.debts),
            (False, self._team.rows, self._store.told.followups),
        )
        for is_debt, where, read in kinds:
            ids = [one for one, debt in due if debt is is_debt and not one.startswith(NEW_PREFIX)]
            since = {one: due[one, is_debt].at - WRITTEN_WITHIN for one in ids}
            for one in await self._tell(where, since, read):
                left = due[one, is_debt]
                if left.tries:
                    self._to_tell.setdefault((one, is_debt), _Due(left.at, left.tries - 1))
        if self._to_tell:
            self._bell.ring()
        if self._untold:
            self._later.append(asyncio.get_running_loop().call_later(KEPT_S, self._let_go))

    def _let_go(self) -> None:
        """Colleagues have taken in what was told: debts without an unsent save are theirs to call."""
        self._later.popleft()  # this call: all wait equally long (Qt's loop says of none when it is due)
        unsent = set(self._store.outbox.debts_on_their_way(MOST_KEPT))
        if not self._to_tell and not self._is_telling and unsent != self._untold:
            self._untold = unsent
            self._team.claims.keep(unsent)

    async def _tell(
        self,
        where: Rows,
        since: Mapping[str, datetime],
        read: Callable[[Sequence[str]], list[Told]],
    ) -> set[str]:
        """Tell these rows as they were asked *since* some moment; returns those that are not in the store
        yet."""
        ids, missing = list(since), set(since)
        for start in range(0, len(ids), SLICE_ROWS):
            for told in read(ids[start : start + SLICE_ROWS]):
                if told.at < since[str(told.row["id"])]:
                    continue
                missing.discard(str(told.row["id"]))
                if self._only_news and not self._is_news(told.row):
                    continue
                age = max(0.0, (self._now() - told.at).total_seconds())
                await where.tell(told.row, age, told.place)
            await asyncio.sleep(0)
        return missing

    def _is_news(self, row: Mapping[str, Any]) -> bool:
        row_id, sense, now = str(row["id"]), _sense(row), self._now()
        was, told_at = self._known.get(row_id, (0, FIRST_MOMENT))
        if was == sense and now - told_at < TOLD_AGAIN:
            return False
        self._known[row_id] = (sense, now)
        return True


def _sense(row: Mapping[str, Any]) -> int:
    """Return what tells two rows of the same id apart, but for links, which are signed anew with each read."""
    kept = {name: value for name, value in row.items() if name not in LINKS}
    return hash(json.dumps(kept, sort_keys=True))
