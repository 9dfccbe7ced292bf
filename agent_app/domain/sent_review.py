"""Where a supervisor's review is: on their computer, under way, or with the agent."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto


class Where(Enum):
    """Where a review is."""

    HERE = auto()
    """On this computer alone: there is no team, or this person writes no reviews there."""
    NOBODY = auto()
    """Here: nobody knows who made the call."""
    OWN = auto()
    """Here: the reviewer made the call."""
    WAITS = auto()
    SENT = auto()
    READ = auto()


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a review is, to whom it went, when they read it (UTC), and what they answered."""

    where: Where
    agent: str = ""
    read_at: datetime | None = None
    answer: str = ""
