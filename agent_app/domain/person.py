"""Who signs in: what a server says of a person, as far as it says anything."""

from dataclasses import dataclass

FRESH_S = 600.0
"""A sign-in this long after the person gave their password proves nothing any more (seconds)."""


@dataclass(frozen=True, slots=True)
class Identity:
    """`subject` tells a person from others of the same server ("": the server does not say), `name` is what
    people call them, `age_s` how long before the sign-in they gave their password (None: not said)."""

    subject: str = ""
    name: str = ""
    age_s: float | None = None

    @property
    def is_fresh(self) -> bool:
        """Whether the person proved who they are just now, as far as is known."""
        return self.age_s is None or self.age_s <= FRESH_S
