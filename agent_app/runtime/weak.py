"""Slots that do not keep their object alive."""

from collections.abc import Callable
from weakref import WeakMethod


def weakly(method: Callable[..., object], *args: object) -> Callable[..., None]:
    """Return a slot that calls *method* with *args*, and with nothing that the signal carries.

    PySide holds a connected lambda or partial on its own side, where Python's collector does not
    look: one that captures its sender makes it immortal. This one holds *method*'s object weakly.
    """
    held = WeakMethod(method)

    def slot(*_carried: object) -> None:
        found = held()
        if found is not None:
            found(*args)

    return slot
