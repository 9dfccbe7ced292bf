"""What the room needs of the engine: messages with an order, kept last by subject.

`nats_link.py` is the real one; a simulation in made-up time has one of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Message:
    """`stamped` is when the server took it (seconds since 1970, by the server's clock). `left` messages
    of what was there before follow; 0 from then on."""

    subject: str
    data: bytes
    sequence: int
    stamped: float
    is_deleted: bool = False
    left: int = 0


Heard = Callable[[Message], None]


class Bus(Protocol):
    """One connection, from its beginning to its end. Whatever fails raises NoTeam."""

    def now(self) -> float:
        """Return the server's clock (seconds since 1970), as far as messages have shown it."""
        ...

    async def put(
        self, subject: str, data: bytes, *, expect: int | None = None, is_deleted: bool = False
    ) -> int:
        """Have a message kept; returns its sequence. *expect* is the sequence of the subject's last
        message (0: there is none), or Beaten is raised."""
        ...

    async def last(self, stream: str, subject: str) -> Message | None:
        """Return the last message of a subject."""
        ...

    async def follow(
        self,
        stream: str,
        subject: str,
        heard: Heard,
        *,
        after: int = 0,
        every: bool = False,
        is_full: Callable[[], bool] = ...,
    ) -> None:
        """Hear the last message of each subject, and from then on all; returns when what was there
        has been heard. *after* leaves out what came up to that sequence; *every* means all messages
        that are kept of a subject. While *is_full*, nothing more is heard."""
        ...

    async def extent(self, stream: str) -> tuple[float, int]:
        """When a stream was made (seconds since 1970, the server's clock), and its last sequence."""
        ...

    async def say(self, subject: str, data: bytes) -> None:
        """Have a message kept, without waiting for word of it."""
        ...

    async def flush(self) -> None:
        """Wait until all that was said is kept."""
        ...
