"""The time as the desk tells it: passed in, so that tests need not wait."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo


def utc_now() -> datetime:
    """Return the computer's time (UTC)."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """`now` gives the time (UTC), `zone` is the person's."""

    zone: tzinfo
    now: Callable[[], datetime] = utc_now

    def today(self) -> date:
        """Return the day in the person's zone."""
        return self.now().astimezone(self.zone).date()
