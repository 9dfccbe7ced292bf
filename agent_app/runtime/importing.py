"""Import the program's own modules quickly, Qt among them.

PySide puts itself before Python's `import` and from then on reads the source of every module that is
imported, to learn whether it wants the renaming of `__feature__`, which nothing here does. With the
sources that Python keeps of what was read so, that took 17 MiB and a tenth of a start. And while a
program is imported there is no garbage worth looking for.

Up to Python 3.12 a frozen dataclass compiles six functions, one by one: they were a quarter of what our own
modules took. Only `__init__` is compiled at once; the others are when they are first called.
"""

import builtins
import dataclasses
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def importing_quickly() -> Iterator[None]:
    """Within it import what needs Qt; afterwards `import` is Python's own.

    It has no effect on `import` where Qt was there before.
    """
    collects, plain = gc.isenabled(), builtins.__import__
    gc.disable()
    try:
        import PySide6.QtCore  # noqa: F401

        builtins.__import__ = plain
        with _compiled_when_called():
            yield
    finally:
        if collects:
            gc.enable()


@contextmanager
def _compiled_when_called() -> Iterator[None]:
    """Leave the methods that a dataclass gets, all but `__init__`, to their first call.

    Python 3.13 compiles them together and has no such function.
    """
    create: Callable[..., Any] | None = getattr(dataclasses, "_create_fn", None)
    if create is None:
        yield
        return

    def create_later(name: str, *given: Any, **told: Any) -> Any:
        if name == "__init__":
            return create(name, *given, **told)
        return _when_called(name, lambda: create(name, *given, **told))

    setattr(dataclasses, "_create_fn", create_later)  # noqa: B010 (mypy knows no such name)
    try:
        yield
    finally:
        setattr(dataclasses, "_create_fn", create)  # noqa: B010


def _when_called(name: str, make: Callable[[], Callable[..., Any]]) -> Callable[..., Any]:
    """Return a method that makes itself when it is first called, and gives its place to what it made."""
    made: Callable[..., Any] | None = None

    def method(self: object, *given: Any) -> Any:
        nonlocal made
        if made is None:
            made = make()
            made.__qualname__ = method.__qualname__
            for kind in type(self).__mro__:
                if kind.__dict__.get(name) is method:
                    setattr(kind, name, made)
        return made(self, *given)

    method.__name__ = name
    return method
