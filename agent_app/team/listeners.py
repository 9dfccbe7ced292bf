"""Who is told of something. A listener's mistake is its own."""

from collections.abc import Callable
from typing import Generic, TypeVar

from agent_app.domain import mistakes

T = TypeVar("T")


class Listeners(Generic[T]):
    """Calls all that listen, on the loop, with one plain value."""

    def __init__(self) -> None:
        self._all: list[Callable[[T], None]] = []

    def listen(self, listener: Callable[[T], None]) -> Callable[[], None]:
        """Have *listener* called from now on; returns what ends that."""
        self._all.append(listener)
        return lambda: self._all.remove(listener) if listener in self._all else None

    def tell(self, value: T) -> None:
        """Call them."""
        for listener in list(self._all):
            try:
                listener(value)
            except Exception as error:
                mistakes.report(error)
