"""Which debts fall to which desk, when a company's desks share a list without a server.

Every desk works out the same number for a debt, so desks that were told different parts of the same
whole never call the same person, and need no word of each other.
"""

import re
from dataclasses import dataclass
from hashlib import blake2b
from typing import Self

MOST_PARTS = 1_000
MAX_SHARE = 2**32 - 1

_SAID = re.compile(r"\s*(\d{1,4})\s*(?:of|/|sur|de)\s*(\d{1,4})\s*", re.IGNORECASE)


def share_of(debt_id: str) -> int:
    """Return the number of a debt, the same on every computer: 0 to MAX_SHARE, evenly spread."""
    return int.from_bytes(blake2b(debt_id.encode(errors="replace"), digest_size=4).digest())


@dataclass(frozen=True, slots=True)
class Part:
    """Part *number* (from 1) of *whole*."""

    number: int
    whole: int

    @classmethod
    def read(cls, said: str) -> Self | None:
        """Return the part that a setting names ("3 of 20", "3/20"), or None where it names none."""
        found = _SAID.fullmatch(said)
        if found is None:
            return None
        number, whole = int(found[1]), int(found[2])
        return cls(number, whole) if 1 <= number <= whole <= MOST_PARTS else None

    def has(self, debt_id: str) -> bool:
        """Return whether this debt falls to this part."""
        return share_of(debt_id) % self.whole == self.number - 1

    def __str__(self) -> str:
        return f"{self.number} of {self.whole}"
