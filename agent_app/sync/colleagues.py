"""What the sync needs of colleagues' desks; a desk alone has none, and does as it always did."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

from agent_app.api.client import Share


class Colleagues(Protocol):
    """Implemented by `teamwork.Teamwork`; `NOBODY` is a desk alone."""

    @property
    def is_live(self) -> bool: ...
    @property
    def desks(self) -> int: ...
    @property
    def has_relay(self) -> bool: ...
    def believed_since(self) -> datetime | None: ...
    async def first_load(self) -> int: ...
    async def caught_up(self) -> bool: ...
    def rows_told(self, rows: Iterable[Mapping[str, Any]], *, debts: bool = False) -> None: ...
    def gone(self, followup_id: str) -> None: ...
    async def share_told(self, kind: str, share: Share) -> None: ...
    def places_left(self, limit: int) -> int: ...
    async def place(self, limit: int) -> float: ...


class _Nobody:
    """A desk alone."""

    is_live = has_relay = False
    desks = 1

    def believed_since(self) -> datetime | None:
        return None

    async def first_load(self) -> int:
        return 0

    async def caught_up(self) -> bool:
        return False

    def rows_told(self, rows: Iterable[Mapping[str, Any]], *, debts: bool = False) -> None: ...

    def gone(self, followup_id: str) -> None: ...

    async def share_told(self, kind: str, share: Share) -> None: ...

    def places_left(self, limit: int) -> int:
        return limit

    async def place(self, limit: int) -> float:
        return 0.0


NOBODY: Colleagues = _Nobody()


def is_believed(colleagues: Colleagues, fetched: datetime | None, now: datetime) -> bool:
    """Return whether what was asked then is as the server has it, as far as colleagues see it."""
    since = colleagues.believed_since()
    soon = timedelta(milliseconds=1)
    return since is not None and fetched is not None and since <= fetched <= now + soon
