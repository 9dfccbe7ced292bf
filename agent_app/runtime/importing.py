"""How the program's own modules are imported quickly, Qt among them.

PySide puts itself before Python's `import` and from then on reads the source of every module that is
imported, to learn whether it wants the renaming of `__feature__`, which nothing here does. With the
sources that Python keeps of what was read so, that took 17 MiB and a tenth of a start. And while a
program is imported there is no garbage worth looking for.
"""

import builtins
import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
        yield
    finally:
        if collects:
            gc.enable()
