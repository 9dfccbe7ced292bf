"""A life time: what is adopted is closed, what is connected is disconnected, in reverse order."""

import contextlib
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Protocol, TypeVar

from agent_app.domain import mistakes

log = logging.getLogger(__name__)

Exit = Callable[[], object]


class Closable(Protocol):
    """Something that ends."""

    def close(self) -> object:
        """Let go of everything."""


Part = TypeVar("Part", bound=Closable)


class Scope:
    """Owns parts and connections until `close`.

    A mistake at one exit is logged, and the other exits are taken. An exit that is cancelled stays:
    whoever closes again takes it again, so that nothing is closed below what still runs.
    """

    def __init__(self) -> None:
        self._exits: list[Exit] = []

    def adopt(self, part: Part) -> Part:
        """Close *part* at the end."""
        self._exits.append(part.close)
        return part

    def connect(self, signal: Any, slot: Callable[..., object]) -> None:
        """Connect a signal until the end. *slot* is a bound method or another signal: PySide holds a
        lambda so strongly that what it captures never goes."""
        signal.connect(slot)

        def disconnect() -> None:
            with contextlib.suppress(RuntimeError):  # the sender is gone already
                signal.disconnect(slot)

        self._exits.append(disconnect)

    def at_end(self, act: Exit) -> None:
        """Do *act* at the end; what it returns is awaited where that can be, see `aclose`."""
        self._exits.append(act)

    def close(self) -> None:
        """Take all exits, the last first."""
        while self._exits:
            self._take(self._exits.pop())

    async def aclose(self) -> None:
        """Take all exits, the last first, and await those that take time."""
        while self._exits:
            found = self._take(self._exits[-1])
            try:
                if isinstance(found, Awaitable):
                    await found
            except Exception as error:
                log.error("an end went wrong: %s", mistakes.trail(error))
            self._exits.pop()

    @staticmethod
    def _take(act: Exit) -> object:
        try:
            return act()
        except Exception as error:
            log.error("an end went wrong: %s", mistakes.trail(error))
            return None
