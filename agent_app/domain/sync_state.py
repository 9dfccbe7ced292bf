"""How things stand between the desk and the server, as one plain value."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from agent_app.domain.errors import (
    ExternalError,
    NotAllowed,
    NotTrusted,
    RateLimited,
    ServerTrouble,
    SignedOut,
    Unreachable,
)


@dataclass(frozen=True, slots=True)
class Stopped:
    """Why a lane of the sync does not work, and when it tries again (UTC)."""

    error: Exception
    until: datetime


class Connection(StrEnum):
    """What the last exchange with the server showed."""

    STARTING = "starting"
    ONLINE = "online"
    OFFLINE = "offline"
    NOT_TRUSTED = "not_trusted"
    SIGNED_OUT = "signed_out"
    NOT_ALLOWED = "not_allowed"
    LIMITED = "limited"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class Older:
    """What of the server's list of `total` followups is not on this computer: how many are `missing`,
    whether they are being read, whether all of an agent's day is here, and until when reading waits
    for the company's share (UTC)."""

    missing: int = 0
    total: int = 0
    reading: bool = False
    has_day: bool = True
    waits_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class SyncState:
    """`progress` is (rows read, rows in all) while a list is loaded, `period_*` say the same of a
    supervisor's period. `sending` and `reading` say why that does not work at all at present: no
    answer of the server ends it. `unreadable` rows of the list made no sense; `gone` are
    followups that the server no longer has and that stay here for the words in them, or as they are
    open. Moments are UTC."""

    connection: Connection = Connection.STARTING
    error: ExternalError | None = None
    until: datetime | None = None
    progress: tuple[int, int] | None = None
    refreshing: bool = False
    last_refresh: datetime | None = None
    scopes: frozenset[str] | None = None
    period_progress: tuple[int, int] | None = None
    period_error: Exception | None = None
    waiting: int = 0
    attention: int = 0
    sending: Stopped | None = None
    reading: Stopped | None = None
    unreadable: int = 0
    gone: frozenset[str] = frozenset()
    older: Older = Older()

    @property
    def may_write(self) -> bool:
        """Whether the token lets an agent save; assumed until the token says otherwise."""
        return self.scopes is None or "followups:write" in self.scopes

    @property
    def may_write_debts(self) -> bool:
        """Whether the token lets an agent change debts; not before it says so."""
        return self.scopes is not None and "debts:write" in self.scopes

    @property
    def may_report(self) -> bool:
        """Whether the token lets a supervisor see outcomes; not before it says so."""
        return self.scopes is not None and "reports:read" in self.scopes

    @property
    def may_read_debts(self) -> bool:
        """Whether the token shows debtors."""
        return self.scopes is None or "debts:read" in self.scopes


def connection_of(error: ExternalError) -> Connection:
    """Return what *error* says of the connection."""
    match error:
        case RateLimited():
            return Connection.LIMITED
        case SignedOut():
            return Connection.SIGNED_OUT
        case NotTrusted():
            return Connection.NOT_TRUSTED
        case Unreachable():
            return Connection.OFFLINE
        case NotAllowed():
            return Connection.NOT_ALLOWED
        case ServerTrouble():
            return Connection.TROUBLE
    return Connection.TROUBLE
