"""The calls that another program told of and that nobody has opened or dismissed yet."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QLocale

from agent_app.domain.callers import TO_BE_DONE, Caller, LookUp, call_to_open
from agent_app.domain.followup import Followup
from agent_app.domain.screen_pop import ScreenPop
from agent_app.domain.telephone import e164
from agent_app.store.store import Store
from agent_app.text.numbers import money, region_of

MAX_WAITING = 50
MAX_CALLERS = 9
FRESH = timedelta(minutes=1)
"""After this time nobody is calling any more: it is said when the call came in."""
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(slots=True)
class Incoming:
    """One call: what was told of it, when (UTC), and whether its followup is looked up."""

    pop: ScreenPop
    at: datetime
    looked_up: LookUp | None = None
    chosen: int = 0
    announced: str = field(default="", repr=False)

    def is_over(self, now: datetime) -> bool:
        """Return whether the call has ended, as far as that is known."""
        ended = self.pop.duration_ms is not None or bool(self.pop.disconnection_reason)
        return ended or now - self.at > FRESH


class IncomingCalls:
    """The latest call first. Two messages about one call are one."""

    def __init__(self) -> None:
        self._waiting: list[Incoming] = []
        self._pushed_out = 0

    @property
    def latest(self) -> Incoming | None:
        """The call to show."""
        return self._waiting[0] if self._waiting else None

    @property
    def more(self) -> int:
        """How many wait behind it."""
        return max(0, len(self._waiting) - 1 + self._pushed_out)

    def add(self, pop: ScreenPop, at: datetime) -> Incoming:
        """A call comes in, or there is news of one that waits."""
        known = next((one for one in self._waiting if _is_same(one.pop, pop)), None)
        if known is None:
            known = Incoming(pop, at)
        else:
            self._waiting.remove(known)
            known.pop, known.at = known.pop.with_news(pop), at
        self._waiting.insert(0, known)
        self._pushed_out += len(self._waiting[MAX_WAITING:])
        del self._waiting[MAX_WAITING:]
        return known

    def remove(self, call: Incoming) -> None:
        """It was opened or dismissed."""
        if call in self._waiting:
            self._waiting.remove(call)
        if not self._waiting:
            self._pushed_out = 0

    def remove_over(self, now: datetime) -> None:
        """All that are over were dismissed with one of them: nobody goes through a pile of them."""
        self._waiting = [one for one in self._waiting if not one.is_over(now)]
        self._pushed_out = 0

    def failed(self) -> list[Incoming]:
        """Calls whose followup could not be looked up."""
        return [one for one in self._waiting if one.looked_up is LookUp.FAILED]


def _is_same(one: ScreenPop, other: ScreenPop) -> bool:
    if one.call_id and other.call_id:
        return one.call_id == other.call_id
    return (one.followup_id, one.phone) == (other.followup_id, other.phone)


def number_of(pop: ScreenPop) -> str:
    """Return the other side's number: E.164 where it can be made, else as it came."""
    return e164(pop.phone, region_of(QLocale())) or pop.phone


def callers_of(call: Incoming, store: Store, open_id: str) -> list[Caller]:
    """Return who may be calling, the likeliest first: of the followup that is named, else (or where nobody
    has it) by the number. *open_id* is what the form shows.
    """
    pop = call.pop
    if pop.followup_id:
        named = store.followups.get(store.server_id_of(pop.followup_id))
        if named is not None:
            return [_caller(store, named.debt_id, named)]
        if call.looked_up not in (LookUp.FOUND, LookUp.NOT_THERE):
            return []
    return _by_number(pop, store, open_id)


def _by_number(pop: ScreenPop, store: Store, open_id: str) -> list[Caller]:
    region = region_of(QLocale())
    found: list[tuple[tuple[bool, bool, datetime], Caller]] = []
    for debt_id in store.callers.debts_of(number_of(pop), region):
        followups = store.followups.of_debt(debt_id)
        call = call_to_open(followups, open_id)
        due = (call.scheduled_at if call else None) or _NEVER
        rank = (call is None or call.id != open_id, call is None, due)
        found.append((rank, _caller(store, debt_id, call, followups)))
    found.sort(key=lambda pair: (pair[0], pair[1].debt_id))
    return [caller for _rank, caller in found[:MAX_CALLERS]]


def _caller(
    store: Store,
    debt_id: str,
    call: Followup | None,
    followups: Sequence[Followup] | None = None,
) -> Caller:
    debt, locale = store.debts.get(debt_id) if debt_id else None, QLocale()
    if followups is None:
        followups = store.followups.of_debt(debt_id) if debt_id else []
    return Caller(
        debt_id=debt_id,
        followup_id=call.id if call is not None else "",
        name=(debt.debtor if debt else "") or debt_id,
        amount=money(debt.amount, debt.currency, debt.amount_text, locale) if debt else "",
        to_be_done=sum(one.status in TO_BE_DONE for one in followups),
    )
