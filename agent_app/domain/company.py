"""What the provider knows of the company beside its followups and debts."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class User:
    """A person of the company."""

    id: str
    name: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class Credits:
    """What is left of the provider's messages and calls; `expires_at` is UTC. None: not said."""

    left: float | None = None
    plan: str = ""
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReadyReport:
    """A report that the provider made. `kind` and `format` are its own words ("monthly", "pdf");
    `created_at` is UTC."""

    id: str
    kind: str = ""
    first: date | None = None
    last: date | None = None
    format: str = ""
    status: str = ""
    created_at: datetime | None = None

    @property
    def is_ready(self) -> bool:
        """Whether its file can be fetched, as far as is said."""
        return self.status in ("", "ready", "completed")
